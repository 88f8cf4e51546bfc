"""Says on the approval sheet what a submission leaves open; pure, from what was frozen with it."""

from collections.abc import Iterator, Mapping
from typing import Any

from bcp_portal.ui.eras import DateStyle, format_date
from plans.blanks.table_blanks import Answer, TableBlanks, blanks_in

MOST_ROWS = 40


def blanks_said(head: Mapping[str, Any], style: DateStyle) -> str:
    """Return the blanks that were frozen with a submission, a line each table and row.

    A sheet lists `MOST_ROWS` rows and says how many more there are; every table stands there. ""
    where nothing was left open, or where a release of then froze nothing.
    """
    blanks = blanks_in(head)
    if not blanks:
        return ""
    return "\n".join((_total(blanks), *_lines(blanks, style)))


def _total(blanks: list[TableBlanks]) -> str:
    cells = sum(table.cell_count for table in blanks)
    empty = sum(table.is_empty for table in blanks)
    answered = sum(table.answer is not None for table in blanks)
    said = f"空欄は、全部で{cells}件（{sum(len(t.rows) for t in blanks)}行）です。"
    if empty:
        said += f"行のない表が{empty}件あります。"
    return f"{said}「未調査」と答えた表は{f'{answered}件です' if answered else 'ありません'}。"


def _lines(blanks: list[TableBlanks], style: DateStyle) -> Iterator[str]:
    left = MOST_ROWS
    for table in blanks:
        yield f"{table.heading}：{table.says}{_answer(table.answer, style)}"
        for row in table.rows[:left]:
            labels = "、".join(" ".join(label.split()) for _, label in row.columns)
            yield f"　{row.said}：{labels}"
        more = table.rows[left:]
        if more:
            cells = sum(len(row.columns) for row in more)
            yield f"　ほか{len(more)}行（{cells}件）は、改定の画面にあります。"
        left = max(0, left - len(table.rows))


def _answer(answer: Answer | None, style: DateStyle) -> str:
    if answer is None:
        return ""
    note = f"　{answer.note}" if answer.note else ""
    return f"　未調査（{format_date(answer.until_on, style)}までに、{answer.who}）{note}"
