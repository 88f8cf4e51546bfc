// Says under a field how many letters it may hold and how many there are; nothing typed is ever cut.
// Counted as bcp_portal/ui/counted_letters.py counts: a sign with its selectors and marks is one.
"use strict";

const ATTACHED = "[\\p{M}\\uFF9E\\uFF9F\\u{1F3FB}-\\u{1F3FF}]";
const FLAG = "[\\u{1F1E6}-\\u{1F1FF}]";
const LETTER = new RegExp(
  `(?:\\r\\n|${FLAG}${FLAG}|[^])${ATTACHED}*(?:\\u200D[^]?${ATTACHED}*)*`, "gu");

function letterCount(text) {
  return (text.match(LETTER) || []).length;
}

function nameOf(field) {
  const label = field.labels?.[0];
  const own = label && [...label.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  return own?.textContent.trim() || field.getAttribute("aria-label") || "この欄";
}

function noteOf(field) {
  const found = document.getElementById(field.dataset.letterNote);
  if (found) return found;
  const note = document.createElement("p");
  note.id = `letters-${Math.random().toString(36).slice(2)}`;
  note.className = "letter-note";
  note.setAttribute("role", "status");
  field.dataset.letterNote = note.id;
  field.setAttribute("aria-describedby",
    [field.getAttribute("aria-describedby"), note.id].filter(Boolean).join(" "));
  field.after(note);
  return note;
}

function sayLetters(field) {
  const most = Number(field.dataset.mostLetters);
  const count = letterCount(field.value.trim());
  if (count <= most) {
    if (field.dataset.letterNote) {
      noteOf(field).textContent = "";
      field.removeAttribute("aria-invalid");
    }
    return;
  }
  noteOf(field).textContent =
    `「${nameOf(field)}」は${most}文字以内で入力してください（今は${count}文字、${count - most}文字多い）。`;
  field.setAttribute("aria-invalid", "true");
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-most-letters]")) sayLetters(event.target);
});
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-most-letters]").forEach((field) => {
    if (field.value) sayLetters(field);
  });
});
