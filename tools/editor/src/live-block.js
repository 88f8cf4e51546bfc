// A live block: a table of the plan that stands in a chapter by its code, and is never copied into it.
import { Node } from "@tiptap/core";

import { openOptionsDialog } from "./block-dialogs.js";
import { button, element } from "./dom.js";

export const LiveBlock = Node.create({
  name: "liveBlock",
  group: "liveBlock",
  atom: true,
  selectable: true,

  addOptions: () => ({ blocks: [], source: null, say: () => {} }),

  addAttributes() {
    return {
      code: attribute("data-live-block"),
      columns: attribute("data-columns"),
      filter: attribute("data-filter"),
    };
  },

  parseHTML: () => [{ tag: "div[data-live-block]" }],
  renderHTML: ({ HTMLAttributes }) => ["div", HTMLAttributes],

  addCommands() {
    return {
      // Stands after the paragraph, list or table the cursor is in; takes the place of an empty one.
      insertLiveBlock:
        (code) =>
        ({ state, tr, dispatch }) => {
          const { $from } = state.selection;
          const block = $from.depth > 0 ? $from.node(1) : null;
          const node = this.type.create({ code });
          if (dispatch && block?.isTextblock && block.content.size === 0) {
            tr.replaceWith($from.before(1), $from.after(1), node);
          } else if (dispatch) {
            tr.insert(block ? $from.after(1) : state.selection.to, node);
          }
          return true;
        },
    };
  },

  addNodeView() {
    return ({ node, editor, getPos }) => new LiveBlockView(node, editor, getPos, this.options);
  },
});

function attribute(name) {
  return {
    default: "",
    parseHTML: (block) => block.getAttribute(name) ?? "",
    renderHTML: (attributes) => {
      const value = attributes[name === "data-live-block" ? "code" : name.slice("data-".length)];
      return value ? { [name]: value } : {};
    },
  };
}

class LiveBlockView {
  constructor(node, editor, getPos, { blocks, source, say }) {
    Object.assign(this, { node, editor, getPos, source, say });
    this.label = blocks.find((block) => block.code === node.attrs.code)?.label ?? node.attrs.code;
    this.rows = element("div", { class: "live-block-rows", tabindex: "0", role: "region", "aria-label": `${this.label}の内容` });
    this.dom = element(
      "div",
      { class: "live-block", contenteditable: "false", role: "group", "aria-label": `埋め込みの表：${this.label}` },
      this.#bar(),
      this.rows,
    );
    this.#show();
  }

  update(node) {
    if (node.type !== this.node.type || node.attrs.code !== this.node.attrs.code) return false;
    const changed = node.attrs.columns !== this.node.attrs.columns || node.attrs.filter !== this.node.attrs.filter;
    this.node = node;
    if (changed) this.#show();
    return true;
  }

  selectNode() {
    this.dom.classList.add("live-block-selected");
  }

  deselectNode() {
    this.dom.classList.remove("live-block-selected");
  }

  stopEvent(event) {
    return this.rows.contains(event.target) || event.target.closest("button") !== null;
  }

  ignoreMutation() {
    return true;
  }

  #bar() {
    const action = (label, iconName, name, run) => {
      const control = button(label, { iconName, kind: "btn-link", "data-action": name, "aria-label": `${this.label}：${label}` });
      control.addEventListener("click", run);
      return control;
    };
    return element(
      "div",
      { class: "live-block-bar" },
      element("span", { class: "live-block-name" }, this.label),
      this.source && action("設定", "settings", "options", () => this.#options()),
      action("上へ", "up", "up", () => this.#move(-1)),
      action("下へ", "down", "down", () => this.#move(1)),
      action("削除", "trash", "delete", () => this.#remove()),
    );
  }

  async #show() {
    if (!this.source) {
      this.rows.textContent = "表の中身は、計画の表示と印刷のときに入ります。";
      return;
    }
    const { node } = this;
    this.rows.setAttribute("aria-busy", "true");
    try {
      const html = await this.source.rows(node.attrs);
      if (node === this.node) this.rows.innerHTML = html;
    } catch {
      this.rows.textContent = "表の中身を表示できませんでした。様式がなくなったか、通信が切れています。";
    }
    this.rows.removeAttribute("aria-busy");
  }

  async #options() {
    const chosen = await openOptionsDialog({ label: this.label, source: this.source, attributes: this.node.attrs });
    if (!chosen) return;
    const { tr } = this.editor.state;
    this.editor.view.dispatch(tr.setNodeMarkup(this.getPos(), undefined, { ...this.node.attrs, ...chosen }));
    this.say(`「${this.label}」の設定を変えました。`);
  }

  #move(step) {
    const { state, view } = this.editor;
    const position = this.getPos();
    const $position = state.doc.resolve(position);
    const index = $position.index() + step;
    if (index < 0 || index >= state.doc.childCount) {
      this.say(step < 0 ? "これより上へは動かせません。" : "これより下へは動かせません。");
      return;
    }
    const target = position + step * state.doc.child(index).nodeSize;
    view.dispatch(state.tr.delete(position, position + this.node.nodeSize).insert(target, this.node).scrollIntoView());
    view.nodeDOM(target)?.querySelector(`[data-action="${step < 0 ? "up" : "down"}"]`)?.focus();
    this.say(`「${this.label}」を${step < 0 ? "上" : "下"}へ動かしました。`);
  }

  #remove() {
    const position = this.getPos();
    this.editor.chain().deleteRange({ from: position, to: position + this.node.nodeSize }).focus().run();
    this.say(`「${this.label}」を本文から外しました。様式の内容は消えません。「元に戻す」で戻せます。`);
  }
}
