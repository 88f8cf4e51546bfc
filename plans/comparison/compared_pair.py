"""Compares two documents for one reader: personal values are hidden from those who may not see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.services import SeenRow
from bcp_portal.jobs.version_cache import remembered
from bcp_portal.ui.eras import DateStyle, format_date
from plans.chapters.models.plan import Plan
from plans.comparison.changes import Comparison
from plans.comparison.comparables import BothForms, Comparable, Readable, comparable_of
from plans.comparison.document_comparison import compare, compare_counting_widths
from plans.comparison.layout import ComparisonHead, Layout, note_of
from plans.comparison.masking import masked_comparison, with_masked_text
from plans.comparison.models import ComparisonSetting
from plans.comparison.personal_rows import rows_in_comparison
from plans.document.document import Document
from plans.document.public_choices import PublicChoices
from plans.document.sort_words import with_sort_words


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

    def comparison(self, *, with_personal: bool, with_widths: bool | None = None) -> Comparison:
        """Compare both; a changed personal cell is found, but shown only when asked for.

        `with_widths` shows differences of width too; without it, as the municipality has set.
        """
        widths = comparison_setting().show_widths if with_widths is None else with_widths
        if with_personal:
            return compare_full(*self._sides, with_widths=widths)
        return remembered(
            f"comparison-{'widths' if widths else 'words'}-4",
            self.old.version(),
            self.new.version(),
            find=lambda: compare_masked(self.old.read(), self.new.read(), with_widths=widths),
        )

    @property
    def fault(self) -> str:
        """Return what of both sides is not what was stored (Japanese), "" for nothing."""
        return self.old.fault() + self.new.fault()

    def is_open_to(self, membership: Membership) -> bool:
        """Tell whether a member may see the personal values of both on a page."""
        return (
            may_see_personal(membership)
            or self.new.opens(membership, self.old.code)
            or self.old.opens(membership, self.new.code)
        )

    def rows_shown(self, comparison: Comparison) -> list[SeenRow]:
        """Return the rows whose personal values a comparison of the pair with these shows."""
        return rows_in_comparison(comparison, *self._sides)

    @cached_property
    def _sides(self) -> tuple[Readable, Readable]:
        return self.old.read(), self.new.read()


def compare_full(old: BothForms, new: BothForms, *, with_widths: bool = False) -> Comparison:
    """Compare two documents for somebody who may see personal values."""
    sides = [with_sort_words(side.full, side.sort_words) for side in (old, new)]
    return _compared(sides[0], sides[1], (old.choices, new.choices), with_widths=with_widths)


def compare_masked(old: BothForms, new: BothForms, *, with_widths: bool = False) -> Comparison:
    """Compare two documents for somebody who may not see personal values."""
    before, after = (
        with_sort_words(with_masked_text(side.full, side.masked), side.sort_words)
        for side in (old, new)
    )
    choices = (old.choices, new.choices)
    return masked_comparison(_compared(before, after, choices, with_widths=with_widths))


def _compared(
    old: Document,
    new: Document,
    choices: tuple[PublicChoices, PublicChoices],
    *,
    with_widths: bool,
) -> Comparison:
    if with_widths:
        return compare(old, new, choices, with_widths=True)
    return compare_counting_widths(old, new, choices)


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


def plan_title(municipality: Municipality) -> str:
    """Return what the plan of the municipality in scope is called."""
    plan = Plan.objects.first()
    return str(plan.title if plan else municipality.name)


def sheet_of(municipality: Municipality, pair: Pair, comparison: Comparison) -> ComparisonHead:
    """Return what stands above the table on screen, on paper and in files."""
    return ComparisonHead(
        municipality=municipality.name,
        plan=plan_title(municipality),
        new_label=pair.new.label,
        old_label=pair.old.label,
        date_text=format_date(timezone.localdate(), DateStyle(municipality.date_style)),
        layout=layout_of(is_decided=pair.new.is_decided),
        note=note_of(comparison),
    )
