"""What is rendered anew after a change, what two prints at once do, and what stops a print."""

import threading
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from bcp_portal.annex.table import TableRow
from bcp_portal.ui.errors import DomainError
from benchmarks.one_document import single_html
from plans.document.document import Document, Section, TableBlock, TextBlock
from plans.printing import worker
from plans.printing.cache import PartCache
from plans.printing.page_numbers import Numbering
from plans.printing.plan_parts import plan_parts
from plans.printing.pool import Pool
from plans.printing.press import Press
from tests.plans.printing.conftest import PrintedPlan
from tests.plans.printing.documents import load_picture, make_document
from tests.plans.printing.pdf_reading import ReadPdf


class RecordingPool:
    """Passes work on and notes what was asked for."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.htmls: list[str] = []

    def render(self, html: str, tagged: bool = False) -> "Future[worker.RenderedFlow]":
        self.htmls.append(html)
        return self.pool.render(html, tagged)

    def close(self) -> None:
        self.pool.close()


@pytest.fixture
def pool(workers: Pool) -> RecordingPool:
    return RecordingPool(workers)


@pytest.fixture
def press(cache: PartCache, pool: RecordingPool) -> Press:
    return Press(cache, pool)


def with_cell(document: Document, annex: int, row: int, column: str, text: str) -> Document:
    """Return the document with one cell of one annex changed."""
    part = document.annexes[annex]
    table = part.tables[0]
    rows = list(table.rows)
    rows[row] = TableRow(rows[row].uid, {**rows[row].cells, column: text})
    changed = replace(part, tables=(replace(table, rows=tuple(rows)), *part.tables[1:]))
    annexes = list(document.annexes)
    annexes[annex] = changed
    return replace(document, annexes=tuple(annexes))


def small() -> Document:
    return make_document(systems=3, chapters=2, sections=1)


def with_text(html: str) -> Document:
    section = Section("chapter-1", 1, "1", "総則", (TextBlock(html),))
    return replace(small(), chapters=(section,), annexes=())


def test_an_unchanged_plan_renders_nothing_and_gives_the_same_bytes(
    press: Press, pool: RecordingPool
) -> None:
    first = press.print_plan(small(), load_image=load_picture)
    assert pool.htmls
    pool.htmls.clear()
    assert press.print_plan(small(), load_image=load_picture) == first
    assert pool.htmls == []


def test_a_changed_cell_renders_its_annex_only(
    press: Press, pool: RecordingPool, tmp_path: Path
) -> None:
    document = small()
    press.print_plan(document, load_image=load_picture)
    pool.htmls.clear()
    changed = with_cell(document, 4, 1, "name", "非常用発電機")
    incremental = press.print_plan(changed, load_image=load_picture)
    assert [("様式8" in html, "様式1<" in html) for html in pool.htmls] == [(True, False)]
    fresh_cache = PartCache(tmp_path / "fresh")
    assert incremental == Press(fresh_cache, pool).print_plan(changed, load_image=load_picture)
    text = "".join(ReadPdf(incremental, tmp_path).comparable_pages)
    assert "非常用発電機" in text


def test_a_new_edition_renders_cover_only(press: Press, pool: RecordingPool) -> None:
    document = small()
    press.print_plan(document, load_image=load_picture)
    pool.htmls.clear()
    newer = replace(document, cover=replace(document.cover, edition="第4版"))
    press.print_plan(newer, load_image=load_picture)
    assert len(pool.htmls) == 1
    assert "cover-title" in pool.htmls[0]


def test_two_people_printing_at_once_get_their_own_plans(
    cache: PartCache, pool: RecordingPool, tmp_path: Path
) -> None:
    documents = [with_cell(small(), 4, 0, "name", name) for name in ("甲庁舎", "乙庁舎")]
    results: dict[int, bytes] = {}

    def print_one(index: int) -> None:
        mine = Press(cache, pool)
        results[index] = mine.print_plan(documents[index], load_image=load_picture)

    threads = [threading.Thread(target=print_one, args=(index,)) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    texts = ["".join(ReadPdf(results[i], tmp_path).comparable_pages) for i in range(2)]
    assert ["甲庁舎" in text for text in texts] == [True, False]
    assert ["乙庁舎" in text for text in texts] == [False, True]
    for index in range(2):
        alone = Press(PartCache(tmp_path / f"alone{index}"), pool)
        assert alone.print_plan(documents[index], load_image=load_picture) == results[index]


def test_joined_pages_look_like_those_of_one_document(
    printed: PrintedPlan, workers: Pool, style_sheet: str, tmp_path: Path
) -> None:
    plan = plan_parts(printed.document, load_picture)
    html = single_html((*plan.front, *plan.body), style_sheet)
    single = ReadPdf(workers.render(html).result().pdf, tmp_path)
    first, end = (printed.pdf.destinations[name] for name in ("contents", "chapter-1"))
    joined = printed.pdf.pictures()
    joined = joined[:first] + joined[end:]
    whole = single.pictures()
    assert len(joined) == len(whole)
    assert [i for i in range(len(whole)) if _middle(joined[i]) != _middle(whole[i])] == []


def _middle(picture: bytes) -> bytes:
    """Return a PGM bitmap without the zones of head and foot."""
    _, size, _, pixels = picture.split(b"\n", 3)
    width, height = map(int, size.split())
    zone = height // 10
    return pixels[zone * width : (height - zone) * width]


def test_a_draft_says_so_on_every_page(press: Press, tmp_path: Path) -> None:
    document = make_document(systems=3, chapters=1, sections=1, draft=True)
    content = press.print_plan(document, load_image=load_picture)
    pages = ReadPdf(content, tmp_path).comparable_pages
    assert len(pages) > 10
    assert all("作業中" in text for text in pages)


def test_what_stands_before_the_contents_is_listed_in_them(press: Press, tmp_path: Path) -> None:
    preface = Section("chapter-preface", 1, "", "はじめに", (TextBlock("<p>発行にあたって。</p>"),))
    document = replace(small(), front=(preface,))
    pdf = ReadPdf(press.print_plan(document, load_image=load_picture), tmp_path)
    page = pdf.destinations["chapter-preface"]
    assert pdf.destinations["revisions"] < page < pdf.destinations["contents"]
    contents = pdf.comparable_pages[pdf.destinations["contents"]].replace(".", "")
    assert f"はじめに{page + 1}1総則" in contents


def test_pages_can_be_numbered_by_part(press: Press, tmp_path: Path) -> None:
    document = make_document(systems=27, chapters=2, sections=1)
    content = press.print_plan(document, load_image=load_picture, numbering=Numbering.BY_PART)
    pdf = ReadPdf(content, tmp_path)
    second_of_annex_9 = pdf.comparable_pages[pdf.destinations["annex-9"] + 1]
    assert "様式9-2" in second_of_annex_9
    assert "2-1" in pdf.comparable_pages[pdf.destinations["chapter-2"]]
    contents = pdf.comparable_pages[pdf.destinations["contents"]].replace(".", "")
    assert "様式9緊急連絡先一覧様式9-1" in contents
    assert pdf.file.pages[pdf.destinations["annex-9"] + 1].label == "様式9-2"


def test_progress_counts_up_to_the_number_of_steps(press: Press) -> None:
    seen: list[tuple[int, int]] = []
    press.print_plan(
        small(), load_image=load_picture, on_progress=lambda done, total: seen.append((done, total))
    )
    total = seen[0][1]
    assert seen == [(done, total) for done in range(total + 1)]


def test_a_private_use_character_is_named_with_annex_row_and_column(
    press: Press, pool: RecordingPool
) -> None:
    document = with_cell(small(), 5, 3, "name", "高\ue123橋")
    with pytest.raises(DomainError) as caught:
        press.print_plan(document, load_image=load_picture)
    assert "「様式9　緊急連絡先一覧」の4行目の「氏名」" in caught.value.message
    assert "U+E123" in caught.value.message
    assert pool.htmls == []


def test_a_variant_no_font_has_is_named_with_its_chapter(press: Press) -> None:
    with pytest.raises(DomainError) as caught:
        press.print_plan(with_text("<p>葛\U000e01ef飾</p>"), load_image=load_picture)
    assert "「1 総則」の本文" in caught.value.message
    assert "U+845B U+E01EF" in caught.value.message


def test_a_missing_picture_is_named_with_its_chapter(press: Press) -> None:
    document = with_text(f'<p><img src="image:{"0" * 64}"></p>')
    with pytest.raises(DomainError) as caught:
        press.print_plan(document, load_image=load_picture)
    assert "「1 総則」にある図" in caught.value.message


def test_a_picture_that_cannot_be_drawn_names_the_part(press: Press) -> None:
    document = with_text(f'<p><img src="image:{"0" * 64}"></p>')
    with pytest.raises(DomainError) as caught:
        press.print_plan(document, load_image=lambda name: b"\x89PNG broken")
    assert "「1 総則」にある図" in caught.value.message


SECRET = b"""<svg xmlns="http://www.w3.org/2000/svg" width="99" height="20">
<text y="15" font-family="BIZ UDGothic">himitsu</text></svg>"""


def test_a_plan_cannot_read_files_of_the_server(press: Press, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_bytes(SECRET)
    allowed = press.print_plan(
        with_text(f'<p><img src="image:{"1" * 64}"></p>'), load_image=lambda name: SECRET
    )
    assert "himitsu" in "".join(ReadPdf(allowed, tmp_path).comparable_pages)
    with pytest.raises(DomainError) as caught:
        press.print_plan(with_text(f'<p><img src="file://{secret}"></p>'), load_image=load_picture)
    assert "「1 総則」にある図" in caught.value.message


def test_markup_in_a_cell_is_text(press: Press, tmp_path: Path) -> None:
    document = with_cell(small(), 4, 0, "name", '<img src="x"><b>太字</b>&amp;')
    pdf = ReadPdf(press.print_plan(document, load_image=load_picture), tmp_path)
    assert '<imgsrc="x"><b>太字</b>&amp;' in "".join(pdf.comparable_pages)


def test_a_reference_to_what_is_not_printed_stays_text(press: Press, tmp_path: Path) -> None:
    document = with_text('<p><a href="#annex-99">様式99</a>を見よ。</p>')
    pdf = ReadPdf(press.print_plan(document, load_image=load_picture), tmp_path)
    assert "様式99を見よ。" in "".join(pdf.comparable_pages)
    assert "annex-99" not in {target for _, target in pdf.links()}


def test_a_table_that_could_not_be_built_leaves_its_message(press: Press, tmp_path: Path) -> None:
    block = TableBlock(None, "「様式99」という表はありません。")
    section = Section("chapter-1", 1, "1", "総則", (block,))
    document = replace(small(), chapters=(section,), annexes=())
    pdf = ReadPdf(press.print_plan(document, load_image=load_picture), tmp_path)
    assert "「様式99」という表はありません。" in "".join(pdf.comparable_pages)


def test_an_annex_without_rows_says_so(printed: PrintedPlan) -> None:
    page = printed.pdf.destinations["annex-20"]
    assert "ここに載る行はありません。" in printed.pdf.comparable_pages[page]


def test_a_worker_that_dies_fails_the_print_and_the_next_one_succeeds(
    cache: PartCache, style_sheet: str
) -> None:
    pool = Pool(style_sheet, workers=1)
    with pytest.raises(DomainError) as caught:
        Press(cache, DyingPool(pool)).print_plan(small(), load_image=load_picture)
    assert "印刷用に組めませんでした" in caught.value.message
    assert Press(cache, pool).print_plan(small(), load_image=load_picture).startswith(b"%PDF")
    pool.close()


class DyingPool(RecordingPool):
    """A pool whose worker is killed, as by a machine without memory."""

    def render(self, html: str, tagged: bool = False) -> "Future[worker.RenderedFlow]":
        future = super().render(html, tagged)
        executor = self.pool._executor
        assert executor is not None
        for process in list(executor._processes.values()):
            process.kill()
        return future
