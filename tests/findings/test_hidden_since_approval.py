"""What is registered or hidden between approval and issue does not go to the public edition."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from bcp_portal.annex.models import AnnexSetting, ColumnSetting
from bcp_portal.checks.findings import NotReady
from plans.document.coverage import Coverage
from plans.issuing.services import issue_edition
from plans.models import Chapter, Edition, Plan, PublicSetting, Revision
from plans.public_check.claim_services import claim_not_secret, confirm_claim, withdraw_claim
from plans.public_edition.working_copy import maker_of_working_copy
from plans.revisions import issuing
from plans.revisions.issuing import retry_issue
from plans.revisions.withdrawal import withdraw_revision
from systems.models import Site, SystemItem
from tests.plans.editions.making import anchor, fake_prints, spec
from tests.plans.revisions.conftest import Town, town
from tests.rows import make_row

__all__ = ["town"]
KEY = "鍵は守衛室の青い金庫の中"


@pytest.fixture
def public_town(town: Town) -> Town:
    """The chapters, 様式1 and 様式3 are public; 様式3 has a building, 様式1 a system."""
    municipality = town.municipality
    PublicSetting.objects.create(
        municipality=municipality, colophon=["発行", "電話"], revision_reasons=True
    )
    plan = Plan.objects.get()
    plan.telephone = "0422-99-1000"
    plan.save()
    for code in ("1", "3"):
        AnnexSetting.objects.create(municipality=municipality, code=code, confidentiality="public")
        ColumnSetting.objects.create(
            municipality=municipality, code=code, column="name", public="show"
        )
        make_row(spec(code), municipality, 1)
    Site.objects.update(name="見本市役所本庁舎", confidentiality="public")
    SystemItem.objects.update(confidentiality="public")
    Chapter.objects.filter(title="目的").update(body=f"<p>{KEY}にある。</p>")
    return town


def approved(town: Town, between: Callable[[], object]) -> Revision:
    """Submit and approve; `between` happens after the approval and before the worker begins."""
    revision = town.submitted()
    town.decide(revision, "checker", 0)

    def issue(**order: object) -> Edition:
        between()
        return issue_edition(**order)  # type: ignore[arg-type]

    with printing_nothing(), patch.object(issuing, "issue_edition", issue):
        town.decide(revision, "approver", 1)
    revision.refresh_from_db()
    return revision


@contextmanager
def printing_nothing() -> Iterator[None]:
    with (
        patch("plans.issuing.services.print_edition", fake_prints),
        patch("plans.public_edition.issuing.printed_as", lambda *_: b"%PDF"),
        patch("plans.public_edition.issuing.PublicMaker.check_pdf"),
    ):
        yield


def register_key() -> None:
    SystemItem.objects.update(note=KEY)


def hide_column() -> None:
    ColumnSetting.objects.filter(code="3", column="name").update(public="mask")


HIDDEN_SINCE: dict[str, tuple[Callable[[], object], str]] = {
    "a value": (register_key, "様式1の「"),
    "a chapter": (
        lambda: Chapter.objects.filter(title="目的").update(confidentiality="internal"),
        "「1 目的」は",
    ),
    "a form": (
        lambda: AnnexSetting.objects.filter(code="3").update(confidentiality="internal"),
        "様式3 ",
    ),
    "a column": (hide_column, "の1行目の「"),
    "a row": (lambda: Site.objects.update(confidentiality="internal"), "の1行目の「"),
    "a line of the colophon": (
        lambda: PublicSetting.objects.update(colophon=["発行"]),
        "奥付の「電話」は",
    ),
    "reasons of revisions": (
        lambda: PublicSetting.objects.update(revision_reasons=False),
        "改定履歴の",
    ),
}


@pytest.mark.parametrize("what", HIDDEN_SINCE)
def test_nothing_is_issued_that_was_hidden_since_the_approval(public_town: Town, what: str) -> None:
    between, place = HIDDEN_SINCE[what]
    revision = approved(public_town, between)
    assert revision.state == "issue_failed"
    assert place in revision.issue_message and KEY not in revision.issue_message
    assert "もう一度、版を作る" in revision.issue_message
    assert not Edition.objects.exists()


def test_what_only_changed_since_stops_nothing(public_town: Town) -> None:
    def change() -> None:
        Site.objects.update(row_status="retired")
        SystemItem.objects.update(name="別の名のシステム")
        Chapter.objects.filter(title="体制").update(body="<p>体制を改める。</p>")
        make_row(spec("3"), public_town.municipality, 2)
        Site.objects.filter(row_no=2).update(confidentiality="public")

    revision = approved(public_town, change)
    assert revision.issue_message == "" and revision.state == "issued"
    assert KEY in str(Edition.objects.get().public_document)


def test_the_edition_is_made_once_the_value_is_no_secret_any_more(public_town: Town) -> None:
    revision = approved(public_town, register_key)
    SystemItem.objects.update(note="")
    with printing_nothing(), patch.object(issuing, "issue_edition", issue_edition):
        retry_issue(revision=revision, membership=public_town.drafter)
    revision.refresh_from_db()
    assert revision.state == "issued" and Edition.objects.get().public_pdf


def test_the_other_way_on_is_to_take_it_back_and_mend_the_text(public_town: Town) -> None:
    revision = approved(public_town, register_key)
    with pytest.raises(NotReady, match="様式1"):
        withdraw_revision(revision=revision, membership=public_town.drafter, keep_draft=True)
        public_town.submit(revision)
    Chapter.objects.filter(title="目的").update(body="<p>鍵のことは別に定める。</p>")
    assert public_town.submit(revision)


def test_a_statement_taken_back_since_the_approval_counts_no_more(public_town: Town) -> None:
    """Two people had said that it is no secret; one of them took it back."""
    register_key()
    find = next(each for each in maker_of_working_copy(public_town.municipality).refusing_finds)
    claim = claim_not_secret(find=find, membership=public_town.drafter, reason="公表済みの置き場所")
    confirm_claim(claim=claim, membership=public_town.checker)
    revision = approved(
        public_town, lambda: withdraw_claim(claim=claim, membership=public_town.checker)
    )
    assert revision.state == "issue_failed" and "様式1の「" in revision.issue_message


def test_parts_left_as_they_were_are_not_published_once_they_are_hidden(public_town: Town) -> None:
    approved(public_town, lambda: None)
    Chapter.objects.filter(title="体制").update(body="<p>体制を改める。</p>")
    hide_column()
    revision = public_town.draft(kind="major", coverage=Coverage.of([anchor("体制")]))
    with pytest.raises(NotReady, match="改定の対象に含めてください"):
        public_town.submit(revision)
