"""Turns what goes wrong into a Japanese answer that says what to do, in the shape the caller reads."""

import logging
import re
import sys
from collections.abc import Callable
from html import unescape

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.html import format_html, strip_tags
from django.utils.http import url_has_allowed_host_and_scheme

from bcp_portal.ui.troubles import trouble_of

logger = logging.getLogger(__name__)

_NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "draft_key", "version", "next", "code", "decision_code"}
)
_END_OF_LINE = re.compile(r"<br\s*/?>|</(?:p|li|tr|h[1-6]|div)>")
# Where an htmx request shows its error: the message area of base.html, not the part it asked for.
MESSAGE_AREA = "#page-messages"

_TITLES = {
    400: "送信された内容を受け付けられません",
    403: "この操作は許可されていません",
    404: "ページが見つかりません",
    409: "今の状態では、この操作を行えません",
    422: "処理できませんでした",
    500: "システムの内部で問題が起きました",
    503: "サーバの問題のため、今はこの操作を行えません",
}


class DomainError(Exception):
    """Something a person did that the rules do not allow.

    The message is a Japanese sentence that says what to do; status is the HTTP status (409 for
    a change that came second, 422 for anything else by default).
    """

    def __init__(self, message: str, status: int = 422) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class DomainErrorMiddleware:
    """Answers a DomainError raised anywhere in a view with its sentence and status.

    What fails because the server is in trouble (full disk, database away) is answered as such.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return _trouble(request, exception)
        status, message = exception.status, exception.message
        context = {
            "title": _title(status),
            "message": message,
            "previous_url": _previous_url(request),
        }
        return _brief_answer(request, status, message) or render(
            request, "errors/domain_error.html", context, status=status
        )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: something no page of ours sends, or far too much of it."""
    return _answer(
        request,
        400,
        "送信されたデータが大きすぎるか、形式が正しくありません。前の画面に戻り、内容を分けて送信してください。",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403: a member whose roles do not allow this."""
    return _answer(
        request,
        403,
        "あなたの役割ではこの操作を行えません。必要な役割は、団体管理者が「利用者と役割」で付けます。",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form that was open across a sign-in or came from another site.

    Who is not signed in at all, their cookies gone, is led to the sign-in page and back.
    """
    message = (
        "画面を開いている間にサインインした人が変わったため、送信を受け付けませんでした。"
        "入力した人がサインインしていた間の内容は、入力した人の下書きに残っています。その人がサインインして"
        "前の画面を開き直すと、「入力を復元する」が出ます。その後に入力した内容は、下書きに残っていません。"
    )
    user = getattr(request, "user", None)
    signed_out = user is not None and not user.is_authenticated
    if signed_out and request.path != resolve_url(settings.LOGIN_URL):
        return _brief_answer(request, 403, message) or redirect_to_login(request.get_full_path())
    return _brief_answer(request, 403, message) or _page(403, message, _typed(request))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: also for what belongs to another municipality."""
    return _answer(
        request,
        404,
        "アドレスが変わったか、削除されたか、あなたが見られる範囲にありません。入口から開き直してください。",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without the database, which may be what has failed; 503 where that is known."""
    return _trouble(request, sys.exc_info()[1]) or _answer(
        request,
        500,
        "操作は完了していない可能性があります。時間をおいてもう一度試し、続く場合はシステムの担当者に"
        "時刻と画面の名前を知らせてください。",
    )


def _trouble(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Return the answer 503 when the server is in trouble, with what was typed; None otherwise."""
    said = trouble_of(error) if error else None
    if said is None:
        return None
    words = " ".join(f"{type(error).__name__}: {error}".split())
    logger.error("%s %s failed: %s", request.method, ascii(request.path)[1:-1], words)
    return _brief_answer(request, 503, said) or _page(503, said, _typed(request))


def _typed(request: HttpRequest) -> str:
    """Return what a page of ours was about to save, to be copied; '' for what came from another site.

    Only who sent it sees it. Passwords are never shown, nor a form that has one.
    """
    try:
        posted = request.POST.lists() if _previous_url(request) else ()
        fields = [(name, values) for name, values in posted if name not in _NOT_TYPED]
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return ""
    if any("password" in name for name, _ in fields):
        return ""
    texts = (_as_read(value) for _, values in fields for value in values)
    return "\n\n".join(text for text in texts if text)


def _as_read(value: str) -> str:
    return unescape(strip_tags(_END_OF_LINE.sub("\n", value))).strip()


def _title(status: int) -> str:
    return _TITLES.get(status, _TITLES[500 if status >= 500 else 422])


def _answer(request: HttpRequest, status: int, message: str) -> HttpResponse:
    return _brief_answer(request, status, message) or _page(status, message)


def _brief_answer(request: HttpRequest, status: int, message: str) -> HttpResponse | None:
    """Return a fragment for htmx, JSON for a script that asks for it, None for a person."""
    if request.headers.get("HX-Request") == "true":
        html = render_to_string("errors/fragment.html", {"message": message})
        headers = {"HX-Retarget": MESSAGE_AREA, "HX-Reswap": "innerHTML"}
        return HttpResponse(html, status=status, headers=headers)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"error": message}, status=status)
    return None


def _previous_url(request: HttpRequest) -> str:
    referrer = request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(
        referrer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return referrer if allowed else ""


def _page(status: int, message: str, typed: str = "") -> HttpResponse:
    title = _title(status)
    try:
        html = render_to_string(
            "errors/page.html", {"title": title, "message": message, "typed": typed}
        )
    except Exception:
        logger.exception("The error page itself could not be rendered.")
        html = format_html(
            '<!doctype html><html lang="ja"><meta charset="utf-8"><title>{0}</title>'
            "<h1>{0}</h1><p>{1}</p></html>",
            title,
            message,
        )
    return HttpResponse(html, status=status)
