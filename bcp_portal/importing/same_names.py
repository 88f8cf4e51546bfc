"""Finds rows that are called exactly as a new one and told apart from it by what else their key says."""

from collections.abc import Iterator

from bcp_portal.importing.import_outcome import Namesake
from bcp_portal.importing.sheet_lines import SheetLines
from bcp_portal.importing.standins import Place

BY_KEY = "{name}（{said}）"
OF_FILE = "{name}（シート「{sheet}」の{row}行目）"
_EMPTY = "空欄"


class SameNames:
    """The names that new lines of a file bring, beside those of the stored rows."""

    def __init__(self) -> None:
        self._new: dict[tuple[str, str], list[Place]] = {}

    def of(self, sheet: SheetLines, name: str) -> tuple[Namesake, ...]:
        """Return the other rows of the table with this name, those of earlier lines behind them."""
        stored = [(uid, _called(sheet, uid, name)) for uid in sheet.stored.named(name)]
        places = self._new.get((sheet.target.code, name), ())
        coming = [("", OF_FILE.format(name=name, sheet=of, row=row)) for of, row in places]
        return (*stored, *coming)

    def add(self, sheet: SheetLines, name: str, place: Place) -> None:
        """Enter the name of a new row."""
        self._new.setdefault((sheet.target.code, name), []).append(place)


def _called(sheet: SheetLines, uid: str, name: str) -> str:
    said = "、".join(_told_apart_by(sheet, uid))
    return BY_KEY.format(name=name, said=said) if said else name


def _told_apart_by(sheet: SheetLines, uid: str) -> Iterator[str]:
    """Yield what else the natural key says, as far as the file tells of it and all may see it."""
    style = sheet.target.sheet.presentation.date_style
    for key in sheet.target.sheet.spec.natural_key:
        if key == "name" or key not in sheet.columns:
            continue
        column = sheet.target.items[key].column
        if not column.personal:
            text = column.text(sheet.cells[uid].get(key), style)
            yield f"{column.label}：{text or _EMPTY}"
