"""How tables of every width find their sheet, size of type and bands."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table
from plans.printing.geometry import A4, A4_LARGE, ANNEX_PORTRAIT, LANDSCAPE, PORTRAIT
from plans.printing.table_layout import fitted, lay_out, lay_out_in_text
from tests.plans.printing.documents import wide_table

LEGIBLE_PT = 6.5


@pytest.mark.parametrize("columns", [1, 2, 5, 9, 14, 18, 24, 32, 46])
def test_every_width_is_legible_complete_and_exactly_as_wide_as_the_sheet(columns: int) -> None:
    table = wide_table("1", 1, max(columns, 2))
    table = replace(table, columns=table.columns[:columns])
    layout = lay_out(table, ANNEX_PORTRAIT)
    assert layout.size_pt >= LEGIBLE_PT
    printed = {column.name for band in layout.bands for column in band}
    assert printed == {column.name for column in table.columns}
    for band in layout.bands:
        assert sum(map(Decimal, layout.percents(band))) == 100


def test_a_table_of_few_columns_stands_and_one_declared_landscape_lies() -> None:
    table = wide_table("3", 1, 5)
    assert lay_out(table, PORTRAIT).sheet == PORTRAIT
    assert lay_out(replace(table, landscape=True), PORTRAIT).sheet == LANDSCAPE


def test_bands_repeat_number_and_name_and_keep_the_order() -> None:
    table = wide_table("1", 1, 40)
    bands = lay_out(table, ANNEX_PORTRAIT).bands
    assert len(bands) > 1
    assert all([c.name for c in band[:2]] == ["no", "name"] for band in bands)
    others = [column for band in bands for column in band[2:]]
    assert others == list(table.columns[2:])


def test_a_table_in_bands_without_numbers_gets_them() -> None:
    table = wide_table("1", 3, 40)
    unnumbered = replace(table, columns=table.columns[1:])
    printed, layout = fitted(unnumbered, ANNEX_PORTRAIT)
    assert [[c.label for c in band[:2]] for band in layout.bands] == [["No.", "名称"]] * len(
        layout.bands
    )
    assert [printed.text(row, printed.columns[0]) for row in printed.rows] == ["1", "2", "3"]
    assert fitted(table, ANNEX_PORTRAIT)[0] is table


def test_a_chapter_prefers_smaller_type_to_turning_the_page() -> None:
    table = wide_table("1", 1, 11)
    assert lay_out(table, PORTRAIT).sheet == LANDSCAPE
    layout = lay_out_in_text(replace(table, landscape=True), PORTRAIT)
    assert layout.sheet == PORTRAIT
    assert LEGIBLE_PT <= layout.size_pt < 8.5
    assert lay_out_in_text(wide_table("1", 1, 18), PORTRAIT).sheet == LANDSCAPE


def test_columns_under_one_head_are_not_parted() -> None:
    bands = lay_out(wide_table("1", 1, 40), ANNEX_PORTRAIT).bands
    for band in bands:
        for group in {column.group for column in band if column.group}:
            members = [c for other in bands for c in other if c.group == group]
            assert members == [column for column in band if column.group == group]


def test_bands_are_of_like_width() -> None:
    bands = lay_out(wide_table("1", 1, 34), ANNEX_PORTRAIT).bands
    counts = [len(band) for band in bands]
    assert max(counts) - min(counts) <= 4


def test_content_of_cells_does_not_move_columns() -> None:
    long_text = Column("text", "内容", Kind.LONG_TEXT, 20)
    empty = Table("1", "表", (Column("name", "名称"), long_text))
    filled = replace(wide_table("1", 9, 2), columns=empty.columns)
    assert lay_out(empty, PORTRAIT).percents(empty.columns) == lay_out(filled, PORTRAIT).percents(
        filled.columns
    )


def test_a_telephone_number_does_not_break() -> None:
    texts = [Column(f"t{n}", "役割", Kind.LONG_TEXT, 20) for n in range(4)]
    phones = [Column(f"p{n}", "電話", Kind.TELEPHONE, 3) for n in range(3)]
    table = Table("b-8", "連絡先", (*texts, *phones))
    for paper in (A4, A4_LARGE):
        layout = lay_out_in_text(table, paper.portrait)
        percents = layout.percents(table.columns)[-3:]
        rooms = [Decimal(layout.sheet.measure) * Decimal(p) / 100 for p in percents]
        thirteen_signs = 13 * layout.size_pt / 2
        assert all(thirteen_signs + 5 < room < thirteen_signs + 8 for room in rooms)


@pytest.mark.parametrize(("kind", "longest"), [(Kind.BOOLEAN, 3.0), (Kind.DURATION, 3.0)])
def test_an_answer_and_a_time_do_not_break(kind: Kind, longest: float) -> None:
    texts = [Column(f"t{n}", "内容", Kind.LONG_TEXT, 30) for n in range(13)]
    table = Table("10-2", "手順", (*texts, Column("x", "並行", kind, 1)), landscape=True)
    layout = lay_out(table, ANNEX_PORTRAIT)
    room = Decimal(layout.sheet.measure) * Decimal(layout.percents(table.columns)[-1]) / 100
    assert len(layout.bands) == 1 and room >= longest * layout.size_pt + 5


def test_every_band_tells_whose_row_it_is() -> None:
    table = wide_table("9", 2, 40)
    number, name, *others = table.columns
    post = replace(others[0], name="post", label="職（名）", names_row=True)
    columns = (number, replace(others[1], name="kind"), replace(name, names_row=True), post)
    table = replace(table, columns=(*columns, *others[2:]))
    rows = [replace(row, cells={**row.cells, "post": "課長"}) for row in table.rows]
    printed, layout = fitted(replace(table, rows=tuple(rows)), ANNEX_PORTRAIT)
    first, *further = layout.bands
    assert first[:4] == columns
    assert [[c.label for c in band[:2]] for band in further] == [["No.", "名称・職"]] * len(further)
    told = [printed.text(row, further[0][1]) for row in printed.rows]
    assert told == [f"{table.text(row, name)} 課長" for row in table.rows]
