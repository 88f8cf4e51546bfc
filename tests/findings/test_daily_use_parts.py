"""What a partial revision carries, brings along and leaves out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from bcp_portal.accounts.models import Department
from bcp_portal.annex.models import AnnexSetting, ColumnSetting
from bcp_portal.checks.findings import NotReady
from bcp_portal.ui.eras import DateStyle
from plans.bookshelf.handset import Stamp, handset_page
from plans.document.coverage import Coverage
from plans.document.document import Document, TextBlock
from plans.document.public_choices import PublicChoices
from plans.document.redaction import redact
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.models.edition import Edition
from plans.editions.printing import print_edition
from plans.editions.snapshot import BASE, Snapshot
from plans.issuing.row_overlay import laid_rows
from plans.issuing.services import issue_edition
from plans.models import Chapter, OwnPlaceholder, PlaceholderValue, PublicSetting, Revision
from plans.public_edition.page import public_page
from plans.public_edition.workbook import public_workbook
from plans.revisions.draft_services import log
from plans.revisions.prospective_changes import Prospect
from plans.revisions.withdrawal import withdraw_revision
from plans.text.live_blocks import block_html
from plans.word.outward.word_file import word_file
from plans.working_copy.builder import build_document
from plans.working_copy.rows import working_rows
from systems.models import RecoveryTarget, SystemItem
from tests.findings.test_daily_use_one_fact import assert_one_value_each
from tests.findings.towns import (
    LGWAN,
    a_department,
    anchor,
    b2_town,
    newest,
    set_rto,
    show_in,
    spec,
    town,
)
from tests.plans.editions.making import an_order, quick_prints
from tests.plans.printing.pdf_reading import ReadPdf
from tests.plans.revisions.conftest import Town
from tests.plans.word.outward.reading import ReadWord
from tests.rows import make_row

__all__ = ["b2_town", "town"]


def issue(town_: Town, *chapters: str, annexes: tuple[int, ...] = (), **parts: Any) -> Edition:
    coverage = Coverage.of(map(anchor, chapters), annexes, **parts)
    town_.decide(town_.submitted(kind="major", coverage=coverage), "approver", 0)
    return newest()


def full(edition: Edition) -> Document:
    return FrozenCopy(edition.document, edition.rows).full


def rtos(document: Document) -> set[str]:
    """Return the recovery time of LGWAN wherever the document prints one."""
    found = set()
    for table in document.tables():
        for row in table.rows:
            texts = {column.name: table.text(row, column) for column in table.columns}
            found |= {text for name, text in texts.items() if name in {"rto_minutes", "rto"}}
    return found


def shown(town_: Town, name: str, revision: Revision, by: str = "drafter") -> str:
    address = reverse(f"revisions:{name}", args=[town_.municipality.code, revision.uid])
    return town_.client(by).get(address).content.decode()


def test_the_steps_of_b2(b2_town: Town) -> None:
    """RTO of LGWAN 72→24; 様式17 and another chapter are chosen, not the one that shows 様式17."""
    set_rto(24)
    edition = issue(b2_town, "目的", annexes=(17,))
    assert rtos(full(edition)) == {"24時間"}
    assert_one_value_each(full(edition))


def test_a_chapter_alone_shows_the_table_as_the_edition_has_it(b2_town: Town) -> None:
    set_rto(24)
    edition = issue(b2_town, "体制")
    assert rtos(full(edition)) == {"72時間"}


@pytest.mark.parametrize("chosen", ["目的", "体制"])
def test_every_form_of_the_edition_says_the_same(
    b2_town: Town, chosen: str, tmp_path: Path
) -> None:
    _publish_all(b2_town)
    b2_town.decide(b2_town.submitted(kind="major"), "approver", 0)
    set_rto(24)
    annexes = (17,) if chosen == "目的" else ()
    wanted, unwanted = ("24時間", "72時間") if annexes else ("72時間", "24時間")
    edition = issue(b2_town, chosen, annexes=annexes)
    document = full(edition)
    public = redact(FrozenCopy(edition.document, edition.rows).masked, PublicChoices())
    forms = {
        "pdf": _pdf_text(document, tmp_path),
        "handset": handset_page(document, Stamp("", "", "ACDE3467"), str),
        "word": ReadWord(word_file(document, load_image=bytes)).body.xml,
        "public page": public_page(public, bytes),
        "public excel": _cells(public, tmp_path),
    }
    for name, text in forms.items():
        assert LGWAN in text, name
        assert wanted in text and unwanted not in text, name


def _publish_all(town_: Town) -> None:
    Chapter.objects.update(confidentiality="public")
    RecoveryTarget.objects.update(confidentiality="public")
    AnnexSetting.objects.create(
        municipality=town_.municipality, code="17", confidentiality="public"
    )
    for name in ("system", "rto_minutes"):
        ColumnSetting.objects.create(
            municipality=town_.municipality, code="17", column=name, public="show"
        )


def _pdf_text(document: Document, folder: Path) -> str:
    settings.PRINT_CACHE_DIR.mkdir(parents=True, exist_ok=True)
    printed = print_edition(document, document).internal
    return "".join(ReadPdf(printed, folder).comparable_pages)


def _cells(document: Document, folder: Path) -> str:
    path = folder / "public.xlsx"
    path.write_bytes(public_workbook(document, DateStyle.WAREKI))
    return "\n".join(
        str(cell)
        for sheet in load_workbook(path)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    )


def test_what_follows_and_what_is_left_out_is_said_at_submission(b2_town: Town) -> None:
    set_rto(24)
    SystemItem.objects.update(name="新しい回線")
    Chapter.objects.filter(title="体制").update(guidance="印刷されない説明")
    coverage = Coverage.of([anchor("目的")], [17])
    revision = b2_town.draft(kind="major", coverage=coverage)
    page = shown(b2_town, "submit", revision)
    assert "選んだ対象に合わせて変わる部分" in page
    assert "2 体制（重要情報システムとその目標復旧時間" in page
    assert "対象でないため、この版に載らない変更（1件）" in page
    listed = reverse("annex:list", args=[b2_town.municipality.code, "1"])
    assert f'<a href="{listed}">様式1 情報システム一覧</a>：1行' in page
    assert 'working/">前の版と作業中の内容を比べる</a>' in page

    b2_town.submit(revision)
    head = revision.submissions.get().head
    assert [each["label"] for each in head["left_out"]] == ["様式1 情報システム一覧"]
    assert [each["label"] for each in head["followers"]] == ["2 体制"]
    for reader in ("approver", "checker", "drafter"):
        page = shown(b2_town, "one", revision, reader)
        assert "対象でないため、この版に載らない変更（1件）" in page
        assert f'<a href="{listed}">様式1 情報システム一覧</a>：1行' in page
        assert "選んだ対象に合わせて変わる部分" in page


def test_nothing_is_named_where_nothing_is_left_out(b2_town: Town) -> None:
    set_rto(24)
    revision = b2_town.draft(kind="major", coverage=Coverage.of([anchor("体制")], [17]))
    page = shown(b2_town, "submit", revision)
    assert "この版に載らない変更" not in page and "合わせて変わる部分" not in page


def test_what_nobody_chose_is_named_whatever_it_is(b2_town: Town) -> None:
    town_ = b2_town
    value = PlaceholderValue.objects.create(
        municipality=town_.municipality, key="hq", value="旧本部"
    )
    b2_town.decide(b2_town.submitted(kind="major"), "approver", 0)
    Department.objects.create(municipality=town_.municipality, name="新設課")
    make_row(spec("c-7"), town_.municipality)
    PlaceholderValue.objects.filter(pk=value.pk).update(value="新本部")
    Chapter.objects.filter(title="体制").update(body="<p>別の体制</p>")
    ColumnSetting.objects.create(
        municipality=town_.municipality, code="17", column="rto_minutes", label="復旧の目標"
    )
    prospect = Prospect(town_.municipality, Coverage.of([anchor("目的")]))
    found = {(each.part.partition(":")[0], each.label): each.count for each in prospect.left_out}
    assert found.pop(("chapter", "2 体制")) == 1
    assert found.pop(("masters", "差し込み語句")) == 1
    assert found.pop(("masters", "部署")) >= 1
    assert found.pop(("table", "参集ルール")) == 1
    assert any(label.endswith("の名称・項目の設定") for _, label in found)


def test_masters_are_left_as_a_whole_or_chosen(b2_town: Town) -> None:
    town_ = b2_town
    first = a_department(town_.municipality, "情報課")
    SystemItem.objects.update(owner_department=first)
    town_.decide(town_.submitted(kind="major"), "approver", 0)
    Department.objects.filter(pk=first.pk).update(name="デジタル課")
    SystemItem.objects.update(note="備考を直した")
    left = issue(town_, annexes=(1,))
    assert "情報課" in str(left.document) and "デジタル課" not in str(left.document)
    assert "備考を直した" in str(left.rows)
    revision = town_.draft(kind="major", coverage=Coverage.of([anchor("目的")]))
    assert "部署</a>：1行" in shown(town_, "submit", revision)
    Revision.objects.filter(pk=revision.pk).update(state="withdrawn")
    chosen = issue(town_, masters=True)
    assert "デジタル課" in str(chosen.document) and "情報課" not in str(chosen.document)
    assert chosen.coverage_label == "共通の台帳と語句"


def test_a_new_row_that_a_covered_row_names_comes_along(b2_town: Town) -> None:
    fresh = make_row(spec("1"), b2_town.municipality, 7)
    SystemItem.objects.filter(pk=fresh.pk).update(name="新システム")
    RecoveryTarget.objects.update(system=fresh)
    edition = issue(b2_town, annexes=(17,))
    document = full(edition)
    (systems,) = (part for part in document.annexes if part.number == 1)
    assert "新システム" in str(systems)
    head = Revision.objects.order_by("-number").first().submissions.get().head
    assert "様式1 情報システム一覧" in [each["label"] for each in head["followers"]]


def test_a_row_deleted_since_keeps_its_name_where_it_is_named(b2_town: Town) -> None:
    """The covered 様式1 has it no more; the uncovered 様式17 of the edition still names it."""
    RecoveryTarget.objects.all().delete()
    SystemItem.objects.all().delete()
    document = full(issue(b2_town, annexes=(1,)))
    systems, targets = (part for part in document.annexes if part.number in {1, 17})
    assert systems.tables[0].rows == ()
    assert LGWAN in str(targets)


def test_phrases_say_one_thing_in_all_chapters(b2_town: Town) -> None:
    town_ = b2_town
    phrase = '<p><span data-placeholder="hq">本部</span></p>'
    show_in("目的", phrase)
    show_in("体制", phrase)
    value = PlaceholderValue.objects.create(
        municipality=town_.municipality, key="hq", value="旧本部"
    )
    town_.decide(town_.submitted(kind="major"), "approver", 0)
    PlaceholderValue.objects.filter(pk=value.pk).update(value="新本部")
    assert _said(issue(town_, "目的")) == {"旧本部"}
    assert _said(issue(town_, masters=True)) == {"新本部"}


def test_a_phrase_set_for_the_first_time_comes_with_its_chapter(b2_town: Town) -> None:
    OwnPlaceholder.objects.create(
        municipality=b2_town.municipality, key="own-1", label="防災担当の課", kind="text"
    )
    PlaceholderValue.objects.create(
        municipality=b2_town.municipality, key="own-1", value="危機管理課"
    )
    show_in("目的", '<p><span data-placeholder="own-1">課</span></p>')
    assert "危機管理課" in str(issue(b2_town, "目的").document)


def _said(edition: Edition) -> set[str]:
    texts = [
        block.html
        for section in full(edition).sections()
        for block in section.blocks
        if isinstance(block, TextBlock)
    ]
    return {word for word in ("旧本部", "新本部") for text in texts if word in text}


def test_a_chapter_brings_its_own_changed_tables(b2_town: Town) -> None:
    town_ = b2_town
    show_in("体制", block_html("c-7-list"))
    town_.decide(town_.submitted(kind="major"), "approver", 0)
    make_row(spec("c-7"), town_.municipality)
    data = {
        "version": 1,
        "scope": "parts",
        "kind": "major",
        "reason": "参集を見直すため",
        "chapters": [anchor("体制")],
        "effective_on": "令和9年4月1日",
    }
    address = reverse("revisions:new", args=[town_.municipality.code])
    client = town_.client("drafter")
    assert "参集ルール（前の版からの入力の変更：1行）" in client.get(address).content.decode()
    page = client.post(address, data, follow=True).content.decode()
    assert "本文の表「参集ルール」を、対象に加えました" in page
    assert Revision.objects.order_by("-number").first().coverage.tables == {"c-7"}


def test_two_open_revisions_never_carry_the_same_table(b2_town: Town) -> None:
    town_ = b2_town
    town_.draft(kind="major", coverage=Coverage.of(tables=["c-7"]))
    with pytest.raises(Exception, match="参集ルール"):
        town_.draft(by="writer", kind="major", coverage=Coverage.of([anchor("目的")], [], ["c-7"]))


def test_a_title_changed_since_stays_in_parts_that_nobody_revised(b2_town: Town) -> None:
    ColumnSetting.objects.create(
        municipality=b2_town.municipality, code="17", column="rto_minutes", label="復旧の目標"
    )
    assert "復旧の目標" not in str(issue(b2_town, "体制").document)
    assert "復旧の目標" in str(issue(b2_town, annexes=(17,)).document)


def test_what_was_submitted_before_parts_had_masters_is_issued_as_it_was(b2_town: Town) -> None:
    """Such a content says nothing of what it was composed behind; it is printed as approved."""
    municipality = b2_town.municipality
    set_rto(24)
    order = _as_before(municipality, Coverage.of([anchor("体制")]))
    edition = issue_edition(municipality=municipality, order=order, actor=None)
    assert edition.coverage == {"whole": False, "chapters": [anchor("体制")], "annexes": []}
    assert rtos(full(edition)) == {"24時間", "72時間"}
    # The next edition is made of rows, and so of one mind again.
    Chapter.objects.filter(title="目的").update(body="<p>別の目的</p>")
    healed = issue(b2_town, "目的")
    assert rtos(full(healed)) == {"72時間"}


def _as_before(municipality: Any, coverage: Coverage) -> Any:
    """Return an order as the first release wrote it: documents put together, no settings."""
    rows = {
        name: value
        for name, value in working_rows(municipality).items()
        if name not in {BASE, "settings"}
    }
    rows["masks"] = {}
    content = Snapshot.of(
        build_document(municipality, include_personal=True, in_edition=True), rows
    )
    old = Coverage.from_json({"whole": False, "chapters": sorted(coverage.chapters), "annexes": []})
    order = an_order(municipality, coverage, effective_on=newest().effective_on)
    return replace(order, content=content.to_json(), coverage=old)


def test_a_draft_of_before_can_be_submitted(b2_town: Town) -> None:
    revision = b2_town.draft(kind="major", coverage=Coverage.of([anchor("体制")]))
    data = {"whole": False, "chapters": [anchor("体制")], "annexes": [17]}
    Revision.objects.filter(pk=revision.pk).update(coverage_data=data)
    log(Revision.objects.get(pk=revision.pk), None, "改定の変更")
    set_rto(24)
    b2_town.submit(revision)
    revision.refresh_from_db()
    b2_town.decide(revision, "approver", 0)
    assert rtos(full(newest())) == {"24時間"}


def test_an_approved_content_is_issued_to_the_letter(b2_town: Town) -> None:
    """Settings that change after the approval change nothing in it."""
    revision = b2_town.submitted(kind="major", coverage=Coverage.of([anchor("体制")], [17]))
    ColumnSetting.objects.create(
        municipality=b2_town.municipality, code="17", column="rto_minutes", label="復旧の目標"
    )
    with quick_prints():
        b2_town.decide(revision, "approver", 0)
    assert "復旧の目標" not in str(newest().document)


def test_an_edition_names_what_came_along_with_its_parts(b2_town: Town) -> None:
    set_rto(24)
    coverage = Coverage.of([anchor("目的")], [17])
    revision = b2_town.submitted(kind="major", coverage=coverage)
    with quick_prints():
        b2_town.decide(revision, "approver", 0)
    address = reverse("editions:show", args=[b2_town.municipality.code, newest().uid])
    page = b2_town.client("reader").get(address).content.decode()
    assert "<dt>合わせて変わった部分</dt><dd>2 体制</dd>" in page


def test_what_was_registered_since_in_other_parts_stays_out_of_the_public_edition(
    b2_town: Town,
) -> None:
    """Chapter 目的 is public and says a number; 様式1, which is not covered, makes it a secret."""
    PublicSetting.objects.create(municipality=b2_town.municipality, enabled=True)
    Chapter.objects.update(confidentiality="public")
    Chapter.objects.filter(title="目的").update(body="<p>鍵は守衛室の青い金庫の中。</p>")
    with quick_prints():
        b2_town.decide(b2_town.submitted(kind="major"), "approver", 0)
    Chapter.objects.filter(title="体制").update(body="<p>体制を改める。</p>")
    coverage = Coverage.of([anchor("体制")])
    assert b2_town.submit(b2_town.draft(kind="major", coverage=coverage))
    SystemItem.objects.update(note="鍵は守衛室の青い金庫の中")
    again = Revision.objects.latest("number")
    withdraw_revision(revision=again, membership=b2_town.drafter, keep_draft=True)
    with pytest.raises(NotReady, match="様式1"):
        b2_town.submit(again)


def test_nothing_stays_of_rows_that_were_laid(b2_town: Town) -> None:
    municipality = b2_town.municipality
    set_rto(24)
    working, frozen = working_rows(municipality), newest().rows
    with pytest.raises(KeyError), laid_rows(municipality, frozen, working):
        assert RecoveryTarget.objects.get().rto_minutes == 72 * 60
        raise KeyError
    assert RecoveryTarget.objects.get().rto_minutes == 24 * 60
    with laid_rows(municipality, frozen, working):
        assert RecoveryTarget.objects.get().rto_minutes == 72 * 60
    assert RecoveryTarget.objects.get().rto_minutes == 24 * 60
    assert not _temporary_tables()


def _temporary_tables() -> list[Any]:
    sql = {
        "sqlite": "SELECT name FROM sqlite_temp_master",
        "postgresql": "SELECT relname FROM pg_class WHERE relpersistence = 't'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
