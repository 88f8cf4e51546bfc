"""NUL in what a browser sends ends in no error, on PostgreSQL neither."""

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.http import QueryDict
from django.test import Client, RequestFactory

from bcp_portal.ui.sent_texts import SentTextMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.mark.parametrize("kind", ["urlencoded", "multipart"])
def test_an_id_with_nul_is_an_unknown_id(kind: str) -> None:
    sent = {"username": "nobody\0here", "password": "wrong\0"}
    if kind == "multipart":
        answer = Client().post("/sign-in/", sent)
    else:
        body = "username=nobody%00here&password=wrong%00"
        answer = Client().post("/sign-in/", body, "application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert [each.username for each in AccessAttempt.objects.all()] == ["nobodyhere"]


@pytest.mark.parametrize("name", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "other"])
def test_a_cookie_with_an_escaped_nul_is_no_cookie(name: str) -> None:
    answer = Client(headers={"Cookie": f'{name}="abcdefghijkl\\000"'}).get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/")


def test_the_names_of_fields_and_all_their_values() -> None:
    request = RequestFactory().post(
        "/", "a%00=1&b=x&b=%00y&c=z", "application/x-www-form-urlencoded"
    )
    SentTextMiddleware(lambda _: None)(request)  # type: ignore[arg-type, return-value]
    SentTextMiddleware(lambda _: None).process_view(request)  # type: ignore[arg-type, return-value]
    assert QueryDict("a=1&b=x&b=y&c=z") == request.POST
    with pytest.raises(AttributeError):
        request.POST["a"] = "2"
