"""Editions as documents that can be compared."""

from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

from bcp_portal.accounts.models import Municipality
from bcp_portal.ui.eras import DateStyle, format_date
from plans.comparison.comparables import Comparable
from plans.editions.edition_proof import edition_fault
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.models.edition import Edition
from plans.editions.queries import HEAVY


def edition_code(uid: UUID) -> str:
    """Return the place of an edition in the addresses of comparisons."""
    return f"edition-{uid}"


def editions(municipality: Municipality) -> Iterator[Comparable]:
    """Yield the editions, the newest first, without reading their text."""
    for edition in _listed_editions():
        day = format_date(edition.effective_on, DateStyle(municipality.date_style))
        yield Comparable(
            code=edition_code(edition.uid),
            label=f"{edition.label}（{day}施行）",
            version=partial(str, edition.content_sha256),
            read=partial(_edition, edition.pk),
            is_decided=True,
            group="版",
            fault=partial(_edition_fault, edition.pk),
        )


def _listed_editions() -> Iterable[Edition]:
    needed = ("uid", "label", "effective_on", "content_sha256")
    found: Iterable[Edition] = Edition.objects.only(*needed).order_by("-sequence")
    return found


def _edition(pk: int) -> FrozenCopy:
    edition = Edition.objects.only("document", "rows").get(pk=pk)
    return FrozenCopy(edition.document, edition.rows)


def _edition_fault(pk: int) -> str:
    editions = Edition.objects.select_related("municipality").defer(*HEAVY)
    return edition_fault(editions.get(pk=pk))
