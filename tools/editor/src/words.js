// What the municipality says for its phrases, and the words its glossary explains.

export class Words {
  #values;
  #systems;

  constructor({ phrases = "[]", values = "[]", systems = "[]", terms = "[]" }) {
    this.phrases = JSON.parse(phrases);
    this.systems = JSON.parse(systems);
    this.terms = JSON.parse(terms);
    this.#values = new Map(JSON.parse(values).map(([key, system, text]) => [`${key} ${system}`, text]));
    this.#systems = new Map(this.systems.map(({ uid, name }) => [uid, name]));
  }

  value({ key, system = "" }) {
    return this.#values.get(`${key} ${system}`) ?? "";
  }

  label({ key, system = "" }) {
    const label = this.phrases.find((phrase) => phrase.key === key)?.label ?? key;
    return system ? `${this.#systems.get(system) ?? "登録のないシステム"}の${label}` : label;
  }

  shown(use) {
    return this.value(use) || `〔${this.label(use)}〕`;
  }
}

// Full and half width, capital and small letters are the same to a person who searches.
export function folded(text) {
  return text.normalize("NFKC").toLowerCase();
}
