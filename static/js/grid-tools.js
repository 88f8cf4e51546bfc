// What Excel does with many cells of the grid at once: a block is marked, copied out and filled down; a column
// is set or searched and replaced in chosen lines; cells that take several values have a list to choose from.
"use strict";

(() => {
  const { grid, form, lines, controls, changeAll, shownText } = globalThis.bcpGrid ?? {};
  if (!grid) return;
  const status = document.querySelector("[data-grid-status]");
  const columnOf = (control) => control.name.slice(control.name.lastIndexOf("-") + 1);

  // A block: from the cell in which somebody stands to the one that was clicked or reached with Shift.
  let block = null;

  function cellsOf({ from, to }) {
    const all = lines();
    const ends = [from, to].map((control) => {
      const line = control.closest("[data-line]");
      return [all.indexOf(line), controls(line).indexOf(control)];
    });
    const [top, bottom] = [ends[0][0], ends[1][0]].sort((one, other) => one - other);
    const [left, right] = [ends[0][1], ends[1][1]].sort((one, other) => one - other);
    return all.slice(top, bottom + 1).map((line) => controls(line).slice(left, right + 1));
  }

  function mark(next) {
    for (const each of grid.querySelectorAll("td.is-marked")) each.classList.remove("is-marked");
    block = next;
    if (!block) return;
    const cells = cellsOf(block);
    for (const each of cells.flat()) each.closest("td").classList.add("is-marked");
    status.textContent = `${cells.length}行×${cells[0].length}列を選びました。Ctrl＋Cでコピー、Ctrl＋Dで一番上の行を下へ写します。`;
  }

  grid.addEventListener("mousedown", (event) => {
    const to = event.target.closest(".grid-input");
    const from = block?.from ?? document.activeElement.closest?.(".grid-input");
    if (event.shiftKey && to && from && grid.contains(from)) {
      event.preventDefault();
      mark({ from, to });
    } else if (block) mark(null);
  });
  grid.addEventListener("grid:replaced", () => mark(null));

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function stretch(step, here) {
    const { from, to } = block ?? { from: here, to: here };
    const all = lines();
    const line = to.closest("[data-line]");
    const target = all[all.indexOf(line) + step[0]];
    const next = target && controls(target)[controls(line).indexOf(to) + step[1]];
    if (!next) return;
    mark({ from, to: next });
    next.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function fillDown(here) {
    const all = lines();
    const line = here.closest("[data-line]");
    const above = all[all.indexOf(line) - 1];
    const cells = block ? cellsOf(block) : above && [[controls(above)[controls(line).indexOf(here)]], [here]];
    if (!cells || cells.length < 2) return;
    const [first, ...rest] = cells;
    changeAll(rest.flatMap((row) => row.map((control, place) => [control, shownText(first[place])])), "下へ写しました");
  }

  grid.addEventListener("keydown", (event) => {
    const here = event.target.closest(".grid-input");
    if (!here || event.isComposing) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.altKey && event.shiftKey && STEPS[event.key]) stretch(STEPS[event.key], here);
    else if (isCommand && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "d") fillDown(here);
    else if (event.key === "F4") pick(here);
    else if (event.key === "Escape" && block) mark(null);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // Typing goes into the cell, not into the block.
  grid.addEventListener("input", (event) => event.isTrusted && block && mark(null));

  const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>");

  grid.addEventListener("copy", (event) => {
    if (!block) return;
    const texts = cellsOf(block).map((row) => row.map(shownText));
    event.preventDefault();
    event.clipboardData.setData("text/plain", texts.map((row) => row.map(quoted).join("\t")).join("\r\n") + "\r\n");
    event.clipboardData.setData("text/html", `<table>${texts.map((row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join("")}</tr>`).join("")}</table>`);
    status.textContent = `${texts.length}行×${texts[0].length}列をコピーしました。`;
  });

  // One column of chosen lines.
  const panel = form.querySelector("[data-grid-column]");
  const field = (name) => panel.querySelector(`[data-column-${name}]`);

  function chosenLines(text) {
    const wanted = text.normalize("NFKC").split(/[、,\s]+/).filter(Boolean).map((part) => part.match(/^(\d+)(?:[-~～ー](\d+))?$/));
    if (wanted.includes(null)) return null;
    const ranges = wanted.map(([, first, last]) => [Number(first), Number(last ?? first)]);
    return lines().filter((line) => {
      const number = Number(line.querySelector(".line-number").textContent);
      return !ranges.length || ranges.some(([first, last]) => first <= number && number <= last);
    });
  }

  function chosenCells() {
    const found = chosenLines(field("lines").value);
    if (!found?.length) status.textContent = "行の番号を、「3-8、12」のように入力してください。";
    const wanted = field("name").value;
    return (found ?? []).map((line) => controls(line).find((control) => columnOf(control) === wanted)).filter(Boolean);
  }

  // A line in which nobody has typed is no row: setting or replacing for all lines leaves it alone.
  const isRow = (control) => !control.closest("[data-line]").id.startsWith("new-") || controls(control.closest("[data-line]")).some((each) => each.value !== each.defaultValue && each.tagName !== "SELECT");

  panel.querySelector("[data-column-set]").addEventListener("click", () => {
    const text = field("value").value;
    const cells = chosenCells().filter(isRow);
    if (cells.length) changeAll(cells.map((control) => [control, text]), "入れました");
  });

  panel.querySelector("[data-column-replace]").addEventListener("click", () => {
    const wanted = field("find").value;
    if (!wanted) {
      status.textContent = "探す言葉を入力してください。";
      return;
    }
    const cells = chosenCells().filter((control) => shownText(control).includes(wanted));
    if (cells.length) changeAll(cells.map((control) => [control, shownText(control).replaceAll(wanted, field("value").value)]), "置き換えました");
    else status.textContent = `「${wanted}」は見つかりませんでした。`;
  });

  // Enter in the panel must not save the grid.
  panel.addEventListener("keydown", (event) => event.key === "Enter" && event.target.tagName === "INPUT" && event.preventDefault());
  grid.addEventListener("focusin", ({ target }) => {
    if (target.name && [...field("name").options].some((each) => each.value === columnOf(target))) field("name").value = columnOf(target);
    chooser.hidden = !optionsOf(target);
  });

  // Several values of one cell.
  const picker = document.querySelector("[data-grid-picker]");
  const chooser = form.querySelector("[data-grid-choose]");
  const list = picker.querySelector("ul");
  const search = picker.querySelector("input[type=search]");
  let picked = null;

  function optionsOf(control) {
    if (control?.tagName !== "TEXTAREA" || !control.name) return null;
    const column = columnOf(control);
    return document.getElementById(`choices-${column}`) ?? document.getElementById(`names-${column}`);
  }

  const wordsOf = (text) => text.split(/[、,\n]/).map((each) => each.trim()).filter(Boolean);

  function pick(control) {
    const options = optionsOf(control);
    if (!options) return;
    picked = control;
    const chosen = new Set(wordsOf(control.value));
    picker.querySelector("h2").textContent = `${control.getAttribute("aria-label")}を選ぶ`;
    list.replaceChildren(...[...options.options].map(({ value }) => optionLine(value, chosen.has(value))));
    search.value = "";
    search.hidden = list.children.length <= 10;
    picker.returnValue = "";
    picker.showModal();
  }

  function optionLine(value, checked) {
    const [item, label] = ["li", "label"].map((name) => document.createElement(name));
    label.append(Object.assign(document.createElement("input"), { type: "checkbox", value, checked, className: "form-check-input" }), value);
    item.append(label);
    return item;
  }

  search.addEventListener("input", () => {
    const wanted = search.value.normalize("NFKC");
    for (const item of list.children) item.hidden = !item.textContent.normalize("NFKC").includes(wanted);
  });

  picker.addEventListener("close", () => {
    if (picker.returnValue === "ok") {
      const boxes = [...list.querySelectorAll("input")];
      const known = new Set(boxes.map((box) => box.value));
      const others = wordsOf(picked.value).filter((word) => !known.has(word));
      picked.value = [...boxes.filter((box) => box.checked).map((box) => box.value), ...others].join("、");
      picked.dispatchEvent(new Event("input", { bubbles: true }));
    }
    picked.focus();
  });

  let lastCell = null;
  grid.addEventListener("focusout", ({ target }) => {
    lastCell = target;
  });
  chooser.addEventListener("click", () => lastCell?.isConnected && pick(lastCell));
})();
