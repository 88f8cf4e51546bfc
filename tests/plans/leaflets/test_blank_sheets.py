"""Forms to be filled in by hand: how they are divided into sheets, and how they print."""

from dataclasses import replace
from pathlib import Path

from plans.leaflets.blank_form_parts import blank_part
from plans.leaflets.blank_sheets import ROOM_MM, WIDTH_MM, BlankColumn, BlankForm, sheets_of
from plans.printing.book import Description
from plans.printing.press import open_press
from tests.plans.printing.pdf_reading import ReadPdf, comparable
from tests.plans.printing.tag_checking import faults

FORM = BlankForm(
    anchor="blank-11",
    title="様式11 被害チェックシート",
    municipality="見本市",
    fields=(("記入者", "", 3), ("記入日時", "令和　年", 3)),
    columns=(
        BlankColumn("確認項目", 120, given=True),
        BlankColumn("結果", 60, boxes=("□使用可", "□使用不可", "□未確認")),
        BlankColumn("状況", 89, hint="くわしく"),
    ),
    lines=tuple((f"項目{number}はあるか",) for number in range(1, 26)),
    advice=("分かる範囲で書きます。",),
)


def test_given_lines_come_first_and_the_last_sheet_is_filled_up() -> None:
    sheets = sheets_of(FORM)
    assert [len(sheet.rows) for sheet in sheets] == [11, 11, 11]
    rows = [row for sheet in sheets for row in sheet.rows]
    assert [row.number for row in rows] == [str(number) for number in range(1, 34)]
    assert rows[24].cells[0].lines == ("項目25はあるか",)
    assert rows[25].cells[0].lines == ()
    assert all(row.cells[1].lines == ("□使用可 □使用不可 □未確認",) for row in rows)


def test_sheets_are_full_and_never_more_than_full() -> None:
    for sheet in sheets_of(FORM):
        assert abs(sheet.left_mm) < 0.01
        assert all(row.height_mm >= FORM.row_height_mm for row in sheet.rows)


def test_whole_sheets_can_be_added_and_asked_for() -> None:
    assert len(sheets_of(replace(FORM, extra_sheets=2))) == 5
    assert len(sheets_of(replace(FORM, lines=(), least_sheets=4))) == 4
    assert len(sheets_of(replace(FORM, lines=()))) == 1


def test_a_text_longer_than_a_sheet_goes_on_and_is_whole() -> None:
    text = "長い手順の文がここに続く。" * 200
    sheets = sheets_of(replace(FORM, lines=((text,), ("次の項目",))))
    lines = [line for sheet in sheets for row in sheet.rows for line in row.cells[0].lines]
    assert "".join(lines) == text + "次の項目"
    assert all(sheet.left_mm > -0.01 for sheet in sheets)
    assert sheets[1].rows[0].number == ""


def test_boxes_stand_side_by_side_only_where_there_is_room() -> None:
    narrow = replace(FORM, columns=(*FORM.columns[:1], replace(FORM.columns[1], width_mm=20)))
    row = sheets_of(narrow)[0].rows[0]
    assert row.cells[1].lines == ("□使用可", "□使用不可", "□未確認")


def test_each_sheet_prints_its_number_and_the_heads(tmp_path: Path) -> None:
    assert WIDTH_MM == 277 and ROOM_MM < 210
    with open_press(tmp_path / "cache", "blank_forms.css") as press:
        content = press.print_parts(
            [blank_part(FORM)], Description("手書き用の様式", "見本市", "ja"), tagged=True
        )
    pdf = ReadPdf(content, tmp_path)
    assert faults(pdf.file) == []
    pages = pdf.comparable_pages
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert comparable(f"シート番号{number}／3") in page
        for said in (
            "様式11被害チェックシート",
            "見本市",
            "記入者",
            "記入日時",
            "確認項目",
            "状況",
        ):
            assert comparable(said) in page
    assert comparable("項目25はあるか") in pages[2]
    widths = {tuple(map(float, page.mediabox[2:])) for page in pdf.file.pages}
    assert all(width > height for width, height in widths)
