"""Figures on paper: their text is text, they fit, and rare names are drawn in a font that has them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bcp_portal.figures.action_flow import graphs as action_graphs
from bcp_portal.figures.actions import ActionFlowStep
from bcp_portal.figures.actions import alternative as action_words
from bcp_portal.figures.figure import Figure, FigureLine
from bcp_portal.figures.figure_factory import make_figure
from bcp_portal.figures.organisation import Deputy, OrganisationBox, alternative, graphs
from plans.document.document import Document, FigureBlock, Section
from plans.printing.cache import PartCache
from plans.printing.figure_html import printable_svg
from plans.printing.pool import Pool
from plans.printing.press import Press
from plans.printing.problems import UnprintableTextError
from tests.plans.printing.documents import KATSU_MOJI, TAKE, load_picture, make_document
from tests.plans.printing.pdf_reading import ReadPdf, comparable

ROLES = (
    OrganisationBox("1", "災害対策本部長", "市長", deputies=(Deputy(1, "副市長"),)),
    OrganisationBox("2", "代替拠点担当", "主査", TAKE + " 健一", superior="1"),
)


def organisation(roles: tuple[OrganisationBox, ...] = ROLES) -> Figure:
    return make_figure(
        code="fig-organisation-disaster",
        title="体制図（災害時）",
        graphs=graphs(roles),
        alternative=alternative(roles),
        legend="破線の枠は代行者です。",
    )


def flow() -> Figure:
    rows = [ActionFlowStep(n, f"システムを順に復旧する作業{n}", "復旧") for n in range(1, 41)]
    return make_figure(
        code="fig-actions-1",
        title="復旧の流れ",
        graphs=action_graphs(rows),
        alternative=action_words(rows),
        legend="",
    )


def with_blocks(*blocks: FigureBlock) -> Document:
    section = Section("chapter-1", 1, "1", "運用体制", blocks)
    return replace(make_document(systems=3, chapters=1), chapters=(section,), annexes=())


@pytest.fixture
def press(cache: PartCache, workers: Pool) -> Press:
    return Press(cache, workers)


def printed(press: Press, folder: Path, *blocks: FigureBlock) -> ReadPdf:
    content = press.print_plan(with_blocks(*blocks), load_image=load_picture)
    return ReadPdf(content, folder)


def test_the_words_of_a_figure_are_text_in_the_pdf(press: Press, tmp_path: Path) -> None:
    pdf = printed(press, tmp_path, FigureBlock(organisation()))
    text = "".join(pdf.comparable_pages)
    for expected in ("体制図（災害時）", "災害対策本部長", "1副市長", "破線の枠は代行者です。"):
        assert comparable(expected) in text
    assert comparable(TAKE + "健一") in text
    assert "No syntax or stream encoding errors" in pdf.check()


def test_a_wide_figure_lies_on_a_landscape_page(press: Press, tmp_path: Path) -> None:
    wide = organisation(
        # Heads that report to nobody stand side by side: there is no branch to hang below another.
        (ROLES[0], *(OrganisationBox(str(n), f"復旧作業責任者{n}") for n in range(2, 8)))
    )
    assert wide.landscape
    pdf = printed(press, tmp_path, FigureBlock(wide))
    boxes = [page.mediabox for page in pdf.file.pages]
    turned = [at for at, box in enumerate(boxes) if box[2] > box[3]]
    assert len(turned) == 1
    assert comparable("復旧作業責任者7") in pdf.comparable_pages[turned[0]]


@pytest.mark.parametrize(("make", "last"), [(organisation, "代替拠点担当"), (flow, "対応の終了")])
def test_a_figure_stands_on_one_page_with_its_title(
    press: Press, tmp_path: Path, make: Callable[[], Figure], last: str
) -> None:
    figure = make()
    pdf = printed(press, tmp_path, FigureBlock(figure))
    pages = [text for text in pdf.comparable_pages if comparable(figure.title) in text]
    assert any(comparable(last) in text for text in pages)


def test_what_cannot_be_drawn_is_printed_in_words(press: Press, tmp_path: Path) -> None:
    words = (FigureLine("本部長", (FigureLine("代行者1 副市長"),)),)
    figure = Figure("fig-x", "体制図", "", words, note="図の代わりに、内容を文章で示します。")
    sentence = "上位の役割が一巡しています（甲→乙→甲）。"
    pdf = printed(press, tmp_path, FigureBlock(figure), FigureBlock(None, sentence))
    text = "".join(pdf.comparable_pages)
    for expected in ("図の代わりに、内容を文章で示します。", "代行者1副市長", sentence):
        assert comparable(expected) in text


def test_rare_names_get_a_font_of_their_own_and_stay_in_place() -> None:
    svg = '<text x="50" y="20" text-anchor="middle" font-size="10.00">代替 ' + TAKE + "</text>"
    pieces = printable_svg(svg, "図").split("</text>")[:-1]
    assert len(pieces) == 2
    assert pieces[0] == '<text x="27.5" y="20" font-size="10.00">代替 '
    assert pieces[1].startswith('<text x="52.5" y="20" font-size="10.00" font-family="')
    assert "text-anchor" not in "".join(pieces)
    usual = '<text x="50" y="20" text-anchor="middle" font-size="10.00">A &lt; 本部</text>'
    assert printable_svg(usual, "図") == usual


def test_a_name_variant_gets_the_font_that_knows_it() -> None:
    svg = f'<text x="50" y="20" font-size="9.00">{KATSU_MOJI}</text>'
    assert 'font-family="IPAmjMincho"' in printable_svg(svg, "図")


def test_a_character_nobody_can_print_is_named_with_its_figure() -> None:
    svg = '<text x="50" y="20" font-size="9.00">役割\U0001f600</text>'
    with pytest.raises(UnprintableTextError, match="第1章の図「体制図」にある文字"):
        printable_svg(svg, "第1章の図「体制図」")
