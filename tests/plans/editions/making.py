"""Plans, orders and prints for the tests of editions."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pikepdf
from django.db import transaction

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.ui.eras import DateStyle
from plans.document.coverage import WHOLE, Coverage
from plans.document.document import Document
from plans.document.public_choices import choices_in
from plans.document.redaction import redact
from plans.editions.look import EditionLook
from plans.editions.models.edition import Edition
from plans.editions.printing import Prints
from plans.editions.queries import latest_edition
from plans.editions.snapshot import Snapshot
from plans.issuing.edition_record import IssueOrder
from plans.issuing.frozen_working_copy import compose_working, frozen
from plans.issuing.services import issue_edition
from plans.models import Chapter, Plan
from plans.public_edition.issuing import PublicEdition
from tests.plans.rows import a_person
from tests.rows import make_row

PHONE = "090-9999-0001"
PERSON = "秘密 花子"
DECIDERS: tuple[dict[str, Any], ...] = (
    {
        "name": "承認 一郎",
        "post": "副市長",
        "decision": "承認",
        "at": "2026-04-01T09:00:00+09:00",
        "on_behalf_of": "",
    },
)


def a_plan(municipality: Municipality, *, annexes: tuple[int, ...] = (3, 9)) -> Plan:
    """Create a small plan: two chapters, a contact and a site."""
    plan: Plan = Plan.objects.create(
        municipality=municipality, title="ICT業務継続計画", annex_numbers=list(annexes)
    )
    a_chapter(plan, "目的", 1)
    a_chapter(plan, "体制", 2)
    contact = make_row(spec("9"), municipality, 1)
    contact.person = a_person(municipality, PERSON)
    contact.mobile = PHONE
    contact.save()
    make_row(spec("3"), municipality, 1)
    return plan


def a_chapter(plan: Plan, title: str, position: int) -> Chapter:
    chapter: Chapter = Chapter.objects.create(
        municipality=plan.municipality,
        plan=plan,
        title=title,
        position=position,
        row_no=position,
        body=f"<p>{title}の本文</p>",
    )
    return chapter


def spec(code: str) -> Any:
    found = registry.spec(code)
    assert found is not None
    return found


def anchor(title: str) -> str:
    return f"chapter-{Chapter.objects.get(title=title).uid}"


@transaction.atomic
def take_snapshot(municipality: Municipality, coverage: Coverage) -> Snapshot:
    """Freeze the covered parts of the working copy, as a submission does, behind the latest edition."""
    latest = latest_edition()
    return frozen(municipality, compose_working(municipality, latest, coverage), latest)


def an_order(municipality: Municipality, coverage: Coverage = WHOLE, **values: Any) -> IssueOrder:
    snapshot = take_snapshot(municipality, coverage)
    given = {
        "revision_uid": uuid4(),
        "kind": "major",
        "reason": "全体を見直した。",
        "content": snapshot.to_json(),
        "effective_on": date(2026, 4, 1),
        "drafter": {"name": "起案 次郎", "post": "主任"},
        "deciders": DECIDERS,
        "coverage": coverage,
    }
    return IssueOrder(**{**given, **values})  # type: ignore[arg-type]


def issued(municipality: Municipality, coverage: Coverage = WHOLE, **values: Any) -> Edition:
    """Issue the working copy as an edition, its PDFs being a few bytes."""
    with quick_prints():
        order = an_order(municipality, coverage, **values)
        return issue_edition(municipality=municipality, order=order, actor=None)


@contextmanager
def quick_prints() -> Iterator[None]:
    """Make PDFs of a few bytes that differ from document to document."""
    with (
        patch("plans.issuing.services.print_edition", fake_prints),
        patch("plans.issuing.services.public_edition_of", fake_public_edition),
    ):
        yield


def fake_prints(document: Document, masked: Document, look: EditionLook) -> Prints:
    return Prints(fake_pdf(document), fake_pdf(masked))


def fake_public_edition(
    content: Snapshot, masked: Document, look: EditionLook, style: DateStyle, hidden_now: object
) -> PublicEdition:
    document = redact(masked, choices_in(content.rows))
    return PublicEdition(document, fake_pdf(document))


def fake_pdf(document: Document) -> bytes:
    """Return a PDF without pages that holds everything the document says."""
    into = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.Root.Said = pdf.make_stream(str(document.to_json()).encode())
        pdf.save(into, static_id=True, compress_streams=False)
    # Tests read it as text, as they read pages: without the line of odd bytes that marks a binary file.
    return into.getvalue().replace(b"%\xbf\xf7\xa2\xfe", b"%****")
