"""Finds the figures that chapters name by their codes, like tables, and draws each for one reader."""

from collections.abc import Collection
from dataclasses import dataclass

from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.sheet import Presentation
from bcp_portal.figures.figure import Figure
from plans.annexes.drawn import actions, dependency, documents, muster, organisation
from plans.annexes.drawn.figure_spec import FigureSpec
from plans.annexes.models.actions import ActionPlan

PREFIX = "fig-"
SPECS: tuple[FigureSpec, ...] = (
    organisation.SPEC,
    documents.SPEC,
    muster.SPEC,
    actions.SPEC,
    dependency.SPEC,
)
"""Every figure there is."""


@dataclass(frozen=True)
class DrawnFigure:
    """A figure, and whether strangers may see it: its declaration and its rows say so."""

    figure: Figure
    public: bool


@dataclass(frozen=True)
class FigureSource:
    """The figures of the municipality in scope, as one reader may see them."""

    presentation: Presentation
    include_personal: bool

    def choices(self) -> list[tuple[str, str]]:
        """Return (code, label) of every figure that may stand in a chapter, in one query."""
        roles = organisation.SPEC.source(self.presentation, include_personal=False)
        flows = actions.SPEC.source(self.presentation, include_personal=False)
        structures = roles.labels("8", "structure")
        plans = ActionPlan.objects.filter(row_status__in=counted_statuses()).order_by(
            "row_no", "pk"
        )
        figures = [
            *(
                (f"{organisation.CODE}{code}", organisation.title_of(label))
                for code, label in structures.items()
            ),
            (documents.CODE, documents.TITLE),
            (muster.CODE, muster.TITLE),
            *(
                (f"{actions.CODE}{event}", actions.title_of_event(label))
                for event, label in actions.events_of(flows).items()
            ),
            *((f"{actions.CODE}{plan.uid}", actions.title_of(plan.title)) for plan in plans),
            (dependency.CODE, dependency.TITLE),
        ]
        return [(code, f"図：{title}") for code, title in figures]

    def drawn(self, code: str, parts: Collection[str] = ()) -> DrawnFigure | None:
        """Return a figure, or None when there is none of this code.

        `parts` are what of `figure_parts` is shown, all when empty. The number of queries does not
        depend on the number of rows. Raises FigureEmptyError when there is nothing to draw.
        """
        spec = spec_of(code)
        if spec is None:
            return None
        source = spec.source(self.presentation, include_personal=self.include_personal, parts=parts)
        figure = spec.draw(source, code)
        return DrawnFigure(figure, source.is_public()) if figure else None

    def figure(self, code: str, parts: Collection[str] = ()) -> Figure | None:
        """Return only the figure of `drawn`."""
        found = self.drawn(code, parts)
        return found.figure if found else None


def spec_of(code: str) -> FigureSpec | None:
    """Return the declaration that a live block of this code is drawn by, or None."""
    return next((spec for spec in SPECS if spec.belongs(code)), None)


def is_figure_code(code: str) -> bool:
    """Tell whether a live block names a figure; no table has such a code."""
    return code.startswith(PREFIX)


def figure_parts(code: str) -> tuple[tuple[str, str], ...]:
    """Return (name, label) of what may be chosen of a figure; empty when it is shown whole."""
    spec = spec_of(code)
    return tuple((part.name, part.label) for part in spec.parts) if spec else ()
