// A panel that opens over the page closes by Esc, with the focus on its button, and when somebody clicks elsewhere.
"use strict";

(() => {
  const open = () => document.querySelectorAll("details.bar-panel[open]");

  document.addEventListener("keydown", (event) => {
    const panel = event.key === "Escape" && event.target.closest?.("details.bar-panel[open]");
    if (!panel) return;
    event.stopPropagation();
    event.preventDefault();
    panel.open = false;
    panel.querySelector("summary").focus();
  }, true);

  document.addEventListener("click", (event) => {
    for (const panel of open()) if (!panel.contains(event.target) && !event.target.closest("[data-grid]")) panel.open = false;
  });
})();
