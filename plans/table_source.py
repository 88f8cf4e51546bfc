"""Finds the tables and figures that chapters and annexes name, and builds each table once."""

from dataclasses import replace
from functools import cached_property

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.build import build_table, rows_of
from bcp_portal.annex.counted_rows import as_in_edition, counted_statuses
from bcp_portal.annex.draft_rows import draft_counts
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec, DerivedTable
from bcp_portal.annex.table import Table, each_once, select
from bcp_portal.ui.errors import DomainError
from plans.document import FigureBlock, TableBlock
from plans.draft_marks import added_by_drafts, noting_drafts, with_marks
from plans.editions.masking import masked_table
from plans.figure_sources import FigureSource, is_figure_code
from plans.live_blocks import LiveBlock
from plans.phrases.queries import load_words
from plans.phrases.words import Words
from plans.view_publicity import published


class TableSource:
    """The tables of one municipality as one reader may see them; used for one document or page.

    They count rows marked 作成中 and mark them, unless they are to say what an edition would.
    """

    def __init__(
        self, presentation: Presentation, *, include_personal: bool, in_edition: bool = False
    ) -> None:
        self.presentation = presentation
        self.include_personal = include_personal
        self.in_edition = in_edition
        self._whole: dict[str, Table] = {}
        self._shown: dict[str, Table] = {}
        self._drafts: dict[str, frozenset[str]] = {}

    def masked(self) -> "TableSource":
        """Return the tables read so far and later for somebody who may not see personal values."""
        other = TableSource(self.presentation, include_personal=False, in_edition=self.in_edition)
        other._whole, other._drafts = self._whole, self._drafts
        return other

    @property
    def municipality(self) -> Municipality:
        return self.presentation.municipality

    @cached_property
    def words(self) -> Words:
        """Return what the phrases of chapter texts say to this reader."""
        with as_in_edition(self.in_edition):
            return load_words(self.municipality, include_personal=self.include_personal)

    def table(self, code: str) -> Table | None:
        """Return a table with all its columns and rows, or None when no table has this code."""
        if code not in self._shown:
            spec = registry.spec(code) or registry.derived_table(code)
            if spec is None:
                return None
            if code not in self._whole:
                with as_in_edition(self.in_edition):
                    self._whole[code], self._drafts[code] = self._build(spec)
            whole = self._whole[code]
            self._shown[code] = whole if self.include_personal else masked_table(whole)
        return self._shown[code]

    def printed_table(self, code: str) -> Table | None:
        """Return a table as it is printed: whole, with a mark at the rows that are 作成中."""
        table = self.table(code)
        return with_marks(table, self._drafts[code]) if table else None

    def figures(self) -> FigureSource:
        """Return the figures of the same municipality for the same reader."""
        return FigureSource(self.presentation, self.include_personal)

    def block(self, block: LiveBlock) -> TableBlock | FigureBlock:
        """Return what a chapter's block shows; a sentence stands where there is nothing to show."""
        if is_figure_code(block.code):
            return self._figure_block(block)
        try:
            table = self.table(block.code)
        except DomainError as error:
            return TableBlock(None, error.message)
        if table is None:
            return TableBlock(
                None,
                f"表「{block.code}」はこのシステムにありません。本文の編集画面で表を選び直してください。",
            )
        drafts = self._drafts[block.code]
        shown = select(table, columns=block.columns, filters=block.filters)
        # A view lines up several things; the column that told two lines apart may be left out.
        is_view = registry.derived_table(block.code) is not None
        if is_view and block.columns:
            shown = each_once(shown, last=drafts)
        return TableBlock(with_marks(shown, drafts))

    def _figure_block(self, block: LiveBlock) -> FigureBlock:
        try:
            with as_in_edition(self.in_edition):
                drawn = self.figures().drawn(block.code, block.columns)
        except DomainError as error:
            return FigureBlock(None, error.message)
        if drawn:
            return FigureBlock(drawn.figure, "", drawn.public)
        missing = f"図「{block.code}」はこのシステムにありません。本文の編集画面で図を選び直してください。"
        return FigureBlock(None, missing)

    @cached_property
    def _any_drafts(self) -> bool:
        """Tell whether any row of the municipality is 作成中: else a view need not be built twice."""
        return not self.in_edition and bool(draft_counts())

    def _build(self, spec: AnnexSpec | DerivedTable) -> tuple[Table, frozenset[str]]:
        """Return the table, and the uids of its rows that an edition would not hold."""
        if isinstance(spec, DerivedTable):
            return self._view(spec)
        sheet = Sheet(spec, self.presentation)
        rows = list(rows_of(sheet, counted_statuses()))
        table = build_table(sheet, municipality=self.municipality, include_personal=True, rows=rows)
        drafts = (str(row.uid) for row in rows if row.row_status == RowStatus.DRAFT)
        return table, frozenset(drafts)

    def _view(self, spec: DerivedTable) -> tuple[Table, frozenset[str]]:
        """Return a view; a line of it may come from several rows, so both forms are compared."""
        working = spec.build(self.municipality)
        if not self._any_drafts:
            return published(spec, working, self.presentation), frozenset()
        try:
            with as_in_edition():
                issued = spec.build(self.municipality)
        except DomainError:
            issued = replace(working, rows=())
        noted = noting_drafts(working, issued)
        return published(spec, noted, self.presentation), added_by_drafts(working, issued)
