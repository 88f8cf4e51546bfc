"""Dense or wide lines and the folded menu are kept by a browser, for every page."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_what_a_button_says_is_kept_and_the_page_comes_again(client: Client) -> None:
    answer = client.post("/display/", {"density": "roomy", "next": "/sign-in/?next=/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/")
    assert answer.cookies["density"].value == "roomy"
    assert "menu" not in answer.cookies
    page = client.get(reverse("sign-in")).content.decode()
    assert '<html lang="ja" data-density="roomy">' in page


@pytest.mark.parametrize(
    ("posted", "goes_to"),
    [
        ({"density": "tiny", "next": "https://example.com/"}, "/sign-in/"),
        ({"menu": '"><script>', "next": "//example.com"}, "/sign-in/"),
        ({"menu": "half", "next": "令和99年13月"}, "/sign-in/"),
        ({}, "/sign-in/"),
    ],
)
def test_what_no_button_says_is_not_kept(
    client: Client, posted: dict[str, str], goes_to: str
) -> None:
    answer = client.post("/display/", posted)
    assert answer.headers["Location"] == goes_to
    assert not answer.cookies


def test_a_cookie_that_is_no_choice_is_not_shown(client: Client) -> None:
    client.cookies["density"] = "&quot;onload"
    assert '<html lang="ja">' in client.get(reverse("sign-in")).content.decode()
