"""Finds the tables and figures that chapters and annexes name, and builds each table once."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.counted_rows import IN_EDITION, as_in_edition, counted_statuses
from bcp_portal.annex.draft_rows import draft_uids
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec, DerivedTable
from bcp_portal.annex.table import Table, TableRow, each_once, select
from bcp_portal.annex.table_builder import build_table, cells_of, rows_of
from bcp_portal.ui.errors import DomainError
from plans.annexes.draft_marks import (
    added_by_drafts,
    noting_computed,
    noting_drafts,
    with_marks,
    with_named_marks,
)
from plans.annexes.drawn.figure_source import FigureSource, is_figure_code
from plans.annexes.quoted_drafts import Quotes, names_signed, quotes_in, with_quoted_marks
from plans.annexes.view_publicity import published
from plans.document.document import FigureBlock, TableBlock
from plans.document.masking import masked_table
from plans.phrases.queries import load_words
from plans.text.live_blocks import LiveBlock
from plans.text.phrase_words import Words


@dataclass(frozen=True)
class Built:
    """A table with all its columns and rows, and what of it only a working print says.

    `drafts` are the uids of the lines an edition would not hold, `recounted` the columns that are
    computed otherwise there, `quotes` the texts that quote the name of a row marked 作成中.
    """

    table: Table
    drafts: frozenset[str] = frozenset()
    recounted: frozenset[str] = frozenset()
    quotes: Quotes = field(default_factory=dict)


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
        self._built: dict[str, Built] = {}
        self._shown: dict[str, Table] = {}

    def masked(self) -> "TableSource":
        """Return the tables read so far and later for somebody who may not see personal values."""
        other = TableSource(self.presentation, include_personal=False, in_edition=self.in_edition)
        other._built = self._built
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
            if code not in self._built:
                with as_in_edition(self.in_edition):
                    self._built[code] = self._build(spec)
            whole = self._built[code].table
            self._shown[code] = whole if self.include_personal else masked_table(whole)
        return self._shown[code]

    def printed_table(self, code: str) -> Table | None:
        """Return a table as it is printed: whole, with a mark at what is 作成中."""
        table = self.table(code)
        return self._marked(table, self._built[code]) if table else None

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
        built = self._built[block.code]
        shown = select(table, columns=block.columns, filters=block.filters)
        # A view lines up several things; the column that told two lines apart may be left out.
        is_view = registry.derived_table(block.code) is not None
        if is_view and block.columns:
            shown = each_once(shown, last=built.drafts)
        return TableBlock(self._marked(shown, built))

    def _marked(self, shown: Table, built: Built) -> Table:
        """Return what is shown of a table with the marks and notes of a working print."""
        named = with_quoted_marks(with_named_marks(shown, self._draft_uids), built.quotes)
        return with_marks(noting_computed(named, built.recounted), built.drafts)

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
    def _draft_uids(self) -> frozenset[str]:
        """Return the rows of the municipality that are 作成中: without any, nothing is built twice."""
        return frozenset() if self.in_edition else draft_uids()

    def _build(self, spec: AnnexSpec | DerivedTable) -> Built:
        if isinstance(spec, DerivedTable):
            return self._view(spec)
        sheet = Sheet(spec, self.presentation)
        rows = list(rows_of(sheet, counted_statuses()))
        table = build_table(sheet, municipality=self.municipality, include_personal=True, rows=rows)
        drafts = (str(row.uid) for row in rows if row.row_status == RowStatus.DRAFT)
        recounted, quotes = self._recounted(sheet, table), self._quotes(sheet, table)
        return Built(table, frozenset(drafts), recounted, quotes)

    def _quotes(self, sheet: Sheet, working: Table) -> Quotes:
        """Return what computed columns quote of rows that are 作成中."""
        computed = [i for i in sheet.items if i.spec.compute and i.spec.in_print]
        if not computed or not self._draft_uids:
            return {}
        with names_signed():
            rows = list(rows_of(sheet, counted_statuses()))
            signed = cells_of(computed, rows)
        lines = (TableRow(str(row.uid), cells) for row, cells in zip(rows, signed, strict=True))
        return quotes_in(working.rows, lines)

    def _recounted(self, sheet: Sheet, working: Table) -> frozenset[str]:
        """Return the columns that are computed otherwise in an edition, in rows that it holds."""
        computed = [i for i in sheet.items if i.spec.compute and i.spec.in_print]
        if not computed or not self._draft_uids:
            return frozenset()
        with as_in_edition():
            rows = list(rows_of(sheet, IN_EDITION))
            issued = cells_of(computed, rows)
        said = {row.uid: row.cells for row in working.rows}
        return frozenset(
            item.name
            for item in computed
            for row, cells in zip(rows, issued, strict=True)
            if said[str(row.uid)][item.name] != cells[item.name]
        )

    def _view(self, spec: DerivedTable) -> Built:
        """Return a view; a line of it may come from several rows, so both forms are compared."""
        working = spec.build(self.municipality)
        if not self._draft_uids:
            return Built(published(spec, working, self.presentation))
        try:
            with as_in_edition():
                issued = spec.build(self.municipality)
        except DomainError:
            issued = replace(working, rows=())
        with names_signed():
            signed = spec.build(self.municipality)
        noted, added = noting_drafts(working, issued), added_by_drafts(working, issued)
        quotes = quotes_in(working.rows, signed.rows, but=added)
        return Built(published(spec, noted, self.presentation), added, quotes=quotes)
