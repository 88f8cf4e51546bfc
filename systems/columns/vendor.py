"""Computes the columns of 様式2 that follow from contacts and contracts, for all rows at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone

from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.kinds.reference import reference
from systems.arithmetic.vendor_level import ContractTerms, vendor_level
from systems.models import EmergencyContact, Vendor, VendorContract

VendorColumn = Callable[[Sequence[Vendor]], Mapping[int, CellValue]]


def contacts_at(desk: str) -> VendorColumn:
    """Return a column: the contacts of each vendor of one VENDOR_DESK code (1 query)."""

    def column(rows: Sequence[Vendor]) -> Mapping[int, CellValue]:
        cells: dict[int, list[CellValue]] = {row.pk: [] for row in rows}
        found = _contacts(rows).filter(vendor_desk=desk).order_by("order", "row_no", "pk")
        for contact in found:
            if contact.vendor_id:
                cells[contact.vendor_id].append(reference(contact))
        return cells

    return column


def levels(rows: Sequence[Vendor]) -> Mapping[int, CellValue]:
    """Return the level of preparation of each vendor, before any override (2 queries)."""
    desks: dict[int, set[str]] = {row.pk: set() for row in rows}
    for vendor_id, desk in _contacts(rows).values_list("vendor_id", "vendor_desk"):
        desks[vendor_id].add(desk)
    terms: dict[int, list[ContractTerms]] = {row.pk: [] for row in rows}
    for contract in _in_force(rows):
        terms[contract.vendor_id].append(terms_of(contract))
    return {
        row.pk: vendor_level(
            desks[row.pk], surveyed=row.bcp_survey == "done", contracts=terms[row.pk]
        )
        for row in rows
    }


def terms_of(contract: VendorContract) -> ContractTerms:
    """Return what the contract says, as far as the level depends on it."""
    names_sla = bool(contract.sla_item) or contract.sla_rate is not None
    return ContractTerms(contract.agreement, contract.agreement_basis, names_sla)


def _contacts(rows: Sequence[Vendor]) -> QuerySet[EmergencyContact]:
    found = EmergencyContact.objects.filter(vendor__in=rows)
    return found.filter(row_status__in=counted_statuses())


def _in_force(rows: Sequence[Vendor]) -> Iterable[VendorContract]:
    running = Q(end_on__isnull=True) | Q(end_on__gte=timezone.localdate())
    found = VendorContract.objects.filter(running, vendor__in=rows)
    return found.filter(row_status__in=counted_statuses())
