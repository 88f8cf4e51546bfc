// Keeps what a person types until it is saved: on the server, and in this browser only for the
// moments when the server cannot be reached (lost session, lost network). A draft comes back
// only to the person who typed it.
(() => {
  "use strict";
  const WAIT_MS = 700;
  const IGNORED = new Set(["csrfmiddlewaretoken", "draft_key"]);

  const pairsOf = (form) =>
    [...new FormData(form)].filter(([name, value]) => !IGNORED.has(name) && typeof value === "string");

  const localKey = (form) => `draft:${form.dataset.draftOwner}:${form.dataset.draftKey}`;

  function csrfToken(form) {
    return form.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  async function keep(form, fields) {
    try {
      const response = await fetch(form.dataset.draftUrl, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(form), Accept: "application/json" },
        body: JSON.stringify({ key: form.dataset.draftKey, fields }),
        redirect: "error",
      });
      if (!response.ok) throw new Error(String(response.status));
      localStorage.removeItem(localKey(form));
    } catch {
      localStorage.setItem(localKey(form), JSON.stringify({ fields, savedAt: new Date().toLocaleString("ja-JP") }));
    }
  }

  async function find(form) {
    const local = localStorage.getItem(localKey(form));
    if (local) {
      const kept = JSON.parse(local);
      return { fields: kept.fields, savedAt: kept.savedAt };
    }
    const address = `${form.dataset.draftUrl}?key=${encodeURIComponent(form.dataset.draftKey)}`;
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
      const body = await response.json();
      return body.fields ? { fields: body.fields, savedAt: body.saved_at } : null;
    } catch {
      return null;
    }
  }

  async function drop(form) {
    localStorage.removeItem(localKey(form));
    await fetch(`${form.dataset.draftUrl}?key=${encodeURIComponent(form.dataset.draftKey)}`, {
      method: "DELETE",
      headers: { "X-CSRFToken": csrfToken(form) },
    });
  }

  function restore(form, fields) {
    form.dispatchEvent(new CustomEvent("draft:restore", { detail: { fields } }));
    const queues = new Map();
    for (const [name, value] of fields) queues.set(name, [...(queues.get(name) || []), value]);
    for (const control of form.elements) {
      if (!control.name || IGNORED.has(control.name) || control.type === "file") continue;
      const values = queues.get(control.name);
      if (control.type === "checkbox" || control.type === "radio") {
        control.checked = Boolean(values && values.includes(control.value));
      } else if (control.tagName === "SELECT" && control.multiple) {
        for (const option of control.options) option.selected = Boolean(values && values.includes(option.value));
      } else if (control.type !== "hidden" && values && values.length) {
        control.value = values.length > 1 ? values.shift() : values[0];
      }
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
    form.dispatchEvent(new Event("draft:restored"));
  }

  function offer(form, draft) {
    const box = document.createElement("div");
    box.className = "notice-box draft-offer";
    box.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = `保存していない入力があります（${draft.savedAt}）。`;
    const take = document.createElement("button");
    take.type = "button";
    take.className = "btn btn-primary";
    take.textContent = "入力を復元する";
    const leave = document.createElement("button");
    leave.type = "button";
    leave.className = "btn btn-outline-primary";
    leave.textContent = "捨てる";
    take.addEventListener("click", () => {
      restore(form, draft.fields);
      box.remove();
    });
    leave.addEventListener("click", () => {
      drop(form);
      box.remove();
    });
    box.append(text, take, leave);
    form.before(box);
  }

  async function watch(form) {
    let timer = 0;
    const initial = JSON.stringify(pairsOf(form));
    const refused = Boolean(document.querySelector("[data-error-summary], [data-conflict]"));
    const draft = refused ? null : await find(form);
    if (draft && JSON.stringify(draft.fields) !== initial) offer(form, draft);
    const changed = () => {
      clearTimeout(timer);
      timer = setTimeout(() => keep(form, pairsOf(form)), WAIT_MS);
    };
    form.addEventListener("input", changed);
    form.addEventListener("change", (event) => event.isTrusted && changed());
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      localStorage.setItem(localKey(form), JSON.stringify({ fields: pairsOf(form), savedAt: new Date().toLocaleString("ja-JP") }));
      sessionStorage.setItem("draft-submitted", localKey(form));
    });
  }

  // A page that opens without a refusal and without the sign-in form means the save arrived.
  function settleLastSubmit() {
    const submitted = sessionStorage.getItem("draft-submitted");
    if (!submitted) return;
    if (document.querySelector("#page-messages .notice-success")) localStorage.removeItem(submitted);
    sessionStorage.removeItem("draft-submitted");
  }

  settleLastSubmit();
  document.querySelectorAll("form[data-draft-key]").forEach(watch);
})();
