// A word the glossary explains: （※） is printed behind the last letter of the mark.
import { Mark } from "@tiptap/core";

export const TermMark = Mark.create({
  name: "term",
  // Before links and bold letters, so that one mark encloses a word that is partly bold.
  priority: 1100,
  inclusive: false,

  addAttributes: () => ({
    uid: {
      default: "",
      parseHTML: (span) => span.getAttribute("data-term") ?? "",
      renderHTML: ({ uid }) => ({ "data-term": uid }),
    },
  }),

  parseHTML: () => [{ tag: "span[data-term]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
});
