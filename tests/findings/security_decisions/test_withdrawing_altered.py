"""A revision altered outside the program can be withdrawn as the text says, and the warning stays."""

from typing import Any

import pytest

from bcp_portal.audit.models import Entry
from bcp_portal.ui.errors import DomainError
from plans.models import Revision, Submission
from plans.revisions import issuing
from plans.revisions.revision_proof import revision_fault
from plans.revisions.withdrawal import withdraw_revision
from tests.findings.proofs_town import rows
from tests.plans.revisions.conftest import Town


def withdraw(town: Town, revision: Revision, *, keep_draft: bool) -> Revision:
    return withdraw_revision(revision=revision, membership=town.drafter, keep_draft=keep_draft)


@pytest.mark.parametrize("state", ["submitted", "draft"])
def test_an_altered_revision_is_given_up_with_the_warning_in_the_log(
    town: Town, state: str
) -> None:
    revision = town.submitted() if state == "submitted" else town.draft()
    rows(Revision).filter(pk=revision.pk).update(drafter_name="偽 起案")
    page = town.client("drafter").get(f"/{town.municipality.code}/revisions/{revision.uid}/")
    assert "書き換えられています" in page.content.decode()
    if state == "submitted":
        with pytest.raises(DomainError, match="「この改定をやめる」を選び"):
            withdraw(town, revision, keep_draft=True)
    url = f"/{town.municipality.code}/revisions/{revision.uid}/withdraw/"
    form = town.client("drafter").get(url)
    assert form.context["form"].initial["end"] == "give_up"
    answer = town.client("drafter").post(url, {"end": "give_up"})
    assert answer.status_code == 302
    revision.refresh_from_db()
    assert revision.state == "withdrawn"
    entry = Entry.objects.get(action="改定の取下げ")
    assert "改定を取りやめました。" in entry.note and "書き換えられています" in entry.note
    # Nothing was sealed again: later readers are still warned.
    assert "書き換えられています" in revision_fault(revision)
    assert town.draft() != revision


def test_an_altered_submission_is_taken_back_and_stays_warned_of(town: Town) -> None:
    revision = town.submitted()
    rows(Submission).update(submitted_by_name="偽 提出")
    assert "書き換えられています" in revision_fault(revision)
    withdraw(town, revision, keep_draft=True)
    revision.refresh_from_db()
    assert revision.state == "draft" and Submission.objects.get().state == "withdrawn"
    assert "書き換えられています" in revision_fault(revision)
    # The draft goes on: the revision itself is as it was written.
    again = town.submit(revision)
    assert again.number == 2


def test_an_issue_that_fails_seals_nothing_that_was_altered(town: Town, monkeypatch: Any) -> None:
    def failing(**values: Any) -> Any:
        revision = Revision.objects.get()
        rows(Revision).filter(pk=revision.pk).update(drafter_name="偽 起案")
        raise DomainError("作れませんでした。")

    monkeypatch.setattr(issuing, "issue_edition", failing)
    revision = town.submitted()
    town.decide(revision, "checker", 0)
    town.decide(revision, "approver", 1)
    revision.refresh_from_db()
    assert revision.state == "issue_failed"
    assert "書き換えられています" in revision_fault(revision)


def test_no_edition_names_a_drafter_who_was_put_in(town: Town, monkeypatch: Any) -> None:
    begin = issuing.order_of

    def forging(revision: Revision) -> Any:
        rows(Revision).update(drafter_name="偽 起案")
        return begin(Revision.objects.get(pk=revision.pk))

    revision = town.submitted()
    town.decide(revision, "checker", 0)
    monkeypatch.setattr(issuing, "order_of", forging)
    town.decide(revision, "approver", 1)
    revision.refresh_from_db()
    assert revision.state == "issue_failed" and town.issued == []
