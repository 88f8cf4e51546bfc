"""What goes into a workbook comes out of it, however awkward, and the file stays sound."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bcp_portal.annex.excel.texts import text_of_cell, visible_text
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.excel.workbook_data import ExcelColumn
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column
from tests.annex.excel.books import book_of, cells_by_uid, opened, sheet_of
from tests.annex.excel.package import problems
from tests.cases import cases

COLUMNS = [
    ExcelColumn(Column("text", "文字", Kind.TEXT)),
    ExcelColumn(Column("long", "文章", Kind.LONG_TEXT, group="まとめ")),
    ExcelColumn(Column("words", "言葉", Kind.WORDS, group="まとめ")),
    ExcelColumn(Column("number", "整数", Kind.INTEGER)),
    ExcelColumn(Column("decimal", "小数", Kind.DECIMAL)),
    ExcelColumn(Column("share", "割合", Kind.PERCENT)),
    ExcelColumn(Column("day", "日", Kind.DATE)),
    ExcelColumn(Column("moment", "日時", Kind.DATETIME)),
    ExcelColumn(Column("yes", "はい", Kind.BOOLEAN)),
]
AWKWARD = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "'x",
        "#REF!",
        "_x0041_",
        " 前後 ",
        "\n",
        "a\r\nb",
        "\t",
        "𠮷野家",
        "👨‍👩‍👧",
    ]
)
DECIMALS = st.decimals(-(10**9), 10**9, places=3, allow_nan=False)
ROWS = st.fixed_dictionaries(
    {
        "text": AWKWARD,
        "long": AWKWARD,
        "words": st.lists(AWKWARD, max_size=3),
        "number": st.none() | st.integers(-(10**14), 10**14),
        "decimal": st.none() | DECIMALS.map(str),
        "share": st.none() | st.integers(0, 100),
        "day": st.dates(date(1900, 3, 1), date(2199, 12, 31)).map(date.isoformat),
        "moment": st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)).map(
            lambda moment: moment.isoformat(timespec="minutes")
        ),
        "yes": st.none() | st.booleans(),
    }
)


@pytest.mark.long_form
@settings(max_examples=cases(30, 300), deadline=None)
@given(st.lists(ROWS, max_size=4), AWKWARD)
@example([], "")
def test_every_value_comes_back(rows: list[dict[str, Any]], heading: str) -> None:
    sheet = sheet_of(COLUMNS, *rows, heading=heading, subtitle=heading, facts=((heading, heading),))
    content = workbook_bytes(book_of(sheet, title=heading))
    assert problems(content) == []
    workbook = opened(content)
    found = cells_by_uid(workbook[workbook.sheetnames[1]], sheet)
    assert list(found) == [f"uid-{number}" for number in range(1, len(rows) + 1)]
    for given_row, cells in zip(rows, found.values(), strict=True):
        for name, cell in cells.items():
            assert cell.data_type != "f"
            if name != "uid":
                assert read(name, cell) == meant(name, given_row[name]), name


def meant(name: str, value: Any) -> Any:
    if name in ("text", "long"):
        return visible_text(value)
    if name == "words":
        return visible_text("、".join(value))
    return Decimal(value) if name == "decimal" and value is not None else value


def read(name: str, cell: Any) -> Any:
    """Return the cell as the table held it."""
    if name in ("text", "long", "words"):
        return text_of_cell(cell.value or "")
    return None if cell.value is None else READERS[name](cell.value)


READERS: dict[str, Callable[[Any], Any]] = {
    "number": int,
    "decimal": lambda value: Decimal(str(value)),
    "share": lambda value: round(value * 100),
    "day": lambda value: value.date().isoformat(),
    "moment": lambda value: value.isoformat(timespec="minutes"),
    "yes": lambda value: value == "はい",
}
