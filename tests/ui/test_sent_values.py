"""What a browser sends in place of a number or of JSON is refused as such."""

import pytest
from django.test import RequestFactory

from bcp_portal.ui.sent_json import posted_object, read_json
from bcp_portal.ui.text import whole_number


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "1.0", "zz", "9" * 19, "9" * 5000, "\0"])
def test_what_is_no_whole_number_is_the_other_one(text: str) -> None:
    assert whole_number(text, -1) == -1


def test_a_whole_number_is_read() -> None:
    assert whole_number("0012") == 12


@pytest.mark.parametrize("text", ["", "{", "[" * 3000 + "]" * 3000, b'"\xff"', "9" * 5000])
def test_what_is_no_json_is_a_value_error(text: str | bytes) -> None:
    with pytest.raises(ValueError):
        read_json(text)


def test_a_form_is_no_json() -> None:
    sent = RequestFactory().post("/", {"key": "a"})
    assert sent.POST
    with pytest.raises(ValueError, match="form"):
        posted_object(sent)


def test_a_list_is_no_object() -> None:
    sent = RequestFactory().post("/", ["a"], content_type="application/json")
    with pytest.raises(ValueError, match="object"):
        posted_object(sent)
