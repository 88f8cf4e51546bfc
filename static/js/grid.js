// The grid: pastes a block copied from Excel and takes it back, moves between cells by keyboard, adds lines.
(() => {
  "use strict";
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const form = grid.closest("form");
  const body = grid.tBodies[0];
  const template = document.getElementById("grid-new-line");
  const status = document.querySelector("[data-grid-status]");
  const LISTED = 30;
  const allControls = (line) => [...line.querySelectorAll(".grid-input")];
  // What a person chose not to see is neither pasted into nor walked through.
  const controls = (line) => [...line.querySelectorAll("td:not([hidden]) .grid-input")];
  function setWidths() {
    for (const each of grid.querySelectorAll("col[data-pixels]")) each.style.width = `${each.dataset.pixels}px`;
  }
  setWidths();
  const lines = () => [...body.rows];

  // Several lines of ordinary text belong into one cell; a column of cells comes with a table, or
  // through a clipboard that carries text only ends with a line break.
  function isBlock(data) {
    const [text, html] = [data.getData("text/plain"), data.getData("text/html")];
    return text.includes("\t") || html.includes("<table") || (!html && /\n[^]*\n$/.test(text));
  }

  const isNew = (line) => line.id.startsWith("new-");
  // Adds as many lines as are wanted and may be: asking for each anew what is there would cost a paste
  // of 480 lines half a minute.
  function addLines(wanted) {
    const added = lines().filter(isNew);
    const first = Math.max(-1, ...added.map((line) => Number(line.id.slice(4)))) + 1;
    const number = Number(grid.dataset.firstNumber) + lines().length;
    const count = Math.max(0, Math.min(wanted, Number(grid.dataset.maxNewLines) - added.length));
    const made = Array.from({ length: count }, (_, place) => newLine(first + place, number + place));
    body.append(...made);
    return made;
  }

  function newLine(id, number) {
    const line = template.content.firstElementChild.cloneNode(true);
    for (const element of [line, ...line.querySelectorAll("th input, .grid-input")]) {
      for (const name of ["id", "name", "value"]) {
        const value = element.getAttribute(name);
        if (value?.includes("__n__")) element.setAttribute(name, value.replace("__n__", id));
      }
      const label = element.getAttribute("aria-label");
      if (label) element.setAttribute("aria-label", label.replace("新しい行", `${number}行目`));
    }
    line.querySelector(".line-number").textContent = number;
    return line;
  }

  // The choices of a column are the same in nearly every line: their words are read once.
  const values = new Map();

  function valueOf(control, wanted) {
    const key = `${control.options.length} ${control.textContent}`;
    if (!values.has(key)) values.set(key, new Map([...control.options].map((each) => [each.text.trim().normalize("NFKC"), each.value])));
    return values.get(key).get(wanted);
  }

  function put(control, text) {
    if (control.tagName === "SELECT") {
      const wanted = text.trim().normalize("NFKC");
      const match = valueOf(control, wanted);
      if (match !== undefined) control.value = match;
      else if (wanted === "") control.value = "";
      else {
        control.setAttribute("aria-invalid", "true");
        return false;
      }
    } else control.value = text;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  function problemLine({ control, sentence }) {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: `#${control.id}`, textContent: sentence });
    item.append(link);
    return item;
  }

  function report(done, problems) {
    document.getElementById("paste-report")?.remove();
    status.textContent = done;
    if (!problems.length) return;
    const box = Object.assign(document.createElement("div"), { id: "paste-report", className: "notice-box" });
    box.setAttribute("role", "alert");
    const list = document.createElement("ul");
    list.append(...problems.slice(0, LISTED).map(problemLine));
    box.append(list);
    if (problems.length > LISTED) box.append(`ほか${problems.length - LISTED}件`);
    status.after(box);
    box.scrollIntoView({ block: "nearest" });
  }

  function pasteLine(controls, cells, replaced) {
    const problems = [];
    cells.forEach((text, place) => {
      const control = controls[place];
      const before = control?.value;
      if (control && put(control, text)) {
        replaced.push({ control, before, pasted: control.value });
        return;
      }
      const name = (control ?? controls.at(-1)).getAttribute("aria-label");
      if (control) problems.push({ control, sentence: `${name}：「${text}」は選択肢にないため、貼り付けませんでした。` });
      else if (text.trim()) problems.push({ control: controls.at(-1), sentence: `${name}：この右に列がないため、「${text}」を貼り付けませんでした。` });
    });
    return problems;
  }

  function pasteAt(start, { rows, told }) {
    const first = start.closest("[data-line]");
    const column = controls(first).indexOf(start);
    const below = lines().slice(lines().indexOf(first));
    const added = addLines(rows.length - below.length);
    const targets = [...below, ...added].slice(0, rows.length);
    const replaced = [];
    const problems = targets.flatMap((line, place) => pasteLine(controls(line).slice(column), rows[place], replaced));
    const pasted = targets.length;
    if (pasted < rows.length) {
      const sentence = `一度に追加できるのは${grid.dataset.maxNewLines}行までのため、残りの${rows.length - pasted}行は貼り付けませんでした。保存してから続きを貼り付けてください。`;
      problems.unshift({ control: controls(lines().at(-1))[column], sentence });
    }
    report(`${pasted}行を貼り付けました${added.length ? `（${added.length}行を追加）` : ""}。まだ保存していません。${told}`, problems);
    const refused = problems.map(({ control }) => control).filter(({ tagName }) => tagName === "SELECT");
    offerToTakeBack({ start, replaced, refused, added });
  }

  // The browser's own undo knows nothing of values that a script has set.
  const undo = document.querySelector("[data-grid-undo]");
  let lastPaste = null;

  function offerToTakeBack(paste) {
    lastPaste = { ...paste, isLast: true };
    undo.textContent = paste.isPasted === false ? "まとめた変更を取り消す" : "貼り付けを取り消す";
    undo.hidden = false;
  }

  const shownText = (control) => (control.tagName !== "SELECT" ? control.value : control.value && control.selectedOptions[0].text.trim());

  // What other tools change at once: pairs of a cell and its new text.
  function changeAll(pairs, done) {
    const [replaced, problems] = [[], []];
    for (const [control, text] of pairs) {
      const before = control.value;
      if (put(control, text)) replaced.push({ control, before, pasted: control.value });
      else problems.push({ control, sentence: `${control.getAttribute("aria-label")}：「${text}」は選択肢にないため、入れませんでした。` });
    }
    report(`${replaced.length}個のセルを${done}。まだ保存していません。`, problems);
    offerToTakeBack({ start: pairs[0][0], replaced, refused: problems.map(({ control }) => control), added: [], isPasted: false });
  }

  // What was typed into pasted cells since then stays.
  function takeBack({ start, replaced, refused, added, isPasted }) {
    for (const control of refused) control.removeAttribute("aria-invalid");
    for (const { control, before, pasted } of replaced.reverse()) {
      if (control.value !== pasted) continue;
      control.value = before;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    for (const line of added.filter((each) => !isTouched(each))) line.remove();
    lastPaste = null;
    undo.hidden = true;
    report(isPasted === false ? "変更を取り消しました。" : "貼り付けを取り消しました。", []);
    (start.isConnected ? start : controls(lines().at(-1))[0]).focus();
  }

  // Lines that were saved in place are others than those into which was pasted.
  grid.addEventListener("grid:replaced", ({ detail }) => {
    lastPaste = null;
    undo.hidden = true;
    setWidths();
    // Lines that were added while the answer was on its way follow those that came.
    detail.made = addLines(detail.added.length);
    detail.made.forEach((line, place) => {
      for (const control of allControls(line)) {
        control.value = detail.added[place].get(control.name.slice(control.name.lastIndexOf("-") + 1));
        if (isChanged(control)) control.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
  });

  undo.addEventListener("click", () => takeBack(lastPaste));

  grid.addEventListener("keydown", (event) => {
    if (!lastPaste?.isLast || event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    event.preventDefault();
    takeBack(lastPaste);
  });

  // Marked above because nothing was chosen yet; choosing is the answer.
  grid.addEventListener("input", (event) => {
    if (event.target.tagName === "SELECT") event.target.removeAttribute("aria-invalid");
    if (event.isTrusted && lastPaste) lastPaste.isLast = false;
  });

  grid.addEventListener("paste", (event) => {
    const control = event.target.closest(".grid-input");
    if (!control || !(control.tagName === "SELECT" || isBlock(event.clipboardData))) return;
    event.preventDefault();
    pasteAt(control, globalThis.pastedCells(event.clipboardData));
  });

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const isOneLine = ({ tagName, dataset }) => tagName === "INPUT" || "oneLine" in dataset;
  const stepOf = (event) => (event.altKey ? STEPS[event.key] : isOneLine(event.target) && event.key === "Enter" && !event.shiftKey && STEPS.ArrowDown);

  // The Enter that ends a conversion: Safari sends it when the composition is over, known by its code.
  const isConverting = (event) => event.isComposing || event.keyCode === 229;

  // At the edge nothing happens: Alt+← must not leave the page, Enter must not save it.
  grid.addEventListener("keydown", (event) => {
    const control = event.target.closest(".grid-input");
    const step = control && !isConverting(event) && stepOf(event);
    if (!step) return;
    event.preventDefault();
    const line = control.closest("[data-line]");
    const target = lines()[lines().indexOf(line) + step[0]];
    if (target) controls(target)[controls(line).indexOf(control) + step[1]]?.focus();
  });

  // From any of hundreds of cells to 「保存」 in one press, and back to the same cell.
  const save = form.querySelector("[data-grid-save]");
  let left = null;

  grid.addEventListener("keydown", (event) => {
    if (isConverting(event) || !["Escape", "F6"].includes(event.key) || event.defaultPrevented) return;
    event.preventDefault();
    left = event.target;
    save.focus();
  });

  form.querySelector(".form-actions").addEventListener("keydown", (event) => {
    if (!["Escape", "F6"].includes(event.key)) return;
    event.preventDefault();
    (left?.isConnected ? left : controls(lines()[0])[0]).focus();
  });

  // The open 記入要領 shows what belongs to the column in which somebody writes.
  const guide = form.querySelector(".grid-panel-body:has([data-help-of])");
  grid.addEventListener("focusin", ({ target }) => {
    if (!guide?.offsetParent || !target.name) return;
    const wanted = target.name.slice(target.name.lastIndexOf("-") + 1);
    for (const each of guide.querySelectorAll("[data-help-of]")) each.classList.toggle("is-here", each.dataset.helpOf === wanted);
    const here = guide.querySelector(".is-here");
    if (here) guide.scrollTop = here.offsetTop - guide.clientHeight / 3;
  });

  document.querySelector("[data-grid-add]").addEventListener("click", () => {
    const [line] = addLines(1);
    if (line) controls(line)[0].focus();
    else status.textContent = `一度に追加できるのは${grid.dataset.maxNewLines}行までです。保存してから続けてください。`;
  });

  function isChanged(control) {
    if (control.tagName !== "SELECT") return control.value !== control.defaultValue;
    const initial = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(0, initial);
  }

  const isTouched = (line) => "typed" in line.dataset || allControls(line).some(isChanged);

  function leaveUntouchedOut({ formData }) {
    for (const line of lines().filter((each) => !isTouched(each))) {
      for (const { name } of line.querySelectorAll("[name]")) {
        if (name !== "row" && name !== "new") formData.delete(name);
      }
    }
  }

  // What another person saved meanwhile in lines nobody touched here must not meet their old values.
  const leaveOut = () => form.addEventListener("formdata", leaveUntouchedOut, { once: true });
  form.addEventListener("submit", leaveOut);
  form.addEventListener("grid:saving", leaveOut);

  // A saved form leaves; everything else that leaves while cells are not saved is asked about.
  let isSending = false;
  form.addEventListener("submit", (event) => {
    isSending = !event.defaultPrevented;
  });
  window.addEventListener("pageshow", () => {
    isSending = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && lines().some(isTouched)) event.preventDefault();
  });

  globalThis.bcpGrid = { grid, form, lines, controls, changeAll, shownText };

  form.addEventListener("draft:restore", (event) => {
    const wanted = event.detail.fields.filter(([name]) => name === "new").map(([, id]) => Number(id.slice(4)));
    addLines(Math.max(-1, ...wanted) + 1 - lines().filter(isNew).length);
  });
})();
