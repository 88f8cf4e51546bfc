// Collects what a pasted text loses or changes, to say it in one message.

const LONGEST_QUOTE = 20;

export class Losses {
  #found = new Map();

  // `sentence` has 〔文字〕 where the words that were lost are quoted, if there are any.
  add(sentence, text = "") {
    const quoted = text.replace(/\s+/g, " ").trim();
    if (!this.#found.has(sentence)) this.#found.set(sentence, []);
    if (quoted) this.#found.get(sentence).push(quoted);
  }

  // Takes words that stand behind the last ones in the same place: 「取り消し」, not 「取」 and 「り消し」.
  addTo(sentence, text) {
    const texts = this.#found.get(sentence);
    if (texts?.length) texts[texts.length - 1] += text;
    else this.add(sentence, text);
  }

  sentence() {
    return [...this.#found].map(([sentence, texts]) => sentence.replace("〔文字〕", quoteOf(texts))).join("");
  }
}

function quoteOf(texts) {
  if (texts.length === 0) return "";
  const [first] = texts;
  const shown = [...first].length > LONGEST_QUOTE ? `${[...first].slice(0, LONGEST_QUOTE).join("")}…` : first;
  return texts.length > 1 ? `（「${shown}」ほか${texts.length - 1}か所）` : `（「${shown}」）`;
}
