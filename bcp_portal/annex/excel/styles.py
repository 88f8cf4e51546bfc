"""The cell styles of a workbook, each made once: type, rules, fills and number formats."""

from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from bcp_portal.annex.excel.values import number_format
from bcp_portal.annex.kinds import Kind, all_kinds
from bcp_portal.annex.kinds.looks import TEXT_FORMAT, ExcelValue
from bcp_portal.ui.eras import DateStyle

FONT = "BIZ UDPゴシック"
BODY_FONT = Font(name=FONT, size=10)
_LINE = Side(style="thin", color="FF949494")
RULED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="FFE8E8E8")
_COMPUTED_FILL = PatternFill("solid", fgColor="FFF5F5F5")
_TOP = Alignment(vertical="top")
_TOP_WRAPPED = Alignment(vertical="top", wrap_text=True)
_HEAD = Alignment(horizontal="center", vertical="center", wrap_text=True)

TITLE, SUBHEAD = "様式の題名", "様式の小見出し"
PLAIN, WRAPPED = "様式の文", "様式の文（折り返し）"
HEAD, RULED_TEXT, LINK = "様式の見出し", "様式の文（枠）", "様式のリンク"
NOTE = "様式の識別"


class CellStyles:
    """Makes cells of one workbook; a str is always written as text, whatever it begins with."""

    def __init__(self, workbook: Workbook, date_style: DateStyle) -> None:
        self.date_style = date_style
        self._workbook = workbook
        self._made: dict[str, Any] = {}
        for style in self._all():
            workbook.add_named_style(style)

    def cell(self, worksheet: Any, value: ExcelValue, style: str) -> Any:
        """Return a cell for `worksheet.append`."""
        cell = WriteOnlyCell(worksheet)
        # Setting a style by name looks it up in the workbook, for each of maybe 500,000 cells.
        if style not in self._made:
            cell.style = style
            self._made[style] = cell._style
        cell._style = self._made[style]
        if value is not None and value != "":
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        return cell

    def of_column(self, kind: Kind, *, editable: bool) -> str:
        """Return the name of the style of a column's cells."""
        return f"様式の{kind.excel.style}{'' if editable else '（計算）'}"

    def _all(self) -> list[NamedStyle]:
        by_style = {kind.excel.style: kind for kind in all_kinds()}
        text = by_style.pop(Kind.TEXT.excel.style)
        both = [(kind, edits) for kind in (*by_style.values(), text) for edits in (True, False)]
        return [*_styles_of_text(), *(self._of_kind(kind, editable) for kind, editable in both)]

    def _of_kind(self, kind: Kind, editable: bool) -> NamedStyle:
        style = NamedStyle(
            self.of_column(kind, editable=editable),
            font=BODY_FONT,
            border=RULED,
            alignment=alignment(kind),
            number_format=number_format(kind, self.date_style),
        )
        if not editable:
            style.fill = _COMPUTED_FILL
        return style


def alignment(kind: Kind) -> Alignment:
    """Texts are wrapped; numbers and dates stay on one line."""
    return _TOP_WRAPPED if kind.excel.wraps else _TOP


def _styles_of_text() -> list[NamedStyle]:
    ruled = {"border": RULED, "alignment": _TOP_WRAPPED}
    bold = Font(name=FONT, size=10, bold=True)
    linked = Font(name=FONT, size=10, underline="single", color="FF0017C1")
    looks: dict[str, dict[str, Any]] = {
        TITLE: {"font": Font(name=FONT, size=14, bold=True)},
        SUBHEAD: {"font": bold},
        PLAIN: {"alignment": _TOP},
        WRAPPED: {"alignment": _TOP_WRAPPED},
        HEAD: {"font": bold, "fill": _HEAD_FILL, "border": RULED, "alignment": _HEAD},
        RULED_TEXT: ruled,
        LINK: {**ruled, "font": linked},
        NOTE: {"font": Font(name=FONT, size=8, color="FF666666")},
    }
    usual = {"font": BODY_FONT, "number_format": TEXT_FORMAT}
    return [NamedStyle(name, **{**usual, **look}) for name, look in looks.items()]
