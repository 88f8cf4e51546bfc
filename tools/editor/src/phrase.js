// A phrase of the municipality: stands in the text by its key, and shows what it says now.
import { Node } from "@tiptap/core";

import { element } from "./dom.js";

export const Phrase = Node.create({
  name: "phrase",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,

  addOptions: () => ({ words: null }),

  addAttributes() {
    return { key: attribute("data-placeholder", "key"), system: attribute("data-system", "system") };
  },

  parseHTML: () => [{ tag: "span[data-placeholder]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes],
  // What is copied as plain text, and what a screen reader is told.
  renderText({ node }) {
    return this.options.words.shown(node.attrs);
  },

  addCommands() {
    return {
      insertPhrase:
        (attrs) =>
        ({ commands }) =>
          commands.insertContent({ type: this.name, attrs }),
    };
  },

  addNodeView() {
    return ({ node }) => {
      const { words } = this.options;
      const missing = !words.value(node.attrs);
      const dom = element(
        "span",
        {
          class: `phrase${missing ? " phrase-missing" : ""}`,
          contenteditable: "false",
          title: `差し込み語句：${words.label(node.attrs)}${missing ? "（未設定）" : ""}`,
        },
        words.shown(node.attrs),
      );
      return { dom };
    };
  },
});

function attribute(html, name) {
  return {
    default: "",
    parseHTML: (span) => span.getAttribute(html) ?? "",
    renderHTML: (attributes) => (attributes[name] ? { [html]: attributes[name] } : {}),
  };
}
