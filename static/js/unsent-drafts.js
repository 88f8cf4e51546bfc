// What a person typed waits in this browser while the server cannot be reached (lost session, lost
// network). On every page of a signed-in person, waiting drafts of that person go to the server and
// those of anybody else are removed: who signs in next at a shared terminal finds nothing.
"use strict";

(() => {
  const SUBMITTED = "draft-submitted";
  const SIGNED_IN = "signed-in-as";
  const TOO_LARGE = 413;
  const { owner } = document.currentScript.dataset;
  const storageKey = ({ url, key }) => `draft:${owner}:${url}:${key}`;
  const storedKeys = () => Object.keys(localStorage).filter((key) => key.startsWith("draft:"));
  const isOwn = (key) => key.startsWith(`draft:${owner}:`);

  // Signing in again, in another tab, makes a new token. The same person may go on with it; somebody
  // else may not: what was typed under one name is never saved under another.
  function freshToken() {
    if (isSomebodyElses()) return null;
    return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? null;
  }

  const isSomebodyElses = () => localStorage.getItem(SIGNED_IN) !== owner;

  function csrfToken() {
    return freshToken() ?? JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  }

  async function send(draft, signal) {
    const { url, key, fields } = draft;
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), Accept: "application/json" },
      body: JSON.stringify({ key, fields }),
      redirect: "error",
      signal,
    });
    // What is too large is never taken, so it need not wait here either.
    if (response.status === TOO_LARGE) localStorage.removeItem(storageKey(draft));
    if (!response.ok) throw Object.assign(new Error(String(response.status)), { status: response.status });
    localStorage.removeItem(storageKey(draft));
  }

  function keepHere(draft) {
    try {
      localStorage.setItem(storageKey(draft), JSON.stringify(draft));
    } catch {
      // The browser's store is full or switched off: the form on the page still holds the text.
    }
  }

  async function drop(draft) {
    localStorage.removeItem(storageKey(draft));
    await fetch(`${draft.url}?key=${encodeURIComponent(draft.key)}`, {
      method: "DELETE",
      headers: { "X-CSRFToken": csrfToken() },
    });
  }

  function submitted(draft) {
    keepHere(draft);
    const { url, key } = draft;
    sessionStorage.setItem(SUBMITTED, JSON.stringify({ url, key, page: location.pathname }));
  }

  const last = JSON.parse(sessionStorage.getItem(SUBMITTED));
  sessionStorage.removeItem(SUBMITTED);

  // A page with the note of success, reached from the page of the form: the save arrived.
  async function settleLastSubmit() {
    const arrived = document.querySelector("#page-messages .notice-success");
    const cameFrom = document.referrer && new URL(document.referrer).pathname;
    if (last && arrived && cameFrom === last.page) await drop(last).catch(() => null);
  }

  async function sendWaiting() {
    await settleLastSubmit();
    for (const key of storedKeys().filter(isOwn)) {
      try {
        await send(JSON.parse(localStorage.getItem(key)));
      } catch {
        // It waits for the next page.
      }
    }
  }

  localStorage.setItem(SIGNED_IN, owner);
  for (const key of storedKeys()) if (!isOwn(key)) localStorage.removeItem(key);
  window.unsentDrafts = { TOO_LARGE, send, keepHere, drop, submitted, lastSubmit: last, freshToken, isSomebodyElses, settled: sendWaiting() };
})();
