// Gives long pick lists a search box; short ones stay as the browser draws them.
(() => {
  "use strict";
  const LONG = 20;
  if (!window.TomSelect) return;
  for (const select of document.querySelectorAll("form select")) {
    if (select.options.length <= LONG && !select.multiple) continue;
    const pick = new window.TomSelect(select, {
      plugins: select.multiple ? ["remove_button"] : [],
      maxOptions: null,
      render: { no_results: () => '<div class="no-results">見つかりません</div>' },
    });
    select.setAttribute("aria-hidden", "true");
    select.closest("form").addEventListener("draft:restored", () => pick.sync());
  }
})();
