"""Holds names in an old export that mean another row now, so that no row is re-pointed without being asked."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from bcp_portal.annex.references import References
from bcp_portal.annex.row_changes import named_uids
from bcp_portal.annex.sheet import Item
from bcp_portal.importing.cell_values import CellError
from bcp_portal.importing.data_lines import DataLine
from bcp_portal.importing.import_outcome import CellProblem
from bcp_portal.importing.line_form import text_to_type
from bcp_portal.importing.names_at_export import GoneRow, NamesThen
from bcp_portal.importing.sheet_lines import SheetLines

ANOTHER_NOW = (
    "ファイルを書き出したとき、「{name}」は{then}の名称でした。今は別の{label}の名称です。"
    "どちらを指すか決められないため、{what}は取り込みません。今の「{name}」を指すときは、"
    "印を付けてください。{otherwise}"
)
PERHAPS_ANOTHER = (
    "このシートは、いつ書き出したものか分かりません。「{name}」は、前に{then}の名称でした。今は別の{label}の"
    "名称です。どちらを指すか決められないため、{what}は取り込みません。今の「{name}」を指すときは、"
    "印を付けてください。{otherwise}"
)
NUMBERED_ANEW = (
    "ファイルを書き出した後に、同じ名称の{label}の順番が変わり、今は{labels}です。「{name}」がどれを指すか"
    "番号では決められないため、{what}は取り込みません。{stored}{mark}"
    "ほかの{label}を指すときは、今の番号で書いてください。"
)
PERHAPS_NUMBERED_ANEW = NUMBERED_ANEW.replace(
    "ファイルを書き出した後に、同じ名称の{label}の順番が変わり、",
    "このシートは、いつ書き出したものか分かりません。同じ名称の{label}の順番が変わったことがあり、",
)
STORED = "この行に登録されているのは「{}」で、そのままでよければ、何もしなくて構いません。"
MARK = "今の「{}」を指すときは、印を付けてください。"
NOW_NAMED = "今の名称が「{}」の{}"
GONE = "その後に削除された{}"
WRITE = "書き出したときの{label}を指すときは、今の名称「{now}」で書いてください。"
WRITE_FORMER = "前からの{label}を指すときは、今の名称「{now}」で書いてください。"
_MOST_TOLD = 5
LINE, CELL = "この行", "この項目"


class OldNames:
    """The names in one sheet of an old export, beside what they meant when it was written."""

    def __init__(self, sheet: SheetLines, then: NamesThen | None) -> None:
        """`then` are the names at the export; None for a file that is none of ours."""
        self._sheet, self._then = sheet, then

    def held(
        self, line: DataLine, names: Collection[str], *, what: str = CELL
    ) -> list[CellProblem]:
        """Return what to say of columns that name other rows than they did at the export."""
        if self._then is None:
            return []
        return [
            self._sheet.forms.problem(line, name, reason)
            for name in names
            for reason in self._reasons(line, name, what)
        ]

    def held_line(self, line: DataLine, rows: Sequence[Any]) -> list[CellProblem]:
        """Return what to say of a line without a uid, which is found by names, its own among them."""
        found = self.held(line, self._sheet.columns, what=LINE)
        model = self._sheet.target.sheet.spec.model
        own = line.cells.get("name")
        if self._then is None or not rows or not isinstance(own, str):
            return found
        references = self._sheet.forms.pool.of(model)
        if others := self._then.others(references, own.strip(), rows):
            reason = self._said(references, own.strip(), others, LINE)
            found.append(self._sheet.forms.problem(line, "name", reason))
        return found

    def is_untouched(self, line: DataLine, name: str, row: Any) -> bool:
        """Tell whether a cell names what is stored, by a name that nobody bears any more."""
        item = self._sheet.target.items[name]
        if self._then is None or not item.column.kind.names_rows:
            return False
        stored = named_uids(self._sheet.cells[str(row.uid)].get(name))
        meant = [str(each.uid) for each in self._meant(line, item)]
        return bool(meant) and sorted(meant) == sorted(stored)

    def _parts(self, line: DataLine, item: Item) -> list[str]:
        try:
            text = text_to_type(item, line.cells.get(item.name)).strip()
        except CellError:
            return []
        if not text:
            return []
        references = self._sheet.forms.pool.of(item.model_field.related_model)
        return references.parts(text) if item.model_field.many_to_many else [text]

    def _reasons(self, line: DataLine, name: str, what: str) -> Iterator[str]:
        item = self._sheet.target.items[name]
        if not item.column.kind.names_rows or self._then is None:
            return
        references = self._sheet.forms.pool.of(item.model_field.related_model)
        for part in self._parts(line, item):
            now = references.matching(part)
            if rows := self._then.numbered_anew(references, part):
                yield self._said_of_numbers(line, item, part, rows, what)
                continue
            others = self._then.others(references, part, now) if now else []
            if others:
                yield self._said(references, part, others, what)

    def _said_of_numbers(
        self, line: DataLine, item: Item, part: str, rows: Sequence[Any], what: str
    ) -> str:
        references = self._sheet.forms.pool.of(item.model_field.related_model)
        style = self._sheet.target.sheet.presentation.date_style
        cells = self._sheet.cells.get(line.uid.lower(), {})
        stored = item.column.text(cells.get(item.name), style)
        labels = "".join(f"「{references.label(row)}」" for row in rows[:_MOST_TOLD])
        said = PERHAPS_NUMBERED_ANEW if self._is_undated else NUMBERED_ANEW
        return said.format(
            name=part,
            label=references.model._meta.verbose_name,
            labels=labels + ("など" if len(rows) > _MOST_TOLD else ""),
            what=what,
            stored=STORED.format(stored) if stored else "",
            mark=MARK.format(part) if references.matching(part) else "",
        )

    @property
    def _is_undated(self) -> bool:
        export = self._sheet.assignment.export
        return bool(export and export.undated)

    def _said(self, references: References, part: str, others: Sequence[Any], what: str) -> str:
        label = str(references.model._meta.verbose_name)
        today = {str(row.uid): references.label(row) for row in references.targets}
        names = [today[str(row.uid)] for row in others if str(row.uid) in today]
        then = "や".join(NOW_NAMED.format(name, label) for name in names) or GONE.format(label)
        write = WRITE_FORMER if self._is_undated else WRITE
        otherwise = write.format(label=label, now=names[0]) if names else ""
        said = PERHAPS_ANOTHER if self._is_undated else ANOTHER_NOW
        return said.format(name=part, then=then, label=label, what=what, otherwise=otherwise)

    def _meant(self, line: DataLine, item: Item) -> list[Any]:
        """Return the rows that the names of a cell mean, where one at least is borne by nobody now."""
        references = self._sheet.forms.pool.of(item.model_field.related_model)
        found, is_old = [], False
        for part in self._parts(line, item):
            now = references.matching(part)
            if not now and self._then is not None:
                now = [r for r in self._then.others(references, part, ()) if not _is_gone(r)]
                is_old = True
            if len(now) != 1:
                return []
            found += now
        return found if is_old else []


def _is_gone(row: Any) -> bool:
    return isinstance(row, GoneRow)
