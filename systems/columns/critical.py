"""Computes the columns of 様式16 that nobody types, for all rows of a page at once."""

from collections.abc import Mapping, Sequence

from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.kinds.reference import reference
from systems.arithmetic.selection import SurveyedBusiness, proposed_reasons
from systems.choice_lists import BIZ_CLASS
from systems.models import Business, CriticalBusiness, SystemItem
from systems.models.critical_businesses import SELECTION_REASON
from systems.queries.depths import business_depths
from systems.queries.links import in_use, labelled, labels_of, linked_pks
from systems.queries.needs import SystemNeed, business_rto, by_business, needs, workaround_of

Rows = Sequence[CriticalBusiness]


def classes(rows: Rows) -> Mapping[int, CellValue]:
    """Return the classes of each business, as 様式15 gives them (2 queries)."""
    businesses, labels = _businesses(rows), labels_of(BIZ_CLASS)
    return {row.pk: labelled(businesses[row.business_id].biz_class, labels) for row in rows}


def proposals(rows: Rows) -> Mapping[int, CellValue]:
    """Return the reasons that follow from the survey of each business (3 queries)."""
    businesses, labels = _businesses(rows), labels_of(SELECTION_REASON)
    depths = business_depths().by_business
    return {
        row.pk: labelled(proposed_reasons(_surveyed(businesses[row.business_id], depths)), labels)
        for row in rows
    }


def _surveyed(business: Business, depths: Mapping[int, int | None]) -> SurveyedBusiness:
    return SurveyedBusiness(
        depth=depths.get(business.pk),
        depth_reported=business.depth_reported,
        yearly_cases=business.yearly_cases,
        rto_disaster=business.rto_disaster_minutes,
        rto_disaster_next_open=business.rto_disaster_next_open,
        rto_normal=business.rto_normal_minutes,
        rto_normal_next_open=business.rto_normal_next_open,
    )


def recovery_times(rows: Rows) -> Mapping[int, CellValue]:
    """Return the RTO that counts: the row's own, else that of 様式15 (1 query)."""
    businesses = _businesses(rows)
    return {row.pk: business_rto(businesses[row.business_id], row).cell for row in rows}


def systems(rows: Rows) -> Mapping[int, CellValue]:
    """Return the essential systems of each business, networks apart (2 queries)."""
    found = by_business(_essential(rows))
    return {
        row.pk: [
            reference(need.row.system)
            for need in found.get(row.business_id, ())
            if need.row.system.kind != "network"
        ]
        for row in rows
    }


def networks(rows: Rows) -> Mapping[int, CellValue]:
    """Return the networks each business needs, in the order of 様式1 (5 queries)."""
    wanted = network_pks(rows)
    known = {pk for pks in wanted.values() for pk in pks}
    ordered = list(in_use(SystemItem).filter(pk__in=known, kind="network"))
    return {
        row.pk: [reference(network) for network in ordered if network.pk in wanted[row.pk]]
        for row in rows
    }


def network_pks(rows: Rows) -> dict[int, set[int]]:
    """Return the systems that may be networks of each row: named in 様式15, by its systems, or here.

    Four queries; the caller keeps those of the kind ネットワーク.
    """
    essential = _essential(rows)
    used = linked_pks([need.row.system for need in essential], "networks")
    extra = linked_pks(rows, "extra_networks")
    found = {row.business_id: set(extra.get(row.pk, ())) for row in rows}
    for need in essential:
        found[need.business.pk] |= {need.row.system_id, *used.get(need.row.system_id, ())}
    return {row.pk: found[row.business_id] for row in rows}


def workarounds(rows: Rows) -> Mapping[int, CellValue]:
    """Return what each business does without its systems, as 様式15 says (1 query)."""
    businesses = _businesses(rows)
    return {row.pk: _workaround(businesses[row.business_id]) for row in rows}


def _workaround(business: Business) -> str:
    answers = {"no": "なし", "unknown": "不明"}
    return answers.get(business.has_alt, business.alt_text)


def workaround_times(rows: Rows) -> Mapping[int, CellValue]:
    """Return how long each business goes on without its systems (1 query)."""
    businesses = _businesses(rows)
    return {row.pk: workaround_of(businesses[row.business_id]).time.cell for row in rows}


def _businesses(rows: Rows) -> dict[int, Business]:
    return Business.objects.in_bulk({row.business_id for row in rows})


def _essential(rows: Rows) -> list[SystemNeed]:
    return needs(business_id__in={row.business_id for row in rows}, essential=True)
