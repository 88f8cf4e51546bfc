"""Compares trees of sections: found again by anchor, moved ones told from new and removed ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.comparison.alignment import merged, moved
from plans.comparison.changes import PartChange, PartKind, Runs, Status
from plans.comparison.contents import compare_contents
from plans.comparison.difference_marks import mark
from plans.comparison.pieces import Renamed
from plans.document.document import Section


@dataclass(frozen=True)
class _Place:
    """Where a section stands: the anchor and heading of what it stands below."""

    section: Section
    parent: str
    parent_heading: str


def compare_sections(
    kind: PartKind, old: Sequence[Section], new: Sequence[Section], renamed: Renamed
) -> tuple[PartChange, ...]:
    """Return what became of each section, in the new order; a removed one stands where it was."""
    return _Trees(kind, old, new, renamed).below("")


def part_status(*, is_old: bool, is_new: bool, differs: bool, is_moved: bool) -> Status:
    """Return what became of a part itself; moved is said of one that is otherwise the same."""
    if not is_old:
        return Status.ADDED
    if not is_new:
        return Status.REMOVED
    if differs:
        return Status.CHANGED
    return Status.MOVED if is_moved else Status.SAME


def differs(runs: Runs) -> bool:
    """Tell whether anything in a text is marked."""
    return any(run.changed for run in runs)


class _Trees:
    """The sections of both documents by anchor."""

    def __init__(
        self, kind: PartKind, old: Sequence[Section], new: Sequence[Section], renamed: Renamed
    ) -> None:
        self.kind: PartKind = kind
        self.renamed = renamed
        self.old, self.old_order = _places(old)
        self.new, self.new_order = _places(new)

    def below(self, parent: str) -> tuple[PartChange, ...]:
        """Return the parts below an anchor that stands in either document."""
        old, new = self.old_order.get(parent, []), self.new_order.get(parent, [])
        # What went elsewhere is told there; only what is gone altogether is told here.
        gone_or_here = [a for a in old if a not in self.new or self.new[a].parent == parent]
        stayed_old = [a for a in old if a in self.new and self.new[a].parent == parent]
        stayed_new = [a for a in new if a in self.old and self.old[a].parent == parent]
        elsewhere = moved(stayed_old, stayed_new)
        return tuple(
            self._part(anchor, anchor in elsewhere) for anchor in merged(gone_or_here, new)
        )

    def _part(self, anchor: str, is_moved: bool) -> PartChange:
        old, new = self.old.get(anchor), self.new.get(anchor)
        came = old is not None and new is not None and old.parent != new.parent
        before, after = (place.section if place else None for place in (old, new))
        titles = mark(before.title if before else "", after.title if after else "")
        contents = compare_contents(
            before.blocks if before else (), after.blocks if after else (), self.renamed
        )
        changed = bool(contents) or any(map(differs, titles))
        some = after or before
        return PartChange(
            kind=self.kind,
            anchor=anchor,
            level=some.level if some else 1,
            status=part_status(
                is_old=before is not None,
                is_new=after is not None,
                differs=changed,
                is_moved=is_moved or came,
            ),
            number_old=before.number if before else "",
            number_new=after.number if after else "",
            title_old=titles[0],
            title_new=titles[1],
            moved=is_moved or came,
            moved_from=old.parent_heading if came and old else "",
            contents=contents,
            children=self.below(anchor),
        )


def _places(roots: Sequence[Section]) -> tuple[dict[str, _Place], Mapping[str, list[str]]]:
    """Return every section by anchor, and the anchors below each, those of the roots below ""."""
    places: dict[str, _Place] = {}
    order: dict[str, list[str]] = {}

    def visit(sections: Sequence[Section], parent: str, heading: str) -> None:
        for section in sections:
            places[section.anchor] = _Place(section, parent, heading)
            order.setdefault(parent, []).append(section.anchor)
            visit(section.children, section.anchor, section.heading)

    visit(roots, "", "")
    return places, order
