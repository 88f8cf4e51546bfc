// Reads what the styles of a pasted page say. The content policy reports every style as soon as a
// browser takes it up, so attributes go by another name and sheets are read as text.

const STYLE = "data-pasted-style";
const MOST_RULES = 5000;

export class PastedStyles {
  #sheet;
  #rules = new Map(); // element -> declarations of sheets, the weakest first
  #known = new Map();

  constructor(html) {
    const sheets = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/gi)].map((match) => match[1]);
    this.#sheet = sheets.join("\n").replace(/<!--|-->/g, "").replace(/\/\*[\s\S]*?\*\//g, "");
  }

  static withoutStyles(html) {
    return html
      .replace(/<style[\s\S]*?<\/style>/gi, "")
      .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${STYLE}=`));
  }

  take(page) {
    const plain = this.#sheet
      .replace(/@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "") // @font-face, @page, @media, @list of Word
      .replace(/@[^{};]*;/g, "");
    const rules = [...plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)].slice(0, MOST_RULES).flatMap(([, names, said]) =>
      names.split(",").map((name) => ({ name: name.trim(), said, weight: (name.match(/[.#[]/g) ?? []).length })),
    );
    for (const { name, said } of rules.sort((one, other) => one.weight - other.weight)) {
      for (const element of found(page, name)) {
        this.#rules.set(element, `${this.#rules.get(element) ?? ""};${said}`);
      }
    }
  }

  // The value of a declaration in small letters, "" when nothing is said.
  of(element, name) {
    if (!this.#known.has(element)) {
      const said = `${this.#rules.get(element) ?? ""};${element.getAttribute(STYLE) ?? ""}`;
      this.#known.set(element, declarations(said));
    }
    return this.#known.get(element).get(name) ?? "";
  }

  // Elements made while cleaning look as those did whose place they take.
  static copy(from, to) {
    if (from.hasAttribute(STYLE)) to.setAttribute(STYLE, from.getAttribute(STYLE));
  }

  static remove(page) {
    for (const styled of page.querySelectorAll(`[${STYLE}], [class]`)) {
      styled.removeAttribute(STYLE);
      styled.removeAttribute("class");
    }
  }
}

function found(page, selector) {
  try {
    return page.body.querySelectorAll(selector);
  } catch {
    return []; // a selector that this browser does not know
  }
}

function declarations(text) {
  const found = new Map();
  for (const part of text.split(";")) {
    const colon = part.indexOf(":");
    if (colon > 0) {
      const value = part.slice(colon + 1).replace(/!important/i, "");
      found.set(part.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
    }
  }
  return found;
}
