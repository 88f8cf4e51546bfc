"""Another table beside the one a sheet is read for fills no column of it, and is named."""

from collections.abc import Sequence
from typing import Any

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.importing.heading import label_key
from bcp_portal.importing.sheet_lines import lines_of
from tests.importing.desk import Desk, outcomes, reasons, workbook_of

SYSTEMS = ("システム名", "機種名", "台数")
LINES = (("財務会計", "RX1", 1), ("住民記録", "RX2", 2), ("文書管理", "RX3", 3))
VENDORS = ("業者名", "電話", "備考")
OTHERS = (("甲社", "0256-00-0001", "夜間可"), ("乙社", "0256-00-0002", "平日"))

Line = Sequence[Any]


def side_by_side(left: Sequence[Line], right: Sequence[Line], gap: int = 1) -> list[Line]:
    """Return lines of two tables beside each other, with empty columns between them."""
    height = max(len(left), len(right))
    blank = [None] * len(left[-1])
    return [
        [
            *(left[n] if n < len(left) else blank),
            *[None] * gap,
            *(right[n] if n < len(right) else ()),
        ]
        for n in range(height)
    ]


def remarks(desk: Desk) -> str:
    return "\n".join(remark for each in desk.assigned.reports() for remark in each.remarks)


def notes(desk: Desk) -> list[Any]:
    """Return what the lines say in the column 備考."""
    [taken] = desk.assigned.taken
    found = [line.cells.get("note") for line in lines_of(taken) if not line.skipped]
    return [note for note in found if note is not None]


def labels_taken(desk: Desk) -> list[str]:
    [report] = [each for each in desk.assigned.reports() if each.code == "1"]
    return [label for _, label, _ in report.columns]


BESIDE = {
    "right": side_by_side([SYSTEMS, *LINES], [VENDORS, *OTHERS]),
    "wide gap": side_by_side([SYSTEMS, *LINES], [VENDORS, *OTHERS], gap=3),
    "left": side_by_side(
        [VENDORS, *OTHERS], [(*SYSTEMS, "メーカー"), *((*x, "例示") for x in LINES)]
    ),
    "longer": side_by_side([SYSTEMS, LINES[0]], [VENDORS, *OTHERS, ("丙社", "0256-00-0003", "可")]),
    "head above": side_by_side([("一覧", None, None), SYSTEMS, *LINES], [VENDORS, *OTHERS]),
    "head below": side_by_side([SYSTEMS, *LINES], [("業者", None, None), VENDORS, *OTHERS]),
    "legend": side_by_side([SYSTEMS, LINES[0]], [("備考",), ("夜間可",), ("平日",)]),
    "without a gap": side_by_side(
        [("番号", *SYSTEMS), *((1, *x) for x in LINES)],
        [("番号", *VENDORS), *((1, *x) for x in OTHERS)],
        gap=0,
    ),
    "two notes": side_by_side(
        [(*SYSTEMS, "備考"), *((*x, None) for x in LINES)],
        [("業者名", "メーカー", "備考"), *OTHERS],
        gap=0,
    ),
}


@pytest.mark.parametrize("lines", BESIDE.values(), ids=BESIDE)
def test_another_table_beside_fills_nothing(desk: Desk, lines: list[Line]) -> None:
    desk.check(workbook_of(*lines), "1")
    assert notes(desk) == []
    assert {"システム名", "機種名", "台数"} <= set(labels_taken(desk))
    assert not {"業者名", "電話", "メーカー"} & set(labels_taken(desk)) - {"メーカー"}
    shown = "見出しのない列の値は取り込みません" in remarks(desk)
    assert "隣に並ぶ別の表と判断し、取り込みません" in remarks(desk) or shown


def test_lines_of_the_other_table_are_counted_and_no_rows(desk: Desk) -> None:
    checked = desk.check(workbook_of(*BESIDE["longer"]), "1")
    assert list(outcomes(checked)) == [2], reasons(checked)
    assert "E列から G列".replace(" ", "") in remarks(desk)
    assert "E列「業者名」、F列「電話」、G列「備考」、値のある行は3行" in remarks(desk)


def test_a_total_beside_another_table_is_a_total(desk: Desk) -> None:
    lines = side_by_side([SYSTEMS, LINES[0], ("合計", None, 1)], [VENDORS, *OTHERS])
    assert outcomes(desk.check(workbook_of(*lines), "1"))[3] == "skipped"


def test_what_a_person_assigned_belongs_to_the_table(desk: Desk, in_scope: Municipality) -> None:
    file = workbook_of(*side_by_side([SYSTEMS, *LINES[:2]], [VENDORS, *OTHERS]))
    choice = {"code": "1", "head_row": 1, "columns": {"1": "name", "7": "note"}}
    desk.check(file, by_hand={"Sheet1": choice})
    assert notes(desk) == ["夜間可", "平日"]
    assert "別の表" not in remarks(desk)
    [taken] = desk.assigned.taken
    known = {label_key(taken.head, 7, text): "note" for text in VENDORS}
    desk.check(file, "1", remembered={"1": known})
    assert "別の表" not in remarks(desk)


def test_a_remembered_label_is_that_of_one_column(desk: Desk) -> None:
    lines = [(*SYSTEMS, "備考", "業者名", "備考"), ("財務会計", "RX1", 1, "庁内", "甲社", "夜間可")]
    desk.check(workbook_of(*lines), "1", remembered={"1": {"/備考": "note"}})
    assert notes(desk) == ["庁内"]


@pytest.mark.parametrize(
    "lines",
    [
        # Squared paper: each label in a column of its own, with empty ones between.
        side_by_side(
            [("システム名",), ("財務会計",)],
            side_by_side([("台数",), (1,)], [("備考",), ("庁内",)]),
        ),
        side_by_side([SYSTEMS, LINES[0]], [("備考",), ("庁内",)]),
    ],
)
def test_a_column_apart_that_goes_along_is_taken(desk: Desk, lines: list[Line]) -> None:
    desk.check(workbook_of(*lines), "1")
    assert notes(desk) == ["庁内"]
