"""The switch for widths on the page and in files, and a reading that changed, through the program."""

import io
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from docx import Document as WordDocument

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from plans.issuing.comparables import edition_code
from plans.models import Chapter, ComparisonSetting, GlossaryTerm
from plans.prints.models import PrintJob
from tests.jobs.by_hand import taken
from tests.plans.editions.making import a_plan, issued

HIDDEN = "だけの違いが1か所ありますが、示していません。"


@pytest.fixture
def pair(in_scope: Municipality) -> list[str]:
    """An edition, and a working copy in which one word is written in other widths."""
    a_plan(in_scope)
    Chapter.objects.filter(title="目的").update(body="<p>ＩＣＴ部門の計画である。</p>")
    edition = issued(in_scope)
    Chapter.objects.filter(title="目的").update(body="<p>ICT部門の計画である。</p>")
    return [in_scope.code, edition_code(edition.uid), "working"]


def page(client: Any, pair: list[str], **data: str) -> str:
    return str(client.get(reverse("comparison:show", args=pair), data).content.decode())


def test_what_is_hidden_is_said_and_shown_by_the_switch(pair: list[str], client_for: Any) -> None:
    client = client_for(Role.VIEWER)
    off = page(client, pair)
    assert HIDDEN in off
    assert "<ins>" not in off
    assert "内容に違いはありません" in off
    assert "文字の幅だけの違いも示す" in off
    on = page(client, pair, widths="1")
    assert "<ins>ICT</ins>部門" in on
    assert "<del>ＩＣＴ</del>部門" in on
    assert "文字の幅だけの違いを示さない" in on
    assert HIDDEN not in on


def test_files_show_what_the_page_shows(
    pair: list[str], client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plans.prints.print_jobs.hand_over", lambda job: None)
    client = client_for(Role.VIEWER)

    def word(widths: str) -> str:
        asked = client.post(reverse("comparison:word", args=pair), {"widths": widths})
        response = taken(client, asked)
        made = WordDocument(io.BytesIO(b"".join(response.streaming_content)))
        return "\n".join(
            [p.text for p in made.paragraphs]
            + [cell.text for t in made.tables for row in t.rows for cell in row.cells]
        )

    assert "ICT部門の計画である。" in word("1")
    assert HIDDEN in word("0")
    client.post(reverse("comparison:pdf", args=pair), {"widths": "1"})
    with scope(municipality=Municipality.objects.get(code=pair[0])):
        assert PrintJob.objects.latest("pk").options["widths"] == "1"


def test_the_municipality_may_keep_the_switch_on(pair: list[str], client_for: Any) -> None:
    admin = client_for(Role.ADMIN)
    form = {
        "column_order": "new_first",
        "new_title": "改正後",
        "old_title": "改正前",
        "draft_new_title": "改正案",
        "draft_old_title": "現行",
        "show_widths": "on",
    }
    url = reverse("comparison:settings", args=[pair[0]])
    assert admin.post(url, form).status_code == 302
    assert "<ins>ICT</ins>部門" in page(admin, pair)
    assert HIDDEN in page(admin, pair, widths="0")
    with scope(municipality=Municipality.objects.get(code=pair[0])):
        assert ComparisonSetting.objects.get().show_widths is True
        (change,) = Entry.objects.latest("pk").changes
    assert "示さない" in str(change)
    assert "True" not in str(change)


def test_a_changed_reading_is_told_between_an_edition_and_the_working_copy(
    in_scope: Municipality, client_for: Any
) -> None:
    a_plan(in_scope)
    for term, reading in (("庁内回線", "ちょう"), ("専用線", "せん"), ("つなぎ職員", "つなぎ")):
        GlossaryTerm.objects.create(
            municipality=in_scope, term=term, reading=reading, text=f"{term}のこと。"
        )
    Chapter.objects.filter(title="目的").update(body='<div data-live-block="c-11-gojuon"></div>')
    edition = issued(in_scope)
    GlossaryTerm.objects.filter(term="庁内回線").update(reading="つんない")
    found = page(client_for(Role.VIEWER), [in_scope.code, edition_code(edition.uid), "working"])
    assert "よみの変更による移動（2行目から）" in found
    assert "よみ（印刷しない項目）：<ins>つんない</ins>" in found
    assert "つなぎ職員" not in found.split("compare-last")[-1]
    assert found.count("行の移動") == 0
