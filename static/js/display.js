// Dense or wide lines and the folded menu, at once; without scripts the buttons post and the page comes anew.
"use strict";

(() => {
  const YEAR = 365 * 24 * 3600;

  function keep(name, value) {
    document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
    document.documentElement.dataset[name] = value;
  }

  function showFold(button, folded) {
    button.value = folded ? "open" : "folded";
    button.setAttribute("aria-expanded", String(!folded));
    button.querySelector("[data-fold-label]").textContent = folded ? "メニューを開く" : "メニューをたたむ";
  }

  document.addEventListener("submit", (event) => {
    const { display } = event.target.dataset;
    const { submitter } = event;
    if (!display || !submitter?.value) return;
    event.preventDefault();
    const { value } = submitter;
    keep(display, value);
    if (display === "menu") showFold(submitter, value === "folded");
    else for (const each of event.target.querySelectorAll("[aria-pressed]")) each.setAttribute("aria-pressed", String(each === submitter));
  });

  // Where nobody chose, the mouse decides; the buttons say what is shown.
  const dense = getComputedStyle(document.documentElement).getPropertyValue("--density").trim();
  for (const each of document.querySelectorAll("[data-display=density] [aria-pressed]")) each.setAttribute("aria-pressed", String(each.value === dense));
})();
