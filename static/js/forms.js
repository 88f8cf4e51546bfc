// Small help around forms; every page works without it.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("[data-error-summary]")?.focus();
});

// A link of the summary leads to the search box where a long select has one.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a");
  const search = document.getElementById(link?.hash.slice(1))?.tomselect;
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.control_input.scrollIntoView({ block: "center" });
});

// data-confirm: ask before a button or link acts.
document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-confirm]");
  if (control && !window.confirm(control.dataset.confirm)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const back = event.target.closest("[data-history-back]");
  if (back && history.length > 1) {
    event.preventDefault();
    history.back();
  }
});

// data-unsaved-guard on a form: leaving with unsaved input asks first.
const unsaved = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved-guard]");
  if (form) unsaved.add(form);
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) unsaved.delete(event.target);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) unsaved.delete(event.detail.elt.closest("form"));
});
window.addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
});
