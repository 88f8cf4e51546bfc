"""Works out what becomes of each chapter when a plan takes another outline; pure.

Chapters with the same key follow each other. A plan that comes back to an outline finds its
chapters as it left them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plans.outlines.samples import Samples
from plans.outlines.template import ChapterTemplate
from plans.text.cross_references import cites_chapters
from plans.text.inline_marks import TERM_ATTRIBUTE
from plans.text.numbering import APPENDIX, FRONT, MAX_DEPTH, NumberingStyle
from plans.text.outline import APPENDIX_PLACE, FRONT_PLACE, Outline, OutlineNode

Arrangement = Sequence[Sequence[str]]
"""The chapters of a plan in printed order: identity, identity of the one above or "", placement."""


def arrangement_of(outline: Outline) -> list[list[str]]:
    """Return the order of a plan's chapters, to find it again."""
    return [
        [str(node.chapter.uid), str(node.parent.chapter.uid) if node.parent else "", node.placement]
        for node in outline.walk()
    ]


@dataclass(eq=False)
class Slot:
    """One place in the new order; without a row there will be a new chapter."""

    row: Any
    template: ChapterTemplate | None
    parent: "Slot | None"
    placement: str
    positions: tuple[int, ...] = ()
    children: list["Slot"] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return 1 + self.parent.depth if self.parent else 1

    def walk(self) -> Iterator["Slot"]:
        """Yield this slot and all below it in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def number(self, style: NumberingStyle) -> str:
        """Return how other places will cite it."""
        own = {FRONT_PLACE: FRONT, APPENDIX_PLACE: APPENDIX}.get(self.placement, style)
        return own.full_number(self.positions)


class OutlineChange:
    """Where every chapter goes, and which have no place."""

    def __init__(
        self,
        old: Outline,
        spare: Sequence[Any],
        samples: Samples,
        *,
        templates: Sequence[ChapterTemplate],
        remembered: Arrangement = (),
    ) -> None:
        """Work out the new order from the templates, or from the order the plan had before."""
        self.old = old
        self.samples = samples
        self._living = {str(node.chapter.uid): node for node in old.walk()}
        self._spare = {str(row.uid): row for row in spare}
        self._roots: list[Slot] = []
        self._placed: dict[str, Slot] = {}
        self._templates = {t.key: t for root in templates for t in root.walk() if t.key}
        if remembered:
            self._return_to(remembered)
        else:
            self._candidates = self._by_key()
            for template in templates:
                self._follow(template, None)
        self._carry_along()
        self._count()

    def slots(self) -> Iterator[Slot]:
        """Yield the new places in printed order."""
        for root in self._roots:
            yield from root.walk()

    def unplaced(self) -> Iterator[OutlineNode]:
        """Yield the living chapters that have no place, in the old order."""
        return (n for n in self.old.walk() if str(n.chapter.uid) not in self._placed)

    def homeless(self) -> list[OutlineNode]:
        """Return those of them that somebody wrote in: they go to the removed chapters."""
        return [node for node in self.unplaced() if self.samples.has_own_words(node.chapter)]

    def returning(self) -> list[Slot]:
        """Return the written chapters that were out of the plan and find a place again."""
        return [
            slot
            for slot in self.slots()
            if slot.row is not None
            and str(slot.row.uid) in self._spare
            and self.samples.has_own_words(slot.row)
        ]

    def kept(self) -> list[tuple[OutlineNode, Slot]]:
        """Return the written chapters that stay, with their old and their new place."""
        found = ((self._living.get(str(s.row.uid)), s) for s in self.slots() if s.row is not None)
        return [(n, s) for n, s in found if n and self.samples.has_own_words(n.chapter)]

    def citing(self) -> list[Slot]:
        """Return the places whose own text names other chapters by numbers that may now differ."""
        return [
            slot
            for slot in self.slots()
            if slot.row is not None
            and self.samples.is_own(slot.row, "body")
            and cites_chapters(slot.row.body)
        ]

    def marked_samples(self) -> list[tuple[Any, Slot | None]]:
        """Return the living chapters whose sample has glossary marks, with their new place or None."""
        found = ((n.chapter, self._placed.get(str(n.chapter.uid))) for n in self.old.walk())
        return [
            (chapter, slot)
            for chapter, slot in found
            if TERM_ATTRIBUTE in chapter.body and not self.samples.is_own(chapter, "body")
        ]

    def _by_key(self) -> dict[str, Any]:
        """Return the row that follows each key: a living one before a spare, a written one first."""
        rows = [node.chapter for node in self._living.values()] + list(self._spare.values())
        ordered = sorted(
            (row for row in rows if row.key),
            key=lambda row: (str(row.uid) in self._spare, not self.samples.has_own_words(row)),
        )
        written: dict[str, Any] = {}
        for row in ordered:
            written.setdefault(row.key, row)
        return written

    def _place(
        self, row: Any, template: ChapterTemplate | None, parent: Slot | None, placement: str
    ) -> Slot:
        slot = Slot(row, template, parent, parent.placement if parent else placement)
        (parent.children if parent else self._roots).append(slot)
        if row is not None:
            self._placed[str(row.uid)] = slot
        return slot

    def _follow(self, template: ChapterTemplate, parent: Slot | None) -> None:
        row = self._candidates.get(template.key) if template.key else None
        slot = self._place(row, template, parent, template.placement)
        for section in template.sections:
            self._follow(section, slot)

    def _return_to(self, remembered: Arrangement) -> None:
        for uid, parent_uid, placement in remembered:
            node = self._living.get(uid)
            row = node.chapter if node else self._spare.get(uid)
            if row is not None:
                parent = self._placed.get(parent_uid)
                self._place(row, self._templates.get(row.key), parent, placement)

    def _carry_along(self) -> None:
        """Let a chapter that somebody added stay below the one it was added to, where it fits."""
        for node in list(self.unplaced()):
            above = self._placed.get(str(node.parent.chapter.uid)) if node.parent else None
            if above and not node.chapter.key and above.depth + node.height <= MAX_DEPTH:
                self._place(node.chapter, None, above, above.placement)

    def _count(self) -> None:
        by_placement: dict[str, list[Slot]] = {}
        for root in self._roots:
            by_placement.setdefault(root.placement, []).append(root)
        for roots in by_placement.values():
            _count(roots, ())


def _count(slots: Iterable[Slot], above: tuple[int, ...]) -> None:
    for position, slot in enumerate(slots, 1):
        slot.positions = (*above, position)
        _count(slot.children, slot.positions)


def remembered_uids(arrangements: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return the identities of all chapters that stood in the plan under some outline."""
    return {entry[0] for kept in arrangements.values() for entry in kept["chapters"]}
