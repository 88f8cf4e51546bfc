// Makes what Word and Excel put on the clipboard into plain paragraphs, lists and tables.
import { captionsToParagraphs } from "./captions.js";

const NUMBERED = /^[(（]?(?:[0-9０-９]+|[a-zA-Zａ-ｚ]|[ア-ン]|[ivxIVX]+)[)）.．、]|^[①-⑳]/;

const STYLE = "data-pasted-style";

const NO_DRAWINGS =
  "図形（SVGなど）は貼り付けられないため、除きました。PNGなどの画像として保存し、「画像」のボタンから入れてください。";
const NO_PICTURES = "ほかの場所にある画像は貼り付けられないため、除きました。「画像」のボタンから入れてください。";

// `say` is told, in a sentence, what could not be pasted.
export function cleanPastedHtml(html, { intoCell = false, say = () => {} } = {}) {
  const page = new DOMParser().parseFromString(withoutStyles(withoutWordComments(html)), "text/html");
  for (const useless of page.querySelectorAll("script, meta, link, title, xml, o\\:p, col, colgroup")) {
    if (useless.localName === "o:p") useless.replaceWith(...useless.childNodes);
    else useless.remove();
  }
  refusePictures(page, say);
  captionsToParagraphs(page);
  // A table alone fills the cells from here on; one among other text would tear this table apart.
  if (intoCell && page.body.children.length > 1) tablesToLines(page);
  headingsToBold(page);
  wordListsToLists(page);
  for (const styled of page.querySelectorAll(`[${STYLE}], [class]`)) {
    keepEmphasis(page, styled);
    styled.removeAttribute(STYLE);
    styled.removeAttribute("class");
  }
  return page.body.innerHTML;
}

// A picture on somebody's disk or another site would be missing in the plan: upload it instead.
// A drawing can hold a script, and the words in it say nothing without it.
function refusePictures(page, say) {
  const drawings = page.querySelectorAll("svg, v\\:shape, v\\:group, canvas, object, embed");
  const pictures = [...page.querySelectorAll("img")].filter(
    (picture) => !picture.getAttribute("src")?.startsWith("/"),
  );
  for (const refused of [...drawings, ...pictures]) refused.remove();
  const isDrawing = (picture) => /^data:image\/svg|\.svg(?:[?#]|$)/i.test(picture.getAttribute("src") ?? "");
  if (drawings.length > 0 || pictures.some(isDrawing)) say(NO_DRAWINGS);
  else if (pictures.length > 0) say(NO_PICTURES);
}

export function imageIn(transfer) {
  // Excel and Word put a picture of the cells beside the cells: where there is text, take the text.
  if (!transfer || transfer.types.includes("text/html") || transfer.types.includes("text/plain")) return null;
  return [...transfer.files].find((file) => file.type.startsWith("image/")) ?? null;
}

function withoutWordComments(html) {
  // <![if !supportLists]>…<![endif]> holds the bullet as text; the tags alone go, the bullet is read below.
  return html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/g, "").replace(/<!\[(?:if[^\]]*|endif)\]>/g, "");
}

// The content policy reports every style as soon as it is parsed, so they go by another name.
function withoutStyles(html) {
  return html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${STYLE}=`));
}

function headingsToBold(page) {
  for (const heading of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const strong = page.createElement("strong");
    strong.append(...heading.childNodes);
    const paragraph = page.createElement("p");
    paragraph.append(strong);
    heading.replaceWith(paragraph);
  }
}

function tablesToLines(page) {
  for (const table of page.querySelectorAll("table")) {
    const lines = [...table.rows].map((row) => {
      const line = page.createElement("p");
      line.textContent = [...row.cells].map((cell) => cell.textContent.trim()).join("　");
      return line;
    });
    table.replaceWith(...lines);
  }
}

function keepEmphasis(page, styled) {
  const style = styled.getAttribute(STYLE) ?? "";
  if (styled.localName !== "span") return;
  const wrap = (tag) => {
    const mark = page.createElement(tag);
    mark.append(...styled.childNodes);
    styled.append(mark);
  };
  if (/font-weight:\s*(?:bold|[6-9]00)/i.test(style)) wrap("strong");
  if (/font-style:\s*italic/i.test(style)) wrap("em");
  if (/text-decoration[^;]*underline/i.test(style)) wrap("u");
}

// Word writes a list as paragraphs with "mso-list:l0 level2 lfo1" and the bullet as text.
function wordListsToLists(page) {
  let open = []; // the lists being filled, outermost first
  let last = null;
  for (const paragraph of page.querySelectorAll("p")) {
    const level = Number(/mso-list:[^;]*level([0-9])/i.exec(paragraph.getAttribute(STYLE) ?? "")?.[1] ?? 0);
    if (level === 0) continue;
    if (paragraph.previousElementSibling !== last) open = [];
    const ordered = NUMBERED.test(takeMarker(paragraph));
    open = open.slice(0, level);
    if (open.length === 0) {
      open.push(page.createElement(ordered ? "ol" : "ul"));
      paragraph.before(open[0]);
    }
    if (open.length < level) {
      const inner = page.createElement(ordered ? "ol" : "ul");
      open.at(-1).lastElementChild.append(inner);
      open.push(inner);
    }
    const item = page.createElement("li");
    const content = page.createElement("p");
    content.append(...paragraph.childNodes);
    item.append(content);
    open.at(-1).append(item);
    last = open[0];
    paragraph.remove();
  }
}

function takeMarker(paragraph) {
  const marker = paragraph.querySelector(`[${STYLE}*="mso-list:Ignore" i], [${STYLE}*="mso-list: Ignore" i]`);
  const text = marker?.textContent.trim() ?? "";
  marker?.remove();
  return text;
}
