"""Says which parts of a plan a revision covers, and whether two revisions would meet.

Each fact belongs to one part: a text to its 章, a row to the 様式 or to the table of chapters that
it is a row of, and what all of them name (departments, people, phrases, choices) to the masters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bcp_portal.annex import registry
from plans.document.document import Document, Section

WHOLE_PLAN = "計画の全体"
NOTHING = "（対象が選ばれていません）"
GONE = "取り除かれた章"
MASTERS_LABEL = "共通の台帳と語句"


@dataclass(frozen=True)
class Coverage:
    """Parts of one plan: the whole, or chapters by the anchor of a 章 and annexes by number.

    What stands before the numbered chapters and behind them counts as a chapter. `tables` are
    codes of tables that belong to no 様式, `masters` what every part may name. A coverage that was
    written before there were these two (`before_masters`) means by them what it meant then: tables
    of no 様式 and phrases go with any chapter, departments and people are those of today.
    """

    whole: bool = False
    chapters: frozenset[str] = frozenset()
    annexes: frozenset[int] = frozenset()
    tables: frozenset[str] = frozenset()
    masters: bool = False
    before_masters: bool = False

    @classmethod
    def of(
        cls,
        chapters: Iterable[str] = (),
        annexes: Iterable[int] = (),
        tables: Iterable[str] = (),
        *,
        masters: bool = False,
    ) -> "Coverage":
        return cls(False, frozenset(chapters), frozenset(annexes), frozenset(tables), masters)

    @property
    def is_empty(self) -> bool:
        return not (self.whole or self.chapters or self.annexes or self.tables or self.masters)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data in a fixed order, so that equal coverages are equal bytes."""
        data: dict[str, Any] = {
            "whole": self.whole,
            "chapters": sorted(self.chapters),
            "annexes": sorted(self.annexes),
        }
        if not self.before_masters:
            data |= {"tables": sorted(self.tables), "masters": self.masters}
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Coverage":
        """Rebuild what `to_json` returned; a key that is missing covers nothing."""
        return cls(
            bool(data.get("whole", False)),
            frozenset(str(anchor) for anchor in data.get("chapters", ())),
            frozenset(int(number) for number in data.get("annexes", ())),
            frozenset(str(code) for code in data.get("tables", ())),
            bool(data.get("masters", False)),
            before_masters="masters" not in data and not data.get("whole", False),
        )

    def overlaps(self, other: "Coverage") -> bool:
        """Tell whether some part belongs to both; the whole plan meets everything but nothing."""
        if self.is_empty or other.is_empty:
            return False
        if self.whole or other.whole:
            return True
        return not self.shared_with(other).is_empty

    def shared_with(self, other: "Coverage") -> "Coverage":
        """Return the parts that belong to both."""
        if self.whole:
            return other
        if other.whole:
            return self
        return Coverage(
            False,
            self.chapters & other.chapters,
            self.annexes & other.annexes,
            self._tables_shared_with(other) | other._tables_shared_with(self),
            self._shares_masters_of(other) or other._shares_masters_of(self),
        )

    @property
    def _carries_tables(self) -> bool:
        """Tell whether tables of no 様式 and phrases go along unnamed."""
        return self.before_masters and bool(self.chapters)

    def _tables_shared_with(self, other: "Coverage") -> frozenset[str]:
        return self.tables if other._carries_tables else self.tables & other.tables

    def _shares_masters_of(self, other: "Coverage") -> bool:
        return other.masters and (self.masters or self._carries_tables)

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
        """Return the parts in words, in printed order; a part that is gone is still counted.

        Tables of no 様式 are called as the program ships them.
        """
        if self.whole:
            return WHOLE_PLAN
        names = [s.heading for s in level_one(document) if s.anchor in self.chapters]
        gone = len(self.missing_from(document).chapters)
        if gone:
            names.append(f"{GONE}{gone}件")
        headings = {annex.number: annex.heading for annex in document.annexes}
        names += [headings.get(number, f"様式{number}") for number in sorted(self.annexes)]
        specs = (registry.spec(code) for code in sorted(self.tables))
        names += [f"本文の表「{spec.title}」" for spec in specs if spec]
        names += [MASTERS_LABEL] if self.masters else []
        return "、".join(names) or NOTHING


WHOLE = Coverage(whole=True)


def level_one(document: Document) -> tuple[Section, ...]:
    """Return the 章 of a document in printed order, those before the numbered ones first."""
    return (*document.front, *document.chapters)
