"""Chapters compared: sentences, sections that came, went and moved, and what is no change."""

from dataclasses import replace

from bcp_portal.figures.figure import Figure, FigureLine
from plans.comparison.changes import Comparison, PartChange, PassageChange, Status, text_of_runs
from plans.comparison.document_comparison import compare
from plans.comparison.lines import lines_of
from plans.document.document import Document, FigureBlock, TableBlock
from tests.plans.comparison.documents import annex, document, row, section, table
from tests.plans.comparison.texts import marked

LINES = "<p>職員は{}に参集する。安否を報告する。次に被害を調べる。</p>"


def part(comparison: Comparison, anchor: str) -> PartChange:
    return next(part for part in comparison.walk() if part.anchor == anchor)


def statuses(old: Document, new: Document) -> dict[str, Status]:
    return {part.anchor: part.status for part in compare(old, new).changed_parts()}


def lines(part: PartChange) -> list[tuple[str, str, str]]:
    return [(p.status.value, marked(p.old), marked(p.new)) for p in part.texts]


def test_the_sentence_that_changed_stands_between_unchanged_stretches() -> None:
    old = document(section("a", "参集", "<p>原則を定める。</p>", LINES.format("市民会館")))
    new = document(section("a", "参集", "<p>原則を定める。</p>", LINES.format("中央公民館")))
    assert lines(part(compare(old, new), "a")) == [
        ("same", "原則を定める。", "原則を定める。"),
        ("changed", "職員は〔市民会館〕に参集する。", "職員は〔中央公民館〕に参集する。"),
        ("same", "安否を報告する。次に被害を調べる。", "安否を報告する。次に被害を調べる。"),
    ]


def test_sentences_that_came_and_went() -> None:
    old = document(section("a", "参集", "<p>参集する。庁舎の鍵は守衛室で受け取る。報告する。</p>"))
    new = document(section("a", "参集", "<p>参集する。報告する。帰宅の指示を待つ。</p>"))
    assert lines(part(compare(old, new), "a")) == [
        ("same", "参集する。", "参集する。"),
        ("removed", "〔庁舎の鍵は守衛室で受け取る。〕", ""),
        ("same", "報告する。", "報告する。"),
        ("added", "", "〔帰宅の指示を待つ。〕"),
    ]


def test_list_items_and_typed_table_lines_are_compared_by_themselves() -> None:
    html = "<ul><li>水{}</li><li>毛布</li></ul><table><tr><td>情報班</td><td>{}</td></tr><tr><td>総務班</td><td>5名</td></tr></table>"
    old = document(section("a", "備え", html.format("3日分", "10名")))
    new = document(section("a", "備え", html.format("7日分", "12名")))
    assert lines(part(compare(old, new), "a")) == [
        ("changed", "水〔3日〕分", "水〔7日〕分"),
        ("same", "毛布", "毛布"),
        ("changed", "情報班 ｜ 〔10名〕", "情報班 ｜ 〔12名〕"),
        ("same", "総務班 ｜ 5名", "総務班 ｜ 5名"),
    ]


def test_a_full_stop_inside_brackets_ends_no_sentence() -> None:
    html = "<p>職員（非常勤を含む。以下同じ。）は{}に集まる。「直ちに。」と伝える。</p>"
    old, new = (
        document(section("a", "参集", html.format(place))) for place in ("市役所", "公民館")
    )
    changed = [p for p in part(compare(old, new), "a").texts if p.status is Status.CHANGED]
    assert [p.new_text for p in changed] == ["職員（非常勤を含む。以下同じ。）は公民館に集まる。"]


def test_layout_links_and_emphasis_are_no_change() -> None:
    old = document(
        section("a", "参集", "<p>職員は<strong>直ちに</strong>参集する。第2章による。</p>"),
        section("b", "復旧", "<p>表を見よ。</p><p>次に進む。</p>"),
    )
    new = document(
        section("a", "参　集", '<p>職員は直ちに参集する。<a href="#b">第２章</a>による。</p>'),
        section("b", "復旧", "<p>表を見よ。次に<br>進む。</p>"),
    )
    assert compare(old, new).is_empty


def test_the_sign_of_a_glossary_word_is_no_change() -> None:
    term = '<a href="#term-1">参集（※）</a>'
    old = document(section("a", "参集", "<p>職員は参集する。</p>"))
    assert compare(old, document(section("a", "参集", f"<p>職員は{term}する。</p>"))).is_empty


def test_numbers_that_the_program_counts_are_no_change() -> None:
    seen = "<p>{}と{}による。</p>"
    old_links = ('<a href="#c">第2章</a>', '<a href="#annex-17">様式17</a>')
    new_links = ('<a href="#c">第3章</a>', '<a href="#annex-16">様式16</a>')
    old = document(
        section("a", "目的", seen.format(*old_links)),
        section("c", "訓練", number="2"),
        annex(table(row("u", "住民記録"))),
    )
    new = document(
        section("a", "目的", seen.format(*new_links)),
        section("b", "体制", "<p>本部を置く。</p>", number="2"),
        section("c", "訓練", number="3"),
        annex(table(row("u", "住民記録")), number=16),
    )
    assert statuses(old, new) == {"b": Status.ADDED}


def test_a_reference_that_leads_elsewhere_is_a_change() -> None:
    chapters = (section("b", "体制", number="2"), section("c", "訓練", number="3"))
    old = document(section("a", "目的", '<p><a href="#b">第2章</a>による。</p>'), *chapters)
    new = document(section("a", "目的", '<p><a href="#c">第3章</a>による。</p>'), *chapters)
    assert lines(part(compare(old, new), "a")) == [
        ("changed", "〔第2章〕による。", "〔第3章〕による。")
    ]


def test_sections_that_came_went_moved_and_were_renamed() -> None:
    old = document(
        section("a", "目的"), section("b", "体制"), section("c", "訓練"), section("d", "点検")
    )
    new = document(
        section("d", "点検"), section("a", "目的"), section("e", "公表"), section("c", "教育訓練")
    )
    comparison = compare(old, new)
    assert [(p.anchor, p.status) for p in comparison.parts if p.kind == "chapter"] == [
        ("d", Status.MOVED),
        ("a", Status.SAME),
        ("b", Status.REMOVED),
        ("e", Status.ADDED),
        ("c", Status.CHANGED),
    ]
    assert marked(part(comparison, "c").title_new) == "〔教育〕訓練"


def test_a_section_that_went_below_another_chapter_moved_with_what_is_below_it() -> None:
    leaf = section("leaf", "様子", "<p>文。</p>", level=3)
    moving = section("m", "復旧手順", level=2, number="(1)", children=(leaf,))
    old = document(section("a", "平時", children=(moving,)), section("b", "非常時", number="2"))
    new = document(section("a", "平時"), section("b", "非常時", number="2", children=(moving,)))
    assert statuses(old, new) == {"m": Status.MOVED}
    found = part(compare(old, new), "m")
    assert (found.moved, found.moved_from) == (True, "1 平時")
    assert part(compare(old, new), "b").touched


def test_what_was_below_a_removed_chapter_goes_with_it_unless_it_stands_elsewhere() -> None:
    kept, gone = section("k", "残る"), section("g", "消える", "<p>文。</p>")
    old = document(section("a", "旧章", children=(kept, gone)))
    new = document(section("b", "新章", children=(kept,)))
    assert statuses(old, new) == {
        "a": Status.REMOVED,
        "g": Status.REMOVED,
        "b": Status.ADDED,
        "k": Status.MOVED,
    }


def test_a_table_in_a_chapter_is_compared_by_row_and_keeps_its_place() -> None:
    def with_table(hours: int) -> Document:
        block = TableBlock(table(row("u", "住民記録", hours)))
        return document(section("a", "対象", "<p>次の表による。</p>", block, "<p>以上。</p>"))

    contents = part(compare(with_table(72), with_table(24)), "a").contents
    assert [type(item).__name__ for item in contents] == [
        "PassageChange",
        "TableChange",
        "PassageChange",
    ]
    assert part(compare(with_table(72), with_table(24)), "a").tables[0].changed_columns == {"rto"}


def test_a_figure_is_named_with_what_its_words_say_otherwise() -> None:
    def with_figure(post: str, svg: str = "<svg/>") -> Document:
        words = (FigureLine("本部長", (FigureLine(f"代行：{post}"),)), FigureLine("情報班"))
        return document(section("a", "体制", FigureBlock(Figure("fig-x", "体制図", svg, words))))

    assert compare(with_figure("副市長"), with_figure("副市長", "<svg>1</svg>")).is_empty
    figure = part(compare(with_figure("副市長"), with_figure("教育長")), "a").figures[0]
    assert (figure.title, figure.status) == ("体制図", Status.CHANGED)
    assert [(marked(p.old), marked(p.new)) for p in figure.passages] == [
        ("　代行：〔副市長〕", "　代行：〔教育長〕")
    ]


def test_a_replaced_picture_is_named() -> None:
    old = document(section("a", "配置", '<p><img src="image:1" alt="配置図"></p>'))
    new = document(section("a", "配置", '<p><img src="image:2" alt="配置図"></p>'))
    (figure,) = part(compare(old, new), "a").figures
    assert (figure.title, figure.status, figure.passages) == ("配置図", Status.CHANGED, ())


def test_cover_and_last_page_are_compared_without_edition_and_date() -> None:
    old = document(colophon=(("担当", "情報政策課"), ("電話", "0257-00-0000")))
    cover = replace(old.cover, edition="第2版", date_text="令和9年1月1日", draft=False)
    imprint = (("版数", "第2版"), ("施行日", "令和9年1月1日"), *old.colophon)
    assert compare(old, replace(old, cover=cover, colophon=imprint)).is_empty
    new = document(colophon=(("担当", "危機管理課"), ("電話", "0257-00-0000")))
    assert lines(part(compare(old, new), "colophon")) == [
        ("changed", "担当：〔情報政策課〕", "担当：〔危機管理課〕")
    ]


def test_nothing_differs_after_json() -> None:
    old = document(section("a", "目的", LINES.format("市役所")), annex(table(row("u", "税"))))
    assert compare(old, Document.from_json(old.to_json())).is_empty
    assert compare(old, old).to_json()["parts"][0]["kind"] == "cover"


def test_passages_tell_their_texts() -> None:
    change = PassageChange(Status.SAME)
    assert (change.old_text, change.new_text) == ("", "")


def test_a_sentence_that_stands_elsewhere_moved() -> None:
    first, second, third = (
        "まず安否を確かめる。",
        "次に庁舎の状況を確かめる。",
        "最後に本部へ報告する。",
    )
    old = document(section("a", "初動", f"<p>{first}{second}{third}</p>"))
    items = f"<ul><li>{third}</li><li>{first}</li><li>{second}</li></ul>"
    found = compare(old, document(section("a", "初動", items)))
    assert lines(part(found, "a")) == [
        ("moved", "", third),
        ("same", f"{first}{second}", f"{first}{second}"),
        ("moved", third, ""),
    ]
    told = [line for line in lines_of(found) if line.remark]
    assert [line.remark for line in told] == ["移動", "移動"]
    assert [text_of_runs(told[0].old), text_of_runs(told[1].new)] == ["（移動）", "（移動）"]
