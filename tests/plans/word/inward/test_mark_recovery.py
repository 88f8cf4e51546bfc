"""Phrases and marked words stay what they are where a person left the sentence as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.text.cleaning import clean_body
from plans.text.inline_marks import PlaceholderUse
from plans.text.phrase_words import Words
from plans.word.inward.mark_recovery import count_marks, with_known_marks

TERM = "0f8fad5b-d9cd-469f-a165-70867728950e"
HIDDEN = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
OWNER = '<span data-placeholder="role_owner"></span>'
UNSET = '<span data-placeholder="role_deputy"></span>'
WORD = f'<span data-term="{TERM}">首長</span>'
WORDS = Words(
    values={PlaceholderUse("role_owner"): "情報政策課長"},
    labels={"role_deputy": "代行者"},
    terms={TERM},
)
BODY = (
    f"<p>責任者は、{OWNER}とする。</p><ul><li>代行は{UNSET}</li><li>{WORD}に<strong>{OWNER}</strong></li></ul>"
    f"<p>同じ文</p><p>{OWNER}</p><table><tbody><tr><td>役割<br>{OWNER}が報告</td></tr></tbody></table>"
)


def came_back(body: str = BODY) -> str:
    """Return a body as it comes back from Word: without spans and without links inside."""
    return re.sub("</?(?:a|span)[^>]*>", "", WORDS.put_into(body))


def test_everything_comes_back_unless_somebody_writes() -> None:
    assert count_marks(came_back()) == 0 and "情報政策課長" in came_back()
    assert with_known_marks(came_back(), BODY, WORDS) == BODY


def test_marks_stay_in_a_sentence_that_was_changed_elsewhere() -> None:
    changed = came_back().replace("責任者は、", "この計画の責任者は、")
    assert with_known_marks(changed, BODY, WORDS) == BODY.replace(
        "責任者は、", "この計画の責任者は、"
    )


def test_what_somebody_wrote_in_place_of_a_phrase_is_text() -> None:
    changed = came_back("<p>責任者は、情報政策課長とする。</p>").replace(
        "情報政策課長", "危機管理監"
    )
    assert with_known_marks(changed, f"<p>責任者は、{OWNER}とする。</p>", WORDS) == changed


def test_a_line_of_a_book_is_known_only_when_it_is_the_same() -> None:
    body = f"<p>{OWNER}{'長い文' * 20_000}</p>"
    assert with_known_marks(came_back(body), body, WORDS) == body
    changed = came_back(body).replace("</p>", "。</p>")
    assert with_known_marks(changed, body, WORDS) == changed


def test_a_line_that_only_looks_the_same_gets_no_marks() -> None:
    body = f"<p>情報政策課長が報告</p><p>{OWNER}が報告</p>"
    assert with_known_marks(came_back(body), body, WORDS) == body


@pytest.mark.parametrize(
    "new",
    [
        "<p>情報政策課長は、まったく別の文でここに出てくるだけの人。</p>",
        "<p>責任者は、情報<strong>政策課長</strong>とする。</p>",
        "",
    ],
)
def test_other_sentences_get_no_marks(new: str) -> None:
    assert with_known_marks(new, f"<p>責任者は、{OWNER}とする。</p>", WORDS) == new


def test_a_word_that_is_no_longer_explained_has_no_sign() -> None:
    word = f'<p><span data-term="{HIDDEN}">首長</span>が決める</p>'
    assert with_known_marks("<p>首長が決める</p>", word, WORDS) == word


LINES = st.lists(
    st.sampled_from(["首長が", "課長", "、", OWNER, UNSET, WORD, "&lt;b&gt;"]), max_size=5
)


@given(st.lists(LINES.map(lambda parts: f"<p>{''.join(parts)}</p>"), max_size=4))
def test_whatever_was_not_changed_comes_back(lines: list[str]) -> None:
    body = clean_body("".join(line for line in lines if line != "<p></p>"))
    again = with_known_marks(came_back(body), body, WORDS)
    assert WORDS.put_into(again) == WORDS.put_into(body)
    assert count_marks(again) == count_marks(body)
