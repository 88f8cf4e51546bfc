// Keeps bold, italic and underlined letters of pasted text as they looked, and names looks that chapters have not.

const INLINE =
  "b, strong, i, em, u, ins, s, strike, span, font, mark, big, small, sup, sub, cite, dfn, var, code, kbd, " +
  "samp, tt, abbr, acronym, label, time, data, bdi, bdo, nobr";
const OURS = "[data-placeholder], [data-term], [data-live-block]";
const LOOKS = {
  struck: "取り消し線は付きません。線のあった文字〔文字〕もそのまま入れたので、消すものは取り除いてください。",
  raised: "上付き・下付きの文字〔文字〕は、ふつうの文字になりました。",
  lit: "蛍光ペンの色〔文字〕は付きません。",
  dotted: "傍点〔文字〕は付きません。",
};

export function keepMarks(page, styles, losses) {
  for (const quote of page.querySelectorAll("q")) quote.replaceWith("「", ...quote.childNodes, "」");
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const marked = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isPhrase = node.nodeType === Node.ELEMENT_NODE && node.matches("[data-placeholder]");
    const isText = node.nodeType === Node.TEXT_NODE && !node.parentElement.closest("[data-placeholder]");
    if (isPhrase || (isText && node.data.trim())) marked.push([node, lookOf(node, styles)]);
  }
  sayLooks(marked, losses);
  for (const [node, look] of marked) wrap(page, node, look);
  for (const element of page.querySelectorAll(INLINE)) {
    if (!element.matches(OURS) && !element.hasAttribute("data-marked")) element.replaceWith(...element.childNodes);
  }
  for (const element of page.querySelectorAll("[data-marked]")) element.removeAttribute("data-marked");
}

// What inner elements say counts more than what outer ones say; underlines cannot be taken back.
function lookOf(node, styles) {
  const look = {};
  for (const element of ancestors(node)) {
    const tag = element.localName;
    if (tag === "b" || tag === "strong") look.bold = true;
    if (tag === "i" || tag === "em") look.italic = true;
    const weight = styles.of(element, "font-weight") || styles.of(element, "font");
    if (weight) look.bold = /\b(?:bold|bolder|[6-9]00)\b/.test(weight);
    const slant = styles.of(element, "font-style") || styles.of(element, "font");
    if (slant) look.italic = /\b(?:italic|oblique)\b/.test(slant);
    const line = `${styles.of(element, "text-decoration")} ${styles.of(element, "text-decoration-line")}`;
    look.underlined ||= tag === "u" ? !line.includes("none") : line.includes("underline");
    look.struck ||= tag === "s" || tag === "strike" || line.includes("line-through");
    look.raised ||= tag === "sup" || tag === "sub" || /super|sub/.test(styles.of(element, "vertical-align"));
    look.lit ||= tag === "mark" || !/^(?:none)?$/.test(styles.of(element, "mso-highlight"));
    look.dotted ||= isDotted(element, styles);
    if (element.hasAttribute("data-pasted-heading")) look.heading = true;
    if (tag === "a" && element.hasAttribute("href")) look.linked = true;
  }
  // A heading is a line in bold letters here, however light its letters were.
  look.bold ||= look.heading;
  if (look.linked) look.underlined = false;
  return look;
}

function isDotted(element, styles) {
  const said = ["text-emphasis", "text-emphasis-style", "-webkit-text-emphasis-style"];
  return said.some((name) => !/^(?:none)?$/.test(styles.of(element, name)));
}

function ancestors(node) {
  const found = [];
  for (let element = node.parentElement; element && element.localName !== "html"; element = element.parentElement) {
    found.unshift(element);
  }
  return found;
}

function sayLooks(marked, losses) {
  for (const [kind, sentence] of Object.entries(LOOKS)) {
    let before = null;
    for (const [node, look] of marked) {
      if (!look[kind]) before = null;
      else {
        if (before && before === node.parentElement.closest("p, li, td, th, div")) losses.addTo(sentence, node.textContent);
        else losses.add(sentence, node.textContent);
        before = node.parentElement.closest("p, li, td, th, div");
      }
    }
  }
}

function wrap(page, node, { bold, italic, underlined }) {
  for (const [is, tag] of [
    [underlined, "u"],
    [italic, "em"],
    [bold, "strong"],
  ]) {
    if (!is) continue;
    const mark = page.createElement(tag);
    mark.setAttribute("data-marked", "");
    node.replaceWith(mark);
    mark.append(node);
  }
}
