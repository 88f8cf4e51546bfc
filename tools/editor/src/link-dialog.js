// Setting, changing and removing a link.
import { DialogProblem, labelled, openDialog } from "./dialog.js";
import { button, element } from "./dom.js";

const REMOVE = "remove";

export async function openLinkDialog(editor) {
  const present = editor.getAttributes("link").href ?? "";
  const address = element("input", { type: "text", inputmode: "url", class: "form-control", value: present });
  const words = element("input", { type: "text", class: "form-control" });
  const needsWords = editor.state.selection.empty && !present;
  const answer = await openDialog({
    title: present ? "リンクを変える" : "リンクを付ける",
    content: [
      needsWords ? labelled("リンクにする文字", words) : null,
      labelled("リンク先", address, "https:// で始まるアドレス、または mailto: で始まるメールアドレスを入力します。"),
    ].filter(Boolean),
    acceptLabel: "設定する",
    accept: () => checked(address.value.trim(), needsWords ? words.value.trim() : null),
    extra: present ? button("リンクを外す", { small: false, value: REMOVE }) : null,
  });
  if (answer === null) return;
  const chain = editor.chain().focus().extendMarkRange("link");
  if (answer === REMOVE) {
    chain.unsetLink().run();
  } else if (needsWords) {
    chain.insertContent({ type: "text", text: answer.text, marks: [{ type: "link", attrs: { href: answer.href } }] }).run();
  } else {
    chain.setLink({ href: answer.href }).run();
  }
}

function checked(href, text) {
  if (!/^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@|tel:[0-9+]|\/(?!\/))/i.test(href)) {
    throw new DialogProblem("リンク先は https://、mailto:、tel: のいずれかで始まるように入力してください。");
  }
  if (text === "") throw new DialogProblem("リンクにする文字を入力してください。");
  return { href, text };
}
