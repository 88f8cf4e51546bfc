"""An edition is issued whole or not at all, once, and says who decided what."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import get_default_timezone, localdate
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.models import Entry
from bcp_portal.ui.errors import DomainError
from plans.document.coverage import WHOLE, Coverage
from plans.document.document import Document
from plans.document.edition_number import NumberStep
from plans.editions.look import EditionLook
from plans.editions.models.edition import Edition
from plans.editions.models.edition_setting import RevisionDay
from plans.editions.queries import edition_in_force, editions_today
from plans.issuing.services import ALTERED, NOT_PRINTED, NOT_STORED, _print, issue_edition
from plans.models import Chapter, EditionSetting
from plans.working_copy.builder import build_document
from systems.models import Site
from tests.conftest import MemberFactory
from tests.plans.editions.making import (
    DECIDERS,
    a_chapter,
    a_plan,
    an_order,
    anchor,
    fake_prints,
    issued,
    quick_prints,
    spec,
    take_snapshot,
)
from tests.rows import make_row

pytestmark = pytest.mark.django_db


def stored_files() -> list[Path]:
    folder = Path(django_settings.MEDIA_ROOT) / "editions"
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def titles(edition: Edition) -> list[str]:
    return [chapter.heading for chapter in Document.from_json(edition.document).chapters]


def chapter_text(edition: Edition, title: str) -> str:
    document = Document.from_json(edition.document)
    chapter = next(c for c in document.chapters if c.title == title)
    return chapter.blocks[0].html  # type: ignore[union-attr]


def change(title: str, body: str) -> None:
    Chapter.objects.filter(title=title).update(body=f"<p>{body}</p>")


def test_the_first_edition_says_what_it_is_and_who_decided(in_scope: Municipality) -> None:
    a_plan(in_scope)
    edition = issued(in_scope, document_number="情政第1号", kind="enactment")
    stored = Edition.objects.get(pk=edition.pk)
    document = Document.from_json(stored.document)
    assert (stored.label, stored.kind_label, stored.coverage_label) == (
        "初版",
        "策定",
        "計画の全体",
    )
    assert (document.cover.edition, document.cover.draft) == ("初版", False)
    assert document.cover.date_text == "令和8年4月1日施行"
    assert document.colophon[:3] == (
        ("版数", "初版"),
        ("施行日", "令和8年4月1日"),
        ("文書番号", "情政第1号"),
    )
    assert document.revisions is not None
    assert [row.cells["content"] for row in document.revisions.rows] == ["全体を見直した。"]
    assert stored.deciders == [dict(DECIDERS[0])]
    assert stored.drafter == {"name": "起案 次郎", "post": "主任"}
    assert len(stored.short_code) == 8


def test_the_issue_is_in_the_operation_log(in_scope: Municipality, member: MemberFactory) -> None:
    a_plan(in_scope)
    person = member("approver").user
    with quick_prints():
        edition = issue_edition(municipality=in_scope, order=an_order(in_scope), actor=person)
    entry = Entry.objects.get(action="版の発行")
    assert (entry.target_uid, entry.actor) == (str(edition.uid), person)
    assert edition.chain_hash in entry.note


def test_numbers_follow_the_setting_and_each_edition_the_one_before(in_scope: Municipality) -> None:
    a_plan(in_scope)
    first = issued(in_scope)
    second = issued(in_scope, kind="minor", reason="文言を直した。")
    EditionSetting.objects.create(municipality=in_scope, minor_step=NumberStep.PART)
    third = issued(in_scope, kind="minor", reason="名称を直した。")
    assert [e.label for e in (first, second, third)] == ["初版", "第1.1版", "第1.1版・一部改定1"]
    assert third.previous == second
    assert third.previous_hash == second.chain_hash
    document = Document.from_json(third.document)
    assert document.revisions is not None
    assert [row.cells["edition"] for row in document.revisions.rows] == [
        "初版",
        "第1.1版",
        "第1.1版・一部改定1",
    ]
    # The imprint of the edition before is not carried along.
    assert [label for label, _ in document.colophon].count("版数") == 1


def test_the_working_copy_lists_the_editions_and_remains_a_draft(in_scope: Municipality) -> None:
    a_plan(in_scope)
    issued(in_scope)
    document = build_document(in_scope, include_personal=False)
    assert document.cover.draft
    assert document.revisions is not None
    assert [row.cells["edition"] for row in document.revisions.rows] == ["初版"]


def test_uncovered_parts_stay_as_in_the_edition(in_scope: Municipality) -> None:
    a_plan(in_scope)
    issued(in_scope)
    change("目的", "新しい目的")
    change("体制", "まだ承認されていない体制")
    Site.objects.update(name="まだ承認されていない庁舎")
    second = issued(in_scope, Coverage.of([anchor("目的")]), kind="minor")
    assert chapter_text(second, "目的") == "<p>新しい目的</p>"
    assert chapter_text(second, "体制") == "<p>体制の本文</p>"
    assert "まだ承認されていない" not in str(second.document)
    assert "まだ承認されていない" not in str(second.rows)
    assert "新しい目的" in str(second.rows)
    assert second.coverage_label == "1 目的"


def test_a_revision_submitted_before_another_was_issued_keeps_what_that_changed(
    in_scope: Municipality,
) -> None:
    plan = a_plan(in_scope)
    issued(in_scope)
    change("目的", "新しい目的")
    first = an_order(in_scope, Coverage.of([anchor("目的")]))
    change("体制", "新しい体制")
    new = a_chapter(plan, "訓練", 3)
    second = an_order(in_scope, Coverage.of([anchor("体制"), f"chapter-{new.uid}"]))
    with quick_prints():
        issue_edition(municipality=in_scope, order=first, actor=None)
        last = issue_edition(municipality=in_scope, order=second, actor=None)
    assert chapter_text(last, "目的") == "<p>新しい目的</p>"
    assert chapter_text(last, "体制") == "<p>新しい体制</p>"
    assert titles(last) == ["1 目的", "2 体制", "3 訓練"]
    assert "新しい目的" in str(last.rows)


def test_what_an_edition_that_awaits_its_day_changed_is_kept_too(in_scope: Municipality) -> None:
    a_plan(in_scope)
    issued(in_scope)
    change("目的", "来年からの目的")
    issued(in_scope, effective_on=date(2030, 4, 1))
    change("体制", "新しい体制")
    last = issued(in_scope, Coverage.of([anchor("体制")]), effective_on=date(2030, 4, 1))
    assert chapter_text(last, "目的") == "<p>来年からの目的</p>"


def test_no_edition_takes_effect_before_the_one_it_follows(in_scope: Municipality) -> None:
    a_plan(in_scope)
    issued(in_scope, effective_on=date(2030, 4, 1))
    with pytest.raises(DomainError, match="初版の施行日（令和12年4月1日）以後"):
        issued(in_scope, effective_on=date(2030, 3, 31))
    assert Edition.objects.count() == 1


def test_the_edition_in_force_is_the_latest_in_effect(in_scope: Municipality) -> None:
    a_plan(in_scope)
    assert edition_in_force() is None
    first = issued(in_scope, effective_on=date(2026, 4, 1))
    second = issued(in_scope, effective_on=date(2026, 4, 1))
    third = issued(in_scope, effective_on=date(2300, 4, 1))
    assert edition_in_force(date(2026, 3, 31)) is None
    assert edition_in_force(date(2026, 4, 1)) == second
    assert edition_in_force(date(2300, 4, 1)) == third
    found = [(each.edition, each.standing.value) for each in editions_today()]
    assert found == [(third, "施行待ち"), (second, "施行中"), (first, "旧版")]


def test_the_same_revision_is_issued_once(in_scope: Municipality) -> None:
    a_plan(in_scope)
    order = an_order(in_scope)
    with quick_prints():
        first = issue_edition(municipality=in_scope, order=order, actor=None)
        assert issue_edition(municipality=in_scope, order=order, actor=None) == first
    assert Edition.objects.count() == 1


def test_content_that_was_altered_after_the_approval_is_refused(in_scope: Municipality) -> None:
    a_plan(in_scope)
    order = an_order(in_scope)
    order.content["document"]["chapters"][0]["title"] = "書き換えた目的"
    with quick_prints(), pytest.raises(DomainError, match=ALTERED):
        issue_edition(municipality=in_scope, order=order, actor=None)
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(DomainError("第2章の字を印刷できません。"), "第2章の字"), (MemoryError(), NOT_PRINTED)],
)
def test_nothing_is_issued_when_the_pdf_fails(
    in_scope: Municipality, error: Exception, sentence: str
) -> None:
    a_plan(in_scope)
    order = an_order(in_scope)
    with (
        patch("plans.issuing.services.print_edition", side_effect=error),
        pytest.raises(DomainError, match=sentence),
    ):
        issue_edition(municipality=in_scope, order=order, actor=None)
    assert not Edition.objects.exists()
    assert not stored_files()
    assert not Entry.objects.filter(action="版の発行").exists()


@pytest.mark.parametrize("error", [OSError("disk full"), IntegrityError("taken")])
def test_nothing_is_left_when_it_cannot_be_stored(in_scope: Municipality, error: Exception) -> None:
    a_plan(in_scope)
    order = an_order(in_scope)
    with (
        quick_prints(),
        patch("plans.issuing.services.record", side_effect=error),
        pytest.raises(DomainError, match=NOT_STORED),
    ):
        issue_edition(municipality=in_scope, order=order, actor=None)
    assert not Edition.objects.exists()
    assert not stored_files()


def test_an_issue_that_was_overtaken_is_composed_again(in_scope: Municipality) -> None:
    """Between composing and storing, another revision becomes 第2版."""
    a_plan(in_scope)
    issued(in_scope)
    change("目的", "新しい目的")
    mine = an_order(in_scope, Coverage.of([anchor("目的")]))
    change("体制", "新しい体制")
    other = an_order(in_scope, Coverage.of([anchor("体制")]))
    overtaking = [other]

    def print_slowly(document: Document, masked: Document, look: EditionLook) -> object:
        if overtaking:
            issue_edition(municipality=in_scope, order=overtaking.pop(), actor=None)
        return fake_prints(document, masked, look)

    with quick_prints(), patch("plans.issuing.services.print_edition", print_slowly):
        edition = issue_edition(municipality=in_scope, order=mine, actor=None)
    assert edition.label == "第3版"
    assert chapter_text(edition, "体制") == "<p>新しい体制</p>"
    assert [e.label for e in Edition.objects.order_by("sequence")] == ["初版", "第2版", "第3版"]
    assert len(stored_files()) == 9


def test_an_edition_is_never_changed_or_deleted(in_scope: Municipality) -> None:
    a_plan(in_scope)
    edition = issued(in_scope)
    stored = Edition.objects.get()
    stored.reason = "別の理由"
    refused = [
        stored.save,
        stored.delete,
        Edition.objects.all().delete,
        lambda: Edition.objects.update(reason="別の理由"),
        lambda: Edition.objects.bulk_update([stored], ["reason"]),
        lambda: Edition.objects.bulk_create([Edition()]),
        in_scope.delete,
    ]
    for attempt in refused:
        with pytest.raises(Exception, match=r"never changed or deleted|protected foreign keys"):
            attempt()
    assert Edition.objects.get().reason == edition.reason == "全体を見直した。"


def test_names_and_posts_stay_when_accounts_go(
    in_scope: Municipality, member: MemberFactory
) -> None:
    a_plan(in_scope)
    membership = member("approver", username="shounin")
    with quick_prints():
        issue_edition(municipality=in_scope, order=an_order(in_scope), actor=membership.user)
    membership.user.delete()
    stored = Edition.objects.get()
    assert stored.deciders[0]["name"] == "承認 一郎"
    assert stored.deciders[0]["post"] == "副市長"
    assert Entry.objects.get(action="版の発行").actor_name == "shounin"


def test_other_municipalities_editions_are_not_counted(
    in_scope: Municipality, other_municipality: Municipality
) -> None:
    a_plan(in_scope)
    issued(in_scope)
    with scope(municipality=other_municipality):
        a_plan(other_municipality)
        assert issued(other_municipality).label == "初版"


def test_the_queries_of_a_snapshot_do_not_grow_with_rows(
    in_scope: Municipality,
) -> None:
    a_plan(in_scope)
    with CaptureQueriesContext(connection) as once:
        take_snapshot(in_scope, WHOLE)
    for number in (2, 3):
        make_row(spec("3"), in_scope, number)
        make_row(spec("9"), in_scope, number)
    with CaptureQueriesContext(connection) as thrice:
        take_snapshot(in_scope, WHOLE)
    assert len(thrice) == len(once)


def test_an_edition_is_issued_when_it_exists_and_not_when_its_printing_began(
    in_scope: Municipality,
) -> None:
    a_plan(in_scope)
    setting = EditionSetting.objects.create(municipality=in_scope, revision_day=RevisionDay.ISSUED)
    began = datetime(2027, 4, 1, 23, 59, tzinfo=get_default_timezone())
    clock = [began]

    def printing(composed: Any, look: Any) -> Any:
        clock[0] = began + timedelta(minutes=6)  # midnight passes while it is printed
        return _print(composed, look)

    now = patch("plans.issuing.services.timezone.now", lambda: clock[0])
    with quick_prints(), now, patch("plans.issuing.services._print", printing):
        edition = issued(in_scope)
    assert setting.revision_day == RevisionDay.ISSUED
    assert edition.issued_at == clock[0]
    assert edition.revised_on == localdate(edition.issued_at) == date(2027, 4, 2)
