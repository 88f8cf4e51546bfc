// Choosing a phrase to insert, and the word of the glossary that a selection is marked as.
import { DialogProblem, labelled, openDialog } from "./dialog.js";
import { button, element } from "./dom.js";
import { folded } from "./words.js";

const REMOVE = "remove";

// A list with a field above that narrows it; the option that suits best is chosen.
function narrowedList(items, { preferred = "" } = {}) {
  const search = element("input", { type: "search", class: "form-control", autocomplete: "off" });
  const list = element("select", { class: "form-select", size: "8" });
  const fill = () => {
    const found = items.filter(({ text }) => folded(text).includes(folded(search.value)));
    list.replaceChildren(...found.map(({ value, text }) => new Option(text, value)));
    const at = found.findIndex(({ value }) => value === preferred);
    list.selectedIndex = found.length > 0 ? Math.max(at, 0) : -1;
    list.dispatchEvent(new Event("change"));
  };
  search.addEventListener("input", fill);
  return { search, list, fill };
}

export async function openPhraseDialog(editor, { words, say }) {
  const items = words.phrases.map((phrase) => ({ value: phrase.key, text: offered(phrase, words) }));
  const { search, list, fill } = narrowedList(items);
  const system = element("select", { class: "form-select" }, new Option("全体で同じ文字を使う", ""));
  system.append(...words.systems.map(({ uid, name }) => new Option(name, uid)));
  const systemField = labelled("情報システムごとの語句にするとき", system);
  list.addEventListener("change", () => {
    systemField.hidden = !words.phrases.find(({ key }) => key === list.value)?.bySystem || words.systems.length === 0;
  });
  fill();
  const use = await openDialog({
    title: "差し込み語句を入れる",
    content: [
      element("p", {}, "団体で一つに決めた文字が、表示でも印刷でも入ります。未設定のものは〔名前〕の形で出ます。"),
      labelled("名前で絞り込む", search),
      labelled("入れる語句", list),
      systemField,
    ],
    acceptLabel: "本文に入れる",
    accept: () => {
      if (!list.value) throw new DialogProblem("入れる語句を一つ選んでください。");
      return { key: list.value, system: systemField.hidden ? "" : system.value };
    },
  });
  if (!use) return;
  editor.chain().focus().insertPhrase(use).run();
  say(`差し込み語句「${words.label(use)}」を本文に入れました。`);
}

function offered(phrase, words) {
  const value = words.value({ key: phrase.key });
  return `${phrase.label}（${value || (phrase.kind === "未記入の印" ? phrase.kind : "未設定")}）`;
}

export async function openTermDialog(editor, { words, say }) {
  const present = editor.getAttributes("term").uid ?? "";
  if (present) editor.commands.extendMarkRange("term");
  const { from, to, empty } = editor.state.selection;
  const selected = editor.state.doc.textBetween(from, to, "\n", "\n");
  if (empty || selected.includes("\n")) {
    say("一つの行の中で、印を付ける言葉を選んでから押してください。");
    return;
  }
  const preferred = present || words.terms.find(({ term }) => folded(term).includes(folded(selected.trim())))?.uid;
  const { search, list, fill } = narrowedList(
    words.terms.map(({ uid, term }) => ({ value: uid, text: term })),
    { preferred },
  );
  fill();
  const answer = await openDialog({
    title: "用語の印（※）を付ける",
    content: [
      element("p", {}, `「${selected}」の後ろに（※）を付け、用語集の言葉と結び付けます。`),
      labelled("名前で絞り込む", search),
      labelled("用語集の言葉", list),
    ],
    acceptLabel: "印を付ける",
    accept: () => {
      if (!list.value) throw new DialogProblem("用語集の言葉を一つ選んでください。なければ、用語集に登録してから付けます。");
      return list.value;
    },
    extra: present ? button("印を外す", { small: false, value: REMOVE }) : null,
  });
  if (!answer) return;
  const chain = editor.chain().focus();
  if (answer === REMOVE) {
    chain.unsetMark("term").run();
    say(`「${selected}」の印を外しました。`);
  } else {
    chain.setMark("term", { uid: answer }).run();
    say(`「${selected}」に印を付けました。`);
  }
}
