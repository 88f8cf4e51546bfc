"""Errors: the right status and sentence for a person, for htmx and for a script."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.test import RequestFactory

from bcp_portal.ui import errors
from bcp_portal.ui.errors import DomainError, DomainErrorMiddleware

pytestmark = pytest.mark.urls("tests.ui.urls")

SENTENCE = "ほかの人が先に変更しました。最新の内容を確かめてから、もう一度保存してください。"


def answer(exception: Exception, **headers: str) -> HttpResponse | None:
    middleware = DomainErrorMiddleware(lambda request: HttpResponse("page"))
    request = RequestFactory(headers=headers).post("/131229/plan/")
    return middleware.process_exception(request, exception)


def test_a_person_gets_a_page_with_the_sentence_and_a_way_back() -> None:
    response = answer(DomainError(SENTENCE, status=409), referer="http://testserver/131229/edit/")

    assert response is not None
    page = response.content.decode()
    assert response.status_code == 409
    assert SENTENCE in page
    assert 'href="http://testserver/131229/edit/"' in page
    assert "<nav" not in page


def test_the_way_back_never_leads_to_another_site() -> None:
    response = answer(DomainError(SENTENCE), referer="https://elsewhere.example/")

    assert response is not None
    assert response.status_code == 422
    assert "elsewhere.example" not in response.content.decode()


def test_htmx_gets_a_fragment_for_the_message_area() -> None:
    response = answer(DomainError(SENTENCE, status=409), hx_request="true")

    assert response is not None
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#page-messages"
    assert SENTENCE in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_script_that_asks_for_json_gets_json() -> None:
    response = answer(DomainError(SENTENCE), accept="application/json")

    assert response is not None
    assert response["Content-Type"] == "application/json"
    assert SENTENCE in response.content.decode("unicode-escape")


def test_the_sentence_is_escaped() -> None:
    response = answer(DomainError("「<script>alert(1)</script>」は使えません。"))

    assert response is not None
    assert "<script>alert" not in response.content.decode()
    assert "&lt;script&gt;" in response.content.decode()


def test_other_exceptions_are_left_to_django() -> None:
    assert answer(ValueError("a fault of the program")) is None


Handler = Callable[[HttpRequest], HttpResponse]
HANDLERS: list[tuple[Handler, int, str]] = [
    (lambda request: errors.bad_request(request, Exception()), 400, "大きすぎる"),
    (lambda request: errors.forbidden(request, Exception()), 403, "あなたの役割では"),
    (lambda request: errors.csrf_failure(request, reason="x"), 403, "サインインした人が変わった"),
    (lambda request: errors.not_found(request, Exception()), 404, "入口から開き直して"),
    (errors.server_error, 500, "完了していない可能性"),
]


@pytest.mark.parametrize(("handler", "status", "words"), HANDLERS)
def test_handlers_answer_in_japanese_without_the_database(
    handler: Handler, status: int, words: str
) -> None:
    # No database mark: any query would fail the test.
    response = handler(RequestFactory().get("/131229/"))

    assert response.status_code == status
    assert words in response.content.decode()
    assert 'lang="ja"' in response.content.decode()


def refused_form(fields: dict[str, str], **headers: str) -> str:
    request = RequestFactory(headers=headers).post("/131229/x/", fields)
    return errors.csrf_failure(request).content.decode()


def test_what_a_refused_form_of_ours_said_can_be_copied() -> None:
    ours = {"Referer": "http://testserver/131229/x/"}
    page = refused_form(
        {"body": "<p>前八</p><p>後九 &amp; 十</p>", "csrfmiddlewaretoken": "t0ken"}, **ours
    )
    assert "前八\n後九 &amp; 十</textarea>" in page
    assert "t0ken" not in page
    assert "前八" not in refused_form({"body": "前八"}, Referer="https://example.jp/")
    assert "前八" not in refused_form({"body": "前八", "new_password1": "x"}, **ours)


@pytest.mark.parametrize(("handler", "status", "words"), HANDLERS)
def test_handlers_answer_htmx_with_a_fragment(handler: Handler, status: int, words: str) -> None:
    response = handler(RequestFactory(headers={"HX-Request": "true"}).get("/131229/"))

    assert response.status_code == status
    assert words in response.content.decode()
    assert "<html" not in response.content.decode()


def test_server_error_survives_a_broken_template(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> str:
        raise TemplateDoesNotExist("errors/page.html")

    monkeypatch.setattr(errors, "render_to_string", broken)
    response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "システムの内部で問題が起きました" in response.content.decode()
