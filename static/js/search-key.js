// "/" leads to the field that searches everything, except while somebody types; who wants can turn it off.
"use strict";

const SEARCH_KEY_OFF = "search-key-off";
const searchField = document.getElementById("site-search");

// Some browsers keep nothing: then the key works.
function isSearchKeyOff() {
  try {
    return localStorage.getItem(SEARCH_KEY_OFF) !== null;
  } catch {
    return false;
  }
}

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
  // Keys of a conversion are nobody's but the conversion's; Safari says so by 229 alone.
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (!searchField || isTyping(event.target) || isSearchKeyOff()) return;
  event.preventDefault();
  searchField.focus();
  searchField.select();
});

document.addEventListener("DOMContentLoaded", () => {
  const choice = document.querySelector("[data-search-key]");
  if (!choice) return;
  choice.checked = !isSearchKeyOff();
  choice.closest("[hidden]").hidden = false;
  choice.addEventListener("change", () => {
    try {
      if (choice.checked) localStorage.removeItem(SEARCH_KEY_OFF);
      else localStorage.setItem(SEARCH_KEY_OFF, "1");
    } catch {
      choice.checked = true;
    }
  });
});
