// What a person typed waits in this browser while the server cannot be reached (lost session, lost
// network). On every page of a signed-in person, waiting drafts of that person go to the server and
// those of anybody else are removed: who signs in next at a shared terminal finds nothing.
"use strict";

(() => {
  const SUBMITTED = "draft-submitted";
  const { owner } = document.currentScript.dataset;
  const storageKey = ({ url, key }) => `draft:${owner}:${url}:${key}`;
  const storedKeys = () => Object.keys(localStorage).filter((key) => key.startsWith("draft:"));
  const isOwn = (key) => key.startsWith(`draft:${owner}:`);

  function csrfToken() {
    return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
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
    if (!response.ok) throw new Error(String(response.status));
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
    sessionStorage.setItem(SUBMITTED, storageKey(draft));
  }

  // A page that opens with the note of success means that the last save of this tab arrived.
  function settleLastSubmit() {
    const last = sessionStorage.getItem(SUBMITTED);
    if (last && document.querySelector("#page-messages .notice-success")) localStorage.removeItem(last);
    sessionStorage.removeItem(SUBMITTED);
  }

  async function sendWaiting() {
    for (const key of storedKeys().filter(isOwn)) {
      try {
        await send(JSON.parse(localStorage.getItem(key)));
      } catch {
        // It waits for the next page.
      }
    }
  }

  settleLastSubmit();
  for (const key of storedKeys()) if (!isOwn(key)) localStorage.removeItem(key);
  window.unsentDrafts = { send, keepHere, drop, submitted, settled: sendWaiting() };
})();
