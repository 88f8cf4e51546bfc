// Buttons that tick or clear all boxes of a group; without scripts they stay hidden.
"use strict";

for (const group of document.querySelectorAll("[data-check-group]")) {
  group.querySelector("[data-check-buttons]").hidden = false;
  group.addEventListener("click", (event) => {
    const wanted = event.target.closest("[data-check-all], [data-check-none]");
    if (!wanted) return;
    const checked = "checkAll" in wanted.dataset;
    for (const box of group.querySelectorAll("input[type=checkbox]")) box.checked = checked;
  });
}
