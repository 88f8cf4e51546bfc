"""Choosing two documents, reading what differs, and taking it away."""

import io
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from docx import Document as WordDocument
from openpyxl import load_workbook

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.jobs.models import Preparation
from plans.chapters.services import save_chapter
from plans.comparison.comparables import comparables
from plans.document.document import Document
from plans.issuing.comparables import edition_code
from plans.models import Chapter, ComparisonSetting, Plan
from plans.prints.models import PrintJob
from plans.prints.products import PrintOrder, product_of
from plans.working_copy.builder import WorkingCopy
from plans.working_copy.table_source import TableSource
from systems.models.contacts import EmergencyContact
from tests.jobs.by_hand import carry_out, taken
from tests.jobs.conftest import queue  # noqa: F401 - a fixture
from tests.plans.editions.making import PERSON, PHONE, a_plan, issued

OTHER_PHONE = "080-1234-5678"


@dataclass
class Pair:
    municipality: Municipality
    old: str
    new: str = "working"

    def url(self, name: str = "show") -> str:
        return reverse(f"comparison:{name}", args=[self.municipality.code, self.old, self.new])


@pytest.fixture
def pair(in_scope: Municipality) -> Pair:
    """An edition, and a working copy with another place and another telephone number."""
    a_plan(in_scope)
    Chapter.objects.filter(title="目的").update(body="<p>職員は市民会館に参集する。</p>")
    edition = issued(in_scope)
    Chapter.objects.filter(title="目的").update(body="<p>職員は中央公民館に参集する。</p>")
    EmergencyContact.objects.filter(mobile=PHONE).update(mobile=OTHER_PHONE)
    return Pair(in_scope, edition_code(edition.uid))


def text_of(response: Any) -> str:
    return response.content.decode()


def test_what_changed_is_shown_with_marks_and_its_heads(pair: Pair, client_for: Any) -> None:
    text = text_of(client_for(Role.VIEWER).get(pair.url()))
    assert "職員は<ins>中央公民館</ins>に参集する。" in text
    assert "職員は<del>市民会館</del>に参集する。" in text
    assert "改正案</th>" in text
    assert "現行</th>" in text


def test_a_changed_number_is_seen_to_change_but_not_read(pair: Pair, client_for: Any) -> None:
    client = client_for(Role.VIEWER)
    text = text_of(client.get(pair.url()))
    assert "＊＊＊" in text
    assert "様式9" in text
    for response in (
        client.get(pair.url()),
        taken(client, client.post(pair.url("word"))),
        taken(client, client.post(pair.url("excel"))),
    ):
        assert response.status_code == 200
        said = readable(response)
        for secret in (PHONE, OTHER_PHONE, PERSON):
            assert secret not in said
    assert client.post(pair.url(), {"personal": "1"}).status_code == 403
    assert client.post(pair.url("word"), {"personal": "1"}).status_code == 403
    assert client.post(pair.url("pdf"), {"personal": "1"}).status_code == 403


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each document that is built of the working copy."""
    whole = WorkingCopy._document
    documents: list[str] = []

    def counted(self: WorkingCopy, source: TableSource) -> Document:
        documents.append("built")
        return whole(self, source)

    monkeypatch.setattr(WorkingCopy, "_document", counted)
    return documents


def write(municipality: Municipality, body: str) -> None:
    with scope(municipality=municipality):
        chapter = Chapter.objects.get(title="目的")
        save_chapter(
            chapter=chapter,
            actor=None,
            title="目的",
            body=body,
            guidance="",
            expected_version=chapter.version,
        )


def test_nothing_is_built_again_until_somebody_writes(
    pair: Pair, client_for: Any, built: list[str]
) -> None:
    client = client_for(Role.VIEWER)
    first = text_of(client.get(pair.url()))
    built.clear()
    again = text_of(client.get(pair.url()))
    assert built == []
    assert again.count("<ins>中央公民館</ins>") == first.count("<ins>中央公民館</ins>") == 1
    write(pair.municipality, "<p>職員は北小学校に参集する。</p>")
    assert "北小学校" in text_of(client.get(pair.url()))
    assert built == ["built", "built"]


def test_the_worker_compares_and_the_page_waits_for_it(
    queue: None,  # noqa: F811
    pair: Pair,
    client_for: Any,
    built: list[str],
) -> None:
    client = client_for(Role.EDITOR)
    for data in ({}, {"personal": "1"}):
        ask = client.post if data else client.get
        waiting = ask(pair.url(), data).headers["Location"]
        assert built == [], "no request compares"
        with scope(municipality=pair.municipality):
            job = Preparation.objects.first()
        carry_out(job)
        built.clear()
        shown = client.get(waiting).headers["Location"]
        assert shown == f"{pair.url()}?of={job.uid}"
        text = text_of(client.get(shown))
        assert "中央公民館" in text and (OTHER_PHONE in text) == bool(data)
    assert built == []
    assert client_for(Role.APPROVER).get(waiting).status_code == 404


def test_a_kind_is_proposed_again_when_somebody_wrote(
    pair: Pair, client_for: Any, built: list[str]
) -> None:
    client = client_for(Role.EDITOR)
    url = reverse("revisions:new", args=[pair.municipality.code])
    first = text_of(client.get(url))
    assert "今の変更の内容からの提案" in first
    assert built == ["built"]
    assert text_of(client.get(url)).count("軽微な改定") == first.count("軽微な改定")
    assert built == ["built"]
    write(pair.municipality, "<p>職員は北小学校に参集する。</p>")
    client.get(url)
    assert built == ["built", "built"]


def test_who_may_see_numbers_asks_for_them_and_it_is_recorded(pair: Pair, client_for: Any) -> None:
    client = client_for(Role.APPROVER)
    assert OTHER_PHONE not in text_of(client.get(pair.url()))
    text = text_of(client.post(pair.url(), {"personal": "1"}))
    assert PHONE in text
    assert OTHER_PHONE in text
    assert OTHER_PHONE in readable(taken(client, client.post(pair.url("excel"), {"personal": "1"})))
    with scope(municipality=pair.municipality):
        notes = list(Entry.objects.order_by("pk").values_list("action", "note"))[-3:]
    assert [action for action, _ in notes] == [
        "個人情報の表示",
        "新旧対照表の出力",
        "個人情報の表示",
    ]
    assert all(
        "個人の電話番号等を含む" in note for action, note in notes if action == "新旧対照表の出力"
    )


def test_pdf_is_a_print_job_of_the_product(
    pair: Pair, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plans.prints.print_jobs.hand_over", lambda job: None)
    response = client_for(Role.VIEWER).post(pair.url("pdf"))
    with scope(municipality=pair.municipality):
        job = PrintJob.objects.latest("pk")
    assert response.headers["Location"].endswith(f"/prints/{job.uid}/")
    assert (job.product, job.options, job.with_personal) == (
        "comparison",
        {"old": pair.old, "new": pair.new},
        False,
    )


@pytest.mark.slow
def test_the_pdf_says_what_changed(pair: Pair) -> None:
    import pikepdf

    order = PrintOrder(pair.municipality, options={"old": pair.old, "new": pair.new})
    with pikepdf.open(io.BytesIO(product_of("comparison").make(order))) as pdf:
        assert len(pdf.pages) == 1
        assert "新旧対照表" in str(pdf.docinfo.Title)


def test_two_are_chosen_from_a_list(pair: Pair, client_for: Any) -> None:
    client = client_for(Role.VIEWER)
    url = reverse("comparison:choose", args=[pair.municipality.code])
    text = text_of(client.get(url))
    assert "作業中の内容" in text
    assert "初版" in text
    assert client.get(url, {"old": pair.old, "new": pair.new}).headers["Location"] == pair.url()
    same = client.get(url, {"old": pair.old, "new": pair.old})
    assert same.status_code == 422
    assert "別の版または改定を選んでください" in text_of(same)
    assert client.get(url, {"old": "edition-x", "new": pair.new}).status_code == 422


def test_what_is_not_there_or_a_neighbours_is_not_found(
    pair: Pair, other_municipality: Municipality, client_for: Any
) -> None:
    client = client_for(Role.VIEWER)
    assert client.get(Pair(pair.municipality, "edition-1").url()).status_code == 404
    with scope(municipality=other_municipality):
        Plan.objects.create(municipality=other_municipality, title="隣の計画")
    stranger = client_for(Role.VIEWER, municipality=other_municipality)
    assert stranger.get(pair.url()).status_code == 404
    assert stranger.get(Pair(other_municipality, pair.old).url()).status_code == 404


def test_two_alike_say_so(pair: Pair, client_for: Any) -> None:
    text = text_of(client_for(Role.VIEWER).get(Pair(pair.municipality, pair.old, pair.old).url()))
    assert "内容に違いはありません" in text


def test_two_editions_stand_under_the_heads_of_what_is_decided(pair: Pair, client_for: Any) -> None:
    second = issued(pair.municipality)
    decided = Pair(pair.municipality, pair.old, edition_code(second.uid))
    text = text_of(client_for(Role.VIEWER).get(decided.url()))
    assert "改正後</th>" in text
    assert "改正前</th>" in text


def test_order_and_heads_are_settings_of_the_administrator(pair: Pair, client_for: Any) -> None:
    url = reverse("comparison:settings", args=[pair.municipality.code])
    assert client_for(Role.EDITOR).get(url).status_code == 403
    admin = client_for(Role.ADMIN)
    form = {
        "column_order": "old_first",
        "new_title": "新",
        "old_title": "旧",
        "draft_new_title": "改定案",
        "draft_old_title": "今の計画",
    }
    wrong = admin.post(url, {**form, "draft_old_title": "改定案"})
    assert wrong.status_code == 422
    assert "新しい方と同じ見出し" in text_of(wrong)
    assert admin.post(url, form).status_code == 302
    with scope(municipality=pair.municipality):
        assert ComparisonSetting.objects.get().column_order == "old_first"
        assert Entry.objects.latest("pk").action == "新旧対照表の体裁の変更"
    text = text_of(admin.get(pair.url()))
    assert text.index("今の計画</th>") < text.index("改定案</th>")
    assert text.index("<del>市民会館</del>") < text.index("<ins>中央公民館</ins>")


def test_the_list_needs_as_many_queries_with_three_editions_as_with_one(
    pair: Pair, client_for: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        assert len(comparables(pair.municipality)) == 2
    issued(pair.municipality)
    issued(pair.municipality)
    with django_assert_num_queries(2):
        assert len(comparables(pair.municipality)) == 4


def readable(response: Any) -> str:
    """Return the text of a page or of a file."""
    kind = response.headers["Content-Type"]
    if "wordprocessingml" in kind:
        (found,) = WordDocument(io.BytesIO(response.getvalue())).tables
        return "\n".join(cell.text for row in found.rows for cell in row.cells)
    if "spreadsheetml" in kind:
        page = load_workbook(io.BytesIO(response.getvalue())).active
        return "\n".join(str(cell.value) for cells in page.iter_rows() for cell in cells)
    return text_of(response)
