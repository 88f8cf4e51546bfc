// Says in Japanese what went wrong with a partial update; nothing typed is replaced.
"use strict";

function showProblem(sentence, link) {
  const area = document.getElementById("page-messages");
  const notice = document.createElement("div");
  notice.className = "notice notice-danger";
  notice.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = sentence;
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = link.href;
    anchor.target = "_blank";
    anchor.textContent = link.label;
    text.append(" ", anchor);
  }
  notice.append(text);
  area.replaceChildren(notice);
  area.scrollIntoView({ block: "nearest" });
}

// A session that ended answers with the sign-in page: keep the page and what was typed.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = event.detail.xhr.responseURL;
  if (!answered || !new URL(answered).pathname.startsWith("/sign-in/")) return;
  event.detail.shouldSwap = false;
  showProblem("サインインの有効期限が切れました。別の画面でサインインしてから、もう一度操作してください。", {
    href: "/sign-in/",
    label: "サインインの画面を開く",
  });
});

// Our own errors say where they belong (bcp_portal/ui/errors.py); a proxy's error page must not land in a form.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status >= 400 && xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
});

document.addEventListener("htmx:responseError", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Retarget")) {
    showProblem("サーバーで処理できませんでした。時間をおいて、もう一度操作してください。");
  }
});

document.addEventListener("htmx:sendError", () => {
  showProblem("サーバーに接続できません。通信の状態を確かめて、もう一度操作してください。入力した内容は画面に残っています。");
});
