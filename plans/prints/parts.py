"""Lists what a person may choose to print, by the anchors of the document, without building it."""

from dataclasses import dataclass

from bcp_portal.annex.sheet import Presentation
from plans.chapters.models.chapter import Placement
from plans.chapters.models.plan import Plan
from plans.chapters.queries import load_outline
from plans.editions.queries import edition_setting
from plans.printing.front_parts import COLOPHON, COLOPHON_TITLE, REVISIONS
from plans.text.cross_references import annex_anchor
from plans.working_copy.builder import colophon, printed_annexes

Choice = tuple[str, str]
"""An anchor and the heading of what it names."""


@dataclass(frozen=True)
class PrintableParts:
    """The parts of a plan in printed order: 様式 apart from everything else."""

    chapters: tuple[Choice, ...]
    annexes: tuple[Choice, ...]

    @property
    def anchors(self) -> list[str]:
        """Return all anchors in printed order."""
        return [anchor for anchor, _ in (*self.chapters, *self.annexes)]


def printable_parts(plan: Plan) -> PrintableParts:
    """Return what a print of the plan consists of besides cover and contents."""
    outline = load_outline(plan)
    placed = [
        [
            (node.anchor, f"{node.number} {node.chapter.title}".strip())
            for node in outline.placed(placement)
        ]
        for placement in (Placement.FRONT, Placement.BODY, Placement.APPENDIX)
    ]
    closing = [(COLOPHON, COLOPHON_TITLE)] if colophon(plan) else []
    chapters = (
        (REVISIONS, edition_setting().revisions_title),
        *(c for group in placed for c in group),
        *closing,
    )
    presentation = Presentation.load(plan.municipality)
    annexes = tuple(
        (annex_anchor(annex.number), f"様式{annex.number} {presentation.annex_title(annex.number)}")
        for annex in printed_annexes(plan)
    )
    return PrintableParts(chapters, annexes)
