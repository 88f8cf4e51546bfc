// The chapter editor: a richer surface over a textarea that keeps working when this file does not load.
//
// <textarea data-chapter-editor data-preview-url="…" data-upload-url="…"
//           data-blocks='[{"code":"…","label":"…"}]' data-phrases data-values data-systems data-terms>
// (the last four as words.js reads them): the textarea holds HTML and stays in step with
// every change ("input" is dispatched on it), so the form, autosave and the guard need not know of us.
import { Editor } from "@tiptap/core";

import { withoutCaptions } from "./captions.js";
import { element } from "./dom.js";
import { extensionsFor } from "./extensions.js";
import { cleanPastedHtml, imageIn } from "./paste.js";
import { openImageDialog } from "./image-dialog.js";
import { PreviewSource } from "./preview-source.js";
import { Toolbar } from "./toolbar.js";
import { Words } from "./words.js";

const SAID_HEIGHT = 150;
const HELP = "Alt+F10で書式のボタンへ、そこでEscキーを押すと本文へ戻ります。";

function optionsOf(textarea) {
  const { previewUrl = "", uploadUrl = "", blocks = "[]" } = textarea.dataset;
  const source = previewUrl ? new PreviewSource(previewUrl) : null;
  return { uploadUrl, blocks: JSON.parse(blocks), source, words: new Words(textarea.dataset) };
}

function accessibleName(textarea) {
  const label = textarea.labels[0];
  if (!label) return { "aria-label": textarea.getAttribute("aria-label") ?? "本文" };
  label.id ||= `${textarea.id}-label`;
  return { "aria-labelledby": label.id };
}

function describe(textarea, helpId) {
  return [textarea.getAttribute("aria-describedby"), helpId].filter(Boolean).join(" ");
}

// The empty paragraph the surface keeps at the end, to type in after a table, is no content.
// (editor.isEmpty is no help: it calls a table of empty cells empty.)
function htmlOf(editor) {
  return editor.getHTML().replace(/(?:<p><\/p>)+$/, "");
}

function mount(textarea) {
  const options = optionsOf(textarea);
  const help = element("p", { class: "visually-hidden", id: `${textarea.id}-editor-help` }, HELP);
  const surface = element("div", { class: "chapter-surface" });
  const status = element("p", { class: "chapter-status", role: "status" });
  const context = { ...options, textarea, say: (sentence) => (status.textContent = sentence) };

  const editor = new Editor({
    element: surface,
    injectCSS: false,
    // "1. " or "*" at the start of a line is ordinary text in a plan, not a command.
    enableInputRules: false,
    enablePasteRules: false,
    extensions: extensionsFor(context),
    content: withoutCaptions(textarea.value),
    editorProps: {
      // What is said stands at the foot of the window: the cursor must not hide behind it.
      scrollThreshold: { top: 0, right: 0, bottom: SAID_HEIGHT, left: 0 },
      scrollMargin: { top: 5, right: 5, bottom: SAID_HEIGHT, left: 5 },
      attributes: {
        ...accessibleName(textarea),
        "aria-describedby": describe(textarea, help.id),
        "aria-multiline": "true",
        class: "chapter-text",
        role: "textbox",
        lang: "ja",
        ...(textarea.required && { "aria-required": "true" }),
        ...(textarea.classList.contains("is-invalid") && { "aria-invalid": "true" }),
      },
      transformPastedHTML: (html) => cleanPastedHtml(html, { intoCell: editor.isActive("table"), say: context.say }),
      // What was said of the paste before is no longer true of this one, whatever it brings.
      handleDOMEvents: { paste: () => void context.say(""), drop: () => void context.say("") },
      handlePaste: (_view, event) => takeImage(editor, context, event, event.clipboardData),
      handleDrop: (_view, event) => takeImage(editor, context, event, event.dataTransfer),
    },
    onUpdate: () => {
      textarea.value = htmlOf(editor);
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  const toolbar = new Toolbar(editor, context);
  const frame = element("div", { class: "chapter-editor" }, toolbar.dom, surface, help, status);
  textarea.after(frame);
  hideTextarea(textarea, editor);
  frame.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "F10") {
      event.preventDefault();
      toolbar.focus();
    }
  });
  // For the page's own scripts and the browser tests.
  textarea.chapterEditor = editor;
}

function takeImage(editor, context, event, transfer) {
  const file = imageIn(transfer);
  if (!file || !context.uploadUrl) return false;
  event.preventDefault();
  openImageDialog(editor, context, file);
  return true;
}

function hideTextarea(textarea, editor) {
  // A hidden required field would stop the form with a message nobody can see; the server checks.
  textarea.required = false;
  textarea.hidden = true;
  for (const label of textarea.labels) label.addEventListener("click", () => editor.commands.focus());
}

function mountAll(root) {
  for (const textarea of root.querySelectorAll("textarea[data-chapter-editor]")) {
    if (!textarea.chapterEditor) mount(textarea);
  }
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", () => mountAll(document));
} else {
  mountAll(document);
}
document.addEventListener("htmx:load", (event) => mountAll(event.detail.elt));
