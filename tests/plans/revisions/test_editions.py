"""From approval to edition: with the real issue, its PDFs being a few bytes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone

from bcp_portal.ui.errors import DomainError
from plans.document.coverage import Coverage
from plans.editions.models.edition import Edition
from plans.issuing.services import issue_edition
from plans.models import Chapter, Revision
from plans.revisions import issuing
from plans.revisions.draft_services import log
from plans.revisions.prospective_changes import Prospect
from plans.revisions.remarks import places
from tests.plans.editions.making import quick_prints, spec
from tests.plans.revisions.conftest import APPROVE, Town
from tests.rows import make_row


@pytest.fixture
def issuing_town(town: Town, monkeypatch: Any) -> Iterator[Town]:
    """A town whose first edition is issued, and whose revisions one approver decides."""
    monkeypatch.setattr(issuing, "issue_edition", issue_edition)
    for kind in ("enactment", "major", "minor", "annex"):
        town.set_route(APPROVE, kind=kind)
    with quick_prints():
        town.decide(town.submitted(), "approver", 0)
        yield town


def write(title: str, body: str) -> str:
    """Change a chapter of the working copy and return its anchor."""
    chapter = Chapter.objects.get(title=title)
    chapter.body = f"<p>{body}</p>"
    chapter.save()
    return f"chapter-{chapter.uid}"


def newest() -> Edition:
    return Edition.objects.order_by("-sequence").first()


def test_the_edition_keeps_who_decided_and_what(issuing_town: Town) -> None:
    edition, revision = Edition.objects.get(), Revision.objects.get()
    assert (edition.label, revision.edition_uid) == ("初版", edition.uid)
    assert edition.submitted_sha256 == revision.submissions.get().content_sha256
    (decider,) = edition.deciders
    assert (decider["name"], decider["decision"]) == ("見本 approver", "承認")
    assert decider["digest"] == revision.submissions.get().digest
    assert edition.drafter["name"] == "見本 drafter"
    assert edition.document_number == "情政第123号"


def test_parts_not_covered_come_from_the_edition(issuing_town: Town) -> None:
    town = issuing_town
    anchor = write("目的", "新しい目的。")
    write("体制", "まだ承認されていない体制。")
    revision = town.submitted(kind="minor", coverage=Coverage.of([anchor]))
    town.decide(revision, "approver", 0)
    text = str(newest().document)
    assert "新しい目的。" in text and "体制を定める。" in text
    assert "まだ承認されていない体制。" not in text


def test_of_two_open_revisions_the_later_issue_keeps_what_the_first_changed(
    issuing_town: Town,
) -> None:
    town = issuing_town
    purpose, structure = write("目的", "目的を改めた。"), write("体制", "体制を改めた。")
    first = town.submitted(kind="minor", coverage=Coverage.of([purpose]))
    second = town.submitted(kind="major", coverage=Coverage.of([structure]))
    for revision in (second, first):
        town.decide(revision, "approver", 0)
    assert Edition.objects.count() == 3
    text = str(newest().document)
    assert "目的を改めた。" in text and "体制を改めた。" in text


def test_a_lighter_kind_needs_a_reason_which_the_approver_sees(issuing_town: Town) -> None:
    town = issuing_town
    coverage = Coverage.of([write("体制", "副市長が指揮する。")])
    revision = town.draft(kind="minor", coverage=coverage)
    with pytest.raises(DomainError, match="提案された種類（重要な改定）より軽い"):
        town.submit(revision)
    revision.refresh_from_db()
    revision.kind_reason = "職名の変更だけのため"
    revision.save()
    log(revision, None, "改定の変更")
    submission = town.submit(revision)
    assert submission.head["proposed_kind"] == "major"
    address = reverse("revisions:one", args=[town.municipality.code, revision.uid])
    shown = town.client("approver").get(address).content.decode()
    assert "職名の変更だけのため" in shown
    assert "変更の内容からの提案は「重要な改定」" in shown
    assert "「2 体制」（体制の権限）が変わります。" in shown
    assert "<ins>" in shown and "副市長が指揮する" in shown


def test_a_heavier_kind_is_free(issuing_town: Town) -> None:
    town = issuing_town
    revision = town.draft(kind="major", coverage=Coverage.of([write("目的", "言い回し。")]))
    assert town.submit(revision).head["proposed_kind"] == "minor"


def test_an_edition_does_not_take_effect_before_the_last_one(issuing_town: Town) -> None:
    town = issuing_town
    coverage = Coverage.of([write("目的", "別の目的。")])
    early = timezone.localdate() + timedelta(days=1)
    revision = town.draft(kind="minor", coverage=coverage, effective_on=early)
    with pytest.raises(DomainError, match="施行日は、先に発行した初版の施行日"):
        town.submit(revision)


def test_a_failed_print_issues_nothing_and_says_why(issuing_town: Town) -> None:
    town = issuing_town

    def jam(*_: object) -> None:
        raise DomainError("第2章の文字「〓」は印刷できません。")

    revision = town.submitted(kind="minor", coverage=Coverage.of([write("目的", "別。")]))
    # The quick prints of the town end before what is set by monkeypatch: it would leave them there.
    with patch("plans.issuing.services.print_edition", jam):
        town.decide(revision, "approver", 0)
    revision.refresh_from_db()
    assert revision.state == "issue_failed" and Edition.objects.count() == 1
    address = reverse("revisions:one", args=[town.municipality.code, revision.uid])
    shown = town.client("approver").get(address).content.decode()
    assert "第2章の文字「〓」は印刷できません。" in shown and "もう一度、版を作る" in shown


def test_the_rows_that_changed_are_places_for_remarks(issuing_town: Town) -> None:
    town = issuing_town
    row = make_row(spec("3"), town.municipality, 1)
    coverage = Coverage.of(annexes=[3])
    prospect = Prospect(town.municipality, coverage)
    assert prospect.comparison is not None
    found = dict(places(prospect.document, coverage, prospect.comparison))
    assert list(found) == [f"row:3/{row.uid}"]
