// Gives a select of more than 20 options a search box. Grids keep plain selects: they hold hundreds.
"use strict";

(() => {
  const LONG = 20;
  const { library, styles } = document.currentScript.dataset;
  let loading = null;

  function longSelects(root) {
    return [...root.querySelectorAll("select:not(table select):not([data-plain-select])")].filter(
      (select) => select.options.length > LONG && !select.tomselect,
    );
  }

  function load() {
    loading ??= new Promise((resolve, reject) => {
      const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles });
      const script = Object.assign(document.createElement("script"), { src: library });
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(sheet, script);
    });
    return loading;
  }

  async function enhance(root) {
    if (longSelects(root).length === 0) return;
    await load();
    // Looked up again: while the library was loading, another call may have come first.
    for (const select of longSelects(root)) {
      new window.TomSelect(select, {
        maxOptions: null,
        render: { no_results: () => '<div class="no-results">該当する項目がありません</div>' },
      });
      select.setAttribute("aria-hidden", "true");
    }
  }

  // htmx says this once for the page and once for every part it brings in later.
  document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
})();
