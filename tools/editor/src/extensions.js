// What chapter text may consist of. Headings are missing on purpose: the chapters are the structure.
import { Node } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";

import { LiveBlock } from "./live-block.js";
import { Phrase } from "./phrase.js";
import { TermMark } from "./term-mark.js";

// Live blocks stand between paragraphs, never inside a list or a table.
const ChapterDocument = Node.create({ name: "doc", topNode: true, content: "(block | liveBlock)+" });

// TipTap writes widths and alignment as style attributes, which our content policy forbids.
const PlainTable = Table.extend({
  addNodeView: null,
  renderHTML: ({ HTMLAttributes: { style, ...attributes } }) => ["table", attributes, ["tbody", 0]],
});

const cellAttributes = {
  colspan: { default: 1, parseHTML: (cell) => spanOf(cell, "colspan"), renderHTML: (attributes) => spanAttribute(attributes, "colspan") },
  rowspan: { default: 1, parseHTML: (cell) => spanOf(cell, "rowspan"), renderHTML: (attributes) => spanAttribute(attributes, "rowspan") },
  colwidth: { default: null, rendered: false, parseHTML: () => null },
};

function spanOf(cell, name) {
  return Math.max(1, Number.parseInt(cell.getAttribute(name) ?? "1", 10) || 1);
}

function spanAttribute(attributes, name) {
  return attributes[name] > 1 ? { [name]: attributes[name] } : {};
}

// No table within a table: neither paper nor a phone has room for it.
const cell = { content: "(paragraph | bulletList | orderedList | image)+", addAttributes: () => cellAttributes };
const PlainCell = TableCell.extend(cell);
const PlainHeader = TableHeader.extend(cell);

export function extensionsFor(context) {
  return [
    ChapterDocument,
    StarterKit.configure({
      blockquote: false,
      code: false,
      codeBlock: false,
      document: false,
      heading: false,
      horizontalRule: false,
      strike: false,
      link: {
        autolink: false,
        linkOnPaste: false,
        openOnClick: false,
        HTMLAttributes: { target: null, rel: null, class: null },
      },
    }),
    Image.configure({ allowBase64: false }),
    PlainTable.configure({ resizable: false }),
    TableRow,
    PlainHeader,
    PlainCell,
    LiveBlock.configure(context),
    Phrase.configure(context),
    TermMark,
  ];
}
