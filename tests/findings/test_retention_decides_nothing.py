"""What was disposed of changes nothing that the program decides or says, and nobody disposes alone."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.services import delete_row, save_row
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.audit.disposal import DISPOSED
from bcp_portal.audit.emptied_entries import gap_in_log
from bcp_portal.audit.models import Disposal, Entry
from bcp_portal.audit.services import Change, SeenRow, record
from bcp_portal.audit.verification import verify
from bcp_portal.audit.viewing_log import SHOWING, lookings_at
from bcp_portal.retention.kinds import RetainedKind, retained_kind
from bcp_portal.retention.models import DisposalProposal
from bcp_portal.retention.proposals import confirm, propose, withdraw
from bcp_portal.retention.services import digest_of, dispose, due_items, save_years, staying
from bcp_portal.ui.errors import DomainError
from plans.chapters.services import save_chapter
from plans.disposing.revision_disposal import closed_revisions
from plans.document.coverage import WHOLE
from plans.editions.models.edition import Edition
from plans.models import Chapter
from plans.public_check.claim_writers import writers_of
from plans.public_edition.finds import Find
from plans.public_edition.hidden_values import HiddenValue
from plans.public_edition.printed_texts import PrintedText
from plans.revisions.current_parties import authors_in
from plans.revisions.models.revision import Revision
from plans.working_copy.builder import build_document
from tests.conftest import MemberFactory
from tests.findings.proofs_town import forged, live_through, rows
from tests.plans.editions.making import issued
from tests.plans.revisions.conftest import Town, town

__all__ = ["town"]
pytestmark = pytest.mark.django_db

YEARS_LATER = timezone.localdate() + timedelta(days=366 * 7)


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    with patch("bcp_portal.retention.services._today", lambda: YEARS_LATER):
        yield


def kind_of(code: str) -> RetainedKind:
    found = retained_kind(code)
    assert found is not None
    return found


def due(code: str) -> list[Any]:
    return due_items(kind_of(code), 1)


def dispose_all(town: Town) -> None:
    """Dispose of log and sign-ins, where anything is due."""
    save_years(membership=town.admin, years={"log": 1, "sign-in": 1})
    for code in ("log", "sign-in"):
        if due(code):
            dispose(
                membership=town.admin,
                kind=kind_of(code),
                reason="満了",
                shown=digest_of(due(code)),
            )


def look_at(town: Town, person: Person, by: str = "reader") -> Entry:
    return record(
        municipality=town.municipality,
        actor=town.members[by].user,
        action=SHOWING,
        note="様式9の一覧入力（2行）",
        shown=[
            SeenRow("accounts.person", str(person.uid), "見本"),
            SeenRow("accounts.person", "0" * 8, "ほか"),
        ],
    )


def write(town: Town, body: str, by: str = "approver") -> Chapter:
    chapter = Chapter.objects.order_by("position")[0]
    return save_chapter(
        chapter=chapter,
        actor=town.members[by].user,
        title=chapter.title,
        body=body,
        guidance=chapter.guidance,
        expected_version=chapter.version,
    )


def authors(town: Town) -> set[str]:
    document = build_document(town.municipality, include_personal=False)
    return {each.username for each in authors_in([document], WHOLE).authors}


def test_who_wrote_stays_the_author(town: Town) -> None:
    chapter = write(town, "<p>代表は0422-99-1010である。</p>")
    value = HiddenValue("0422-99-1010", "様式9の電話")
    text = PrintedText("代表は0422-99-1010である。", "本文", f"chapter-{chapter.uid}")
    find = Find(value, text)
    look_at(town, town.reader.person)
    asked = authors(town), writers_of([find])
    assert "approver" in asked[0] and asked[1] == {find.key: frozenset({"approver"})}
    dispose_all(town)
    assert (authors(town), writers_of([find])) == asked
    assert Disposal.objects.get(kind="log").count == 1


def test_who_brought_a_value_stays_after_an_edition(town: Town) -> None:
    chapter = write(town, "<p>代表は0422-99-1010である。</p>")
    issued(town.municipality)
    dispose_all(town)
    told = Entry.objects.filter(target_uid=str(chapter.uid)).exclude(changes=[])
    assert [entry.actor_username for entry in told] == ["approver"]


def save_site(town: Town, name: str, row: Any = None) -> tuple[Sheet, Any]:
    spec = registry.spec("3")
    assert spec is not None
    sheet = Sheet(spec, Presentation.load(town.municipality))
    row = row or spec.model(municipality=town.municipality, row_no=1)
    row.name = name
    return sheet, save_row(
        sheet=sheet, actor=town.drafter.user, row=row, expected_version=row.version
    )


def test_a_forged_row_is_found_after_a_disposal(town: Town) -> None:
    issued(town.municipality)
    _, row = save_site(town, "本庁舎")
    look_at(town, town.reader.person)
    dispose_all(town)
    assert verify(town.municipality).faults == []
    with forged():
        type(row)._base_manager.filter(pk=row.pk).update(name="偽の庁舎")
        sentences = [fault.sentence for fault in verify(town.municipality).faults]
        assert any("本庁舎" in each and "偽の庁舎" in each for each in sentences)


def test_changes_of_what_is_gone_go_when_an_edition_has_the_whole(town: Town) -> None:
    sheet, row = save_site(town, "旧庁舎")
    uid = str(row.uid)
    delete_row(sheet=sheet, actor=town.drafter.user, row=row)
    about = Entry.objects.filter(target_uid=uid)
    assert about.count() == 2 and due("log") == []
    issued(town.municipality)
    sheet, later = save_site(town, "仮庁舎")
    delete_row(sheet=sheet, actor=town.drafter.user, row=later)
    dispose_all(town)
    assert set(about.values_list("disposed_in", flat=True)) == {1}
    assert set(
        Entry.objects.filter(target_uid=str(later.uid)).values_list("disposed_in", flat=True)
    ) == {0}
    assert verify(town.municipality).faults == []


def test_only_what_changed_nothing_goes(town: Town) -> None:
    live_through(town)
    before = set(Entry.objects.exclude(changes=[], told=[], sealed=[]).values_list("pk", flat=True))
    dispose_all(town)
    emptied = Entry.objects.exclude(disposed_in=0)
    assert emptied and not before & set(emptied.values_list("pk", flat=True))
    assert staying(kind_of("log"), 1) == Entry.objects.filter(disposed_in=0).count()


def test_a_submission_that_says_since_when_stays(town: Town) -> None:
    live_through(town)
    first = Edition.objects.get()
    issued(town.municipality, effective_on=timezone.localdate() + timedelta(days=60))
    day = date(YEARS_LATER.year, 4, 1)
    keys = {item.key for item in closed_revisions(day)}
    assert str(first.revision_uid) in keys
    with forged():
        rows(Edition).filter(sequence=2).update(coverage={"whole": False})
        assert str(first.revision_uid) not in {item.key for item in closed_revisions(day)}
    assert Revision.objects.exists()


def test_the_pages_say_what_may_be_missing(town: Town) -> None:
    person = town.reader.person
    look_at(town, person)
    place = f"/{town.municipality.code}"
    spec = registry.spec_of_model(Person)
    assert spec is not None
    lookers = reverse("annex:lookers", args=[town.municipality.code, spec.code, person.uid])
    assert gap_in_log("wareki") == ""
    dispose_all(town)
    assert not lookings_at(str(person.uid)).exists()
    year = gap_in_log("wareki").split("まで")[0]
    assert year.startswith("令和") and year.endswith("年度")
    for page in (lookers, lookers.replace("lookers", "history"), f"{place}/audit/"):
        text = town.client("drafter" if "rows" in page else "admin").get(page).content.decode()
        assert "内容を廃棄しました。そのため、ここに出ないものがあるかもしれません" in text, page
        assert "まだありません" not in text, page


def test_counts_are_entries(town: Town) -> None:
    for _ in range(3):
        look_at(town, town.reader.person)
    save_years(membership=town.admin, years={"log": 1})
    client, page = town.client("admin"), f"/{town.municipality.code}/retention/log/"
    shown = client.get(page)
    text = shown.content.decode()
    assert "廃棄するもの：3件" in text and "証拠として残る操作記録" in text
    sent = {"reason": "満了", "agreed": "on", "shown": digest_of(due("log"))}
    assert "操作記録3件を廃棄しました" in client.post(page, sent, follow=True).content.decode()
    assert "3件" in Entry.objects.get(action=DISPOSED).note
    disposal = Disposal.objects.get()
    assert disposal.count == 3 and disposal.items[0]["label"].endswith("（3件）")


@pytest.fixture
def auditor(town: Town, member: MemberFactory) -> Membership:
    town.members["auditor"] = member(Role.AUDITOR, username="auditor")
    save_years(membership=town.admin, years={"log": 1})
    look_at(town, town.reader.person)
    return town.members["auditor"]


def test_two_people_agree(town: Town, auditor: Membership) -> None:
    kind, shown = kind_of("log"), digest_of(due("log"))
    with pytest.raises(DomainError, match="確認が必要"):
        dispose(membership=town.admin, kind=kind, reason="満了", shown=shown)
    proposal = propose(membership=town.admin, kind=kind, reason="満了", shown=shown)
    assert isinstance(proposal, DisposalProposal) and not Disposal.objects.exists()
    with pytest.raises(DomainError, match="同じ人"):
        confirm(membership=town.admin, kind=kind, shown=shown)
    with pytest.raises(DomainError, match="すでに提案"):
        propose(membership=town.admin, kind=kind, reason="満了", shown=shown)
    disposal = confirm(membership=auditor, kind=kind, shown=shown)
    assert (disposal.proposed_by_username, disposal.decided_by_username) == ("admin", "auditor")
    assert "提案: " in Entry.objects.get(action=DISPOSED).note
    assert not DisposalProposal.objects.exists() and verify(town.municipality).faults == []


def test_one_human_being_is_not_two(town: Town, auditor: Membership) -> None:
    town.admin.person.name = "髙橋 花子"
    town.admin.person.save()
    auditor.person = Person.objects.create(municipality=town.municipality, name="高橋　花子")
    auditor.save()
    kind, shown = kind_of("log"), digest_of(due("log"))
    assert isinstance(
        propose(membership=town.admin, kind=kind, reason="満了", shown=shown), Disposal
    ), "nobody else could confirm"
    assert "1人で決定" in Entry.objects.get(action=DISPOSED).note


def test_a_proposal_is_withdrawn_and_cannot_be_forged(town: Town, auditor: Membership) -> None:
    kind, shown = kind_of("log"), digest_of(due("log"))
    propose(membership=town.admin, kind=kind, reason="満了", shown=shown)
    with forged():
        DisposalProposal.objects.update(reason="偽")
        with pytest.raises(DomainError, match="操作記録と一致しません"):
            confirm(membership=auditor, kind=kind, shown=shown)
    withdraw(membership=auditor, kind=kind, shown=shown)
    assert not DisposalProposal.objects.exists() and verify(town.municipality).faults == []
    with pytest.raises(DomainError, match="取り消されました"):
        confirm(membership=auditor, kind=kind, shown=shown)
    propose(membership=town.admin, kind=kind, reason="満了", shown=shown)
    record(
        municipality=town.municipality,
        actor=town.drafter.user,
        action="変更",
        target=town.municipality,
        changes=[Change("name", "名称", "甲", "乙")],
    )
    assert confirm(membership=auditor, kind=kind, shown=shown).count == 1


def test_the_homes_tell_of_it(town: Town, auditor: Membership) -> None:
    code = town.municipality.code
    page = f"/{code}/retention/log/"
    sent = {"reason": "満了による", "agreed": "on", "shown": digest_of(due("log"))}
    told = town.client("admin").post(page, sent, follow=True).content.decode()
    assert "まだ何も廃棄していません" in told and "auditor" in told
    watcher = town.client("auditor")
    assert "廃棄の提案を確かめる" in watcher.get(f"/{code}/").content.decode()
    own = town.client("admin").get(f"{page}proposal/").content.decode()
    assert "確認して廃棄する" not in own and "提案を取り消す" in own
    shown = watcher.get(f"{page}proposal/").content.decode()
    assert "確認して廃棄する" in shown and "満了による" in shown
    done = watcher.post(f"{page}proposal/", {"shown": sent["shown"]}, follow=True)
    assert "操作記録1件を廃棄しました" in done.content.decode()
    assert "廃棄の提案はありません" in watcher.get(f"{page}proposal/").content.decode()
    for name, sees in (("admin", True), ("auditor", True), ("drafter", False)):
        home = town.client(name).get(f"/{code}/").content.decode()
        assert ("記録の廃棄" in home) is sees, name
    with scope(municipality=town.municipality):
        assert Disposal.objects.get().proposed_by_username == "admin"


def test_the_page_warns_of_records_that_were_forged(town: Town) -> None:
    look_at(town, town.reader.person)
    dispose_all(town)
    address = reverse("retention:list", args=[town.municipality.code])
    client = town.client("admin")
    assert "notice-danger" not in client.get(address).content.decode()
    with forged():
        rows(Disposal).update(reason="別の理由")
        page = client.get(address).content.decode()
    assert "別の理由" in page
    warning = page.partition("notice-danger")[2].partition("廃棄できるもの")[0]
    assert "廃棄" in warning and "理由" in warning
