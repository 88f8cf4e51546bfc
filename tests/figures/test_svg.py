"""The result of drawing is clean, self-contained SVG, for any text in the rows."""

import re
import subprocess
from typing import Any

import pytest

from bcp_portal.figures import graphviz
from bcp_portal.figures.drawing import arranged
from bcp_portal.figures.figure import FigureLine
from bcp_portal.figures.figure_factory import IN_WORDS, TOO_LARGE, make_figure
from bcp_portal.figures.graph import Arrow, Box, Graph, single
from bcp_portal.figures.graphviz import DrawingFailedError, GraphvizMissingError, laid_out
from bcp_portal.figures.graphviz_output import read_picture
from bcp_portal.figures.organisation import Deputy, OrganisationBox, graphs
from tests.figures.svg_reading import SVG, drawn, elements, words

NASTY = (
    "<script>alert(1)</script>",
    '"]; n9 [label=<<IMG SRC="/etc/passwd"/>>]; //',
    "</FONT></TD></TR></TABLE><TABLE><TR><TD HREF='javascript:1'>",
    "&lt;b&gt; &amp; \\N \\G \\n %s {} --",
    "制御\x00\x0b\x1b文字",
    "𠮷田 葛\U000e0101西 😀",
)
ALLOWED_ELEMENTS = {"svg", "g", "polygon", "polyline", "path", "ellipse", "text"}
ALLOWED_ATTRIBUTES = {
    *("viewBox", "width", "height", "font-family", "font-size", "font-weight", "text-anchor"),
    *("points", "d", "x", "y", "cx", "cy", "rx", "ry"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray"),
}


@pytest.fixture
def no_memory() -> None:
    """Forget drawings of other tests."""
    arranged.cache_clear()


@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_typed_is_shown_as_text(text: str) -> None:
    role = OrganisationBox("1", text, text, text, deputies=(Deputy(1, text),))
    svg = drawn(graphs([role])).svg
    shown = re.sub(r"[\s\x00\x0b\x1b]", "", text)
    assert words(svg).count(shown) == 4


@pytest.mark.parametrize("text", NASTY)
def test_nothing_but_plain_drawing_leaves(text: str) -> None:
    svg = drawn(
        graphs([OrganisationBox("1", text), OrganisationBox("2", "班長", superior="1")])
    ).svg
    for element in elements(svg):
        assert element.tag.removeprefix(SVG) in ALLOWED_ELEMENTS
        assert set(element.attrib) <= ALLOWED_ATTRIBUTES
    for forbidden in ("style=", "<script", "href", "url(", "<!", "<?", "class=", " id=", "<image"):
        assert forbidden not in svg


def test_graphviz_itself_would_bring_more() -> None:
    """The test above is worth something: the raw output holds ids, classes, links, a DOCTYPE."""
    raw = laid_out('digraph { n0 [label="a" href="b0" id="i"] }')
    for brought in ("href", "class=", " id=", "<!DOCTYPE", "<title>"):
        assert brought in raw
    marks = read_picture(raw).nodes[0].marks
    assert [mark.text for mark in marks if mark.tag == "text"] == ["a"]
    assert all("href" not in mark.svg() for mark in marks)


def test_the_font_is_named_once_and_text_is_centred() -> None:
    svg = drawn(graphs([OrganisationBox("1", "災害対策本部長")])).svg
    assert svg.count("font-family") == 1
    assert "'BIZ UDGothic'" in svg
    texts = [element for element in elements(svg) if element.tag == f"{SVG}text"]
    assert {text.get("text-anchor") for text in texts} == {"middle"}


def test_the_same_rows_give_the_same_drawing(no_memory: None) -> None:
    roles = [OrganisationBox(str(n), f"役割{n}", superior="0" if n else "") for n in range(9)]
    first = drawn(graphs(roles)).svg
    arranged.cache_clear()
    assert drawn(graphs(roles)).svg == first


def test_only_grey_and_ink_are_used() -> None:
    svg = drawn(graphs([OrganisationBox("1", "本部長", deputies=(Deputy(1, "副市長"),))])).svg
    colours = set(re.findall(r"#[0-9a-f]{6}", svg))
    assert colours <= {"#1c2430", "#6b7785", "#ffffff", "#e9eef4"}


def _figure() -> Any:
    box = single(Box("a", "本部長"))
    return make_figure(
        code="fig-x",
        title="体制図",
        graphs=[Graph((box,))],
        alternative=(FigureLine("本部長"),),
        legend="説明",
    )


def test_a_figure_has_its_drawing_and_its_words() -> None:
    figure = _figure()
    assert "本部長" in words(figure.svg)
    assert (figure.legend, figure.note) == ("説明", "")


def test_without_graphviz_the_words_remain_and_one_sentence_says_why(
    no_memory: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert graphviz.is_installed()
    monkeypatch.setattr(graphviz, "PROGRAM", "no-such-program")
    assert not graphviz.is_installed()
    figure = _figure()
    assert figure.svg == ""
    assert figure.note == GraphvizMissingError().message + IN_WORDS
    assert "graphviz の導入を依頼してください" in figure.note
    assert figure.alternative_text == "本部長"


def test_a_drawing_that_takes_too_long_is_given_up(
    no_memory: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_arguments: Any, **options: Any) -> Any:
        raise subprocess.TimeoutExpired("dot", options["timeout"])

    monkeypatch.setattr(subprocess, "run", too_slow)
    assert _figure().note == DrawingFailedError().message + IN_WORDS


def test_more_boxes_than_a_page_holds_are_told_in_words() -> None:
    boxes = [single(Box(str(n), f"情報システム{n}")) for n in range(200)]
    arrows = [Arrow("0", str(n)) for n in range(1, 200)]
    figure = make_figure(
        code="fig-x",
        title="依存関係",
        graphs=[Graph(tuple(boxes), tuple(arrows))],
        alternative=(FigureLine("情報システム0"),),
        legend="",
    )
    assert (figure.svg, figure.note) == ("", TOO_LARGE + IN_WORDS)
