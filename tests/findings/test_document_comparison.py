"""The 新旧対照表: readings, pictures, typed tables, widths and names, as the finding tried them."""

import io
import zipfile

from docx import Document as WordDocument
from openpyxl import load_workbook
from PIL import Image

from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.figures.figure import Figure, FigureLine
from plans.comparison.changes import Comparison, PartChange, RowChange, Status, text_of_runs
from plans.comparison.comparison_print import comparison_part
from plans.comparison.document_comparison import compare, compare_counting_widths
from plans.comparison.excel import excel_file
from plans.comparison.layout import ComparisonHead, Layout, note_of
from plans.comparison.line import ComparisonLine, LineKind
from plans.comparison.lines import lines_of
from plans.comparison.tables import name_of_row
from plans.comparison.word import word_file
from plans.document.document import Document, FigureBlock, TableBlock
from plans.document.sort_words import SortWords, with_sort_words
from tests.plans.comparison.documents import COLUMNS, annex, document, row, section, table
from tests.plans.comparison.texts import marked

SHEET = ComparisonHead(
    "見本市", "見本計画", "改定案", "第2版", "令和8年7月1日", Layout("改正案", "現行")
)
READINGS = {
    "lan": "ちょうないらん",
    "kura": "くらうど",
    "sen": "せんようせん",
    "tsu": "つなぎしょくいん",
}
NAMES = {"lan": "庁内LAN", "kura": "クラウド", "sen": "専用線", "tsu": "つなぎ職員"}


def both(old: str, new: str) -> Comparison:
    """Compare two bodies of one chapter."""
    return compare(document(section("a", "体制", old)), document(section("a", "体制", new)))


def chapter(old: str, new: str) -> PartChange:
    return next(part for part in both(old, new).walk() if part.anchor == "a")


def glossary(code: str, words: SortWords) -> Document:
    """Return a plan with the glossary as it is printed: sorted by what it does not print."""
    order = sorted(words, key=lambda uid: words[uid]["sort_key"] or words[uid]["reading"])
    rows = tuple(TableRow(uid, {"term": NAMES[uid], "text": "説明"}) for uid in order)
    shown = Table(code, "用語集", (Column("term", "用語"), Column("text", "解説等")), rows)
    return with_sort_words(document(section("g", "用語", TableBlock(shown))), words)


def words_of(readings: dict[str, str]) -> SortWords:
    return {uid: {"reading": reading, "sort_key": ""} for uid, reading in readings.items()}


def rows_told(comparison: Comparison) -> list[RowChange]:
    return [r for part in comparison.walk() for found in part.tables for r in found.rows]


def test_a_changed_reading_names_its_own_row_and_why_it_moved() -> None:
    # くらうど せんようせん ちょうないらん つなぎ: the third becomes the last, as つ stands between.
    after = words_of({**READINGS, "lan": "つんないらん"})
    comparison = compare(
        glossary("c-11-gojuon", words_of(READINGS)), glossary("c-11-gojuon", after)
    )
    assert [(r.label_new, r.status, r.moved) for r in rows_told(comparison)] == [
        ("庁内LAN／説明", Status.CHANGED, True)
    ]
    (line,) = [line for line in lines_of(comparison) if line.kind is LineKind.ROW]
    assert line.remark == "よみの変更による移動（3行目から）"
    assert "よみ（印刷しない項目）：〔つんないらん〕" in marked(line.new)
    assert "よみ（印刷しない項目）：〔ちょうないらん〕" in marked(line.old)


def test_a_reading_that_moves_nothing_is_told_as_no_move() -> None:
    after = words_of({**READINGS, "lan": "ちょうないろん"})
    comparison = compare(
        glossary("c-11-gojuon", words_of(READINGS)), glossary("c-11-gojuon", after)
    )
    (line,) = [line for line in lines_of(comparison) if line.kind is LineKind.ROW]
    assert line.remark == "よみの変更"


def test_all_rows_that_were_read_otherwise_moved_and_no_other() -> None:
    after = words_of({**READINGS, "lan": "あ", "kura": "を", "sen": "ん"})
    comparison = compare(
        glossary("c-11-gojuon", words_of(READINGS)), glossary("c-11-gojuon", after)
    )
    assert {r.uid for r in rows_told(comparison)} == {"lan", "kura", "sen"}


def test_a_reading_sorts_no_word_written_in_letters() -> None:
    after = words_of({**READINGS, "lan": "あ"})
    old, new = (glossary("c-11-alphabet", words) for words in (words_of(READINGS), after))
    lines = [line for line in lines_of(compare(old, new)) if line.kind is LineKind.ROW]
    remarks = {text_of_runs(line.new).split("（")[0]: line.remark for line in lines}
    assert remarks["庁内LAN／説明"].startswith("よみの変更・移動")


def test_a_new_word_shows_nothing_that_is_not_printed() -> None:
    before = words_of({uid: text for uid, text in READINGS.items() if uid != "lan"})
    comparison = compare(
        glossary("c-11-gojuon", before), glossary("c-11-gojuon", words_of(READINGS))
    )
    (added,) = rows_told(comparison)
    assert [cell.label for cell in added.cells] == ["用語", "解説等"]


TYPED = "<table><tbody><tr><th>担当</th><th>期限</th></tr>{}</tbody></table>"
ROWS = {
    "a": "<tr><td>住民記録</td><td>24時間</td></tr>",
    "b": "<tr><td>税務</td><td>3日</td></tr>",
    "c": "<tr><td>福祉</td><td>7日</td></tr>",
}


def test_a_typed_row_that_moved_and_changed_is_paired() -> None:
    before = TYPED.format(ROWS["a"] + ROWS["b"] + ROWS["c"])
    after = TYPED.format(ROWS["b"] + ROWS["c"] + ROWS["a"].replace("24", "12"))
    changed = [p for p in chapter(before, after).texts if p.status is not Status.SAME]
    assert [(p.status, p.moved) for p in changed] == [(Status.CHANGED, True)]
    assert [marked(cell.runs) for cell in changed[0].cells_new] == ["住民記録", "〔12時間〕"]
    assert [marked(cell.runs) for cell in changed[0].cells_old] == ["住民記録", "〔24時間〕"]
    lines = said_lines(before, after)
    assert [line.remark for line in lines if line.remark] == ["変更・行の移動"]


def test_a_short_typed_row_that_only_moved_is_neither_new_nor_gone() -> None:
    before = TYPED.format(ROWS["a"] + ROWS["b"] + ROWS["c"])
    after = TYPED.format(ROWS["c"] + ROWS["a"] + ROWS["b"])
    assert {p.status for p in chapter(before, after).texts} == {Status.SAME, Status.MOVED}


def test_rows_of_one_name_are_not_taken_for_each_other() -> None:
    twice = ROWS["a"] + ROWS["a"].replace("24時間", "翌朝まで") + ROWS["b"]
    changed = chapter(TYPED.format(twice), TYPED.format(ROWS["b"])).texts
    assert [p.status for p in changed if p.status is not Status.SAME] == [Status.REMOVED] * 2


def said_lines(before: str, after: str) -> list[ComparisonLine]:
    return lines_of(both(before, after))


def test_a_typed_table_is_a_table_with_its_head_in_every_form() -> None:
    before = TYPED.format(ROWS["a"] + ROWS["b"])
    after = before.replace("3日", "7日")
    lines = said_lines(before, after)
    rows = [line for line in lines if line.kind is LineKind.TABLE_ROW]
    assert [[marked(c.runs) for c in line.cells_new] for line in rows] == [
        ["担当", "期限"],
        ["税務", "〔7日〕"],
    ]
    assert [cell.is_head for cell in rows[0].cells_new] == [True, True]
    printed = "".join(comparison_part(lines, SHEET).flows[0].rows)
    assert '<td colspan="1"><u>7日</u></td>' in printed
    assert "｜" not in printed
    word = WordDocument(io.BytesIO(word_file(lines, SHEET)))
    inner = [found for line in word.tables[0].rows for found in line.cells[0].tables]
    assert [[c.text for c in t.rows[0].cells] for t in inner] == [["担当", "期限"], ["税務", "7日"]]
    page = load_workbook(io.BytesIO(excel_file(lines, SHEET))).active
    assert "税務 ｜ 7日" in {str(cell.value) for cells in page.iter_rows() for cell in cells}


def test_a_deleted_column_is_marked_where_it_stood() -> None:
    before = TYPED.format(ROWS["a"])
    after = "<table><tbody><tr><th>担当</th></tr><tr><td>住民記録</td></tr></tbody></table>"
    changed = [p for p in chapter(before, after).texts if p.status is Status.CHANGED]
    assert [[marked(c.runs) for c in p.cells_old] for p in changed] == [
        ["担当", "〔期限〕"],
        ["住民記録", "〔24時間〕"],
    ]
    assert [[marked(c.runs) for c in p.cells_new] for p in changed] == [["担当"], ["住民記録"]]


def test_a_cell_that_reaches_down_keeps_the_others_in_their_columns() -> None:
    html = (
        '<table><tbody><tr><td rowspan="2">本部</td><td>班長</td></tr>'
        "<tr><td>{}</td></tr></tbody></table>"
    )
    changed = chapter(html.format("副班長"), html.format("副班長補佐")).texts
    (row_change,) = [p for p in changed if p.status is Status.CHANGED]
    assert [marked(cell.runs) for cell in row_change.cells_new] == ["", "副班長〔補佐〕"]


def test_both_pictures_are_shown_with_their_words() -> None:
    html = '<p>配置を示す。</p><p><img src="image:{}" alt="{}"></p>'
    lines = said_lines(html.format("1", "配置図"), html.format("2", "配置図"))
    (line,) = [line for line in lines if line.kind is LineKind.PICTURE]
    assert line.picture_old and line.picture_new
    assert (line.picture_old.sha256, line.picture_new.sha256) == ("1", "2")

    def load(sha256: str) -> bytes:
        target = io.BytesIO()
        Image.new("RGB", (40, 20), "red" if sha256 == "1" else "blue").save(target, "PNG")
        return target.getvalue()

    printed = "".join(comparison_part(lines, SHEET, load).flows[0].rows)
    assert printed.count('<img class="seen" src="data:image/png;base64,') == 2
    for content, folder in (
        (word_file(lines, SHEET, load), "word/media/"),
        (excel_file(lines, SHEET, load), "xl/media/"),
    ):
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert sum(name.startswith(folder) for name in names) == 2
    assert "配置図" in "".join(comparison_part(lines, SHEET).flows[0].rows)


def test_a_changed_figure_shows_both_drawings() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90pt" height="30pt" viewBox="0 0 90 30">'
        '<text x="5" y="15" font-size="9">{0}</text></svg>'
    )

    def plan(post: str) -> Document:
        figure = Figure("fig-x", "体制図", svg.format(post), (FigureLine(post),))
        return document(section("a", "体制", FigureBlock(figure)))

    lines = lines_of(compare(plan("課長"), plan("部長")))
    (line,) = [line for line in lines if line.kind is LineKind.PICTURE]
    assert line.picture_old and line.picture_new
    assert "課長" in line.picture_old.svg
    assert "部長" in line.picture_new.svg
    others = {LineKind.HEADING, LineKind.OMITTED}
    kinds = [each.kind for each in lines if each.kind not in others]
    assert kinds[:2] == [LineKind.FIGURE, LineKind.PICTURE]
    printed = "".join(comparison_part(lines, SHEET).flows[0].rows)
    assert printed.count("data:image/svg+xml") == 2
    assert zipfile.ZipFile(io.BytesIO(word_file(lines, SHEET))).testzip() is None
    names = zipfile.ZipFile(io.BytesIO(excel_file(lines, SHEET))).namelist()
    assert sum(name.startswith("xl/media/") for name in names) == 2


def wide(**kinds: str) -> Document:
    """Return a plan in which a sentence, a heading, a cell and a typed cell can be written wide."""
    typed = TYPED.format(f"<tr><td>班</td><td>{kinds.get('typed', '24名')}</td></tr>")
    return document(
        section(
            "a",
            kinds.get("title", "ICT部門"),
            f"<p>原則。{kinds.get('text', 'ICTを守る。')}以上。</p>",
            typed,
        ),
        annex(table(row("u", kinds.get("cell", "LAN")))),
    )


WIDE = {"title": "ＩＣＴ部門", "text": "ＩＣＴを守る。", "typed": "２４名", "cell": "ＬＡＮ"}


def test_what_is_not_shown_of_widths_is_counted_and_can_be_shown() -> None:
    for kinds in ({}, {"text": WIDE["text"]}, {"title": WIDE["title"], "cell": "ＬＡＮ"}, WIDE):
        off = compare_counting_widths(wide(), wide(**kinds))
        on = compare(wide(), wide(**kinds), with_widths=True)
        assert (off.is_empty, off.hidden_widths) == (True, len(kinds))
        assert on.places == len(kinds)
        said = note_of(off)
        assert (f"だけの違いが{len(kinds)}か所ありますが、示していません。" in said) == bool(kinds)
        assert "だけの違いも示しています" in note_of(on) or not kinds
    marks = {marked(text) for line in lines_of(on) for text in (line.old, line.new)}
    assert {"〔ICT〕を守る。", "〔ＩＣＴ〕を守る。", "班 ｜ 〔２４名〕"} <= marks


def test_widths_beside_another_change_are_not_counted_as_hidden() -> None:
    off = compare_counting_widths(wide(), wide(text="ＩＣＴを守り抜く。", cell="ＬＡＮ"))
    assert (off.places, off.hidden_widths) == (1, 1)
    assert "1か所" in note_of(off)


def test_spaces_and_line_breaks_are_no_difference_either_way() -> None:
    new = wide(text="ICT を 守る。", cell="L A N")
    assert compare(wide(), new, with_widths=True).is_empty
    assert compare_counting_widths(wide(), new).hidden_widths == 0


def test_the_name_of_a_row_is_not_cut() -> None:
    long = "大規模災害時における庁内ネットワーク機器の代替手段に関する詳細な一覧表"
    assert name_of_row(table(), row("a", long)) == f"{long}／本庁舎"
    assert "…" not in name_of_row(Table("t", "表", COLUMNS), row("a", long * 9))
