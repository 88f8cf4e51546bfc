"""The number with which a list begins is the same in the stored text, in print, in Word and in comparisons."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

from docx.oxml.ns import qn
from weasyprint import HTML

from plans.comparison.text_units import units_of
from plans.document.document import TextBlock
from plans.printing.prose import prose
from plans.text.cleaning import clean_body
from plans.text.markup import readable_text
from plans.word.inward.story import read_story
from plans.word.inward.suggestions import said_by
from plans.word.outward.word_file import word_file
from tests.plans.printing.documents import load_picture, make_document
from tests.plans.word.outward.reading import ReadWord

FROM_3 = '<ol start="3"><li>三</li><li>四</li></ol>'


def word_with(html: str) -> bytes:
    """Return a Word file of ours whose first chapter says this."""
    document = make_document()
    chapter = replace(document.chapters[0], blocks=(TextBlock(html),), children=())
    return word_file(replace(document, chapters=(chapter,)), load_image=load_picture)


def test_the_stored_text_keeps_where_a_list_begins() -> None:
    for html in (FROM_3, '<ol start="0"><li>零</li></ol>', "<ol><li>一</li></ol>"):
        assert clean_body(html) == html
    assert clean_body('<ol start="1" class="x"><li>一</li></ol>') == "<ol><li>一</li></ol>"
    for wrong in ("-1", "3.5", "x", "99999", ""):
        assert clean_body(f'<ol start="{wrong}"><li>一</li></ol>') == "<ol><li>一</li></ol>"
    assert clean_body('<ol><li>一</li><li value="5">五</li><li>六</li></ol>') == (
        '<ol><li>一</li></ol><ol start="5"><li>五</li><li>六</li></ol>'
    )


def test_other_ways_of_counting_are_written_out() -> None:
    assert clean_body('<ol type="a" start="2"><li>b</li><li><p>c</p><p>d</p></li></ol>') == (
        "<p>b.　b</p><p>c.　c</p><p>d</p>"
    )
    assert clean_body('<ol><li>一<ol type="I"><li>内</li></ol></li></ol>') == (
        "<ol><li>一<p>I.　内</p></li></ol>"
    )


def test_nothing_in_a_list_is_lost() -> None:
    html = "<ul>前<li>一</li><ol><li>内</li></ol><p>後</p></ul>"
    assert clean_body(html) == "<ul><li>前</li><li>一<ol><li>内</li></ol></li><li>後</li></ul>"


def test_readings_posted_without_the_editor_stand_in_brackets() -> None:
    html = "<p><ruby>代替<rp>(</rp><rt>だいたい</rt><rp>)</rp></ruby>拠点</p>"
    assert clean_body(html) == "<p>代替（だいたい）拠点</p>"
    assert clean_body("<p><ruby><rb>親</rb><rt></rt></ruby>字</p>") == "<p>親字</p>"


def test_a_comparison_tells_where_a_list_begins() -> None:
    from_1 = FROM_3.replace(' start="3"', "")
    assert [unit.text for unit in units_of(FROM_3)] == ["3. 三", "四"]
    assert [unit.text for unit in units_of(from_1)] == ["三", "四"]
    linked = '<ol start="3"><li>次の<a href="#chapter-x">1章</a></li></ol>'
    [unit] = units_of(linked)
    [(start, end)] = unit.references
    assert unit.text[start:end] == "1章"


def test_the_log_tells_the_numbers() -> None:
    assert readable_text(FROM_3) == "3. 三\n4. 四"
    assert readable_text("<ul><li>点</li></ul>") == "・点"


def test_word_counts_as_the_chapter_does_and_it_comes_back() -> None:
    inner = (
        "<ol><li>親<ol><li>子</li><li>子の二</li></ol></li><li>次<ol><li>別の子</li></ol></li></ol>"
    )
    html = f'{FROM_3}<p>間</p>{inner}<ol start="5"><li>五<p>続き</p></li><li>六</li></ol>'
    content = word_with(html)
    read = ReadWord(content)
    assert read.faults() == []
    starts = [
        (over.get(qn("w:ilvl")), over[0].get(qn("w:val")))
        for over in read.part("word/numbering.xml").iter(qn("w:lvlOverride"))
    ]
    assert starts == [("0", "3"), ("0", "1"), ("1", "1"), ("1", "1"), ("0", "5")]
    piece = next(piece for piece in read_story(content).pieces if "三" in piece.html)
    assert piece.html == html.replace("五<p>続き</p>", "五<br>続き")


def test_a_chapter_that_only_counts_otherwise_is_not_the_same() -> None:
    assert said_by(FROM_3) != said_by(FROM_3.replace("3", "4"))


def test_the_print_counts_from_there(tmp_path: Path) -> None:
    style = (Path(__file__).parents[2] / "static" / "css" / "print.css").read_text("utf-8")
    html = prose(f"{FROM_3}<ol><li>一</li></ol>", "1章", load_picture)
    target = tmp_path / "list.pdf"
    HTML(string=f'<style>{style}</style><main class="prose">{html}</main>').write_pdf(target)
    text = subprocess.run(["pdftotext", target, "-"], capture_output=True, check=True).stdout
    assert re.findall(r"(\d)\.", text.decode()) == ["3", "4", "1"]
