"""Annexes compared by row and cell."""

from dataclasses import replace

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, TableRow, select
from bcp_portal.ui.eras import DateStyle
from plans.comparison.changes import Status, text_of_runs
from plans.comparison.document_comparison import compare
from plans.comparison.lines import lines_of
from plans.comparison.tables import compare_tables
from plans.document.document import Document, TableBlock
from tests.plans.comparison.documents import COLUMNS, annex, document, row, section, table
from tests.plans.comparison.texts import marked


def test_rows_are_found_by_uid_and_cells_by_column() -> None:
    old = table(row("a", "住民記録", 72), row("b", "税務", 48), row("c", "福祉"))
    new = table(row("a", "住民記録", 24), row("c", "福祉"), row("d", "防災", 1))
    change = compare_tables(old, new)
    assert [(r.uid, r.status) for r in change.rows] == [
        ("a", Status.CHANGED),
        ("b", Status.REMOVED),
        ("d", Status.ADDED),
    ]
    changed, removed, added = change.rows
    assert [(c.column, marked(c.old), marked(c.new)) for c in changed.cells] == [
        ("rto", "〔72時間〕", "〔24時間〕")
    ]
    assert (removed.label_old, removed.position_old, removed.position_new) == ("税務／本庁舎", 2, 0)
    assert [c.new_text for c in added.cells] == ["防災", "1時間", "本庁舎"]
    assert change.same_rows == 1


def test_one_moved_row_is_the_only_one_that_moved() -> None:
    rows = [row(str(n), f"システム{n}") for n in range(8)]
    change = compare_tables(table(*rows), table(rows[6], *rows[:6], rows[7]))
    assert [(r.uid, r.status, r.position_old, r.position_new) for r in change.rows] == [
        ("6", Status.MOVED, 7, 1)
    ]


def test_a_row_that_moved_and_changed_says_both() -> None:
    rows = [row(str(n), f"システム{n}") for n in range(4)]
    change = compare_tables(table(*rows), table(row("3", "システム3", 1), *rows[:3]))
    assert [(r.uid, r.status, r.moved) for r in change.rows] == [("3", Status.CHANGED, True)]


def test_an_inserted_row_moves_nobody_and_running_numbers_are_no_change() -> None:
    columns = (Column("no", "No.", Kind.INTEGER), *COLUMNS)

    def numbered(*names: str) -> list[TableRow]:
        return [
            replace(row(name, name), cells={**row(name, name).cells, "no": number})
            for number, name in enumerate(names, 1)
        ]

    old = table(*numbered("税務", "福祉"), columns=columns)
    new = table(*numbered("防災", "税務", "福祉"), columns=columns)
    change = compare_tables(old, new)
    assert [(r.uid, r.status) for r in change.rows] == [("防災", Status.ADDED)]
    assert "no" not in change.changed_columns


def test_order_of_keys_widths_and_calendar_are_no_change() -> None:
    columns = (Column("name", "名"), Column("day", "日", Kind.DATE))
    old = table(TableRow("a", {"name": "ＩＣＴ 部門", "day": "2026-04-01"}), columns=columns)
    new = table(TableRow("a", {"day": "2026-04-01", "name": "ICT部門"}), columns=columns)
    assert compare_tables(old, new).status is Status.SAME
    assert compare_tables(old, replace(new, date_style=DateStyle.SEIREKI)).status is Status.SAME


def test_a_new_column_is_named_and_its_values_are_shown() -> None:
    old = table(row("a", "住民記録"), columns=COLUMNS[:2])
    change = compare_tables(old, table(row("a", "住民記録")))
    assert [(c.name, c.status, marked(c.new)) for c in change.columns] == [
        ("place", Status.ADDED, "〔設置場所〕"),
        ("mobile", Status.ADDED, "〔携帯電話〕"),
    ]
    assert [(c.label, c.new_text) for c in change.rows[0].cells] == [("設置場所", "本庁舎")]


def test_a_renamed_choice_is_a_change_and_a_renamed_column_too() -> None:
    level = Column("level", "重要度", Kind.CHOICE, choices=(("a", "高"), ("b", "低")))
    other = replace(level, label="優先度", choices=(("a", "最優先"), ("b", "低")))
    rows = (TableRow("1", {"level": "a"}), TableRow("2", {"level": "b"}))
    change = compare_tables(table(*rows, columns=(level,)), table(*rows, columns=(other,)))
    assert [marked(c.new) for c in change.columns] == ["〔優先度〕"]
    assert [(r.uid, marked(r.cells[0].new)) for r in change.rows] == [("1", "〔最優先〕")]


def test_a_view_may_show_a_row_twice() -> None:
    twice = table(row("a", "税務"), row("a", "税務", place="支所"))
    change = compare_tables(twice, table(row("a", "税務"), row("a", "税務", place="公民館")))
    assert [len(r.cells) for r in change.rows] == [1]


def test_the_label_of_a_row_names_nobody() -> None:
    columns = (Column("person", "氏名", personal=True), Column("name", "役割"))
    cells = {"person": "山田太郎", "name": "本部長"}
    change = compare_tables(table(columns=columns), table(TableRow("a", cells), columns=columns))
    assert change.rows[0].label_new == "本部長"


def test_annexes_that_came_and_went_and_their_facts() -> None:
    old = document(annex(table(row("a", "税務")), managing_department="情報政策課"))
    new = document(annex(table(row("a", "税務")), managing_department="危機管理課"))
    (change,) = list(compare(old, new).changed_parts())
    assert [(marked(p.old), marked(p.new)) for p in change.texts] == [
        ("管理部署：〔情報政策課〕", "管理部署：〔危機管理課〕")
    ]
    (gone,) = compare(old, document()).changed_parts()
    assert (gone.status, gone.heading, gone.tables[0].status) == (
        Status.REMOVED,
        "様式17 重要情報システム一覧",
        Status.REMOVED,
    )


def test_an_annex_that_took_the_number_of_another_is_a_new_one() -> None:
    old = document(annex(table(row("a", "税務")), number=3, title="重要システム"))
    other = table(row("z", "回線"), code="net", title="回線一覧")
    found = compare(old, document(annex(other, number=3, title="回線"))).changed_parts()
    assert sorted(part.status for part in found) == [Status.ADDED, Status.REMOVED]


def test_a_chapter_that_shows_a_changed_annex_refers_to_it() -> None:
    def both(hours: int, columns: tuple[str, ...] = ("name", "rto")) -> Document:
        rows = (row("a", "住民記録", hours), row("b", "税務"))
        block = TableBlock(select(table(*rows), columns=columns))
        return document(section("chapter-a", "対象", block), annex(table(*rows)))

    def said(new: Document) -> list[str]:
        return [text_of_runs(line.new) for line in lines_of(compare(both(72), new))]

    reference = "表　重要情報システム一覧（様式17のとおり）"
    texts = said(both(24))
    assert texts.count(reference) == 1
    assert sum("24時間" in text for text in texts) == 1
    other_columns = said(both(24, ("name", "rto", "place")))
    assert reference not in other_columns
    assert sum("24時間" in text for text in other_columns) == 2
