// One dialog at a time, on the browser's own <dialog>: it holds the focus and closes on Escape.
import { button, element } from "./dom.js";

let count = 0;

// Shows the content and resolves with what accept() returns, or null when it is cancelled.
// accept() may be asynchronous; throwing DialogProblem shows its sentence and keeps the dialog open.
export class DialogProblem extends Error {}

export function openDialog({ title, content, acceptLabel, accept, extra = null }) {
  count += 1;
  const titleId = `editor-dialog-${count}`;
  const problem = element("p", { class: "editor-dialog-problem", role: "alert" });
  const acceptButton = button(acceptLabel, { kind: "btn-primary", small: false, type: "submit" });
  const cancelButton = button("取り消す", { kind: "btn-link", small: false });
  const form = element(
    "form",
    { method: "dialog", novalidate: true },
    element("h2", { id: titleId }, title),
    ...content,
    problem,
    element("div", { class: "editor-dialog-actions" }, acceptButton, extra, cancelButton),
  );
  const dialog = element("dialog", { class: "editor-dialog", "aria-labelledby": titleId }, form);
  document.body.append(dialog);

  return new Promise((resolve) => {
    let result = null;
    const finish = (value) => {
      result = value;
      dialog.close();
    };
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    cancelButton.addEventListener("click", () => finish(null));
    extra?.addEventListener("click", () => finish(extra.value));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      acceptButton.disabled = true;
      problem.textContent = "";
      try {
        finish(await accept());
      } catch (error) {
        if (!(error instanceof DialogProblem)) throw error;
        problem.textContent = error.message;
      } finally {
        acceptButton.disabled = false;
      }
    });
    dialog.showModal();
  });
}

export function labelled(label, control, hint = "") {
  count += 1;
  control.id = `editor-field-${count}`;
  if (hint) control.setAttribute("aria-describedby", `${control.id}-hint`);
  return element(
    "div",
    { class: "editor-field" },
    element("label", { class: "form-label", for: control.id }, label),
    control,
    hint ? element("p", { class: "form-text", id: `${control.id}-hint` }, hint) : null,
  );
}
