"""Says how far a plan has been written: by chapter, by annex and by step of the 2008 guideline; pure.

The steps are those of 総務省「地方公共団体におけるICT部門の業務継続計画（BCP）策定に関するガイドライン」
(2008). The names of steps 18 to 20 are not confirmed and therefore left blank.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bcp_portal.annex.kinds import is_blank
from bcp_portal.annex.table import Table
from plans.text.outline import Outline, OutlineNode

AS_OFFERED = "文例のまま"


class State(StrEnum):
    """How far something is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"

    @property
    def label(self) -> str:
        return {"not_started": "未着手", "in_progress": "記入中", "done": "記入済み"}[self]

    @property
    def badge(self) -> str:
        """Return the kind of badge that shows it."""
        return {"not_started": "neutral", "in_progress": "warning", "done": "success"}[self]


def combined(states: Iterable[State]) -> State:
    """Return the state of a whole: done when all parts are, not started when none has begun."""
    found = set(states)
    return found.pop() if len(found) == 1 else State.IN_PROGRESS if found else State.NOT_STARTED


@dataclass(frozen=True)
class TableProgress:
    """One table: its rows, the cells that approval needs and that are still blank, its drafts."""

    code: str
    title: str
    row_count: int
    needed_cells: int
    blank_cells: int
    blank_columns: tuple[str, ...] = ()
    draft_count: int = 0

    @property
    def state(self) -> State:
        if not self.row_count:
            return State.NOT_STARTED
        return State.IN_PROGRESS if self.blank_cells or self.draft_count else State.DONE


def table_progress(table: Table, needed: Collection[str], draft_count: int = 0) -> TableProgress:
    """Count the blank cells of the needed columns; blank_columns are their labels, worst first.

    The table has the rows that an edition would hold; `draft_count` says how many more are 作成中,
    of which no cell is counted, as on the page of what is blank.
    """
    blanks = {
        column.label: sum(is_blank(row.cells.get(column.name)) for row in table.rows)
        for column in table.columns
        if column.name in needed
    }
    worst = sorted((label for label in blanks if blanks[label]), key=lambda label: -blanks[label])
    return TableProgress(
        code=table.code,
        title=table.title,
        row_count=len(table.rows) + draft_count,
        needed_cells=len(blanks) * len(table.rows),
        blank_cells=sum(blanks.values()),
        blank_columns=tuple(worst),
        draft_count=draft_count,
    )


@dataclass(frozen=True)
class AnnexProgress:
    """One annex: its main table decides whether it was begun, all its rows whether it is done."""

    number: int
    title: str
    steps: tuple[int, ...]
    tables: tuple[TableProgress, ...]
    by_reference: bool = False

    @property
    def row_count(self) -> int:
        return sum(table.row_count for table in self.tables)

    @property
    def blank_cells(self) -> int:
        return sum(table.blank_cells for table in self.tables)

    @property
    def draft_count(self) -> int:
        return sum(table.draft_count for table in self.tables)

    @property
    def state(self) -> State:
        if self.by_reference:
            return State.DONE
        if not self.row_count:
            return State.NOT_STARTED
        main_is_empty = bool(self.tables) and not self.tables[0].row_count
        waits = main_is_empty or self.blank_cells or self.draft_count
        return State.IN_PROGRESS if waits else State.DONE


@dataclass(frozen=True)
class ChapterProgress:
    """One 章 with all below it: how many places wait for text, how many have it, and whose it is."""

    node: OutlineNode
    places: int
    empty: tuple[OutlineNode, ...]
    as_offered: int = 0

    @property
    def written(self) -> int:
        return self.places - len(self.empty)

    @property
    def state(self) -> State:
        if not self.empty:
            return State.DONE
        return State.IN_PROGRESS if self.written else State.NOT_STARTED

    @property
    def label(self) -> str:
        """Return the state in words; nobody has written what still stands as it was offered."""
        return AS_OFFERED if self._is_as_offered else self.state.label

    @property
    def badge(self) -> str:
        return State.NOT_STARTED.badge if self._is_as_offered else self.state.badge

    @property
    def _is_as_offered(self) -> bool:
        return self.state is State.DONE and self.as_offered == self.places


def chapter_progress(
    outline: Outline, is_own: Callable[[Any], bool] = lambda chapter: True
) -> list[ChapterProgress]:
    """Return the progress of each 章; only where nothing stands below is text expected.

    `is_own` tells whether somebody wrote the text of a chapter, or it came with the outline.
    """
    return [_chapter(root, is_own) for root in outline.roots]


def _chapter(root: OutlineNode, is_own: Callable[[Any], bool]) -> ChapterProgress:
    leaves = [node for node in root.walk() if not node.children]
    empty = tuple(node for node in leaves if node.chapter.is_empty)
    offered = [n for n in leaves if not n.chapter.is_empty and not is_own(n.chapter)]
    return ChapterProgress(root, len(leaves), empty, len(offered))


@dataclass(frozen=True)
class GuidelineStep:
    """One step of the guideline."""

    number: int
    part: str
    name: str


_PART_1, _PART_2, _PART_3 = "第1部 基盤づくり", "第2部 簡略なBCP", "第3部 本格的なBCP"
_NAMES = (
    (_PART_1, "検討メンバーの選定"),
    (_PART_1, "情報システムの現状調査"),
    (_PART_1, "庁舎・設備等の災害危険度の調査"),
    (_PART_1, "ICT部門主導で実施できる庁舎・設備等の対策"),
    (_PART_1, "重要情報のバックアップ"),
    (_PART_1, "初動行動計画の立案"),
    (_PART_1, "ICT部門内の簡易訓練"),
    (_PART_1, "運用体制の構築と維持管理"),
    (_PART_2, "策定体制の構築"),
    (_PART_2, "被害の想定"),
    (_PART_2, "重要業務・重要情報システムの選定"),
    (_PART_2, "重要情報システムの継続に不可欠な資源の把握"),
    (_PART_2, "ICT部門が中心に検討すべき事前対策"),
    (_PART_2, "外部事業者との運用保守契約の見直し"),
    (_PART_2, "代替・復旧行動計画の立案"),
    (_PART_2, "本格的な訓練の実施"),
    (_PART_3, "ICT部門のBCP投資判断のための体制構築"),
    (_PART_3, ""),
    (_PART_3, ""),
    (_PART_3, ""),
)
STEPS = tuple(GuidelineStep(number, part, name) for number, (part, name) in enumerate(_NAMES, 1))


@dataclass(frozen=True)
class StepProgress:
    """One step with the annexes that come out of it."""

    step: GuidelineStep
    annexes: tuple[AnnexProgress, ...]

    @property
    def state(self) -> State | None:
        """Return None where the step leaves no annex behind: nothing can be counted."""
        return combined(annex.state for annex in self.annexes) if self.annexes else None


def step_progress(annexes: Sequence[AnnexProgress]) -> list[StepProgress]:
    """Return all twenty steps; an annex that belongs to several stands in each."""
    return [
        StepProgress(step, tuple(annex for annex in annexes if step.number in annex.steps))
        for step in STEPS
    ]
