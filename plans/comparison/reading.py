"""Compares two documents for one reader: personal values are hidden from those who may not see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.services import SeenRow
from bcp_portal.ui.eras import DateStyle, format_date
from plans.comparison.changes import Comparison
from plans.comparison.comparables import BothForms, Comparable, Readable, comparable_of
from plans.comparison.comparing import compare
from plans.comparison.layout import Layout, Sheet
from plans.comparison.masking import masked_comparison, with_masked_text
from plans.comparison.remembering import remembered
from plans.models.comparison_settings import ComparisonSetting
from plans.models.plan import Plan
from plans.showing import rows_in_comparison


@dataclass(frozen=True)
class Pair:
    """The two sides that somebody wants compared."""

    old: Comparable
    new: Comparable

    @classmethod
    def of(cls, municipality: Municipality, old: str, new: str) -> "Pair":
        """Find both by their codes; DomainError 404 for one that is not there."""
        return cls(comparable_of(municipality, old), comparable_of(municipality, new))

    @property
    def options(self) -> dict[str, str]:
        """Return the codes, for a print job."""
        return {"old": self.old.code, "new": self.new.code}

    def comparison(self, *, with_personal: bool) -> Comparison:
        """Compare both; a changed personal cell is found, but shown only when asked for."""
        if with_personal:
            return compare_full(*self._sides)
        return remembered(
            "comparison",
            self.old.version(),
            self.new.version(),
            find=lambda: compare_masked(self.old.read(), self.new.read()),
        )

    def rows_shown(self, comparison: Comparison) -> list[SeenRow]:
        """Return the rows whose personal values a comparison of the pair with these shows."""
        return rows_in_comparison(comparison, *self._sides)

    @cached_property
    def _sides(self) -> tuple[Readable, Readable]:
        return self.old.read(), self.new.read()


def compare_full(old: BothForms, new: BothForms) -> Comparison:
    """Compare two documents for somebody who may see personal values."""
    return compare(old.full, new.full, (old.choices, new.choices))


def compare_masked(old: BothForms, new: BothForms) -> Comparison:
    """Compare two documents for somebody who may not see personal values."""
    before, after = (with_masked_text(side.full, side.masked) for side in (old, new))
    return masked_comparison(compare(before, after, (old.choices, new.choices)))


def pair_of_options(municipality: Municipality, options: Mapping[str, str]) -> Pair:
    """Return the pair that a print job names."""
    return Pair.of(municipality, options.get("old", ""), options.get("new", ""))


def may_see_personal(membership: Membership) -> bool:
    return bool(membership.may(Permission.VIEW_PERSONAL))


def comparison_setting() -> ComparisonSetting:
    """Return how the municipality in scope lays its tables out; an unsaved row if it never said."""
    stored: ComparisonSetting | None = ComparisonSetting.objects.first()
    return stored or ComparisonSetting()


def layout_of(*, is_decided: bool) -> Layout:
    """Return the layout of the municipality in scope."""
    return comparison_setting().layout(is_decided=is_decided)


def sheet_of(municipality: Municipality, pair: Pair) -> Sheet:
    """Return what stands above the table on paper and in files."""
    plan = Plan.objects.first()
    return Sheet(
        municipality=municipality.name,
        plan=plan.title if plan else municipality.name,
        new_label=pair.new.label,
        old_label=pair.old.label,
        date_text=format_date(timezone.localdate(), DateStyle(municipality.date_style)),
        layout=layout_of(is_decided=pair.new.is_decided),
    )
