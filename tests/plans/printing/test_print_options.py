"""Binding, tabs, large print, chosen parts, the draft mark: what each does to the pages."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from bcp_portal.ui.errors import DomainError
from plans.printing.cache import PartCache
from plans.printing.flows import Tab
from plans.printing.geometry import LANDSCAPE, PORTRAIT, Side, shift
from plans.printing.options import Binding, PrintOptions
from plans.printing.page_numbers import Numbering
from plans.printing.pool import Pool
from plans.printing.press import Press
from plans.printing.tabs import place_tabs
from tests.plans.printing.documents import load_picture, make_document
from tests.plans.printing.pdf_reading import ReadPdf
from tests.plans.printing.test_press import RecordingPool

DOUBLE = PrintOptions(binding=Binding.DOUBLE, new_sheets=True)
A4_PT = [(595, 842), (842, 595)]
Print = Callable[..., ReadPdf]


@pytest.fixture(scope="module")
def pool(workers: Pool) -> RecordingPool:
    return RecordingPool(workers)


@pytest.fixture(scope="module")
def shared(pool: RecordingPool, tmp_path_factory: pytest.TempPathFactory) -> Press:
    press = Press(PartCache(tmp_path_factory.mktemp("options")), pool)
    press.print_plan(document(), load_image=load_picture)
    return press


@pytest.fixture
def print_with(shared: Press, tmp_path: Path) -> Print:
    def print_it(
        options: PrintOptions, numbering: Numbering = Numbering.WHOLE, draft: bool = False
    ) -> ReadPdf:
        plan = document()
        plan = replace(plan, cover=replace(plan.cover, draft=draft))
        content = shared.print_plan(
            plan, load_image=load_picture, options=options, numbering=numbering
        )
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        return ReadPdf(content, folder)

    return print_it


def document():  # type: ignore[no-untyped-def]
    return make_document(systems=6, chapters=3, sections=1)


def left_edge(pdf: ReadPdf, page: int) -> float:
    """Return where the text of a page begins, in points."""
    return min(left for _, left, _, _ in pdf.words(page))


def test_options_survive_json_and_unknown_ones_are_left() -> None:
    options = PrintOptions(binding=Binding.SINGLE, parts=("annex-9",), tagged=True)
    assert PrintOptions.from_json({**options.to_json(), "colour": "red"}) == options
    assert PrintOptions.from_json({}) == PrintOptions()


def test_pages_move_away_from_the_edge_where_they_are_bound() -> None:
    assert shift(PORTRAIT, Side.LOOSE) == (0, 0)
    front, back = shift(PORTRAIT, Side.FRONT), shift(PORTRAIT, Side.BACK)
    assert front[0] > 11
    assert (back[0], back[1]) == (-front[0], 0)
    assert shift(LANDSCAPE, Side.FRONT) == (0, -front[0])


def test_both_sides_have_mirrored_margins_and_one_side_a_fixed_one(print_with: Print) -> None:
    loose = print_with(PrintOptions())
    chapter = loose.destinations["chapter-1"]
    edges = [left_edge(loose, page) for page in (chapter, chapter + 1)]
    single = print_with(PrintOptions(binding=Binding.SINGLE))
    moved = [
        left_edge(single, page) - edge
        for page, edge in zip((chapter, chapter + 1), edges, strict=True)
    ]
    assert [round(distance) for distance in moved] == [11, 11]
    double = print_with(PrintOptions(binding=Binding.DOUBLE))
    moved = [
        left_edge(double, page) - edge
        for page, edge in zip((chapter, chapter + 1), edges, strict=True)
    ]
    assert sorted(round(distance) for distance in moved) == [-11, 11]


def test_each_part_begins_on_the_front_of_a_sheet(print_with: Print) -> None:
    pdf = print_with(DOUBLE)
    starts = [page for name, page in pdf.destinations.items() if name.count("-") < 2]
    assert {page % 2 for page in starts} == {0}
    blanks = [page for page in pdf.comparable_pages if "(このページは余白です)" in page]
    assert blanks
    total = len(pdf.file.pages)
    assert f"/{total}" in blanks[-1]
    assert "余白です" not in pdf.comparable_pages[-1]


def test_contents_and_links_count_the_blank_pages(print_with: Print) -> None:
    pdf = print_with(DOUBLE)
    contents = pdf.comparable_pages[pdf.destinations["contents"]].replace(".", "")
    page = pdf.destinations["annex-17"] + 1
    assert f"様式17重要情報システムとその目標復旧時間{page}" in contents
    assert {target for _, target in pdf.links()} <= set(pdf.destinations)
    by_part = print_with(DOUBLE, Numbering.BY_PART)
    assert "様式17-1" in by_part.comparable_pages[page - 1]


def test_margins_tabs_and_mark_render_nothing_anew(
    print_with: Print, pool: RecordingPool, shared: Press
) -> None:
    print_with(PrintOptions(parts=("chapter-2",)))
    pool.htmls.clear()
    print_with(PrintOptions(binding=Binding.SINGLE, index_tabs=True, draft_mark=True), draft=False)
    assert pool.htmls == []


def test_large_print_is_a4_with_type_a_third_larger(print_with: Print) -> None:
    usual, large = print_with(PrintOptions()), print_with(PrintOptions(large_print=True))

    def height_of_title(pdf: ReadPdf) -> float:
        words = pdf.words(pdf.destinations["chapter-1"])
        return max(end - top for _, _, top, end in words)

    sizes = {tuple(round(float(v)) for v in page.mediabox[2:]) for page in large.file.pages}
    assert sizes <= set(A4_PT)
    assert len(large.file.pages) > len(usual.file.pages)
    assert height_of_title(large) / height_of_title(usual) == pytest.approx(1.35, abs=0.02)
    chapter = large.destinations["chapter-1"]
    for link in large.file.pages[chapter].obj.Annots:
        assert 0 < float(link.Rect[0]) < float(link.Rect[2]) < 596


def test_an_extract_lists_and_links_only_what_it_holds(print_with: Print) -> None:
    pdf = print_with(PrintOptions(parts=("chapter-2", "annex-9")))
    assert [name for name in pdf.destinations if name.count("-") < 2] == [
        "annex-9",
        "chapter-2",
        "contents",
    ]
    text = "".join(pdf.comparable_pages)
    assert "様式9緊急連絡先一覧" in text
    assert "様式8" not in text
    assert "様式17と第2章を参照する。" in text
    assert {target for _, target in pdf.links()} <= {"chapter-2", "chapter-2-1", "annex-9"}
    with pdf.file.open_outline() as outline:
        assert [item.title for item in outline.root] == ["2 想定する被害", "様式9　緊急連絡先一覧"]


def test_an_extract_of_nothing_is_refused(print_with: Print) -> None:
    with pytest.raises(DomainError, match="選んだ章や様式が計画にありません"):
        print_with(PrintOptions(parts=("annex-99",)))


def test_the_mark_stands_behind_every_page_as_an_artifact(print_with: Print) -> None:
    marked = print_with(PrintOptions(draft_mark=True))
    assert all("案" in page for page in marked.comparable_pages)
    form = next(iter(marked.file.pages[0].obj.Resources.XObject.values()))
    assert b"/Artifact <</Type /Pagination /Subtype /Watermark>>" in form.read_bytes()
    plain = print_with(PrintOptions())
    assert not any("案" in page for page in plain.comparable_pages)


def test_tabs_step_down_chapters_and_annexes_apart() -> None:
    tabs = [None, Tab("1"), Tab("2"), Tab("様式9", annex=True), Tab("様式17", annex=True)]
    cover, *placed = place_tabs(tabs)
    assert cover is None
    assert [(t.step, t.steps, t.annex) for t in placed if t] == [
        (0, 2, False),
        (1, 2, False),
        (0, 2, True),
        (1, 2, True),
    ]
    assert placed[3] is not None
    assert (placed[3].lines, placed[3].stacked) == (("様式", "17"), ("様", "式", "17"))
    many = place_tabs([Tab(str(number)) for number in range(60)])
    assert {t.step for t in many if t} == set(range(27))


def test_tabs_lie_on_the_outer_edge(print_with: Print) -> None:
    pdf = print_with(replace(DOUBLE, index_tabs=True))
    front = pdf.destinations["chapter-2"]
    dark = [_dark_edges(pdf, page) for page in (front, front + 1, pdf.destinations["contents"])]
    assert dark == [(False, True), (True, False), (False, False)]


def _dark_edges(pdf: ReadPdf, page: int) -> tuple[bool, bool]:
    """Tell whether ink touches the left and the right edge of a page."""
    number = str(page + 1)
    target = pdf.path.with_suffix(f".{number}")
    pdf._run(
        "pdftoppm", "-r", "36", "-gray", "-singlefile", "-f", number, str(pdf.path), str(target)
    )
    _, size, _, pixels = target.with_name(target.name + ".pgm").read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    rows = [pixels[row * width : (row + 1) * width] for row in range(height)]
    return min(row[1] for row in rows) < 99, min(row[-2] for row in rows) < 99


def test_the_same_options_give_the_same_bytes(print_with: Print) -> None:
    options = replace(DOUBLE, index_tabs=True, draft_mark=True)
    first = print_with(options).path.read_bytes()
    assert print_with(options).path.read_bytes() == first
    with pikepdf.open(print_with(options).path) as pdf:
        assert pdf.check_pdf_syntax() == []
