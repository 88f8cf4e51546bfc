"""Length is counted as people read, and nothing is cut without a word."""

import re
import unicodedata
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.excel.names import MAX_SHEET_NAME, sheet_names
from bcp_portal.annex.excel.texts import shortened as cell_shortened
from bcp_portal.annex.listing import Query
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import record
from bcp_portal.ui.counted_letters import beginning, ended, letter_count, letter_edge, letters
from bcp_portal.ui.text import shortened
from systems.models import Site

ROOT = Path(__file__).parents[2]
KATSU = "葛\U000e0100"
SAMPLES = [
    ("", 0),
    ("防災課", 3),
    (KATSU + "飾区", 3),
    ("辻\ufe00", 1),
    ("か\u309aき\u309a", 2),
    ("ﾊﾞｯｸｱｯﾌﾟ", 6),
    ("e\u0301t\u00e9", 3),
    ("𠮷野家", 3),
    ("一行\r\n二行", 5),
    ("👨\u200d👩\u200d👧と👍🏽", 3),
    ("🇯🇵🇯🇵", 2),
]
written = st.text(
    st.sampled_from([*"あ葛飾区ﾊｶaé\n", "\U000e0100", "\ufe00", "\u309a", "\u3099", "ﾞ", "𠮷"]),
    max_size=80,
)


@pytest.mark.parametrize(("text", "count"), SAMPLES)
def test_letters_are_counted_as_people_read(text: str, count: int) -> None:
    assert letter_count(text) == count
    assert "".join(letters(text)) == text


@pytest.mark.browser
def test_the_browser_counts_the_same(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(content=(ROOT / "static/js/letter-count.js").read_text())
    texts = [text for text, _ in SAMPLES]
    texts += ["\u0e01\u0e33x\u20e3", "\u0301あ", "ﾞ", f"{KATSU}\n{KATSU}\u309a"]
    found = page.evaluate("texts => texts.map(letterCount)", texts)
    page.close()
    assert found == [letter_count(text) for text in texts]


@given(written, st.integers(1, 40))
def test_nothing_is_cut_inside_a_letter(text: str, most: int) -> None:
    whole = letters(text)
    for kept in (beginning(text, most), ended(text, most).removesuffix("…")):
        assert kept == "".join(whole[: letter_count(kept)])
    assert letter_count(ended(text, most)) <= most
    edge = letter_edge(text, most)
    assert text[:edge] == "".join(whole[: letter_count(text[:edge])])
    said = shortened(text, most)
    assert letter_count(said) <= most and (said.endswith("…") or said == " ".join(text.split()))


@given(written)
def test_names_of_sheets_and_cells_are_cut_between_letters(text: str) -> None:
    [name] = sheet_names([text * 3])
    assert len(name.encode("utf-16-le")) // 2 <= MAX_SHEET_NAME
    last = unicodedata.category(name[-1])
    assert last != "Mn" or not name.endswith("…")
    kept = cell_shortened(text * 9, 100, "…")
    assert kept == text * 9 or letters(text * 9)[: letter_count(kept) - 1] == letters(kept)[:-1]


def too_long(limit: int) -> str:
    return f"{limit}文字以内で入力してください（今は{limit + 20}文字）。"


def test_a_pasted_text_that_is_too_long_stays_whole_and_is_counted(
    municipality: Municipality, client_for: Callable[..., Client]
) -> None:
    client = client_for(Role.EDITOR)
    address = reverse("annex:add", args=[municipality.code, "departments"])
    page = client.get(address).content.decode()
    assert "maxlength" not in page and 'data-most-letters="80"' in page
    answer = client.post(address, {"name": KATSU * 100, "row_status": "active", "version": "0"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert too_long(80) in shown and KATSU * 100 in shown
    assert "部署名" in shown.split(too_long(80))[0][-200:]


def test_as_many_letters_as_allowed_are_stored_whatever_they_are_made_of(
    municipality: Municipality, client_for: Callable[..., Client]
) -> None:
    """On both engines: the column of a database counts code points, and may not refuse this."""
    typed = {
        "name": KATSU * 80,
        "is_ict": "false",
        "row_status": "active",
        "confidentiality": "internal",
    }
    address = reverse("annex:add", args=[municipality.code, "departments"])
    answer = client_for(Role.EDITOR, Role.ADMIN).post(address, {**typed, "version": "0"})
    assert answer.status_code == 302
    with scope(municipality=municipality):
        assert Department.objects.get().name == KATSU * 80


@pytest.mark.django_db
def test_a_column_an_older_release_made_holds_as_many_letters() -> None:
    """PostgreSQL refused more code points than the number of a column; the migration takes it away."""
    lift = import_module("bcp_portal.accounts.migrations.0003_texts_without_limit").lift
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE accounts_of_before (name varchar(5) NOT NULL)")
        lift(None, SimpleNamespace(connection=connection))
        cursor.execute("INSERT INTO accounts_of_before VALUES (%s)", [KATSU * 5])
        cursor.execute("SELECT name FROM accounts_of_before")
        assert cursor.fetchone() == (KATSU * 5,)
        cursor.execute("DROP TABLE accounts_of_before")


def test_a_model_counts_letters_too() -> None:
    field = Site._meta.get_field("name")
    limit = field.max_length or 0
    field.run_validators(KATSU * limit)
    with pytest.raises(ValidationError, match=re.escape(f"{limit}文字以内")):
        field.run_validators(KATSU * (limit + 1))


def test_no_page_tells_the_browser_to_cut() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r'\bmaxlength="', path.read_text())
    ]
    assert found == []


def test_the_log_says_where_a_name_goes_on(in_scope: Municipality) -> None:
    record(municipality=in_scope, actor=None, action="変更", target=in_scope, label=KATSU * 400)
    assert Entry.objects.get().target_label == KATSU * 299 + "…"


def test_a_search_is_not_cut() -> None:
    assert Query.read({"q": "あ" * 300}).text == "あ" * 300


def test_two_filters_of_a_grid_never_share_a_draft() -> None:
    from bcp_portal.annex.views.grid import _draft_key

    keys = {_draft_key("1", "q=" + "%E3%81%82" * 60 + end) for end in ("a", "b")}
    assert len(keys) == 2 and all(len(key) <= 190 for key in keys)
