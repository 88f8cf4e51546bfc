// Sets apart what a pasted page holds beside its text: hidden and deleted words, comments, notes, boxes, readings.
import { PastedStyles } from "./pasted-styles.js";
import { isHidden } from "./pasted-tables.js";

const HIDDEN = "隠し文字〔文字〕は除きました。";
const DELETED = "変更履歴で消された文字〔文字〕は除きました。";
const COMMENT = "コメントは除きました。";
const NOTE = "脚注は、本文の中に（注：…）として入れました。";
const NO_NOTE = "脚注の番号〔文字〕は、脚注の文が貼り付けた範囲にないため、除きました。";
const BOX = "文字の枠（テキストボックス）の文字〔文字〕は、段落として入れました。";
const FORMULA = "数式〔文字〕は、文字だけを入れました。";
const MEDIA = "動画・音声・埋め込まれたページは貼り付けられないため、除きました。";
const HEADING = "見出し〔文字〕は、太字の行にしました。章や節にするときは、章立てに加えてください。";

const BOX_WORDS = "data-pasted-box";
const NOTE_NAME = /^_?(?:ftn|edn|fn|sdfootnote|sdendnote|cite_note|cite_ref)/i;
const TEXT_BOX = /<v:textbox[^>]*>([\s\S]*?)<\/v:textbox>/gi;

// Word hides what only Word can draw in comments. <![if …]> and <!--[if …]--> are tags that say
// nothing here: what stands between them is text.
export function withoutWordComments(html) {
  const rest = html.replace(/<!--\[if[^\]]*\]>(?!<!--)[\s\S]*?<!\[endif\]-->/g, (comment) =>
    [...comment.matchAll(TEXT_BOX)].map((box) => boxMark(box[1])).join(""),
  );
  return rest.replace(/<!\[(?:if[^\]]*|endif)\]>/g, "");
}

// A paragraph inside another one would end it: the words wait in an attribute.
function boxMark(html) {
  const inner = new DOMParser().parseFromString(PastedStyles.withoutStyles(html), "text/html");
  const span = inner.createElement("span");
  span.setAttribute(BOX_WORDS, JSON.stringify(linesOf(inner.body)));
  return span.outerHTML;
}

function linesOf(box) {
  const blocks = [...box.querySelectorAll("p, li, td")].filter((block) => !block.querySelector("p, li, td"));
  return (blocks.length > 0 ? blocks : [box]).map((block) => words(block.textContent)).filter(Boolean);
}

export function keepBoxes(page, losses) {
  for (const box of page.querySelectorAll("v\\:textbox")) {
    const mark = page.createElement("span");
    mark.setAttribute(BOX_WORDS, JSON.stringify(linesOf(box)));
    (box.closest("v\\:group") ?? box.closest("v\\:shape, v\\:rect, v\\:roundrect") ?? box).before(mark);
    box.remove();
  }
  const text = withoutBlanks(page.body.textContent);
  for (const mark of page.querySelectorAll(`[${BOX_WORDS}]`)) {
    const lines = JSON.parse(mark.getAttribute(BOX_WORDS));
    // Word writes the words of a box a second time for browsers that draw no boxes.
    const isThere = text.includes(withoutBlanks(lines.join("")));
    if (lines.length > 0 && !isThere) {
      losses.add(BOX, lines.join(" "));
      const block = mark.closest("p, li, h1, h2, h3, h4, h5, h6") ?? mark;
      (block.localName === "li" ? mark : block).after(...lines.map((line) => paragraph(page, line)));
    }
    mark.remove();
  }
}

export function takeOutDeleted(page, styles, losses) {
  for (const deleted of page.querySelectorAll("del, .msoDel, .msodel")) {
    losses.add(DELETED, deleted.textContent);
    deleted.remove();
  }
  const comments = "[id^='_com_'], [id^='_anchor_'], .MsoCommentReference, .MsoCommentText";
  for (const element of page.querySelectorAll("*")) {
    const isComment = element.matches(comments) || styles.of(element, "mso-comment-reference") || /^comment/.test(styles.of(element, "mso-element"));
    if (!isComment || !element.isConnected) continue;
    // The words that a comment is about stay: their link holds more than the reference.
    if (styles.of(element, "mso-comment-reference")) {
      losses.add(COMMENT);
      element.replaceWith(...element.childNodes);
    } else if (element.textContent.trim()) {
      losses.add(COMMENT);
      element.remove();
    }
  }
  for (const element of page.body.querySelectorAll("*")) {
    // Cells, rows and columns of tables go together: pasted-tables.js.
    if (!element.isConnected || element.matches("tr, td, th, col, colgroup, thead, tbody, tfoot, br")) continue;
    if (!isHidden(element, styles)) continue;
    if (element.textContent.trim()) losses.add(HIDDEN, element.textContent);
    element.remove();
  }
}

export function keepNotes(page, styles, losses) {
  const links = [...page.querySelectorAll("a[href*='#']")];
  const named = new Map();
  for (const link of links) for (const name of namesOf(link)) if (!named.has(name)) named.set(name, link);
  for (const reference of links) {
    if (!reference.isConnected) continue;
    const target = fragment(reference);
    const note = named.get(target);
    const isPair = note && note !== reference && namesOf(reference).includes(fragment(note));
    if (isPair && reference.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING) {
      putIn(page, reference, note, losses);
    } else if (!isPair && NOTE_NAME.test(target) && /^[\s[(（※*]*[\divxIVX＊†‡↑^]*[\s\])）]*$/.test(reference.textContent)) {
      const isNote = reference.closest("p, li, div")?.textContent.trim().startsWith(reference.textContent.trim());
      if (!isNote) losses.add(NO_NOTE, reference.textContent);
      reference.remove();
    }
  }
  for (const list of page.querySelectorAll("div")) {
    if (styles.of(list, "mso-element").endsWith("note-list") && !list.textContent.trim()) list.remove();
  }
}

function putIn(page, reference, note, losses) {
  const line = note.closest("li, p") ?? note.parentElement;
  const around = line.parentElement;
  const isAlone = around?.localName === "div" && around.querySelectorAll("a[href*='#']").length === 1 && !around.contains(reference);
  const whole = isAlone ? around : line;
  if (whole.contains(reference)) return;
  (note.closest("sup") ?? note).remove();
  const text = words(whole.textContent);
  whole.remove();
  const raised = reference.closest("sup");
  (raised ?? reference).replaceWith(text ? `（注：${text}）` : "");
  losses.add(NOTE);
}

function fragment(link) {
  return decode((link.getAttribute("href") ?? "").split("#").at(-1));
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function namesOf(link) {
  const names = [link.id, link.getAttribute("name")];
  for (let element = link.parentElement, steps = 0; element && steps < 3; element = element.parentElement, steps += 1) {
    names.push(element.id);
  }
  return names.filter(Boolean);
}

export function keepReadings(page) {
  for (const ruby of page.querySelectorAll("ruby")) {
    for (const bracket of ruby.querySelectorAll("rp")) bracket.remove();
    for (const reading of ruby.querySelectorAll("rt")) {
      const text = words(reading.textContent);
      reading.replaceWith(text ? `（${text}）` : "");
    }
    // Written in lines for people, a word need not stand in lines here.
    for (const text of textsIn(page, ruby)) text.data = text.data.replace(/^\s*\n\s*|\s*\n\s*$/g, "");
    ruby.replaceWith(...ruby.childNodes);
  }
}

export function keepForms(page) {
  for (const box of page.querySelectorAll("input")) {
    if (/^(?:checkbox|radio)$/i.test(box.type)) box.replaceWith(box.hasAttribute("checked") ? "✓" : "□");
    else box.replaceWith(/^(?:hidden|password|file|submit|image|reset)$/i.test(box.type) ? "" : (box.getAttribute("value") ?? ""));
  }
  for (const point of page.querySelectorAll("[role='checkbox']")) {
    for (const picture of point.querySelectorAll("img")) picture.remove();
    (point.querySelector("p") ?? point).prepend(point.getAttribute("aria-checked") === "true" ? "✓" : "□");
  }
  for (const list of page.querySelectorAll("select")) list.replaceWith(list.selectedOptions[0]?.textContent ?? "");
  for (const field of page.querySelectorAll("textarea")) field.replaceWith(field.textContent);
  for (const formatted of page.querySelectorAll("pre")) {
    formatted.innerHTML = formatted.innerHTML.replace(/\n+$/, "").replace(/\n/g, "<br>");
  }
}

export function sayOthers(page, losses) {
  for (const media of page.querySelectorAll("video, audio, iframe, frame, applet")) {
    losses.add(MEDIA);
    media.remove();
  }
  for (const formula of page.querySelectorAll("math")) {
    for (const source of formula.querySelectorAll("annotation, annotation-xml")) source.remove();
    losses.add(FORMULA, formula.textContent);
    formula.replaceWith(words(formula.textContent).replace(/ /g, ""));
  }
}

export function headingsToBold(page, losses) {
  for (const heading of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const line = page.createElement("p");
    line.setAttribute("data-pasted-heading", "");
    PastedStyles.copy(heading, line);
    line.append(...heading.childNodes);
    if (line.textContent.trim()) losses.add(HEADING, line.textContent);
    heading.replaceWith(line);
  }
}

// Addresses inside another document lead nowhere here.
export function loosenInnerLinks(page) {
  for (const link of page.querySelectorAll("a")) {
    if (!/^(?:https?:|mailto:|tel:|\/(?!\/))/i.test(link.getAttribute("href") ?? "")) link.replaceWith(...link.childNodes);
  }
}

function textsIn(page, element) {
  const walker = page.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

function paragraph(page, text) {
  const made = page.createElement("p");
  made.append(text);
  return made;
}

function words(text) {
  return text.replace(/\s+/g, " ").trim();
}

function withoutBlanks(text) {
  return text.replace(/\s/g, "");
}
