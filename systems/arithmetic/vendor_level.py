"""The level of preparation reached with an outside company (表5.4-5); pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

WRITTEN_BASES = frozenset({"contract", "specification"})
"""AGREEMENT_BASIS codes in which a disaster clause counts."""


@dataclass(frozen=True)
class ContractTerms:
    """What one contract in force says about disasters and service levels."""

    agreement: str
    bases: Collection[str]
    names_sla: bool

    @property
    def has_sla_and_disaster_clause(self) -> bool:
        """Tell whether an SLA and a written disaster clause are both agreed."""
        written = not WRITTEN_BASES.isdisjoint(self.bases)
        return self.agreement == "yes" and written and (self.names_sla or "sla" in self.bases)


def vendor_level(
    desks: Collection[str], *, surveyed: bool, contracts: Iterable[ContractTerms]
) -> int:
    """Return 0-3 for a vendor; a higher item without every lower one does not count.

    1: the desk, the deputy and the alternate site can all be called (`desks` holds the
    VENDOR_DESK codes of the registered contacts). 2: its own preparations were surveyed as well.
    3: every contract in force, and at least one, names an SLA and a disaster clause as well.
    """
    if not {"desk", "deputy", "alt_site"} <= set(desks):
        return 0
    if not surveyed:
        return 1
    terms = list(contracts)
    settled = bool(terms) and all(item.has_sla_and_disaster_clause for item in terms)
    return 3 if settled else 2
