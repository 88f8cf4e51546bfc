"""Names the rows of the covered parts that are 作成中, which the edition will not hold."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.draft_rows import draft_counts
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.table_builder import build_table
from plans.comparison.tables import name_of_row
from plans.document.coverage import Coverage
from plans.document.frozen_rows import covers_table

HEAD_KEY = "draft_rows"
"""Where the head of a submission keeps them; submissions of former releases lack it."""


@dataclass(frozen=True)
class DraftPart:
    """The rows of one table that are 作成中, by what a reader calls them."""

    code: str
    heading: str
    names: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.names)

    @property
    def said(self) -> str:
        """Return table and rows as the page of a revision and its approval sheet say them."""
        return f"{self.heading}：「{'」「'.join(self.names)}」（{self.count}行）"

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data, as the head of a submission keeps it."""
        return asdict(self)


def draft_parts(municipality: Municipality, coverage: Coverage) -> list[DraftPart]:
    """Return the tables of the covered parts that have such rows, in the order of the registry.

    The number of queries depends on the number of such tables only.
    """
    presentation = Presentation.load(municipality)
    specs = (registry.spec(code) for code in draft_counts())
    sheets = [
        Sheet(spec, presentation) for spec in specs if spec and covers_table(spec.code, coverage)
    ]
    return [DraftPart(each.spec.code, each.heading, _names(each)) for each in sheets]


def draft_parts_in(head: Mapping[str, Any]) -> list[DraftPart]:
    """Return what was frozen with a submission; [] where a former release froze nothing."""
    return [_part(each) for each in head.get(HEAD_KEY, ())]


def row_count(parts: Iterable[DraftPart]) -> int:
    """Return how many rows they are together."""
    return sum(each.count for each in parts)


def _names(sheet: Sheet) -> tuple[str, ...]:
    table = build_table(
        sheet, municipality=sheet.municipality, statuses=(RowStatus.DRAFT,), items=sheet.items
    )
    named = [name_of_row(table, row) for row in table.rows]
    return tuple(name or "（名称なし）" for name in named)


def _part(data: Mapping[str, Any]) -> DraftPart:
    return DraftPart(str(data["code"]), str(data["heading"]), tuple(map(str, data["names"])))
