// Makes the lists of Word and of web pages into plain lists that keep their numbers. A way of counting
// that chapters have not (ア, (1), ①, a) is written out before the words.
import { PastedStyles } from "./pasted-styles.js";
import { labelOf } from "./pasted-numbers.js";

const NOW_TEXT =
  "①、ア、（1）などの番号は、文字として入れました。順番を変えても番号は変わりません。";
const UNKNOWN = "読めない形の番号は、1、2、3に置き換えました。";
const PLAIN_NUMBER = /^([0-9０-９]{1,4})[.．]?$/;
const LABEL = /^(?:[①-⓿㉑-㊿Ⅰ-ⅿ※]|[ア-ンｱ-ﾝ一二三四五六七八九十甲乙丙丁]{1,3}$|[^\s]*[0-9０-９])/u;
const WITH_BRACKET = /^[(（〔[]?[\p{L}\p{N}]{1,5}[)）〕\].．、:：]$/u;
const SIGN_FONT = /wingdings|symbol|courier/;
const FORMS = { 1: "decimal", a: "lower-alpha", A: "upper-alpha", i: "lower-roman", I: "upper-roman" };
const ONE_NUMBER = /^[^%]*%\d[^%]*$/;
const PLAIN_AROUND = /^%\d[.．]?$/;
const BLOCKS = "p, div, ul, ol, table, blockquote, pre, dl, h1, h2, h3, h4, h5, h6";
const LIST_END = "　";

export function keepLists(page, styles, losses) {
  wordLists(page, styles, losses);
  for (const list of page.querySelectorAll("ul, ol")) putIntoPoints(page, list);
  // The innermost first: what becomes lines stands within a point of the outer list then.
  for (const list of [...page.querySelectorAll("ol, ul")].reverse()) webList(page, list, styles, losses);
}

// Word writes a list as paragraphs with "mso-list:l0 level2 lfo1" and the number or bullet as text.
function wordLists(page, styles, losses) {
  let open = []; // the lists being filled, outermost first
  let last = null;
  for (const paragraph of page.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    const level = Number(/level([0-9])/.exec(styles.of(paragraph, "mso-list"))?.[1] ?? 0);
    if (level === 0 || paragraph.closest("li")) continue;
    if (paragraph.previousElementSibling !== last) open = [];
    const mark = takeMark(paragraph, styles);
    while (open.length > 0 && open.at(-1).level > level) open.pop();
    const beside = open.at(-1)?.level === level ? open.at(-1) : null;
    if (mark.label) {
      if (beside) open.pop();
      if (mark.label !== "※") losses.add(NOW_TEXT);
      paragraph.prepend(mark.label, LIST_END);
      open.at(-1)?.list.lastElementChild.append(paragraph);
      last = open[0]?.list ?? paragraph;
      continue;
    }
    const number = mark.number ?? (mark.isMissing ? beside?.next : undefined);
    const goesOn = beside && (number === undefined ? !beside.next : number === beside.next);
    if (beside && !goesOn) open.pop();
    if (!goesOn) open.push({ level, next: number, list: beginList(page, open.at(-1)?.list, paragraph, number) });
    const item = page.createElement("li");
    const content = page.createElement("p");
    PastedStyles.copy(paragraph, content);
    content.append(...paragraph.childNodes);
    item.append(content);
    open.at(-1).list.append(item);
    if (number !== undefined) open.at(-1).next = number + 1;
    last = open[0].list;
    paragraph.remove();
  }
}

function beginList(page, outer, paragraph, number) {
  const list = page.createElement(number === undefined ? "ul" : "ol");
  if (number !== undefined && number !== 1) list.setAttribute("start", number);
  if (outer) outer.lastElementChild.append(list);
  else paragraph.before(list);
  return list;
}

function takeMark(paragraph, styles) {
  const marker = [...paragraph.querySelectorAll("span")].find((span) => styles.of(span, "mso-list") === "ignore");
  const text = marker?.textContent.replace(/[\s\u00a0]+/g, "") ?? "";
  const fonts = marker ? [marker, marker.parentElement, ...marker.querySelectorAll("*")].map((part) => styles.of(part, "font-family") + styles.of(part, "font")) : [];
  marker?.remove();
  const plain = PLAIN_NUMBER.exec(text.normalize("NFKC"));
  if (plain && !/[①-⓿㉑-㊿]/.test(text)) return { number: Number(plain[1]) };
  const isSign = fonts.some((font) => SIGN_FONT.test(font));
  if (!isSign && (LABEL.test(text) || WITH_BRACKET.test(text) || [...text].length > 1)) return { label: text };
  return { isMissing: text === "" };
}

// What stands in a list beside its points belongs to the point before it.
function putIntoPoints(page, list) {
  for (const child of [...list.childNodes]) {
    if (child.localName === "li" || !child.textContent.trim()) continue;
    const before = child.previousElementSibling;
    if (before && (child.localName === "ul" || child.localName === "ol")) before.append(child);
    else {
      const item = page.createElement("li");
      child.replaceWith(item);
      item.append(child);
    }
  }
}

function webList(page, list, styles, losses) {
  const items = [...list.children].filter((child) => child.localName === "li");
  const form = formOf(list, items, styles);
  if (form === "none") linesOf(page, list, items, items.map(() => ""));
  if (form === "none" || list.localName === "ul") return;
  const numbers = numbersOf(list, items);
  const around = items[0]?.getAttribute("data-leveltext") ?? ""; // Word on the web: "(%1)"
  const isPlain = form === "decimal" && (PLAIN_AROUND.test(around) || !ONE_NUMBER.test(around));
  const labels = numbers.map((number) => labelOf(form, number, ONE_NUMBER.test(around) ? around : ""));
  if (labels.includes(null)) losses.add(UNKNOWN);
  else if (!isPlain || list.hasAttribute("reversed") || numbers.some((number) => number < 0)) {
    losses.add(NOW_TEXT);
    linesOf(page, list, items, labels);
    return;
  }
  parted(page, list, items, numbers);
}

function formOf(list, items, styles) {
  const said = (element) =>
    styles.of(element, "list-style-type") || styles.of(element, "list-style").split(/\s+/).find((word) => word && word !== "outside" && word !== "inside") || "";
  const own = said(list);
  if (own === "none") return "none";
  const form = own || (items[0] ? said(items[0]) : "") || FORMS[list.getAttribute("type")] || "decimal";
  return form === "none" || /^(?:disc|circle|square|inherit|initial)$/.test(form) ? "decimal" : form;
}

function numbersOf(list, items) {
  const start = list.getAttribute("start");
  const step = list.hasAttribute("reversed") ? -1 : 1;
  let number = /^\s*-?\d+/.test(start ?? "") ? Number.parseInt(start, 10) : step < 0 ? items.length : 1;
  return items.map((item) => {
    if (/^\s*-?\d+/.test(item.getAttribute("value") ?? "")) number = Number.parseInt(item.getAttribute("value"), 10);
    const own = number;
    number += step;
    return own;
  });
}

// A point with a number of its own begins a new list: no list can count past it otherwise.
function parted(page, list, items, numbers) {
  let current = list;
  items.forEach((item, place) => {
    if (place > 0 && numbers[place] !== numbers[place - 1] + 1) {
      const next = page.createElement("ol");
      PastedStyles.copy(list, next);
      current.after(next);
      current = next;
      setStart(current, numbers[place]);
    }
    if (place === 0) setStart(list, numbers[0]);
    item.removeAttribute("value");
    if (current !== list) current.append(item);
  });
  list.removeAttribute("type");
}

function setStart(list, number) {
  if (number === 1) list.removeAttribute("start");
  else list.setAttribute("start", number);
}

function linesOf(page, list, items, labels) {
  const lines = items.flatMap((item, place) => {
    const begin = labels[place] ? `${labels[place]}${LIST_END}` : "";
    const first = [...item.childNodes].find((child) => child.nodeType === Node.ELEMENT_NODE || child.textContent.trim());
    if (first?.nodeType === Node.ELEMENT_NODE && first.localName === "p") first.prepend(begin);
    else {
      const line = page.createElement("p");
      line.append(begin);
      while (item.firstChild && !(item.firstChild.nodeType === Node.ELEMENT_NODE && item.firstChild.matches(BLOCKS))) {
        line.append(item.firstChild);
      }
      item.prepend(line);
    }
    return [...item.childNodes];
  });
  list.replaceWith(...lines);
}
