"""The finished PDF, read by poppler and qpdf: contents, links, bookmarks, text, fonts."""

import re
from collections.abc import Iterator

from bcp_portal.annex.table import Table
from plans.document.document import AnnexPart
from tests.plans.printing.conftest import PrintedPlan
from tests.plans.printing.documents import KATSU_ADOBE
from tests.plans.printing.pdf_reading import comparable


def annex_text(printed: PrintedPlan, annex: AnnexPart) -> str:
    """Return the comparable text of the pages of one annex."""
    starts = [*sorted(set(printed.pdf.destinations.values())), len(printed.pdf.file.pages)]
    first = printed.pdf.destinations[annex.anchor]
    end = starts[starts.index(first) + 1]
    return "".join(printed.pdf.comparable_pages[first:end])


def tables(printed: PrintedPlan) -> Iterator[tuple[AnnexPart, Table]]:
    for annex in printed.document.annexes:
        for table in annex.tables:
            yield annex, table


def test_numbers_in_the_contents_are_the_pages_of_their_targets(printed: PrintedPlan) -> None:
    listed = [("改定履歴", "revisions")]
    listed += [(s.heading, s.anchor) for s in printed.document.sections() if s.level <= 2]
    listed += [(annex.heading, annex.anchor) for annex in printed.document.annexes]
    listed += [("奥付", "colophon")]
    pages = printed.pdf.destinations
    text = "".join(printed.pdf.comparable_pages[pages["contents"] : pages["chapter-1"]])
    lines = [f"{comparable(title)}{pages[anchor] + 1}" for title, anchor in listed]
    assert "目次" + "".join(lines).replace(".", "") in text.replace(".", "")
    assert ".........." in text


def test_every_heading_stands_on_the_page_its_anchor_names(printed: PrintedPlan) -> None:
    for section in printed.document.sections():
        page = printed.pdf.destinations[section.anchor]
        assert comparable(section.heading) in printed.pdf.comparable_pages[page]


def test_links_lead_to_places_in_other_parts(printed: PrintedPlan) -> None:
    links = printed.pdf.links()
    assert {target for _, target in links} <= set(printed.pdf.destinations)
    chapter_page = printed.pdf.destinations["chapter-1-1"]
    assert (chapter_page, "annex-17") in links
    assert (chapter_page, "chapter-2") in links


def test_bookmarks_lead_to_chapters_sections_and_annexes(printed: PrintedPlan) -> None:
    numbers = {page.obj.objgen: i for i, page in enumerate(printed.pdf.file.pages)}
    with printed.pdf.file.open_outline() as outline:
        top = [(item.title, numbers[item.destination[0].objgen]) for item in outline.root]
        below_first_chapter = [item.title for item in outline.root[1].children]
        deepest = [item.title for item in outline.root[1].children[0].children]
    pages = printed.pdf.destinations
    chapters = [(c.heading, pages[c.anchor]) for c in printed.document.chapters]
    annexes = [(a.heading, pages[a.anchor]) for a in printed.document.annexes]
    front, back = ("改定履歴", pages["revisions"]), ("奥付", pages["colophon"])
    assert top == [front, *chapters, *annexes, back]
    assert below_first_chapter == ["(1) 目的", "(2) 適用の範囲", "(3) 用語"]
    assert deepest == ["ア 細目"]


def test_every_page_but_the_cover_says_municipality_title_edition_and_number(
    printed: PrintedPlan,
) -> None:
    total = len(printed.pdf.file.pages)
    for number, text in enumerate(printed.pdf.comparable_pages[1:], start=2):
        assert f"{number}/{total}" in text
        assert comparable(f"{KATSU_ADOBE}市情報システム部門の業務継続計画") in text
        assert "第3版" in text
    assert f"1/{total}" not in printed.pdf.comparable_pages[0]


def test_running_head_names_the_part(printed: PrintedPlan) -> None:
    page = printed.pdf.destinations["annex-9"] + 1
    assert page < printed.pdf.destinations["annex-10"]
    assert "様式9緊急連絡先一覧" in printed.pdf.comparable_pages[page]


def test_heads_of_tables_repeat_on_every_page(printed: PrintedPlan) -> None:
    first, end = (printed.pdf.destinations[name] for name in ("annex-9", "annex-10"))
    assert end - first >= 2
    for text in printed.pdf.comparable_pages[first:end]:
        assert "No.氏名所属電話番号電子メール" in text


def test_text_of_every_filled_cell_is_in_the_pages_of_its_annex(printed: PrintedPlan) -> None:
    checked = 0
    for annex, table in tables(printed):
        text = annex_text(printed, annex)
        for row in table.texts():
            for cell in filter(None, row):
                assert comparable(cell) in text, (annex.heading, cell)
                checked += 1
    assert checked > 2_000


def test_each_font_is_embedded_once_and_all_are_japanese(printed: PrintedPlan) -> None:
    lines = printed.pdf.fonts()
    names = [line.split()[0].split("+")[1] for line in lines]
    assert sorted(names) == ["BIZ-UDGothic", "BIZ-UDGothic-Bold", "BIZ-UDMincho", "IPAmjMincho"]
    for line in lines:
        embedded, subset, has_unicode = re.search(r"(yes|no) (yes|no) (yes|no) ", line).groups()
        assert (embedded, subset, has_unicode) == ("yes", "yes", "yes")


def test_wide_annexes_lie_across_and_narrow_ones_stand(printed: PrintedPlan) -> None:
    def is_landscape(anchor: str) -> bool:
        _, _, width, height = printed.pdf.file.pages[printed.pdf.destinations[anchor]].mediabox
        return width > height

    assert [is_landscape(a) for a in ("annex-1", "annex-17", "annex-6")] == [True] * 3
    assert [is_landscape(a) for a in ("chapter-1", "annex-8", "annex-9")] == [False] * 3


def test_file_says_title_author_and_language(printed: PrintedPlan) -> None:
    file = printed.pdf.file
    assert str(file.docinfo.Title) == f"{KATSU_ADOBE}市　情報システム部門の業務継続計画（第3版）"
    assert str(file.docinfo.Author) == f"{KATSU_ADOBE}市"
    assert str(file.Root.Lang) == "ja"
    with file.open_metadata() as metadata:
        assert metadata["dc:title"] == str(file.docinfo.Title)


def test_qpdf_finds_no_fault(printed: PrintedPlan) -> None:
    assert "No syntax or stream encoding errors" in printed.pdf.check()
