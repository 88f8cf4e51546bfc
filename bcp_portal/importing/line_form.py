"""Puts one line of a file into the form of its row, and says in Japanese what the form refuses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS

from bcp_portal.annex.form_factory import Making, Mode, make_field
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.sheet import Item
from bcp_portal.importing.cell_values import CellError, typed_text
from bcp_portal.importing.data_lines import NOTHING_ABOVE, DataLine
from bcp_portal.importing.former_options import OptionMeanings
from bcp_portal.importing.import_outcome import CellProblem
from bcp_portal.importing.measuring_units import in_own_unit
from bcp_portal.importing.sources import Cell, place_of, shown
from bcp_portal.importing.targets import ImportTarget, must_be_given

WHOLE_LINE = "行全体"
STRUCK = "（ファイルにある文字は、取り消し線が引かれているため取り込みません）"


@dataclass(frozen=True)
class LineForms:
    """Makes the forms of one sheet.

    By column name, `letters` are the columns of the file, `units` what its heads say numbers count,
    `options` what it means by former labels of options.
    """

    target: ImportTarget
    pool: ReferencePool
    letters: Mapping[str, int]
    units: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, OptionMeanings] = field(default_factory=dict)

    def texts(self, line: DataLine, names: Collection[str]) -> "Texts":
        """Return what is to be typed for these columns, and which cells cannot be read."""
        texts, problems = {}, []
        for name in names:
            item, cell = self.target.items[name], line.cells.get(name)
            if name in line.orphans:
                reason = NOTHING_ABOVE.format(shown(line.as_written[name]))
                problems.append(self.problem(line, name, reason))
                continue
            try:
                texts[name] = self._text(item, cell)
            except CellError as error:
                problems.append(self.problem(line, name, str(error)))
        return Texts(texts, problems)

    def value(self, line: DataLine, item: Item) -> Any:
        """Return what one column of a line says; ValidationError or CellError if it says nothing."""
        style = self.target.sheet.presentation.date_style
        field = self.pool.field_of(Making(item, Mode.GRID, style, self.pool, None), make_field)
        return field.clean(self._text(item, line.cells.get(item.name)))

    def _text(self, item: Item, cell: Cell) -> str:
        name = item.name
        return text_to_type(item, cell, self.units.get(name, ""), self.options.get(name))

    def form(self, row: Any, texts: Mapping[str, str]) -> AnnexForm:
        """Return the form with these columns typed; what a new row must have is asked for too."""
        items = self.target.items
        typed = set(texts)
        if row.pk is None:
            typed |= {name for name, item in items.items() if must_be_given(item, row)}
        data = {"version": str(row.version if row.pk else 0), **texts}
        return AnnexForm(
            data,
            sheet=self.target.sheet,
            row=row,
            items=items.values(),
            mode=Mode.GRID,
            pool=self.pool,
            typed=typed,
        )

    def problems(self, line: DataLine, form: AnnexForm) -> list[CellProblem]:
        """Return what the form refuses, each with the place and value in the file."""
        found = []
        for name, texts in form.errors.items():
            column = "" if name == NON_FIELD_ERRORS else name
            for text in texts:
                reason = self._reason(column, form, str(text))
                if column in line.struck and line.cells.get(column) is None:
                    reason += STRUCK
                found.append(self.problem(line, column, reason))
        return found

    def _reason(self, name: str, form: AnnexForm, text: str) -> str:
        """Return what the form says; of a choice that there is none of, which there are."""
        item = form.items.get(name)
        typed = str(form.data.get(name, "")) if item else ""
        if item is None or not item.column.kind.chooses_one or not typed:
            return text
        labels = dict(item.column.choices)
        if typed in labels:
            return text
        return f"「{typed}」は選択肢にありません。{'、'.join(labels.values())}から選んでください。"

    def problem(self, line: DataLine, name: str, reason: str) -> CellProblem:
        """Return one problem of a cell, or of the whole line where no column is named."""
        item = self.target.known.get(name)
        return CellProblem(
            column=place_of(self.letters.get(name, 0)),
            label=item.column.label if item else WHOLE_LINE,
            value=shown(line.as_written.get(name)),
            reason=reason,
            personal=bool(item and item.column.personal),
            name=name if item else "",
        )


@dataclass(frozen=True)
class Texts:
    """Texts to type by column name, and the cells that have none."""

    texts: dict[str, str]
    problems: list[CellProblem] = field(default_factory=list)


def text_to_type(
    item: Item, cell: Cell, unit: str = "", options: OptionMeanings | None = None
) -> str:
    """Return the text for a form; CellError (Japanese) for a cell that cannot be read."""
    if cell is None:
        return ""
    kind = item.column.kind
    text = typed_text(in_own_unit(cell, kind, unit, item.column.label), kind)
    text = options.in_words_of_now(text) if options else text
    return kind.code_meant(text, item.column.choices)
