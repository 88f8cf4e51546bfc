// The grid: pastes a block copied from Excel, moves between cells by keyboard, adds lines.
(() => {
  "use strict";
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const body = grid.tBodies[0];
  const template = document.getElementById("grid-new-line");
  const controls = (line) => [...line.querySelectorAll("td .grid-input")];
  const lines = () => [...body.querySelectorAll("[data-line]")];

  // Excel puts cells apart by tabs, lines by line breaks, and quotes a cell that holds either.
  function parseBlock(text) {
    const rows = [[]];
    let cell = "";
    let quoted = false;
    for (let i = 0; i < text.length; i += 1) {
      const char = text[i];
      if (quoted) {
        if (char === '"' && text[i + 1] === '"') {
          cell += '"';
          i += 1;
        } else if (char === '"') quoted = false;
        else if (char !== "\r") cell += char;
      } else if (char === '"' && cell === "") quoted = true;
      else if (char === "\t") {
        rows.at(-1).push(cell);
        cell = "";
      } else if (char === "\n") {
        rows.at(-1).push(cell);
        rows.push([]);
        cell = "";
      } else if (char !== "\r") cell += char;
    }
    rows.at(-1).push(cell);
    if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
    return rows;
  }

  function addLine() {
    const taken = lines().map((line) => Number(/^new-(\d+)$/.exec(line.id)?.[1] ?? -1));
    const number = Math.max(-1, ...taken) + 1;
    const copy = template.content.cloneNode(true);
    const line = copy.querySelector("[data-line]");
    line.id = `new-${number}`;
    for (const element of line.querySelectorAll("*")) {
      for (const name of ["id", "name", "value", "for"]) {
        const value = element.getAttribute(name);
        if (value && value.includes("__n__")) element.setAttribute(name, value.replace("__n__", number));
      }
    }
    body.append(copy);
    return body.lastElementChild;
  }

  function put(control, text) {
    if (control.tagName === "SELECT") {
      const wanted = text.trim().normalize("NFKC");
      const match = [...control.options].find((o) => o.text.trim().normalize("NFKC") === wanted);
      if (match) control.value = match.value;
      else if (wanted === "") control.value = "";
      else return false;
    } else control.value = text;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  function report(refused) {
    document.getElementById("paste-report")?.remove();
    if (!refused.length) return;
    const box = document.createElement("div");
    box.id = "paste-report";
    box.className = "notice-box";
    box.setAttribute("role", "alert");
    const list = document.createElement("ul");
    for (const { control, text } of refused) {
      const item = document.createElement("li");
      item.textContent = `${control.getAttribute("aria-label")}：「${text}」は選択肢にないため、貼り付けませんでした。`;
      list.append(item);
    }
    box.append(list);
    grid.closest("form").before(box);
  }

  function pasteAt(start, rows) {
    const firstLine = lines().indexOf(start.closest("[data-line]"));
    const firstColumn = controls(start.closest("[data-line]")).indexOf(start);
    const refused = [];
    rows.forEach((cells, down) => {
      while (lines().length <= firstLine + down) addLine();
      const line = controls(lines()[firstLine + down]);
      cells.forEach((text, right) => {
        const control = line[firstColumn + right];
        if (control && !put(control, text)) refused.push({ control, text });
      });
    });
    report(refused);
  }

  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    const control = event.target.closest(".grid-input");
    if (!control || !(text.includes("\t") || text.trimEnd().includes("\n") || control.tagName === "SELECT")) return;
    event.preventDefault();
    pasteAt(control, parseBlock(text));
  });

  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  grid.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const control = event.target.closest(".grid-input");
    if (!step || !control || !event.altKey || event.isComposing) return;
    const line = control.closest("[data-line]");
    const target = lines()[lines().indexOf(line) + step[0]];
    const next = target && controls(target)[controls(line).indexOf(control) + step[1]];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  document.querySelector("[data-grid-add]").addEventListener("click", () => {
    controls(addLine())[0].focus();
  });

  grid.closest("form").addEventListener("draft:restore", (event) => {
    const wanted = event.detail.fields.filter(([name]) => name === "new").map(([, value]) => value);
    while (lines().filter((line) => line.id.startsWith("new-")).length < wanted.length) addLine();
  });
})();
