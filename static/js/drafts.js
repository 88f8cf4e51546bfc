// Keeps what a person types until it is saved, on the server (see unsent-drafts.js for when it cannot
// be reached), and offers it to that person when the form is opened again. Every form in which a
// person types or chooses has a draft: under a key of its own, or under the address of the page.
"use strict";

(() => {
  const WAIT_MS = 700;
  const SAVING_MS = 20_000;
  const LONGEST_KEY = 190;
  const LONGEST_BEGINNING = 40;
  const LETTERS_BEFORE = 8;
  // Stands alone in a draft that says: nothing is marked any more.
  const UNMARKED = "unmarked";
  const IGNORED = new Set(["csrfmiddlewaretoken", "draft_key", UNMARKED]);
  const TYPED_IN = "textarea, [contenteditable], input:is([type=text], [type=number], [type=date], [type=tel], [type=email], [type=url])";
  const CHOSEN_IN = "select, input:is([type=checkbox], [type=radio])";
  const { TOO_LARGE, send, keepHere, drop, submitted, lastSubmit, settled, freshToken, isSomebodyElses } = window.unsentDrafts;

  const isVersion = (name) => ["version", "versions"].includes(name) || name.endsWith("-version");

  // A grid has one part a line, named like the line; any other form is one part without a name.
  const isGrid = (form) => Boolean(form.querySelector("[data-grid]"));

  function partOf(inGrid, name, value) {
    if (!inGrid) return "";
    return name === "row" || name === "new" ? value : name.slice(0, name.lastIndexOf("-"));
  }

  function grouped(form, pairs) {
    const inGrid = isGrid(form);
    const parts = new Map(inGrid ? [] : [["", []]]);
    for (const [name, value] of pairs) {
      if (IGNORED.has(name) || typeof value !== "string") continue;
      const part = partOf(inGrid, name, value);
      if (!parts.has(part)) parts.set(part, []);
      parts.get(part).push([name, value]);
    }
    return parts;
  }

  const partsOf = (form) => grouped(form, new FormData(form));

  // What the page brought, whatever the browser has put back into the fields since (Back, reload).
  function broughtBy(control) {
    if (["checkbox", "radio"].includes(control.type)) return control.defaultChecked ? [control.value] : [];
    if (!control.options) return [control.defaultValue];
    const chosen = [...control.options].filter((option) => option.defaultSelected);
    const shown = chosen.length || control.multiple ? chosen : [...control.options].slice(0, 1);
    return shown.map((option) => option.value);
  }

  function broughtParts(form) {
    const controls = [...form.elements].filter(({ name, type, disabled }) => name && !disabled && !["file", "submit", "button", "fieldset"].includes(type));
    return grouped(form, controls.flatMap((control) => broughtBy(control).map((value) => [control.name, value])));
  }

  const typedText = (pairs) => JSON.stringify(pairs?.filter(([name]) => !isVersion(name)));

  // Only the parts that differ from what the page brought; a line that came back refused always does.
  function draftOf(form, initial) {
    const changed = [...partsOf(form)].filter(([part, pairs]) => typedText(pairs) !== initial.get(part));
    const fields = changed.flatMap(([, pairs]) => pairs);
    return { ...placeOf(form), fields: changed.length && !fields.length ? [[UNMARKED, ""]] : fields };
  }

  // Of what is typed from here on nothing is kept: the next person to sign in would find it, or it is too much.
  const OF_ANOTHER = [
    "このブラウザーで別の人がサインインしたため、入力した人がサインアウトした後の入力は下書きに残りません。保存もできません。",
    "サインアウトした後に入力した分は、コピーして控えてください。それより前の入力は、入力した人がサインインし直してこの画面を開くと「入力を復元する」で戻せます。",
  ];

  const NOT_KEPT = ["入力した内容が多いため、下書きには残せません。画面を閉じると失われます。途中で保存してください。"];

  function warnOnce(form, sentences) {
    if (form.dataset.draftWarned) return;
    form.dataset.draftWarned = "yes";
    const words = document.createElement("div");
    words.append(...sentences.map(paragraph));
    const box = noticeBox(words);
    box.className = "notice notice-danger draft-warning";
    box.setAttribute("role", "alert");
    form.before(box);
    box.scrollIntoView({ block: "nearest" });

  }

  const placeOf = (form) => ({ url: form.dataset.draftUrl, key: form.dataset.draftSlot });

  // Where the keystrokes of this page go: beside every draft that its author has not decided about, and
  // beside what the same person types at the same time in another tab.
  function ownPlace(form) {
    const marks = [...crypto.getRandomValues(new Uint8Array(4))].map((mark) => mark.toString(16).padStart(2, "0"));
    return `${form.dataset.draftKey}#${marks.join("")}`;
  }

  function writeTo(form, key) {
    form.dataset.draftSlot = key;
    const named = form.elements.draft_key;
    if (named) named.value = key;
  }

  function initialOf(form) {
    const refused = new Set([...form.querySelectorAll("[data-typed]")].map((line) => line.id));
    return new Map([...broughtParts(form)].filter(([part]) => !refused.has(part)).map(([part, pairs]) => [part, typedText(pairs)]));
  }

  async function find(form) {
    const address = `${form.dataset.draftUrl}?key=${encodeURIComponent(form.dataset.draftKey)}`;
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
      const body = await response.json();
      return body.drafts.map(({ key, fields, saved_at: savedAt }) => ({ key, fields, savedAt }));
    } catch {
      return [];
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
    const inGrid = isGrid(form);
    for (const control of form.elements) {
      const { name, type } = control;
      if (!name || IGNORED.has(name) || ["file", "submit", "button"].includes(type)) continue;
      if (type === "hidden" && !isVersion(name)) continue;
      const pairs = parts.get(partOf(inGrid, name, control.value));
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

  // What is written in a field, as a person reads it: without tags, the words of what is chosen.
  function wordsOf(form, name, value) {
    const field = form.elements[name];
    const option = [...(field?.options ?? [])].find((each) => each.value === value);
    if (option) return option.textContent;
    if (["checkbox", "radio"].includes((field?.[0] ?? field)?.type)) return [...form.querySelectorAll("label")].find((label) => label.control?.name === name && label.control.value === value)?.textContent ?? "";
    return /<\/?[a-z][^>]*>/i.test(value) ? new DOMParser().parseFromString(value.replaceAll("<", " <"), "text/html").body.textContent : value;
  }

  // The first words that differ from what the page brought, to tell several drafts apart.
  function beginningOf(form, fields) {
    const brought = new Set([...broughtParts(form).values()].flat().map((pair) => JSON.stringify(pair)));
    const changed = fields.filter(([name, value]) => !isVersion(name) && !IGNORED.has(name) && name !== "row" && name !== "new" && !brought.has(JSON.stringify([name, value])));
    const before = new Map([...broughtParts(form).values()].flat());
    const texts = changed.map(([name, value]) => [wordsOf(form, name, value), wordsOf(form, name, before.get(name) ?? "")].map((text) => text.replace(/\s+/g, " ").trim()));
    const words = texts.map(([now, was]) => fromDifference(now, was)).filter(Boolean).join("、");
    const letters = [...words];
    return letters.length > LONGEST_BEGINNING ? `${letters.slice(0, LONGEST_BEGINNING).join("")}…` : words;
  }

  function fromDifference(now, was) {
    const letters = [...now], others = [...was];
    const place = letters.findIndex((letter, number) => letter !== others[number]);
    const begun = Math.max(0, place - LETTERS_BEFORE);
    return place <= LETTERS_BEFORE ? now : `…${letters.slice(begun).join("")}`;
  }

  function offer(form, { key, fields, savedAt }) {
    const beginning = beginningOf(form, fields);
    const box = noticeBox(
      paragraph(`保存していない入力があります（${savedAt}）${beginning ? `：「${beginning}」` : "。"}`),
      button("入力を復元する", "btn-primary", () => {
        showHomeless(form, restore(form, fields));
        writeTo(form, key);
        box.remove();
      }),
      button("捨てる", "btn-outline-primary", () => {
        drop({ url: form.dataset.draftUrl, key });
        box.remove();
      }),
    );
    form.before(box);
  }

  function sameAs(parts, form, fields) {
    return [...grouped(form, fields)].every(([part, pairs]) => typedText(pairs) === typedText(parts.get(part)));
  }

  // A draft that says what the page brought has been saved. One that says what the fields show now
  // has been put back by the browser: it is where it belongs, and stays a draft until it is saved.
  async function offerDrafts(form) {
    await settled;
    const found = await find(form);
    const undecided = new Set();
    for (const draft of found) {
      if (sameAs(broughtParts(form), form, draft.fields)) drop({ url: form.dataset.draftUrl, key: draft.key });
      else if (sameAs(partsOf(form), form, draft.fields)) writeTo(form, draft.key);
      else undecided.add(draft.key);
    }
    for (const draft of found) if (undecided.has(draft.key)) offer(form, draft);
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

  function watch(form, ready) {
    let initial = initialOf(form);
    let timer = 0;
    let sending = new AbortController();
    let isSending = false;
    const stop = () => {
      clearTimeout(timer);
      timer = 0;
      if (!isSending) return;
      sending.abort();
      sending = new AbortController();
      isSending = false;
    };
    const keep = async () => {
      timer = 0;
      const { signal } = sending;
      await ready;
      const draft = draftOf(form, initial);
      isSending = true;
      await send(draft, signal).catch((error) => {
        if (signal.aborted) return;
        if (error.status === TOO_LARGE) {
          warnOnce(form, NOT_KEPT);
          return;
        }
        keepHere(draft);
        if (isSomebodyElses()) warnOnce(form, OF_ANOTHER);
      });
    };
    const changed = () => {
      stop();
      timer = setTimeout(keep, WAIT_MS);
    };
    form.addEventListener("input", changed);
    // A grid that is saved in place: what the page holds now is what it brought, but for refused lines.
    form.addEventListener("draft:saving", stop);
    form.addEventListener("draft:saved", () => {
      initial = initialOf(form);
      if (draftOf(form, initial).fields.length) changed();
    });
    // Saved in part: what is left is kept at once, in place of what was sent.
    if (form.querySelector("[data-typed]") && document.querySelector("#page-messages .notice-success")) settled.then(keep);
    form.addEventListener("change", (event) => event.isTrusted && changed());
    form.addEventListener("submit", (event) => {
      if (isBeingSaved(form)) {
        event.preventDefault();
        return;
      }
      stop();
      const token = form.elements.csrfmiddlewaretoken;
      if (token) token.value = freshToken() ?? token.value;
      submitted(draftOf(form, initial));
    });
    document.addEventListener("visibilitychange", () => timer && document.hidden && keepHere(draftOf(form, initial)));
  }

  // A form without a key of its own is known by its page; passwords are never kept.
  function takesPart(form, place) {
    if (form.querySelector("input[type=password]")) return false;
    if (form.dataset.draftKey) return true;
    const { draftsUrl } = document.body.dataset;
    const isTypedIn = Boolean(form.querySelector(TYPED_IN));
    if (!draftsUrl || form.method !== "post" || !(isTypedIn || form.querySelector(CHOSEN_IN))) return false;
    form.dataset.draftUrl = draftsUrl;
    // What is marked on one page of a list is nothing to the next.
    const page = isTypedIn ? location.pathname : location.pathname + location.search;
    form.dataset.draftKey = `page:${page}:${place}`.slice(0, LONGEST_KEY);
    return true;
  }

  // A form that came back refused holds what was typed; it goes on under the name it was sent with.
  function goOn(form) {
    if (lastSubmit?.key.startsWith(`${form.dataset.draftKey}#`)) writeTo(form, lastSubmit.key);
  }

  [...document.forms].filter(takesPart).forEach((form) => {
    writeTo(form, ownPlace(form));
    const cameBack = document.querySelector("[data-error-summary], [data-conflict]");
    watch(form, cameBack ? goOn(form) : offerDrafts(form));
  });
})();
