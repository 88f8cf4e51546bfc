// Makes what Word, Excel, web pages and mails put on the clipboard into plain paragraphs, lists and tables.
import { captionsToParagraphs } from "./captions.js";
import {
  headingsToBold,
  keepBoxes,
  keepForms,
  keepNotes,
  keepReadings,
  loosenInnerLinks,
  sayOthers,
  takeOutDeleted,
  withoutWordComments,
} from "./pasted-apart.js";
import { keepLists } from "./pasted-lists.js";
import { Losses } from "./pasted-losses.js";
import { keepMarks } from "./pasted-marks.js";
import { PastedStyles } from "./pasted-styles.js";
import { keepTables } from "./pasted-tables.js";

const NO_DRAWINGS =
  "図形（SVGなど）は貼り付けられないため、除きました。PNGなどの画像として保存し、「画像」のボタンから入れてください。";
const NO_PICTURES = "ほかの場所にある画像は貼り付けられないため、除きました。「画像」のボタンから入れてください。";
const TOLD = "貼り付けたときに変わった所があります。";

// `say` is told, in sentences, what could not be pasted as it was; "" when nothing changed.
export function cleanPastedHtml(html, { intoCell = false, say = () => {} } = {}) {
  const losses = new Losses();
  const styles = new PastedStyles(html);
  const plain = PastedStyles.withoutStyles(withoutWordComments(html));
  const page = new DOMParser().parseFromString(plain, "text/html");
  styles.take(page);
  dropUseless(page);
  takeOutDeleted(page, styles, losses);
  keepForms(page);
  keepBoxes(page, losses);
  refusePictures(page, losses);
  // What our own surface copied leads to places in this plan.
  const isOurs = page.querySelector("[data-pm-slice]") !== null;
  if (!isOurs) {
    keepNotes(page, styles, losses);
    loosenInnerLinks(page);
  }
  keepReadings(page);
  sayOthers(page, losses);
  captionsToParagraphs(page);
  keepTables(page, styles, losses, { intoCell });
  keepLists(page, styles, losses);
  headingsToBold(page, losses);
  keepMarks(page, styles, losses);
  PastedStyles.remove(page);
  for (const line of page.querySelectorAll("[data-pasted-heading]")) line.removeAttribute("data-pasted-heading");
  const said = losses.sentence();
  say(said && `${TOLD}${said}`);
  return page.body.innerHTML;
}

function dropUseless(page) {
  for (const useless of page.querySelectorAll("script, meta, link, title, xml, template, noscript, o\\:p")) {
    if (useless.localName === "o:p") useless.replaceWith(...useless.childNodes);
    else useless.remove();
  }
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
}

// A picture on somebody's disk or another site would be missing in the plan: upload it instead.
// A drawing can hold a script, and the words in it say nothing without it.
function refusePictures(page, losses) {
  const drawings = page.querySelectorAll("svg, v\\:shape, v\\:group, v\\:rect, canvas, object, embed");
  const pictures = [...page.querySelectorAll("img")].filter(
    (picture) => !picture.getAttribute("src")?.startsWith("/"),
  );
  for (const refused of [...drawings, ...pictures]) refused.remove();
  const isDrawing = (picture) => /^data:image\/svg|\.svg(?:[?#]|$)/i.test(picture.getAttribute("src") ?? "");
  if (drawings.length > 0 || pictures.some(isDrawing)) losses.add(NO_DRAWINGS);
  if (pictures.some((picture) => !isDrawing(picture))) losses.add(NO_PICTURES);
}

export function imageIn(transfer) {
  // Excel and Word put a picture of the cells beside the cells: where there is text, take the text.
  if (!transfer || transfer.types.includes("text/html") || transfer.types.includes("text/plain")) return null;
  return [...transfer.files].find((file) => file.type.startsWith("image/")) ?? null;
}
