// Putting a picture into the text: chosen, pasted or dropped; always with words for those who cannot see it.
import { DialogProblem, labelled, openDialog } from "./dialog.js";
import { element } from "./dom.js";

const TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

export async function openImageDialog(editor, context, given = null) {
  const file = element("input", { type: "file", accept: TYPES.join(","), class: "form-control" });
  const alternative = element("input", { type: "text", class: "form-control", maxlength: "200" });
  const attributes = await openDialog({
    title: "画像を入れる",
    content: [
      given ? element("p", {}, `貼り付けた画像（${given.name}）を入れます。`) : labelled("画像ファイル", file, "PNG・JPEG・GIF・WebPを選べます。"),
      labelled("画像の説明", alternative, "画像が見えない人に読み上げられ、画像が表示できないときに代わりに表示されます。"),
    ],
    acceptLabel: "本文に入れる",
    accept: async () => {
      const picture = given ?? file.files[0];
      if (!picture) throw new DialogProblem("画像ファイルを選んでください。");
      if (!TYPES.includes(picture.type)) throw new DialogProblem("PNG・JPEG・GIF・WebPの画像を選んでください。");
      const alt = alternative.value.trim();
      if (!alt) throw new DialogProblem("画像の説明を入力してください。");
      return { src: await upload(picture, context), alt };
    },
  });
  if (attributes) editor.chain().focus().setImage(attributes).run();
}

async function upload(picture, { uploadUrl, textarea }) {
  const body = new FormData();
  body.append("file", picture);
  const token = textarea.form?.elements.csrfmiddlewaretoken?.value ?? "";
  let response;
  try {
    response = await fetch(uploadUrl, {
      method: "POST",
      body,
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": token },
    });
  } catch {
    throw new DialogProblem("サーバーに接続できません。通信の状態を確かめて、もう一度操作してください。");
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok && answer.url) return answer.url;
  throw new DialogProblem(answer.error ?? "画像を登録できませんでした。サインインの状態とファイルの大きさを確かめてください。");
}
