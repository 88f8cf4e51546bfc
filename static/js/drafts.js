// Keeps what a person types until it is saved, on the server (see unsent-drafts.js for when it cannot
// be reached), and offers it to that person when the form is opened again.
"use strict";

(() => {
  const WAIT_MS = 700;
  const SAVING_MS = 20_000;
  const IGNORED = new Set(["csrfmiddlewaretoken", "draft_key"]);
  const { send, keepHere, drop, submitted, settled } = window.unsentDrafts;

  const isVersion = (name) => name === "version" || name.endsWith("-version");

  // A grid has one part a line, named like the line; any other form is one part without a name.
  function partOf(form, name, value) {
    if (!form.querySelector("[data-grid]")) return "";
    return name === "row" || name === "new" ? value : name.slice(0, name.lastIndexOf("-"));
  }

  function grouped(form, pairs) {
    const parts = new Map();
    for (const [name, value] of pairs) {
      if (IGNORED.has(name) || typeof value !== "string") continue;
      const part = partOf(form, name, value);
      parts.set(part, [...(parts.get(part) ?? []), [name, value]]);
    }
    return parts;
  }

  const partsOf = (form) => grouped(form, new FormData(form));
  const typedText = (pairs) => JSON.stringify(pairs?.filter(([name]) => !isVersion(name)));

  // Only the parts that differ from what the page brought; a line that came back refused always does.
  function draftOf(form, initial) {
    const fields = [...partsOf(form)]
      .filter(([part, pairs]) => typedText(pairs) !== initial.get(part))
      .flatMap(([, pairs]) => pairs);
    return { url: form.dataset.draftUrl, key: form.dataset.draftKey, fields };
  }

  function initialOf(form) {
    const refused = new Set([...form.querySelectorAll("[data-typed]")].map((line) => line.id));
    return new Map([...partsOf(form)].filter(([part]) => !refused.has(part)).map(([part, pairs]) => [part, typedText(pairs)]));
  }

  async function find(form) {
    const address = `${form.dataset.draftUrl}?key=${encodeURIComponent(form.dataset.draftKey)}`;
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
      const body = await response.json();
      return body.fields ? { fields: body.fields, savedAt: body.saved_at } : null;
    } catch {
      return null;
    }
  }

  function put(control, values) {
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = values.includes(control.value);
    } else if (control.type === "select-multiple") {
      for (const option of control.options) option.selected = values.includes(option.value);
    } else if (values.length) {
      [control.value] = values;
    }
    control.tomselect?.sync();
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // The version comes back too: what somebody else saved meanwhile then shows as a conflict.
  function restore(form, fields) {
    form.dispatchEvent(new CustomEvent("draft:restore", { detail: { fields } }));
    const parts = grouped(form, fields);
    for (const control of form.elements) {
      const { name, type } = control;
      if (!name || IGNORED.has(name) || ["file", "submit", "button"].includes(type)) continue;
      if (type === "hidden" && !isVersion(name)) continue;
      const pairs = parts.get(partOf(form, name, control.value));
      if (pairs) put(control, pairs.filter(([each]) => each === name).map(([, value]) => value));
    }
    form.dispatchEvent(new Event("draft:restored"));
    return [...parts].filter(([part]) => part && !document.getElementById(part)).map(([, pairs]) => pairs);
  }

  function paragraph(text) {
    return Object.assign(document.createElement("p"), { textContent: text });
  }

  function button(label, kind, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: `btn ${kind}`, textContent: label });
    made.addEventListener("click", act);
    return made;
  }

  function noticeBox(...content) {
    const box = Object.assign(document.createElement("div"), { className: "notice-box draft-offer" });
    box.setAttribute("role", "status");
    box.append(...content);
    return box;
  }

  function showHomeless(form, lines) {
    if (!lines.length) return;
    const texts = lines.map((pairs) =>
      pairs.filter(([name, value]) => value && name !== "row" && !isVersion(name)).map(([, value]) => value).join("、"),
    );
    const list = document.createElement("ul");
    list.append(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    form.before(noticeBox(paragraph("次の入力は、行が削除されたか別のページにあるため戻せませんでした。"), list));
  }

  function offer(form, { fields, savedAt }) {
    const box = noticeBox(
      paragraph(`保存していない入力があります（${savedAt}）。`),
      button("入力を復元する", "btn-primary", () => {
        showHomeless(form, restore(form, fields));
        box.remove();
      }),
      button("捨てる", "btn-outline-primary", () => {
        drop({ url: form.dataset.draftUrl, key: form.dataset.draftKey });
        box.remove();
      }),
    );
    form.before(box);
  }

  function changesSomething(form, fields) {
    const now = partsOf(form);
    return [...grouped(form, fields)].some(([part, pairs]) => typedText(pairs) !== typedText(now.get(part)));
  }

  async function offerDraft(form) {
    await settled;
    const draft = await find(form);
    if (!draft) return;
    if (changesSomething(form, draft.fields)) offer(form, draft);
    else drop({ url: form.dataset.draftUrl, key: form.dataset.draftKey });
  }

  // A second press while the first is still being saved would add the same rows twice.
  function isBeingSaved(form) {
    if (form.ariaBusy === "true") return true;
    form.ariaBusy = "true";
    const free = () => { form.ariaBusy = null; };
    setTimeout(free, SAVING_MS);
    window.addEventListener("pageshow", free, { once: true });
    return false;
  }

  function watch(form) {
    const initial = initialOf(form);
    let timer = 0;
    let sending = new AbortController();
    const stop = () => {
      clearTimeout(timer);
      timer = 0;
      sending.abort();
      sending = new AbortController();
    };
    const keep = async () => {
      timer = 0;
      const draft = draftOf(form, initial);
      const { signal } = sending;
      await send(draft, signal).catch(() => signal.aborted || keepHere(draft));
    };
    const changed = () => {
      stop();
      timer = setTimeout(keep, WAIT_MS);
    };
    form.addEventListener("input", changed);
    form.addEventListener("change", (event) => event.isTrusted && changed());
    form.addEventListener("submit", (event) => {
      if (isBeingSaved(form)) {
        event.preventDefault();
        return;
      }
      stop();
      submitted(draftOf(form, initial));
    });
    document.addEventListener("visibilitychange", () => timer && document.hidden && keepHere(draftOf(form, initial)));
  }

  for (const form of document.querySelectorAll("form[data-draft-key]")) {
    watch(form);
    if (!document.querySelector("[data-error-summary], [data-conflict]")) offerDraft(form);
  }
})();
