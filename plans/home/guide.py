"""How far each step of a guided start is; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.home.progress import State, TableProgress, combined
from plans.outlines.template import GuideStep
from plans.text.outline import OutlineNode


@dataclass(frozen=True)
class GuideTable:
    """One table of a step; of a table the plan does not print, one row is enough.

    comes_along names the roles that the rows to begin with would bring into another table. Of a
    register nothing but names is printed.
    """

    progress: TableProgress
    is_printed: bool
    may_begin: bool = False
    comes_along: tuple[str, ...] = ()
    is_register: bool = False

    @property
    def state(self) -> State:
        if self.is_printed or not self.progress.row_count:
            return self.progress.state
        all_drafts = self.progress.draft_count == self.progress.row_count
        return State.IN_PROGRESS if all_drafts else State.DONE


@dataclass(frozen=True)
class GuideChapter:
    """One chapter of a step: a sample nobody touched still waits for somebody to read it."""

    node: OutlineNode
    is_own: bool

    @property
    def state(self) -> State:
        if self.node.chapter.is_empty:
            return State.NOT_STARTED
        return State.DONE if self.is_own else State.IN_PROGRESS


@dataclass(frozen=True)
class GuideStepState:
    """One step with the state of everything it leads to."""

    number: int
    step: GuideStep
    tables: Sequence[GuideTable] = ()
    chapters: Sequence[GuideChapter] = ()
    page_state: State | None = None

    @property
    def state(self) -> State:
        states = [table.state for table in self.tables]
        states += [chapter.state for chapter in self.chapters]
        return combined([*states, self.page_state] if self.page_state else states)

    @property
    def is_done(self) -> bool:
        return self.state is State.DONE

    @property
    def may_begin(self) -> bool:
        """Tell whether rows to begin with are offered and not there yet."""
        return bool(self.step.preset) and any(table.may_begin for table in self.tables)

    @property
    def comes_along(self) -> list[str]:
        """Return the roles that come along with the rows to begin with."""
        return [name for table in self.tables for name in table.comes_along]
