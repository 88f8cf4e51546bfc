"""Who proposes a disposal does not confirm it through an account that he set, made or renamed."""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.disposal import DISPOSED
from bcp_portal.audit.models import Disposal, Entry
from bcp_portal.audit.verification import verify
from bcp_portal.members import services
from bcp_portal.members.decision_codes import issue_code
from bcp_portal.members.notices import confirm_notices
from bcp_portal.retention.proposals import confirm, propose
from bcp_portal.retention.services import digest_of, save_years
from bcp_portal.ui.errors import DomainError
from plans.revisions.models.route import ApprovalSetting
from tests.conftest import MemberFactory
from tests.findings.proofs_town import forged, rows
from tests.findings.test_retention_decides_nothing import due, kind_of, later, look_at
from tests.findings.test_secret_claim_persons import renamed
from tests.plans.revisions.conftest import Town, town

__all__ = ["later", "town"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(town: Town, member: MemberFactory) -> Iterator[Membership]:
    found = town.members["auditor"] = member(Role.AUDITOR, Role.ADMIN, username="auditor")
    save_years(membership=town.admin, years={"log": 1})
    look_at(town, town.reader.person)
    yield found


def set_password(by: Membership, of: Membership) -> None:
    services.issue_initial_password(membership=of, actor=by.user, initial_password="aoi-yama-9274")
    type(of.user).objects.filter(pk=of.user_id).update(password_is_initial=False)
    of.user.refresh_from_db()


def read_notices(membership: Membership) -> None:
    confirm_notices(membership=membership, up_to=10**9)


def proposed(by: Membership) -> str:
    shown = digest_of(due("log"))
    propose(membership=by, kind=kind_of("log"), reason="満了", shown=shown)
    return shown


def refused(by: Membership, shown: str, words: str, code: str = "") -> None:
    with pytest.raises(DomainError, match=words):
        confirm(membership=by, kind=kind_of("log"), shown=shown, code=code)
    assert not Disposal.objects.exists()


def test_an_account_that_the_proposer_set_waits_or_brings_a_code(
    town: Town, auditor: Membership, member: MemberFactory
) -> None:
    set_password(town.admin, auditor)
    shown = proposed(town.admin)
    refused(auditor, shown, "お知らせがあります")
    read_notices(auditor)
    waits = "初期パスワードを発行しました.*確認コードがないと確認できません"
    refused(auditor, shown, waits)
    own = issue_code(membership=auditor, actor=town.admin.user)
    read_notices(auditor)
    refused(auditor, shown, "この確認コードを発行した人は、この廃棄を提案した人", own)
    page = f"/{town.municipality.code}/retention/log/proposal/"
    text = town.client("auditor").get(page).content.decode()
    assert "確認コードがないと確認できません" in text and 'name="code"' in text
    code = issue_code(membership=auditor, actor=member(Role.ADMIN, username="other").user)
    read_notices(auditor)
    disposal = confirm(membership=auditor, kind=kind_of("log"), shown=shown, code=code)
    for told in (disposal.circumstances, Entry.objects.get(action=DISPOSED).note):
        assert "初期パスワードを発行しました" in told and "確認コード（発行：other" in told
    assert verify(town.municipality).faults == []
    listed = town.client("admin").get(f"/{town.municipality.code}/retention/").content.decode()
    assert disposal.circumstances in listed
    with forged():
        rows(Disposal).update(circumstances="")
        assert any("廃棄" in fault.sentence for fault in verify(town.municipality).faults)


def test_a_proposal_of_a_second_account_is_not_confirmed_by_who_set_it(
    town: Town, auditor: Membership
) -> None:
    set_password(town.admin, auditor)
    read_notices(auditor)
    shown = proposed(auditor)
    refused(
        town.admin,
        shown,
        "利用者「auditor」は、adminが.*しました。その利用者はこの廃棄を提案した人のもの.*確認コードがない",
    )
    own = issue_code(membership=town.admin, actor=auditor.user)
    read_notices(town.admin)
    refused(town.admin, shown, "使えません", own)


def test_the_wait_ends_and_is_not_shortened_by_the_settings(
    town: Town, auditor: Membership
) -> None:
    ApprovalSetting.objects.update_or_create(
        municipality=town.municipality,
        defaults={"account_wait_hours": 1, "account_wait_off": True},
    )
    set_password(town.admin, auditor)
    read_notices(auditor)
    shown = proposed(town.admin)
    with patch(
        "django.utils.timezone.now", return_value=timezone.now() + timedelta(hours=23, minutes=50)
    ):
        refused(auditor, shown, "確認コードがない")
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(hours=25)):
        disposal = confirm(membership=auditor, kind=kind_of("log"), shown=shown)
    assert disposal.circumstances == ""


def test_what_somebody_else_set_is_said(
    town: Town, auditor: Membership, member: MemberFactory
) -> None:
    set_password(member(Role.ADMIN, username="other"), auditor)
    read_notices(auditor)
    shown = proposed(town.admin)
    page = f"/{town.municipality.code}/retention/log/proposal/"
    assert "otherが" in town.client("auditor").get(page).content.decode()
    disposal = confirm(membership=auditor, kind=kind_of("log"), shown=shown)
    assert "otherが" in disposal.circumstances and "確認コード" not in disposal.circumstances


def test_an_entry_renamed_by_the_proposer_is_the_same_person(
    town: Town, auditor: Membership
) -> None:
    auditor.person = type(town.admin.person).objects.create(
        municipality=town.municipality, name="監査 二"
    )
    auditor.save()
    shown = proposed(town.admin)
    renamed(auditor.person, "別の 名", town.admin)
    refused(auditor, shown, "提案の後に")
    page = f"/{town.municipality.code}/retention/log/proposal/"
    text = town.client("auditor").get(page).content.decode()
    assert "提案の後に" in text and "確認して廃棄する" not in text
