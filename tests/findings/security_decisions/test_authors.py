"""Who wrote what a revision changes never approves it, no matter who submits it."""

from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest

from bcp_portal.accounts.models import Membership, Person
from bcp_portal.annex import registry
from bcp_portal.annex.row_order import move_row
from bcp_portal.annex.services import confirm_row, save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.models import Entry
from bcp_portal.figures.figure import Figure
from bcp_portal.ui.errors import DomainError
from plans.annexes.drawn import organisation
from plans.annexes.models.organisation import ResponseRole
from plans.chapters.services import save_chapter
from plans.document.coverage import WHOLE, Coverage
from plans.document.document import Cover, Document, FigureBlock, Section
from plans.editions.models.edition import Edition
from plans.issuing.restoring import restore_edition
from plans.issuing.services import issue_edition
from plans.models import Chapter, Plan
from plans.phrases.queries import all_keys
from plans.phrases.services import set_placeholder
from plans.revisions import issuing
from plans.revisions.authors import (
    CONFIRMED,
    KEPT_ONLY,
    OWN_LINE,
    Printed,
    PrintedPlace,
    authors_of,
)
from plans.revisions.log_lines import LogLine
from plans.revisions.printed_places import printed_places
from plans.revisions.route_services import save_small_office
from plans.revisions.withdrawal import withdraw_revision
from systems.annexes.people import PEOPLE
from systems.models import EmergencyContact
from tests.plans.editions.making import quick_prints
from tests.plans.revisions.conftest import APPROVE, CHECK, Town


def sheet(town: Town, code: str) -> Sheet:
    spec = registry.spec(code)
    assert spec is not None
    return Sheet.of(spec, town.municipality)


def write_chapter(town: Town, by: str, title: str, body: str) -> None:
    chapter = Chapter.objects.get(title=title)
    save_chapter(
        chapter=chapter,
        actor=town.members[by].user,
        title=title,
        body=body,
        guidance=chapter.guidance,
        expected_version=chapter.version,
    )


def write_contact(town: Town, by: str, row: Any = None, **values: Any) -> EmergencyContact:
    row = row or EmergencyContact(municipality=town.municipality, kind="staff")
    version = row.version if row.pk else 0
    for name, value in values.items():
        setattr(row, name, value)
    save_row(sheet=sheet(town, "9"), actor=town.members[by].user, row=row, expected_version=version)
    return EmergencyContact.objects.get(uid=row.uid)


def refused(town: Town, revision: Any, by: str, step: int = 0) -> str:
    with pytest.raises(DomainError) as caught:
        town.decide(revision, by, step)
    assert caught.value.status == 403
    return caught.value.message


def page(town: Town, by: str, revision: Any, name: str = "") -> str:
    answer = town.client(by).get(f"/{town.municipality.code}/revisions/{revision.uid}/{name}")
    return answer.content.decode()


@pytest.fixture
def small(town: Town, monkeypatch: Any) -> Town:
    """A town with an edition in force and 様式9 in print."""
    Plan.objects.update(annex_numbers=[9])
    monkeypatch.setattr(issuing, "issue_edition", issue_edition)
    for kind in ("enactment", "major", "minor", "contacts"):
        town.set_route(APPROVE, kind=kind)
    return town


def issue(town: Town, **values: Any) -> Any:
    with quick_prints():
        revision = town.submitted(**values)
        town.decide(revision, "approver", 0)
    revision.refresh_from_db()
    assert revision.state == "issued", revision.issue_message
    return revision


def test_who_wrote_a_chapter_does_not_approve_what_a_colleague_files(small: Town) -> None:
    town = small
    issue(town)
    write_chapter(town, "second", "目的", "<p>新しい目的を定める。</p>")
    draft = town.draft(kind="minor", reason="目的を改める")
    before = page(town, "drafter", draft, "submit/")
    assert "見本 second：変わるところを書いた本人です" in before
    assert "決められる人：見本 approver" in before
    town.submit(draft)
    message = refused(town, draft, "second")
    assert "1 目的" in message and "書いたため" in message
    assert "見本 second（1 目的）" in page(town, "reader", draft)
    with quick_prints():
        town.decide(draft, "approver", 0)


def test_who_changed_only_where_a_link_leads_does_not_approve(small: Town) -> None:
    town = small
    text = '<p>詳しくは<a href="https://www.example.lg.jp/{}">手引き</a>を見る。</p>'
    write_chapter(town, "writer", "目的", text.format("a"))
    issue(town)
    write_chapter(town, "second", "目的", text.format("zzz"))
    draft = town.draft(kind="minor", coverage=WHOLE)
    before = page(town, "drafter", draft, "submit/")
    assert "見本 second：変わるところを書いた本人です" in before
    assert "https://www.example.lg.jp/zzz" in before and "内容に違いはありません" not in before
    town.submit(draft)
    assert "1 目的" in refused(town, draft, "second")


def test_only_changes_since_the_part_was_last_submitted_count(small: Town) -> None:
    town = small
    write_chapter(town, "second", "目的", "<p>はじめの目的を定める。</p>")
    issue(town)
    first, second = Chapter.objects.order_by("position")
    write_chapter(town, "approver", "体制", "<p>新しい体制を定める。</p>")
    only_first = Coverage.of([f"chapter-{first.uid}"])
    write_chapter(town, "writer", "目的", "<p>次の目的を定める。</p>")
    issue(town, kind="minor", coverage=only_first)  # the approver's chapter is not in it
    only_second = Coverage.of([f"chapter-{second.uid}"])
    other = town.submitted(kind="minor", coverage=only_second, kind_reason="言い回しだけのため")
    assert "2 体制" in refused(town, other, "approver")
    assert [each.name for each in other.submissions.get().parties.authors] == ["見本 approver"]
    write_chapter(town, "head", "目的", "<p>その次の目的を定める。</p>")
    again = town.submitted(kind="minor", coverage=only_first)
    assert [each.name for each in again.submissions.get().parties.authors] == ["見本 head"]


def test_what_was_written_back_is_no_change(small: Town) -> None:
    town = small
    issue(town)
    old = Chapter.objects.get(title="目的").body
    write_chapter(town, "second", "目的", "<p>新しい目的を定める。</p>")
    write_chapter(town, "second", "目的", old)
    revision = town.submitted(kind="minor")
    assert revision.submissions.get().parties.authors == ()


def test_a_line_of_annex_9_excludes_and_one_s_own_does_not(small: Town) -> None:
    town = small
    other = write_contact(town, "writer", person=town.checker.person, mobile="090-0000-0001")
    own = write_contact(town, "writer", person=town.second.person, mobile="090-0000-0002")
    issue(town)
    write_contact(town, "second", own, mobile="090-0000-0003")
    confirm_row(sheet=sheet(town, "9"), actor=town.head.user, row=other)
    revision = town.draft(kind="contacts", coverage=Coverage.of([], [9]))
    before = page(town, "drafter", revision, "submit/")
    assert f"見本 second（{OWN_LINE}）" in before and f"見本 head（{CONFIRMED}）" in before
    town.submit(revision)
    assert revision.submissions.get().parties.authors == ()
    withdrawn = revision.submissions.get()
    assert {each.name for each in withdrawn.parties.also} == {"見本 second", "見本 head"}
    other.refresh_from_db()
    write_contact(town, "second", other, mobile="090-0000-0009")
    revision.refresh_from_db()
    withdraw_revision(revision=revision, membership=town.drafter, keep_draft=True)
    town.submit(revision)
    assert "様式9" in refused(town, revision, "second")


def test_who_restores_rows_from_an_edition_wrote_them(small: Town) -> None:
    town = small
    row = write_contact(town, "writer", mobile="090-1111-0001", role="連絡係")
    issue(town)
    first = Edition.objects.get()
    write_contact(town, "writer", row, mobile="090-1111-0002")
    issue(town, kind="contacts", coverage=Coverage.of([], [9]), reason="番号を改める")
    restore_edition(edition=first, actor=town.second.user, what=Coverage.of([], [9]))
    row.refresh_from_db()
    assert row.mobile == "090-1111-0001"
    revision = town.submitted(kind="contacts", coverage=Coverage.of([], [9]), reason="番号を戻す")
    message = refused(town, revision, "second")
    assert "様式9" in message and "書いたため" in message
    with quick_prints():
        town.decide(revision, "approver", 0)


def test_where_nobody_else_is_left_it_is_said_before_and_the_small_office_goes_on(
    town: Town,
) -> None:
    for name in ("checker", "approver"):
        town.members[name].roles = ["editor", "checker", "approver"]
        town.members[name].save()
    town.second.roles = ["viewer"]
    town.second.save()
    town.approver.roles = ["viewer"]
    town.approver.save()
    town.set_route(CHECK)
    town.set_route(APPROVE)
    write_chapter(town, "checker", "目的", "<p>目的を改める。</p>")
    draft = town.draft()
    assert "決められる人がいません" in page(town, "drafter", draft, "submit/")
    with pytest.raises(DomainError, match="変わるところを書いた人は除かれます"):
        town.submit(draft)
    save_small_office(membership=town.admin, is_on=True, reason="2人", expected_version=1)
    assert "少人数の特例による：見本 checker" in page(town, "drafter", draft, "submit/")
    town.submit(draft)
    decision = town.decide(draft, "checker", 0).decision
    assert decision.small_office and town.issued[0].deciders[0]["small_office"]
    assert "変更を書いた本人が決定" in page(town, "reader", draft)
    assert "変わるところを書いた人" in page(town, "reader", draft, "sheet/")


def test_a_name_that_another_table_prints_excludes_who_wrote_it(small: Town) -> None:
    town = small
    write_contact(town, "writer", person=town.reader.person, mobile="090-0000-0001")
    stranger = Person.objects.create(municipality=town.municipality, name="載らない人")
    issue(town)
    for person, value in ((stranger, "やはり載らない人"), (town.reader.person, "新しい姓")):
        person = Person.objects.get(pk=person.pk)
        person.name = value
        by = "head" if person.pk == stranger.pk else "second"
        save_row(
            sheet=Sheet.of(PEOPLE, town.municipality),
            actor=town.members[by].user,
            row=person,
            expected_version=person.version,
        )
    row = EmergencyContact.objects.get()
    write_contact(town, "writer", row, mobile="090-0000-0002")
    without = town.submitted(kind="contacts", coverage=Coverage.of([], [9]))
    found = without.submissions.get().parties.authors
    assert [each.name for each in found] == ["見本 writer"]  # the edition keeps the old name
    withdraw_revision(revision=without, membership=town.drafter, keep_draft=False)
    masters = Coverage.of(masters=True)
    revision = town.submitted(kind="minor", coverage=masters)
    found = revision.submissions.get().parties.authors
    assert [(each.name, each.parts) for each in found] == [
        ("見本 second", ("様式9 緊急連絡先一覧",))
    ]


def test_moving_a_row_and_setting_a_phrase_count_and_looking_does_not(small: Town) -> None:
    town = small
    for name in ("reader", "head"):
        row = write_contact(town, "writer", person=town.members[name].person)
    issue(town)
    move_row(sheet=sheet(town, "9"), actor=town.second.user, row=row, up=True)
    set_placeholder(
        municipality=town.municipality,
        actor=town.approver.user,
        phrase=all_keys()["org"],
        system=None,
        typed="見本市役所",
        expected_version=0,
    )
    looks = f"/{town.municipality.code}/annex/9/rows/{row.uid}/reveal/"
    Membership.objects.filter(pk=town.head.pk).update(roles=["head", "approver"])
    assert town.client("head").post(looks).status_code == 200
    assert Entry.objects.filter(actor_username="head", target_uid=str(row.uid)).exists()
    revision = town.submitted(kind="major")
    names = {each.name: each.parts for each in revision.submissions.get().parties.authors}
    assert names == {
        "見本 second": ("様式9 緊急連絡先一覧",),
        "見本 approver": ("差し込み語句",),
    }


def test_a_row_that_only_a_figure_of_a_covered_chapter_shows_counts() -> None:
    figure = Figure(organisation.CODE + "normal", "体制図", "", ())
    chapter = Section("chapter-c", 1, "1", "体制", (FigureBlock(figure),))
    document = Document(Cover("市", "計画", "", ""), chapters=(chapter,))
    role = ResponseRole._meta.label_lower

    def authors(column: str, coverage: Coverage) -> list[str]:
        with patch("plans.revisions.printed_places._own_rows", return_value={}):
            printed = printed_places([document], coverage, [])
        found = authors_of([line(column, "1", "2", target_type=role)], printed)
        return [part for each in found.authors for part in each.parts]

    assert "1 体制" in authors("role_name", Coverage.of([], [8]))
    assert authors("evidence", Coverage.of([], [8])) == []
    assert authors("role_name", Coverage.of(["chapter-c"], [9])) == []


LATER, EARLIER = datetime(2027, 4, 2, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC)
PLACE = PrintedPlace("様式1", frozenset({"name", "row_status"}), EARLIER)


def line(column: str, before: str, after: str, **values: Any) -> LogLine:
    change = {"name": column, "label": column, "before": before, "after": after}
    fields = {
        "at": LATER,
        "username": "a",
        "name": "甲",
        "action": "変更",
        "target_type": "t",
        "target_uid": "u",
        "changes": [change],
        **values,
    }
    return LogLine(**fields)


@pytest.mark.parametrize(
    ("lines", "authors", "also"),
    [
        ([line("name", "1", "2")], ["様式1"], []),
        ([line("row_status", "有効", "廃止")], ["様式1"], []),
        ([line("name", "1", "2", at=EARLIER)], [], []),
        ([line("name", "1", "2", target_uid="elsewhere")], [], []),
        ([line("evidence", "1", "2")], [], [KEPT_ONLY]),
        ([line("verified_on", "", "今日", action="確認")], [], [CONFIRMED]),
        ([line("name", "1", "2", target_uid="own")], [], [OWN_LINE]),
        ([line("person", "1", "2", target_uid="own")], [], [KEPT_ONLY]),
        ([line("name", "1", "2"), line("name", "2", "1")], [], []),
        ([line("x", "", "", action="個人情報の表示", changes=())], [], []),
        ([line("x", "", "", action="並べ替え", changes=())], ["様式1"], []),
    ],
)
def test_the_pure_rule(lines: list[LogLine], authors: list[str], also: list[str]) -> None:
    printed = Printed({"u": (PLACE,), "own": (PLACE,)}, {}, {"own": "a"})
    found = authors_of(lines, printed)
    assert [part for each in found.authors for part in each.parts] == authors
    assert [part for each in found.also for part in each.parts] == also
