// Choosing a live block, and choosing which of its columns and rows are shown.
import { DialogProblem, labelled, openDialog } from "./dialog.js";
import { element } from "./dom.js";

export async function openInsertDialog(blocks) {
  const search = element("input", { type: "search", class: "form-control", autocomplete: "off" });
  const list = element("select", { class: "form-select", size: "10" });
  const fill = () => {
    const words = search.value.normalize("NFKC").toLowerCase();
    const found = blocks.filter(({ label }) => label.normalize("NFKC").toLowerCase().includes(words));
    list.replaceChildren(...found.map(({ code, label }) => new Option(label, code)));
    list.selectedIndex = found.length > 0 ? 0 : -1;
  };
  search.addEventListener("input", fill);
  fill();
  return openDialog({
    title: "様式・一覧を入れる",
    content: [
      element("p", {}, "選んだ表が本文のこの場所に入り、いつも最新の登録内容が表示・印刷されます。"),
      labelled("名前で絞り込む", search),
      labelled("入れる表", list),
    ],
    acceptLabel: "本文に入れる",
    accept: () => {
      if (!list.value) throw new DialogProblem("入れる表を一つ選んでください。");
      return list.value;
    },
  });
}

// Resolves with {columns, filter} as the attributes of the block hold them, or null.
export async function openOptionsDialog({ label, source, attributes }) {
  const loading = await source.options(attributes.code).catch(() => null);
  if (!loading) {
    return openDialog({
      title: `「${label}」の設定`,
      content: [element("p", {}, "設定できる項目を読み込めませんでした。通信の状態を確かめて、もう一度開いてください。")],
      acceptLabel: "閉じる",
      accept: () => null,
    });
  }
  const columns = columnChoices(loading.columns, attributes.columns);
  const filters = filterChoices(loading.filters, attributes.filter);
  return openDialog({
    title: `「${label}」の設定`,
    content: [columns.dom, ...filters.map(({ dom }) => dom)],
    acceptLabel: "設定する",
    accept: () => ({
      columns: columns.value(),
      filter: filters.map((filter) => filter.value()).filter(Boolean).join(";"),
    }),
  });
}

function columnChoices(columns, chosen) {
  const wanted = new Set(chosen ? chosen.split(",") : columns.map(({ name }) => name));
  const boxes = columns.map(({ name }, index) =>
    element("input", {
      type: "checkbox",
      class: "form-check-input",
      id: `editor-column-${index}`,
      value: name,
      checked: wanted.has(name),
    }),
  );
  const lines = columns.map(({ label }, index) =>
    element(
      "div",
      { class: "form-check" },
      boxes[index],
      element("label", { class: "form-check-label", for: boxes[index].id }, label),
    ),
  );
  return {
    dom: element("fieldset", { class: "editor-columns" }, element("legend", { class: "form-label fs-6" }, "表示する列"), ...lines),
    value() {
      const names = boxes.filter((box) => box.checked).map((box) => box.value);
      if (names.length === 0) throw new DialogProblem("表示する列を一つ以上選んでください。");
      // All columns is "no choice": a column added to the annex later will then appear as well.
      return names.length === boxes.length ? "" : names.join(",");
    },
  };
}

function filterChoices(filters, chosen) {
  const current = new Map(chosen.split(";").filter(Boolean).map((part) => splitOnce(part)));
  return filters.map(({ name, label, choices }) => {
    const select = element("select", { class: "form-select" }, new Option("すべて", ""));
    select.append(...choices.map(([value, text]) => new Option(text, value)));
    select.value = current.get(name) ?? "";
    return {
      dom: labelled(`${label}で行を絞る`, select),
      value: () => (select.value ? `${name}=${select.value}` : ""),
    };
  });
}

function splitOnce(part) {
  const at = part.indexOf("=");
  return [part.slice(0, at), part.slice(at + 1)];
}
