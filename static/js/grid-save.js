// Saves a grid without leaving it: Ctrl+S keeps the cell, what is selected in it, and the place in the table.
// The answer is the whole page; its lines and problems are taken over. Without it the button posts the form.
"use strict";

(() => {
  const grid = document.querySelector("[data-grid]");
  if (!grid || !window.htmx) return;
  const form = grid.closest("form");
  const box = grid.closest(".grid-scroll");
  const status = document.querySelector("[data-grid-status]");
  const PLACE = "grid-place";
  let isSaving = false;

  const columnOf = (name) => name.slice(name.lastIndexOf("-") + 1);
  const controls = () => [...grid.tBodies[0].querySelectorAll(".grid-input")];

  function placeOf(control) {
    const line = control?.closest("[data-line]");
    if (!line || !control.name) return null;
    const { selectionStart: start, selectionEnd: end } = control;
    return { line: line.id, column: columnOf(control.name), start, end };
  }

  const controlIn = (line, column) => line?.querySelector(`[name$="-${CSS.escape(column)}"].grid-input`);

  // A new line has the key of its row once it is saved, and says which it was: its old key is that of a blank line now.
  function controlAt({ line, column }) {
    return controlIn(grid.querySelector(`[data-was="${CSS.escape(line)}"]`) ?? document.getElementById(line), column);
  }

  function goBack(place, left, top, control = place && controlAt(place)) {
    control?.focus({ preventScroll: true });
    if (control && place.start !== null && control.setSelectionRange) control.setSelectionRange(place.start, place.end);
    [box.scrollLeft, box.scrollTop] = [left, top];
  }

  const valuesOf = (line) => new Map([...line.querySelectorAll(".grid-input")].map((control) => [columnOf(control.name), control.value]));

  // What was typed while the answer was on its way belongs to the lines that came.
  function takeOver(page, sent) {
    const place = placeOf(document.activeElement);
    const [left, top] = [box.scrollLeft, box.scrollTop];
    const since = controls()
      .filter((control) => sent.has(control.name) && sent.get(control.name) !== control.value)
      .map((control) => ({ ...placeOf(control), value: control.value }));
    const added = [...grid.tBodies[0].rows].filter((line) => !sent.has(line.querySelector(".grid-input").name));
    const here = added.findIndex((line) => line.id === place?.line);
    const detail = { added: added.map(valuesOf), made: [] };
    // Which columns are shown may have changed too: one with a problem always is.
    const came = page.querySelector("[data-grid]");
    grid.querySelector("colgroup").replaceWith(came.querySelector("colgroup"));
    grid.tHead.replaceWith(came.tHead);
    grid.tBodies[0].replaceChildren(...came.tBodies[0].rows);
    document.getElementById("grid-problems").replaceWith(page.getElementById("grid-problems"));
    grid.dispatchEvent(new CustomEvent("grid:replaced", { detail }));
    form.dispatchEvent(new Event("draft:saved"));
    for (const each of since) {
      const control = controlAt(each);
      if (!control) continue;
      control.value = each.value;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    goBack(place, left, top, here < 0 ? undefined : controlIn(detail.made[here], place.column));
  }

  function answered(text, sent) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const problems = page.getElementById("grid-problems");
    // The page of signing in, or of a fault: requests.js says what happened, and the cells stay.
    if (!problems) {
      status.textContent = "保存できませんでした。入力した内容は残っています。";
      return;
    }
    takeOver(page, sent);
    status.textContent = problems.dataset.saved ?? "";
    if (!problems.dataset.saved) document.querySelector("[data-error-summary], [data-conflict] a")?.focus();
  }

  async function save() {
    const { freshToken, isSomebodyElses } = window.unsentDrafts;
    if (isSaving) return;
    // What another person saved is replaced by somebody who looked at it and pressed the button, not by two quick keys.
    if (document.querySelector("#grid-problems [data-conflict]")) {
      status.textContent = "保存していません。ほかで先に保存された行があります。内容を確かめて、「変更した行を保存する」を押してください。";
      return;
    }
    // Somebody else signed in here meanwhile: the form says so in its own way.
    if (isSomebodyElses()) {
      form.requestSubmit();
      return;
    }
    isSaving = true;
    status.textContent = "保存しています…";
    const sent = new Map(controls().map((control) => [control.name, control.value]));
    form.elements.csrfmiddlewaretoken.value = freshToken() ?? form.elements.csrfmiddlewaretoken.value;
    form.dispatchEvent(new Event("draft:saving"));
    form.dispatchEvent(new Event("grid:saving"));
    const take = (event) => {
      const { xhr } = event.detail;
      if (xhr.status) answered(xhr.responseText, sent);
      else status.textContent = "保存できませんでした。入力した内容は残っています。";
    };
    form.addEventListener("htmx:afterRequest", take, { once: true });
    try {
      await window.htmx.ajax("POST", location.href, { source: form, swap: "none" });
    } finally {
      form.removeEventListener("htmx:afterRequest", take);
      isSaving = false;
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    save();
  });

  // Before all others that hear of it: what is being saved is not sent a second time.
  form.addEventListener("submit", (event) => {
    if (!isSaving) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    status.textContent = "保存しています。終わってから、もう一度押してください。";
  }, { capture: true });

  // The button brings the page anew: at the same place, where everything was saved.
  form.addEventListener("submit", () => {
    const place = document.activeElement?.closest?.("[data-line]") ? placeOf(document.activeElement) : last;
    sessionStorage.setItem(PLACE, JSON.stringify({ page: location.href, place, left: box.scrollLeft, top: box.scrollTop }));
  });
  let last = null;
  grid.addEventListener("focusout", ({ target }) => {
    last = placeOf(target) ?? last;
  });
  const kept = JSON.parse(sessionStorage.getItem(PLACE));
  sessionStorage.removeItem(PLACE);
  if (kept && kept.page.split("?")[0] === location.href.split("?")[0] && document.querySelector("#page-messages .notice-success")) goBack(kept.place, kept.left, kept.top);
})();
