// The row of buttons above the text. Arrow keys move along it, so that Tab passes it in one step.
import { openInsertDialog } from "./block-dialogs.js";
import { element, icon } from "./dom.js";
import { openImageDialog } from "./image-dialog.js";
import { openLinkDialog } from "./link-dialog.js";
import { openPhraseDialog, openTermDialog } from "./word-dialogs.js";

// run: what the button does; active: whether it is pressed; can: whether it would do anything now.
function buttonsFor(context) {
  return [
    [
      { label: "太字", icon: "bold", keys: "Control+B", run: (chain) => chain.toggleBold(), active: "bold" },
      { label: "斜体", icon: "italic", keys: "Control+I", run: (chain) => chain.toggleItalic(), active: "italic" },
      { label: "下線", icon: "underline", keys: "Control+U", run: (chain) => chain.toggleUnderline(), active: "underline" },
    ],
    [
      { label: "箇条書き", icon: "bullets", run: (chain) => chain.toggleBulletList(), active: "bulletList" },
      { label: "番号付き", icon: "numbers", run: (chain) => chain.toggleOrderedList(), active: "orderedList" },
    ],
    [
      { label: "リンク", icon: "link", open: openLinkDialog, active: "link" },
      context.uploadUrl && { label: "画像", icon: "image", open: (editor) => openImageDialog(editor, context) },
      {
        label: "表",
        icon: "table",
        run: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
        hidden: inTable,
      },
      context.blocks.length > 0 && { label: "様式・一覧を入れる", icon: "insert", wide: true, open: (editor) => insertBlock(editor, context) },
    ],
    [
      context.words.phrases.length > 0 && { label: "差し込み語句", icon: "phrase", wide: true, open: (editor) => openPhraseDialog(editor, context) },
      context.words.terms.length > 0 && { label: "用語の印（※）", icon: "term", wide: true, open: (editor) => openTermDialog(editor, context), active: "term" },
    ],
    [
      { label: "元に戻す", icon: "undo", keys: "Control+Z", run: (chain) => chain.undo(), can: true },
      { label: "やり直す", icon: "redo", keys: "Control+Y", run: (chain) => chain.redo(), can: true },
    ],
    [
      { label: "下に行を追加", run: (chain) => chain.addRowAfter() },
      { label: "行を削除", run: (chain) => chain.deleteRow() },
      { label: "右に列を追加", run: (chain) => chain.addColumnAfter() },
      { label: "列を削除", run: (chain) => chain.deleteColumn() },
      { label: "見出し行", run: (chain) => chain.toggleHeaderRow(), active: headerRowIsOn },
      { label: "表を削除", run: (chain) => chain.deleteTable() },
    ].map((tool) => ({ ...tool, wide: true, hidden: (editor) => !inTable(editor) })),
  ].map((group) => group.filter(Boolean));
}

function inTable(editor) {
  return editor.isActive("table");
}

function headerRowIsOn(editor) {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name === "table") return node.firstChild.firstChild.type.name === "tableHeader";
  }
  return false;
}

async function insertBlock(editor, { blocks, say }) {
  const code = await openInsertDialog(blocks);
  if (!code) return;
  editor.chain().focus().insertLiveBlock(code).run();
  say(`「${blocks.find((block) => block.code === code).label}」を本文に入れました。`);
}

export class Toolbar {
  constructor(editor, context) {
    this.editor = editor;
    this.tools = [];
    this.dom = element("div", { class: "chapter-toolbar", role: "toolbar", "aria-label": "本文の書式" });
    for (const group of buttonsFor(context)) {
      const controls = group.map((tool) => this.#add(tool));
      this.dom.append(element("div", { class: "chapter-tools" }, ...controls));
    }
    this.dom.addEventListener("keydown", (event) => this.#onKey(event));
    this.#refresh();
    editor.on("transaction", () => this.#refresh());
  }

  focus() {
    this.#visible().find(({ control }) => control.tabIndex === 0)?.control.focus();
  }

  #add(tool) {
    const control = element(
      "button",
      {
        type: "button",
        class: "chapter-tool",
        tabindex: "-1",
        title: tool.label,
        "aria-label": tool.label,
        "aria-keyshortcuts": tool.keys,
        "aria-haspopup": tool.open ? "dialog" : null,
      },
      tool.icon ? icon(tool.icon) : null,
      element("span", { class: tool.wide ? "" : "chapter-tool-label", "aria-hidden": "true" }, tool.label),
    );
    // The selection must stay in the text while the mouse presses a button.
    control.addEventListener("mousedown", (event) => event.preventDefault());
    control.addEventListener("click", () => this.#run(tool, control));
    this.tools.push({ ...tool, control });
    return control;
  }

  #run(tool, control) {
    if (control.getAttribute("aria-disabled") === "true") return;
    if (tool.open) tool.open(this.editor);
    else tool.run(this.editor.chain().focus()).run();
  }

  #refresh() {
    for (const { control, active, can, hidden, run } of this.tools) {
      if (active) {
        const pressed = typeof active === "string" ? this.editor.isActive(active) : active(this.editor);
        control.setAttribute("aria-pressed", String(pressed));
      }
      if (can) control.setAttribute("aria-disabled", String(!run(this.editor.can().chain()).run()));
      if (hidden) control.hidden = hidden(this.editor);
    }
    const visible = this.#visible();
    if (!visible.some(({ control }) => control.tabIndex === 0)) this.#makeTabStop(visible[0]);
    for (const group of this.dom.children) {
      group.hidden = [...group.children].every((control) => control.hidden);
    }
  }

  #visible() {
    return this.tools.filter(({ control }) => !control.hidden);
  }

  #makeTabStop(chosen) {
    for (const { control } of this.tools) control.tabIndex = control === chosen.control ? 0 : -1;
  }

  #onKey(event) {
    if (event.key === "Escape") {
      this.editor.commands.focus();
      return;
    }
    const visible = this.#visible();
    const at = visible.findIndex(({ control }) => control === document.activeElement);
    const next = {
      ArrowRight: (at + 1) % visible.length,
      ArrowLeft: (at - 1 + visible.length) % visible.length,
      Home: 0,
      End: visible.length - 1,
    }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    this.#makeTabStop(visible[next]);
    visible[next].control.focus();
  }
}
