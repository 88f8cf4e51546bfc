"""The exception ends, values are seen, the sheet stays as submitted."""

from typing import Any

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.models import Entry
from bcp_portal.ui.errors import DomainError
from plans.comparison.layout import Layout
from plans.comparison.models import ComparisonSetting
from plans.document.coverage import Coverage
from plans.issuing.services import issue_edition
from plans.models import Edition, Plan, Revision
from plans.revisions import issuing
from plans.revisions.involvement import OWN_DRAFT
from plans.revisions.page import RevisionPage
from plans.revisions.route_services import approval_setting, save_small_office
from plans.revisions.sheet import approval_sheet
from plans.revisions.sheet_print import comparison_sheet
from systems.annexes.contacts import CONTACTS
from systems.models import EmergencyContact
from tests.plans.editions.making import quick_prints
from tests.plans.revisions.conftest import APPROVE, CHECK, Town

IN_USE = "少人数の特例を使っています"


def switch(town: Town, *, is_on: bool) -> None:
    version = approval_setting(town.municipality).version
    reason = "1人のため" if is_on else ""
    save_small_office(membership=town.admin, is_on=is_on, reason=reason, expected_version=version)


def page(town: Town, by: str, revision: Revision, name: str = "") -> str:
    path = f"/{town.municipality.code}/revisions/{revision.uid}/{name}"
    return town.client(by).get(path).content.decode()


def test_switched_off_it_is_over_for_what_was_submitted(town: Town) -> None:
    town.drafter.roles = ["editor", "checker", "approver"]
    town.drafter.save()
    switch(town, is_on=True)
    revision = town.submitted()
    assert IN_USE in page(town, "reader", revision)
    switch(town, is_on=False)
    assert IN_USE not in page(town, "reader", revision)
    switch(town, is_on=True)
    assert IN_USE not in page(town, "reader", revision)
    with pytest.raises(DomainError, match=OWN_DRAFT):
        town.decide(revision, "drafter", 0)
    town.decide(revision, "checker", 0)
    town.decide(revision, "approver", 1)
    assert town.issued[0].drafter["small_office"] is False
    assert approval_sheet(RevisionPage(revision)).exception == ""


def test_what_ran_under_it_to_the_end_says_so_for_ever(town: Town) -> None:
    town.drafter.roles = ["editor", "checker"]
    town.drafter.save()
    switch(town, is_on=True)
    revision = town.submitted()
    town.decide(revision, "drafter", 0)
    town.decide(revision, "approver", 1)
    switch(town, is_on=False)
    revision.refresh_from_db()
    assert IN_USE in page(town, "reader", revision)
    assert "少人数の特例により" in approval_sheet(RevisionPage(revision)).exception


@pytest.fixture
def changed_number(town: Town, monkeypatch: Any) -> Revision:
    """A revision of 様式9 in which a mobile number changes."""
    Plan.objects.update(annex_numbers=[9])
    monkeypatch.setattr(issuing, "issue_edition", issue_edition)
    sheet = Sheet.of(CONTACTS, town.municipality)
    row = EmergencyContact(
        municipality=town.municipality,
        kind="staff",
        person=town.reader.person,
        mobile="090-0000-0001",
    )
    save_row(sheet=sheet, actor=None, row=row, expected_version=0)
    town.set_route(APPROVE)
    with quick_prints():
        town.decide(town.submitted(), "approver", 0)
    row = EmergencyContact.objects.get(uid=row.uid)
    row.mobile = "090-0000-0007"
    save_row(sheet=sheet, actor=town.writer.user, row=row, expected_version=row.version)
    mayor = type(APPROVE)("市長の承認", APPROVE.action, (type(APPROVE.seats[0])(role="head"),))
    town.set_route(CHECK, mayor, kind="contacts")
    return town.submitted(kind="contacts", coverage=Coverage.of([], [9]))


def test_checker_and_head_see_what_they_decide_on_and_each_look_is_noted(
    town: Town, changed_number: Revision
) -> None:
    revision = changed_number
    url = f"/{town.municipality.code}/revisions/{revision.uid}/"
    looks = Entry.objects.filter(action="個人情報の表示")
    assert "090-0000-0007" not in page(town, "checker", revision)
    for name in ("reader", "head", "admin"):
        assert town.client(name).post(url).status_code == 403, name
    assert looks.count() == 0
    answer = town.client("checker").post(url)
    assert "090-0000-0001" in answer.content.decode() and "090-0000-0007" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store" and looks.count() == 1
    assert town.client("checker").post(f"{url}content/").status_code == 200
    assert looks.count() == 2 and {each.actor_username for each in looks} == {"checker"}
    town.decide(revision, "checker", 0)
    assert town.client("checker").post(url).status_code == 403
    assert "090-0000-0007" in town.client("head").post(url).content.decode()


def test_the_comparison_page_shows_them_too_while_the_decision_is_open(
    town: Town, changed_number: Revision
) -> None:
    revision = changed_number
    submission = revision.submissions.get()
    issued = f"edition-{Edition.objects.get().uid}"
    base = f"/{town.municipality.code}/compare"
    url = f"{base}/{issued}/submission-{submission.uid}/"
    looks = Entry.objects.filter(action="個人情報の表示")
    asked = {"personal": "1"}
    for name in ("reader", "head", "admin"):
        assert town.client(name).post(url, asked).status_code == 403, name
    masked = town.client("checker").get(url).content.decode()
    assert "090-0000-0007" not in masked and "個人の電話番号等も表示する" in masked
    assert looks.count() == 0
    shown = town.client("checker").post(url, asked).content.decode()
    assert "090-0000-0001" in shown and "090-0000-0007" in shown
    entry = looks.get()
    assert entry.actor_username == "checker" and "新旧対照表の画面" in entry.note
    # Only what is decided on is open: no file, no other pair.
    assert "受け取るファイルでは、個人の電話番号等は伏せ字" in shown
    assert town.client("checker").post(f"{url}word/", asked).status_code == 403
    assert town.client("checker").post(f"{base}/{issued}/working/", asked).status_code == 403
    town.decide(revision, "checker", 0)
    assert town.client("checker").post(url, asked).status_code == 403
    assert "090-0000-0007" in town.client("head").post(url, asked).content.decode()
    assert looks.count() == 2


def test_the_sheet_reads_nothing_of_today(town: Town, changed_number: Revision) -> None:
    revision = changed_number
    before = approval_sheet(RevisionPage(Revision.objects.get(pk=revision.pk)))
    page_before = RevisionPage(Revision.objects.get(pk=revision.pk))
    table = comparison_sheet(page_before, page_before.submission, Layout())
    assert before.title == "見本市 ICT業務継続計画の連絡先について"
    Plan.objects.update(title="まったく別の題")
    Municipality.objects.update(name="新しい市", date_style="seireki")
    Revision.objects.filter(pk=revision.pk).update(kind="major", reason="別の理由")
    ComparisonSetting.objects.create(
        municipality=town.municipality, draft_new_title="新", column_order="old_first"
    )
    after = approval_sheet(RevisionPage(Revision.objects.get(pk=revision.pk)))
    assert after == before
    page_after = RevisionPage(Revision.objects.get(pk=revision.pk))
    assert comparison_sheet(page_after, page_after.submission, Layout("x", "y")) == table
