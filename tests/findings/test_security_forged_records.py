"""Nothing is decided or issued on records that somebody forged in the database."""

import pytest
from django.urls import reverse

from bcp_portal.audit.models import ChainHead, Entry
from bcp_portal.audit.verification import verify
from bcp_portal.ui.errors import DomainError
from plans.models import ApprovalSetting, Decision, Revision, SubmittedContent
from plans.revisions.route_services import save_account_wait
from plans.revisions.withdrawal import withdraw_revision
from tests.findings.proofs_town import forged, rows
from tests.findings.test_security_proofs import forge_text
from tests.plans.revisions.conftest import Town, town

__all__ = ["town"]


def test_nothing_is_decided_or_issued_on_forged_records(town: Town) -> None:
    revision = town.submitted()
    with forged():
        rows(Revision).filter(pk=revision.pk).update(drafter_name="偽 起案")
        with pytest.raises(DomainError, match="何も書き込めません"):
            town.decide(revision, "checker", 0)
    with forged():
        forge_text(SubmittedContent, "document")
        with pytest.raises(DomainError, match="決定も発行もできません"):
            town.decide(revision, "checker", 0)
    town.decide(revision, "checker", 0)
    with forged():
        rows(Decision).update(comment="偽の意見")
        with pytest.raises(DomainError, match="決定も発行もできません"):
            town.decide(revision, "approver", 1)
    town.decide(revision, "approver", 1)


@pytest.mark.parametrize("put_in", [True, False])
def test_an_exception_nobody_of_the_program_wrote_lets_nobody_decide(
    town: Town, put_in: bool
) -> None:
    """A row of the settings that was put in, or altered, says who may decide their own draft."""
    if not put_in:
        wait = {"hours": 12, "is_off": False, "reason": "", "expected_version": 1}
        save_account_wait(membership=town.admin, **wait)
    revision = town.submitted()
    routes = reverse("revisions:routes", args=[town.municipality.code])
    assert "改ざん" not in town.client("admin").get(routes).content.decode()
    if put_in:
        ApprovalSetting.objects.create(
            municipality=town.municipality, version=2, small_office=True, small_office_reason="偽"
        )
    else:
        rows(ApprovalSetting).update(small_office=True, small_office_reason="偽")
    told = "操作記録にないのに挿入" if put_in else "記録の後に書き換えられています"
    with pytest.raises(DomainError, match=told):
        town.decide(revision, "checker", 0)
    assert told in town.client("admin").get(routes).content.decode()
    withdraw_revision(revision=revision, membership=town.drafter, keep_draft=True)
    with pytest.raises(DomainError, match=told):
        town.submit(revision)


def test_a_town_without_editions_misses_its_log_too(town: Town) -> None:
    town.draft()
    rows(Entry)._raw_delete("default")
    rows(ChainHead)._raw_delete("default")
    assert any("1件もありません" in each.sentence for each in verify(town.municipality).faults)
