"""Who says that a find is no secret does not confirm it through another entry or account."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from bcp_portal.accounts.models import Membership, Person, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import Change, record
from bcp_portal.members import services
from bcp_portal.members.decision_codes import issue_code
from bcp_portal.members.notices import confirm_notices
from bcp_portal.ui.errors import DomainError
from plans.claims.models import ClaimState, PublicClaim
from plans.public_check.claim_services import claim_not_secret, confirm_claim
from plans.revisions.models.route import ApprovalSetting
from tests.conftest import MemberFactory
from tests.findings.test_secret_claims import signed_in, the_find, town, with_person

__all__ = ["town"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town", "in_scope")]
NAME = "起案 一"


@pytest.fixture
def claimant(member: MemberFactory) -> Membership:
    return with_person(member(Role.EDITOR, Role.ADMIN, username="kian"), NAME)


@pytest.fixture
def checker(member: MemberFactory) -> Membership:
    return with_person(member(Role.CHECKER, username="kakunin"), "確認 二")


def claimed(by: Membership) -> PublicClaim:
    return claim_not_secret(find=the_find(), membership=by, reason="代表番号")


def set_password(by: Membership, of: Membership) -> None:
    services.issue_initial_password(membership=of, actor=by.user, initial_password="aoi-yama-9274")


def read_notices(membership: Membership) -> None:
    confirm_notices(membership=membership, up_to=10**9)


def refused(claim: PublicClaim, by: Membership, words: str, code: str = "") -> None:
    with pytest.raises(DomainError, match=words):
        confirm_claim(claim=claim, membership=by, code=code)
    claim.refresh_from_db()
    assert claim.state == ClaimState.PROPOSED


def renamed(person: Person, name: str, by: Membership) -> None:
    before, person.name = person.name, name
    person.save()
    record(
        municipality=person.municipality,
        actor=by.user,
        action="変更",
        target=person,
        changes=[Change("name", "氏名", before, name)],
    )


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_account_whose_password_the_claimant_set_waits_or_brings_a_code(
    claimant: Membership, checker: Membership, member: MemberFactory, when: str
) -> None:
    if when == "before":
        set_password(claimant, checker)
    claim = claimed(claimant)
    if when == "after":
        set_password(claimant, checker)
    refused(claim, checker, "お知らせがあります")
    read_notices(checker)
    words = "kian.*初期パスワードを発行しました.*確認コードがないと確認できません"
    refused(claim, checker, words)
    own = issue_code(membership=checker, actor=claimant.user)
    read_notices(checker)
    refused(claim, checker, "発行した人は、この申出をした人", own)
    refused(claim, checker, "確認コードが違う", "aaaa-bbbb-cccc")
    User.objects.update(password_is_initial=False)
    checker.user.refresh_from_db()
    page = signed_in(checker).get(f"/{checker.municipality.code}/public/check/").content.decode()
    assert "確認コードがないと確認できません" in page and 'name="code"' in page
    code = issue_code(membership=checker, actor=member(Role.ADMIN, username="other").user)
    read_notices(checker)
    assert confirm_claim(claim=claim, membership=checker, code=code).state == ClaimState.CONFIRMED
    note = Entry.objects.order_by("-sequence").values_list("note", flat=True)[0]
    assert "初期パスワードを発行しました" in note and "確認コード（発行：" in note


def test_the_wait_ends_and_is_not_shortened_by_the_settings(
    claimant: Membership, checker: Membership
) -> None:
    ApprovalSetting.objects.create(
        municipality=checker.municipality, account_wait_hours=1, account_wait_off=True
    )
    claim = claimed(claimant)
    set_password(claimant, checker)
    read_notices(checker)
    for hours, may in ((23.9, False), (24.1, True)):
        moment = timezone.now() + timedelta(hours=hours)
        with patch("django.utils.timezone.now", return_value=moment):
            if may:
                assert confirm_claim(claim=claim, membership=checker).state == "confirmed"
            else:
                refused(claim, checker, "確認コードがない")


def test_a_password_set_by_somebody_else_holds_nobody_up(
    claimant: Membership, checker: Membership, member: MemberFactory
) -> None:
    claim = claimed(claimant)
    set_password(member(Role.ADMIN, username="other"), checker)
    read_notices(checker)
    assert confirm_claim(claim=claim, membership=checker).state == ClaimState.CONFIRMED


@pytest.mark.parametrize("renames", ["claimant", "checker"])
def test_an_entry_of_the_same_name_renamed_after_the_statement_is_the_same_person(
    claimant: Membership, checker: Membership, renames: str
) -> None:
    assert checker.person is not None
    Person.objects.filter(pk=checker.person.pk).update(name=NAME)
    checker.person.refresh_from_db()
    claim = claimed(claimant)
    renamed(checker.person, "別の 名", claimant if renames == "claimant" else checker)
    refused(claim, checker, "申出の後に")


def test_an_account_tied_to_another_person_by_the_claimant_is_the_same_person(
    claimant: Membership, checker: Membership
) -> None:
    claim = claimed(claimant)
    services.change_member(
        membership=checker,
        actor=claimant.user,
        display_name="kakunin",
        roles=["checker"],
        department=None,
        person=Person.objects.create(municipality=checker.municipality, name="新 三"),
    )
    read_notices(checker)
    checker.refresh_from_db()
    refused(claim, checker, "申出の後に")


def test_who_is_tied_to_nobody_neither_states_nor_confirms(
    claimant: Membership, member: MemberFactory
) -> None:
    with pytest.raises(DomainError, match="職員・関係者と結び付いていない"):
        claimed(member(Role.EDITOR, username="nobody"))
    refused(claimed(claimant), member(Role.CHECKER, username="none"), "結び付いていない")
