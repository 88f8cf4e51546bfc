// Reads a block of cells from the clipboard: hidden rows and columns and struck-through text are left
// out, the lower cells of merged ones are filled, and all of it is said.
(() => {
  "use strict";
  // Excel puts cells apart by tabs, lines by line breaks, and quotes a cell that holds either.
  const CELL = /(?:"([^"]*(?:""[^"]*)*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/gy;
  const LONGEST_QUOTE = 20;
  const MOST_SPANNED = 1000;
  const STYLE = "data-pasted-style";
  const HIDDEN = "隠した行・列の文字〔文字〕は除きました。";
  const STRUCK = "取り消し線の引かれた文字〔文字〕は除きました。";
  const MERGED = "結合したセルの文字〔文字〕は、その下の行にも入れました。";

  function cellText(quoted, plain) {
    if (quoted === undefined) return plain;
    return /[\t\n]|""/.test(quoted) ? quoted.replaceAll('""', '"') : `"${quoted}"`;
  }

  function parseBlock(text) {
    const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const rows = [[]];
    CELL.lastIndex = 0;
    for (;;) {
      const [, quoted, plain, end] = CELL.exec(source);
      rows.at(-1).push(cellText(quoted, plain));
      if (end === "") return rows;
      if (end === "\n") rows.push([]);
    }
  }

  // The content policy reports every style as soon as a browser takes it up: attributes go by another
  // name, and sheets are read as text. Excel says the look of a cell by one class.
  function pageOf(html) {
    const sheets = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/gi)].map((match) => match[1]).join("\n");
    const byName = new Map();
    for (const [, names, said] of sheets.replace(/<!--|-->/g, "").matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      for (const name of names.split(",").map((each) => each.trim().toLowerCase())) byName.set(name, `${byName.get(name) ?? ""};${said}`);
    }
    const plain = html
      .replace(/<style[\s\S]*?<\/style>/gi, "")
      .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${STYLE}=`));
    return { page: new DOMParser().parseFromString(plain, "text/html"), byName };
  }

  function styleOf(element, byName) {
    const names = [element.localName, ...[...element.classList].flatMap((name) => [`.${name}`, `${element.localName}.${name}`])];
    const said = names.map((name) => byName.get(name.toLowerCase()) ?? "");
    return [...said, element.getAttribute(STYLE) ?? ""].join(";").toLowerCase().replace(/\s/g, "");
  }

  function isHidden(element, byName) {
    const style = styleOf(element, byName);
    const size = element.getAttribute(element.localName === "col" ? "width" : "height");
    return element.hasAttribute("hidden") || size === "0" || /(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all)/.test(style);
  }

  function isStruck(element, byName) {
    return ["s", "strike", "del"].includes(element.localName) || /(?:^|;)text-decoration(?:-line)?:[^;]*line-through/.test(styleOf(element, byName));
  }

  function hiddenColumns(table, byName) {
    const hidden = new Set();
    let number = 0;
    for (const column of table.querySelectorAll("col, colgroup:not(:has(col))")) {
      const gone = isHidden(column, byName) || isHidden(column.parentElement, byName);
      for (let left = spanOf(column, "span"); left > 0; left -= 1, number += 1) if (gone) hidden.add(number);
    }
    return hidden;
  }

  const spanOf = (element, name) => Math.min(Math.max(1, Number(element.getAttribute(name)) || 1), MOST_SPANNED);

  // Every place of the table with the cell that covers it; only the first of them holds its text.
  function placed(table) {
    const rows = [...table.rows].map(() => []);
    [...table.rows].forEach((row, top) => {
      let left = 0;
      for (const cell of row.cells) {
        while (rows[top][left]) left += 1;
        const isRunOver = (cell.getAttribute(STYLE) ?? "").includes("mso-ignore:colspan");
        const [width, height] = [spanOf(cell, "colspan"), spanOf(cell, "rowspan")];
        for (let down = 0; down < height && top + down < rows.length; down += 1) {
          for (let right = 0; right < width; right += 1) {
            rows[top + down][left + right] = { cell, isFirst: down + right === 0, isBelow: down > 0 && right === 0 && !isRunOver };
          }
        }
      }
    });
    return rows;
  }

  function textOf(node, byName, left) {
    if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[ \t\r\n]+/g, " ");
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    if (node.localName === "br") return "\n";
    if (node.localName !== "td" && node.localName !== "th" && isHidden(node, byName)) {
      left.hidden.push(node.textContent);
      return "";
    }
    if (isStruck(node, byName)) {
      left.struck.push(node.textContent);
      return "";
    }
    return [...node.childNodes].map((child) => textOf(child, byName, left)).join("");
  }

  function said(sentence, texts) {
    const quoted = texts.map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);
    if (!quoted.length) return "";
    const first = [...quoted[0]];
    const shown = first.length > LONGEST_QUOTE ? `${first.slice(0, LONGEST_QUOTE).join("")}…` : quoted[0];
    return sentence.replace("〔文字〕", quoted.length > 1 ? `（「${shown}」ほか${quoted.length - 1}か所）` : `（「${shown}」）`);
  }

  // The plain text says best what a cell holds, the table what of it a person sees.
  function fromTable(table, byName, plain) {
    const places = placed(table);
    const agrees = plain.length === places.length && plain.every((row, number) => row.length === places[number].length);
    const gone = hiddenColumns(table, byName);
    const left = { hidden: [], struck: [], merged: [] };
    const read = new Map();
    const rows = [];
    places.forEach((cells, number) => {
      const row = table.rows[number];
      const isRowHidden = isHidden(row, byName) || isHidden(row.parentElement, byName);
      const texts = [];
      cells.forEach(({ cell, isFirst, isBelow }, column) => {
        if (isFirst) {
          const before = left.struck.length + left.hidden.length;
          const own = textOf(cell, byName, left).trim();
          const isWhole = before === left.struck.length + left.hidden.length;
          read.set(cell, isWhole && agrees ? plain[number][column] : own);
        }
        const isGone = isRowHidden || gone.has(column) || isHidden(cell, byName);
        const text = isFirst || isBelow ? read.get(cell) : "";
        if (isGone) {
          if (isFirst) left.hidden.push(text);
          return;
        }
        if (isBelow) left.merged.push(text);
        texts.push(text);
      });
      if (!isRowHidden && texts.length) rows.push(texts);
    });
    const told = [said(HIDDEN, left.hidden), said(STRUCK, left.struck), said(MERGED, left.merged)].join("");
    return agrees || told ? { rows, told } : { rows: plain, told };
  }

  // Returns the rows of a block, and in sentences what of it is not as it was copied.
  globalThis.pastedCells = (data) => {
    const plain = parseBlock(data.getData("text/plain"));
    const html = data.getData("text/html");
    if (!html.includes("<table")) return { rows: plain, told: "" };
    const { page, byName } = pageOf(html);
    const tables = page.querySelectorAll("table");
    return tables.length === 1 ? fromTable(tables[0], byName, plain) : { rows: plain, told: "" };
  };
})();
