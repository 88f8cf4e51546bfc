"""Says which parts of a plan a revision covers, and whether two revisions would meet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plans.document import Document, Section

WHOLE_PLAN = "計画の全体"
NOTHING = "（対象が選ばれていません）"
GONE = "取り除かれた章"


@dataclass(frozen=True)
class Coverage:
    """Parts of one plan: the whole, or chapters by the anchor of a 章 and annexes by number.

    What stands before the numbered chapters and behind them counts as a chapter.
    """

    whole: bool = False
    chapters: frozenset[str] = frozenset()
    annexes: frozenset[int] = frozenset()

    @classmethod
    def of(cls, chapters: Iterable[str] = (), annexes: Iterable[int] = ()) -> "Coverage":
        return cls(False, frozenset(chapters), frozenset(annexes))

    @property
    def is_empty(self) -> bool:
        return not (self.whole or self.chapters or self.annexes)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data in a fixed order, so that equal coverages are equal bytes."""
        return {
            "whole": self.whole,
            "chapters": sorted(self.chapters),
            "annexes": sorted(self.annexes),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Coverage":
        """Rebuild what `to_json` returned; a key that is missing covers nothing."""
        return cls(
            bool(data.get("whole", False)),
            frozenset(str(anchor) for anchor in data.get("chapters", ())),
            frozenset(int(number) for number in data.get("annexes", ())),
        )

    def overlaps(self, other: "Coverage") -> bool:
        """Tell whether some part belongs to both; the whole plan meets everything but nothing."""
        if self.is_empty or other.is_empty:
            return False
        if self.whole or other.whole:
            return True
        return bool(self.chapters & other.chapters or self.annexes & other.annexes)

    def shared_with(self, other: "Coverage") -> "Coverage":
        """Return the parts that belong to both."""
        if self.whole:
            return other
        if other.whole:
            return self
        return Coverage(False, self.chapters & other.chapters, self.annexes & other.annexes)

    def covers_section(self, anchor: str) -> bool:
        """Tell whether the 章 with this anchor, and so all below it, is covered."""
        return self.whole or anchor in self.chapters

    def covers_annex(self, number: int) -> bool:
        return self.whole or number in self.annexes

    def missing_from(self, document: Document) -> "Coverage":
        """Return the parts that the document does not have."""
        anchors = {section.anchor for section in level_one(document)}
        numbers = {annex.number for annex in document.annexes}
        return Coverage(False, self.chapters - anchors, self.annexes - numbers)

    def label(self, document: Document) -> str:
        """Return the parts in words, in printed order; a part that is gone is still counted."""
        if self.whole:
            return WHOLE_PLAN
        names = [s.heading for s in level_one(document) if s.anchor in self.chapters]
        gone = len(self.missing_from(document).chapters)
        if gone:
            names.append(f"{GONE}{gone}件")
        headings = {annex.number: annex.heading for annex in document.annexes}
        names += [headings.get(number, f"様式{number}") for number in sorted(self.annexes)]
        return "、".join(names) or NOTHING


WHOLE = Coverage(whole=True)


def level_one(document: Document) -> tuple[Section, ...]:
    """Return the 章 of a document in printed order, those before the numbered ones first."""
    return (*document.front, *document.chapters)
