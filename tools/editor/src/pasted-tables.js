// Keeps the cells of pasted tables in their columns: hidden ones go, merged ones stay merged.

const HIDDEN = "隠した行・列の文字〔文字〕は除きました。";
const INNER = "表の中の表は、文字の行にしました。";
const IN_CELL = "表の中には表を入れられないため、貼り付けた表は文字の行にしました。";

export function keepTables(page, styles, losses, { intoCell }) {
  for (const table of page.querySelectorAll("table")) hideCells(page, table, styles, losses);
  for (const table of [...page.querySelectorAll("table table")].reverse()) {
    tableToLines(page, table);
    losses.add(INNER);
  }
  // A table alone fills the cells from here on; one among other text would tear this table apart.
  if (intoCell && !isTableAlone(page)) {
    for (const table of page.querySelectorAll("table")) {
      tableToLines(page, table);
      losses.add(IN_CELL);
    }
  }
  for (const table of page.querySelectorAll("table")) splitUnmerged(page, table, styles);
}

function isTableAlone(page) {
  const tables = page.querySelectorAll("table");
  if (tables.length !== 1) return tables.length === 0;
  const said = (element) => element.textContent.replace(/\s/g, "");
  return said(page.body) === said(tables[0]);
}

export function isHidden(element, styles) {
  return (
    element.hasAttribute("hidden") ||
    styles.of(element, "display") === "none" ||
    styles.of(element, "visibility") === "hidden" ||
    styles.of(element, "visibility") === "collapse" ||
    styles.of(element, "mso-hide") === "all"
  );
}

function hideCells(page, table, styles, losses) {
  const columns = hiddenColumns(table, styles);
  const rows = [...table.rows];
  // Web pages hide a row by its cells.
  const isEmptied = (row) => row.cells.length > 0 && [...row.cells].every((cell) => isHidden(cell, styles));
  const hiddenRow = rows.map((row) => isHidden(row, styles) || isHidden(row.parentElement, styles) || isEmptied(row));
  const cells = placed(rows);
  const isGone = ({ cell, column }) => columns.has(column) || isHidden(cell, styles);
  if (!hiddenRow.includes(true) && !cells.some(isGone) && columns.size === 0) return;
  for (const place of cells) {
    const { cell, row, column, width, height } = place;
    const rowsLeft = range(row, height).filter((number) => !hiddenRow[number]);
    const columnsLeft = isHidden(cell, styles) ? [] : range(column, width).filter((number) => !columns.has(number));
    if (rowsLeft.length === 0 || columnsLeft.length === 0) {
      if (cell.textContent.trim()) losses.add(HIDDEN, cell.textContent);
      cell.remove();
      continue;
    }
    setSpan(cell, "rowspan", rowsLeft.length);
    setSpan(cell, "colspan", columnsLeft.length);
    if (rowsLeft[0] !== row) moveTo(rows[rowsLeft[0]], place, cells);
  }
  rows.filter((_row, number) => hiddenRow[number]).forEach((row) => row.remove());
}

// Sets a merged cell whose first row goes before the cell that stands right of it in a row that stays.
function moveTo(row, { cell, column }, cells) {
  const right = cells.find((other) => other.cell.parentElement === row && other.column > column);
  if (right) right.cell.before(cell);
  else row.append(cell);
}

function hiddenColumns(table, styles) {
  const hidden = new Set();
  let number = 0;
  for (const group of table.querySelectorAll(":scope > colgroup")) {
    const columns = group.children.length > 0 ? [...group.children] : [group];
    for (const column of columns) {
      const wide = spanOf(column, "span");
      if (isHidden(column, styles) || isHidden(group, styles)) range(number, wide).forEach((one) => hidden.add(one));
      number += wide;
    }
  }
  return hidden;
}

// Every cell with its first row and column, and how many it takes.
function placed(rows) {
  const taken = rows.map(() => new Set());
  return rows.flatMap((row, number) => {
    const section = rows.filter((other) => other.parentElement === row.parentElement).length;
    const first = rows.findIndex((other) => other.parentElement === row.parentElement);
    let column = 0;
    return [...row.cells].map((cell) => {
      while (taken[number].has(column)) column += 1;
      const width = spanOf(cell, "colspan");
      const left = first + section - number;
      const height = cell.getAttribute("rowspan") === "0" ? left : Math.min(spanOf(cell, "rowspan"), left);
      for (const below of range(number, height)) range(column, width).forEach((one) => taken[below].add(one));
      return { cell, row: number, column, width, height };
    });
  });
}

// Excel lets a text run over empty cells; they are no merged cells. What spans past the end is cut.
function splitUnmerged(page, table, styles) {
  for (const { cell, width, height } of placed([...table.rows])) {
    setSpan(cell, "rowspan", height);
    if (width > 1 && styles.of(cell, "mso-ignore").includes("colspan")) {
      setSpan(cell, "colspan", 1);
      for (let more = 1; more < width; more += 1) cell.after(page.createElement(cell.localName));
    }
  }
}

function tableToLines(page, table) {
  const lines = [...table.rows].map((row) => {
    const line = page.createElement("p");
    line.textContent = [...row.cells].map((cell) => wordsOf(cell)).filter(Boolean).join("　");
    return line;
  });
  table.replaceWith(...lines.filter((line) => line.textContent));
}

function wordsOf(cell) {
  for (const part of cell.querySelectorAll("p, div, li, br")) part.before("　");
  return cell.textContent.replace(/[\s　]+/g, "　").replace(/^　|　$/g, "");
}

function setSpan(cell, name, span) {
  if (span > 1) cell.setAttribute(name, span);
  else cell.removeAttribute(name);
}

function spanOf(element, name) {
  return Math.min(Math.max(1, Number.parseInt(element.getAttribute(name) ?? "1", 10) || 1), 99);
}

function range(first, length) {
  return Array.from({ length }, (_nothing, number) => first + number);
}
