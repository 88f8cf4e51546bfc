"""Who sets a password or roles decides nothing with that account on what they had a part in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.audit.models import Entry
from bcp_portal.members import services
from bcp_portal.members.decision_codes import WRONG, issue_code, take_code
from bcp_portal.members.models import AccountNotice, DecisionCode
from bcp_portal.members.notices import confirm_notices
from bcp_portal.ui.errors import DomainError
from plans.revisions.decisions import UNREAD, Wish
from plans.revisions.page import RevisionPage
from plans.revisions.route_services import save_account_wait
from plans.revisions.sheet import approval_sheet
from tests.plans.revisions.conftest import APPROVE, CHECK, Town

PASSWORD = "aoi-yama-9274"


@contextmanager
def later(hours: float) -> Iterator[None]:
    """Let the clock of the program stand some hours later."""
    moment = timezone.now() + timedelta(hours=hours)
    with patch("django.utils.timezone.now", return_value=moment):
        yield


def confirm(member: Membership) -> None:
    confirm_notices(membership=member, up_to=10**9)


def set_password(town: Town, by: str, of: str) -> None:
    services.issue_initial_password(
        membership=town.members[of], actor=town.members[by].user, initial_password=PASSWORD
    )
    confirm(town.members[of])


@pytest.fixture
def town_of_two_admins(town: Town) -> Town:
    """The drafter is 団体管理者 too, beside another one."""
    town.drafter.roles = ["editor", "admin"]
    town.drafter.save()
    town.set_route(APPROVE)
    return town


def refused(town: Town, revision: Any, by: str, words: str, step: int = 0, **values: Any) -> None:
    with pytest.raises(DomainError, match=words):
        town.decide(revision, by, step, **values)


def test_the_drafter_sets_the_password_of_the_approver(town_of_two_admins: Town) -> None:
    town = town_of_two_admins
    revision = town.submitted()
    set_password(town, "drafter", "approver")
    words = "drafterが.*初期パスワードを発行しました.*確認コードがないと決定できません"
    refused(town, revision, "approver", words)
    refused(town, revision, "approver", words, wish=Wish.RETURN, comment="直す")
    with later(23.9):
        refused(town, revision, "approver", words)
    with later(24.1):
        assert town.decide(revision, "approver", 0).decision.circumstances == ""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("what", ["password", "roles", "again"])
def test_before_or_after_the_submit_password_roles_or_reopening(
    town_of_two_admins: Town, when: str, what: str
) -> None:
    town = town_of_two_admins

    def attack() -> None:
        actor = town.drafter.user
        if what == "password":
            set_password(town, "drafter", "approver")
        elif what == "roles":
            services.change_member(
                membership=town.approver,
                actor=actor,
                display_name="approver",
                roles=["approver", "viewer"],
                department=None,
                person=town.approver.person,
            )
        else:
            services.deactivate_member(membership=town.approver, actor=actor)
            services.reactivate_member(membership=town.approver, actor=actor)
        confirm(town.approver)

    if when == "before":
        attack()
    revision = town.submitted()
    if when == "after":
        attack()
    refused(town, revision, "approver", "確認コードがない")


def test_who_set_the_account_of_the_drafter_does_not_decide_either(town: Town) -> None:
    """Who made the drafting account could have signed in with it, and would approve their own."""
    town.approver.roles = ["approver", "admin"]
    town.approver.save()
    town.set_route(APPROVE)
    set_password(town, "approver", "drafter")
    revision = town.submitted()
    words = (
        "利用者「drafter」は、approverが.*初期パスワードを発行しました。その利用者がこの改定の起案・作成・確認に"
        "関わっているため、.*approverは.*まで.*確認コードがないと決定できません"
    )
    refused(town, revision, "approver", words)
    page = f"/{town.municipality.code}/revisions/{revision.uid}/"
    said = town.client("approver").get(page).content.decode()
    assert re.search(
        "利用者「drafter」は、approverが.*あなたは.*確認コードがないと決定できません", said
    )
    own = issue_code(membership=town.approver, actor=town.drafter.user)
    confirm(town.approver)
    refused(town, revision, "approver", "この確認コードを発行した人", code=own)
    code = issue_code(membership=town.approver, actor=town.members["admin"].user)
    confirm(town.approver)
    beside = town.decide(revision, "approver", 0, code=code).decision.circumstances
    assert re.search("利用者「drafter」は、approverが.*確認コード（発行：admin", beside)


def test_who_set_the_drafter_through_another_account_waits_too(town: Town) -> None:
    for name in ("approver", "admin"):
        town.members[name].roles = [*town.members[name].roles, "admin"]
        town.members[name].save()
    town.set_route(APPROVE)
    set_password(town, "approver", "admin")
    set_password(town, "admin", "drafter")
    revision = town.submitted()
    words = "利用者「drafter」は、adminが.*利用者「admin」は、approverが.*確認コードがないと決定できません"
    refused(town, revision, "approver", words)
    with later(24.1):
        assert town.decide(revision, "approver", 0).decision.circumstances == ""


def test_a_password_set_by_somebody_without_a_part_holds_nobody_up(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    set_password(town, "admin", "approver")
    said = "見本 approverの利用者は、adminが.*に初期パスワードを発行しました。"
    page = (
        town.client("drafter")
        .get(f"/{town.municipality.code}/revisions/{revision.uid}/")
        .content.decode()
    )
    assert re.search(said, page)
    decision = town.decide(revision, "approver", 0).decision
    assert re.fullmatch(said, decision.circumstances)


def test_after_a_day_nothing_is_said_of_who_set_it(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    set_password(town, "admin", "approver")
    with later(24.1):
        assert town.decide(revision, "approver", 0).decision.circumstances == ""


def test_who_checked_does_not_approve_through_an_account_they_set(town: Town) -> None:
    town.checker.roles = ["checker", "admin"]
    town.checker.save()
    revision = town.submitted()
    set_password(town, "checker", "approver")
    town.decide(revision, "checker", 0)
    refused(town, revision, "approver", "確認コードがない", step=1)


def test_an_administrator_made_by_the_drafter_is_the_drafter(town_of_two_admins: Town) -> None:
    town = town_of_two_admins
    revision = town.submitted()
    straw = services.add_member(
        municipality=town.municipality,
        actor=town.drafter.user,
        username="wara",
        initial_password=PASSWORD,
        roles=["admin"],
        department=None,
        name="藁 人形",
    )
    services.issue_initial_password(
        membership=town.approver, actor=straw.user, initial_password=PASSWORD
    )
    confirm(town.approver)
    refused(town, revision, "approver", "確認コードがない")
    code = issue_code(membership=town.approver, actor=straw.user)
    confirm(town.approver)
    made = "発行した人の利用者は、drafterが.*作り、初期パスワードを発行しました.*までは、その人が"
    refused(town, revision, "approver", made, code=code)


def test_a_code_of_another_administrator_serves_once_and_is_named(
    town_of_two_admins: Town,
) -> None:
    town = town_of_two_admins
    revision = town.submitted()
    set_password(town, "drafter", "approver")
    own = issue_code(membership=town.approver, actor=town.drafter.user)
    confirm(town.approver)
    refused(town, revision, "approver", "発行した人は、この改定の起案・作成・確認に", code=own)
    code = issue_code(membership=town.approver, actor=town.admin.user)
    confirm(town.approver)
    refused(town, revision, "approver", WRONG, code=own)
    refused(town, revision, "approver", WRONG, code="aaaa-bbbb-cccc")
    decision = town.decide(revision, "approver", 0, code=code.upper()).decision
    assert "確認コード（発行：admin" in decision.circumstances
    assert town.issued[0].deciders[0]["circumstances"] == decision.circumstances
    assert DecisionCode.objects.get().used_at is not None
    with pytest.raises(DomainError, match=WRONG):
        take_code(town.approver, code, not_from={})
    assert code not in str(list(Entry.objects.values_list("changes", "note")))
    sheet = approval_sheet(RevisionPage(revision))
    assert decision.circumstances in [
        n for _, boxes in sheet.groups for b in boxes for n in b.notes
    ]


def test_a_code_ends_and_nobody_issues_one_for_themselves(town_of_two_admins: Town) -> None:
    town = town_of_two_admins
    revision = town.submitted()
    set_password(town, "drafter", "approver")
    code = issue_code(membership=town.approver, actor=town.admin.user)
    confirm(town.approver)
    DecisionCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    refused(town, revision, "approver", WRONG, code=code)
    with pytest.raises(DomainError, match="自分の確認コード"):
        issue_code(membership=town.admin, actor=town.admin.user)


def test_the_operator_opens_the_first_day_of_a_new_town(town_of_two_admins: Town) -> None:
    """One administrator, who drafts and made all accounts: the first plan is decided today."""
    town = town_of_two_admins
    town.admin.is_active = False
    town.admin.save()
    town.set_route(CHECK, APPROVE)
    for name in ("checker", "approver"):
        set_password(town, "drafter", name)
    revision = town.submitted()
    for step, name in enumerate(("checker", "approver")):
        out = StringIO()
        call_command("issue_decision_code", town.municipality.code, name, stdout=out)
        code = out.getvalue().split("\t")[1].split()[0]
        confirm(town.members[name])
        decision = town.decide(revision, name, step, code=code).decision
        assert "システムの運用者" in decision.circumstances
    assert len(town.issued) == 1
    with pytest.raises(CommandError, match="使われていません"):
        call_command("issue_decision_code", town.municipality.code, "nobody")


def test_a_small_office_switches_the_wait_off_and_it_is_printed(town_of_two_admins: Town) -> None:
    town = town_of_two_admins
    with pytest.raises(DomainError, match="理由"):
        save_account_wait(
            membership=town.admin, hours=24, is_off=True, reason=" ", expected_version=1
        )
    setting = save_account_wait(
        membership=town.admin, hours=24, is_off=True, reason="1人のため", expected_version=1
    )
    set_password(town, "drafter", "approver")
    revision = town.submitted()
    shown = town.client("reader").get(f"/{town.municipality.code}/revisions/{revision.uid}/")
    assert "drafterが" in shown.content.decode()
    save_account_wait(
        membership=town.admin, hours=24, is_off=False, reason="", expected_version=setting.version
    )
    refused(town, revision, "approver", "確認コードがない")  # on again holds at once
    save_account_wait(
        membership=town.admin,
        hours=24,
        is_off=True,
        reason="1人のため",
        expected_version=setting.version + 1,
    )
    said = town.decide(revision, "approver", 0).decision.circumstances
    assert "drafterが" in said and "待ち時間を置かない設定により決定" in said
    assert town.issued[0].deciders[0]["circumstances"] == said


def test_switching_it_off_does_not_reach_what_was_submitted(town_of_two_admins: Town) -> None:
    town = town_of_two_admins
    revision = town.submitted()
    set_password(town, "drafter", "approver")
    save_account_wait(
        membership=town.admin, hours=1, is_off=True, reason="急ぐため", expected_version=1
    )
    with later(2):
        refused(town, revision, "approver", "確認コードがない")


def test_the_owner_is_told_and_confirms_before_deciding(town_of_two_admins: Town) -> None:
    town = town_of_two_admins
    revision = town.submitted()
    services.issue_initial_password(
        membership=town.approver, actor=town.admin.user, initial_password=PASSWORD
    )
    refused(town, revision, "approver", UNREAD)
    town.approver.user.refresh_from_db()
    services.change_password(user=town.approver.user, new_password="kawa-no-42", address="")
    client = town.client("approver")
    home = client.get(f"/{town.municipality.code}/")
    page = home.content.decode()
    assert "初期パスワードを発行しました" in page and "admin（" in page
    last = str(home.context["last_notice"])
    # what comes after the page was shown stays
    issue_code(membership=town.approver, actor=town.admin.user)
    client.post(f"/{town.municipality.code}/notices/confirm/", {"last": last})
    assert [each.text for each in AccountNotice.objects.filter(confirmed_at=None)] == [
        "確認コードを発行しました。"
    ]
    confirm(town.approver)
    assert (
        "ほかの人が設定したこと" not in client.get(f"/{town.municipality.code}/").content.decode()
    )
    town.decide(revision, "approver", 0)


def test_the_page_asks_for_the_code_and_takes_it(town_of_two_admins: Town) -> None:
    town = town_of_two_admins
    revision = town.submitted()
    set_password(town, "drafter", "approver")
    town.approver.user.refresh_from_db()
    services.change_password(user=town.approver.user, new_password="kawa-no-42", address="")
    url = f"/{town.municipality.code}/revisions/{revision.uid}/"
    page = town.client("approver").get(url).content.decode()
    assert 'name="code"' in page and "あなたの利用者は、drafterが" in page
    digest = revision.submissions.get().digest
    data = {"step": 0, "seat": 0, "digest": digest}
    answer = town.client("approver").post(f"{url}decide/", data)
    assert answer.status_code == 422 and "確認コードがないと" in answer.content.decode()
    admin = town.client("admin").post(
        f"/{town.municipality.code}/people/{town.approver.pk}/decision-code/"
    )
    code = admin.context["code"]
    confirm(town.approver)
    assert town.client("approver").post(f"{url}decide/", {**data, "code": code}).status_code == 302
    assert "確認コード（発行：admin" in town.client("reader").get(url).content.decode()
