"""One cell that says much is read in few pages, all of it in a frame."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.annex.table_builder import build_table
from plans.document.document import AnnexPart, Cover, Document, Section, TextBlock
from plans.printing.cache import PartCache
from plans.printing.geometry import ANNEX_PORTRAIT, PORTRAIT
from plans.printing.pool import Pool
from plans.printing.press import Press, read_style_sheet
from plans.printing.prose import prose
from plans.printing.row_layout import MOST_LINES, SEE_BELOW
from plans.printing.table_html import rows_html
from plans.printing.table_layout import lay_out
from plans.text.cleaning import clean_body
from plans.text.markup import Element, parse, text_of, walk
from tests.plans.printing.pdf_reading import ReadPdf, comparable
from tests.rows import make_row

TALL = (Path(__file__).parent / "chapter_rowspan_taller_than_page.html").read_text(encoding="utf-8")
REMARK = "".join(f"{number}番目の備考です。" for number in range(600))[:6000]
COVER = Cover("弥彦村", "業務継続計画", "初版", "令和8年4月1日", "総務課", draft=False)
_DPI = 72


@pytest.fixture(scope="module")
def workers() -> Iterator[Pool]:
    with Pool(read_style_sheet()) as pool:
        yield pool


def _printed(document: Document, workers: Pool, folder: Path) -> ReadPdf:
    press = Press(PartCache(folder / "cache"), workers)
    return ReadPdf(press.print_plan(document, load_image=lambda sha256: b""), folder)


def _pages_from(pdf: ReadPdf, anchor: str) -> range:
    return range(pdf.destinations[anchor], len(pdf.file.pages))


def test_a_merged_cell_taller_than_a_page_has_rules_on_every_page(
    workers: Pool, tmp_path: Path
) -> None:
    body = clean_body(TALL)
    chapter = Section("tall", 1, "1", "本文", blocks=(TextBlock(body),))
    pdf = _printed(Document(cover=COVER, chapters=(chapter,)), workers, tmp_path)
    pages = _pages_from(pdf, "tall")
    assert len(pages) <= 4
    pdf.pictures(_DPI)
    for page in pages:
        tops = [top for text, _, top, _ in pdf.words(page) if "参考の文" in text]
        with Image.open(pdf.path.parent / f"plan-{page + 1}.pgm") as picture:
            assert _is_ruled(picture, PORTRAIT.side_margin, min(tops), max(tops)), page
            assert _is_ruled(picture, PORTRAIT.width - PORTRAIT.side_margin, min(tops), max(tops))
    whole = "".join(pdf.comparable_pages[page] for page in pages)
    assert whole.count("参") == TALL.count("参")


def _is_ruled(picture: Image.Image, x: float, top: float, bottom: float) -> bool:
    """Tell whether a vertical rule runs near x from top to bottom, in points."""
    return any(
        all(picture.getpixel((column, row)) < 250 for row in range(int(top), int(bottom)))
        for column in range(int(x) - 2, int(x) + 3)
    )


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><th>項目</th><th>内容</th><th>備考</th></tr>"
        "<tr><td>一</td><td rowspan='2'>{}</td><td rowspan='3'>右</td></tr>"
        "<tr><td>二</td></tr><tr><td>三</td><td>終わり</td></tr><tr><td>四</td><td>五</td><td>六</td></tr></table>",
        "<table><tbody><tr><td>一</td><td>{}</td><td>{}</td></tr></tbody></table>",
        "<table><tr><td rowspan='9'>{}</td><td>左</td><td>右</td></tr></table>",
    ],
)
def test_nothing_of_a_tall_cell_is_lost(body: str) -> None:
    text = "参考の文です。" * 300
    written = prose(body.replace("{}", text), "本文", lambda sha256: b"")
    assert written.count(text) == body.count("{}")
    assert written.count(SEE_BELOW) == body.count("{}")
    assert {word for word in ("一", "二", "三", "右", "終わり", "六") if word in body} <= set(
        _cells(written)
    )


def _cells(written: str) -> list[str]:
    cells = (node for node in walk(parse(written)) if isinstance(node, Element))
    return [text_of(cell.children) for cell in cells if cell.tag == "td"]


def test_a_cell_merged_past_the_tall_one_stays_whole() -> None:
    text = "参考の文です。" * 300
    written = prose(
        f"<table><tr><td>{text}</td><td rowspan='2'>右</td><td>端</td></tr>"
        "<tr><td>左</td><td>下</td></tr><tr><td>a</td><td>b</td><td>c</td></tr></table>",
        "本文",
        lambda sha256: b"",
    )
    assert written.index("下") < written.index(text) < written.index(">a<")


@pytest.mark.parametrize("code", ["1", "5", "9", "15"])
def test_a_remark_of_6000_characters_is_read_in_three_pages(
    code: str, in_scope: Municipality, workers: Pool, tmp_path: Path
) -> None:
    spec = registry.spec(code)
    assert spec is not None
    row = make_row(spec, in_scope)
    empty = build_table(spec, municipality=in_scope, include_personal=True)
    row.note = REMARK
    row.save()
    table = build_table(spec, municipality=in_scope, include_personal=True)
    pages = {}
    for name, each in (("empty", empty), ("full", table)):
        part = AnnexPart("annex-1", 1, "様式1", tables=(each,))
        (tmp_path / name).mkdir()
        pdf = _printed(Document(cover=COVER, annexes=(part,)), workers, tmp_path / name)
        pages[name] = len(_pages_from(pdf, "annex-1"))
    assert pages["full"] <= pages["empty"] + 2
    assert comparable(REMARK[:50]) in "".join(pdf.comparable_pages)
    assert comparable(REMARK[-30:]) in "".join(pdf.comparable_pages).replace("\n", "")


def test_only_a_text_that_runs_down_half_a_page_leaves_its_cell() -> None:
    columns = (
        Column("name", "名称"),
        Column("text", "内容", Kind.LONG_TEXT, 10),
        *(Column(f"more{n}", f"ほか{n}") for n in range(8)),
    )
    rows = tuple(
        TableRow(str(n), {"name": f"行{n}", "text": text})
        for n, text in enumerate(("短い文", "長い文です。" * 40, "行\n" * MOST_LINES, "行\n" * 200))
    )
    layout = lay_out(Table("x", "表", columns, rows), ANNEX_PORTRAIT)
    written = rows_html(Table("x", "表", columns, rows), layout.setting(0), "表")
    assert [SEE_BELOW in row for row in written] == [False, True, True, True]
    assert all(text_of(parse(row)).count("行\n") in (0, MOST_LINES, 200) for row in written)
