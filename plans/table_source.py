"""Finds the tables and figures that chapters and annexes name, and builds each table once."""

from dataclasses import replace
from functools import cached_property

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.build import build_table
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec, DerivedTable
from bcp_portal.annex.table import Table, each_once, select
from bcp_portal.ui.errors import DomainError
from plans.document import FigureBlock, TableBlock
from plans.editions.masking import masked_table
from plans.figure_sources import FigureSource, is_figure_code
from plans.live_blocks import LiveBlock
from plans.phrases.queries import load_words
from plans.phrases.words import Words
from plans.public_edition.figure_sources import FigurePublicity


class TableSource:
    """The tables of one municipality as one reader may see them; used for one document or page."""

    def __init__(self, presentation: Presentation, *, include_personal: bool) -> None:
        self.presentation = presentation
        self.include_personal = include_personal
        self._whole: dict[str, Table] = {}
        self._shown: dict[str, Table] = {}

    def masked(self) -> "TableSource":
        """Return the tables read so far and later for somebody who may not see personal values."""
        other = TableSource(self.presentation, include_personal=False)
        other._whole = self._whole
        return other

    @property
    def municipality(self) -> Municipality:
        return self.presentation.municipality

    @cached_property
    def words(self) -> Words:
        """Return what the phrases of chapter texts say to this reader."""
        return load_words(self.municipality, include_personal=self.include_personal)

    def table(self, code: str) -> Table | None:
        """Return a table with all its columns and rows, or None when no table has this code."""
        if code not in self._shown:
            spec = registry.spec(code) or registry.derived_table(code)
            if spec is None:
                return None
            if code not in self._whole:
                self._whole[code] = self._build(spec)
            whole = self._whole[code]
            self._shown[code] = whole if self.include_personal else masked_table(whole)
        return self._shown[code]

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
        shown = select(table, columns=block.columns, filters=block.filters)
        # A view lines up several things; the column that told two lines apart may be left out.
        is_view = registry.derived_table(block.code) is not None
        return TableBlock(each_once(shown) if is_view and block.columns else shown)

    def _figure_block(self, block: LiveBlock) -> FigureBlock:
        try:
            figure = self.figures().figure(block.code, block.columns)
        except DomainError as error:
            return FigureBlock(None, error.message)
        public = self._publicity.is_public(block.code)
        missing = f"図「{block.code}」はこのシステムにありません。本文の編集画面で図を選び直してください。"
        return FigureBlock(figure, "" if figure else missing, public)

    @cached_property
    def _publicity(self) -> FigurePublicity:
        return FigurePublicity(self.presentation)

    def _published(self, table: Table) -> Table:
        """Return a view with what this municipality settles about its columns in public."""
        public = self.presentation.public
        columns = (replace(c, public=public(table.code, c.name, c.public)) for c in table.columns)
        return replace(table, columns=tuple(columns))

    def _build(self, spec: AnnexSpec | DerivedTable) -> Table:
        if isinstance(spec, DerivedTable):
            return self._published(spec.build(self.municipality))
        sheet = Sheet(spec, self.presentation)
        return build_table(sheet, municipality=self.municipality, include_personal=True)
