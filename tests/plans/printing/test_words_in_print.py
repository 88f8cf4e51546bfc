"""On paper a phrase is text, a missing one stands in 〔 〕, and a marked word leads to its row."""

from dataclasses import replace
from pathlib import Path

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table, TableRow
from plans.document.document import Section, TableBlock, TextBlock
from plans.printing.cache import PartCache
from plans.printing.pool import Pool
from plans.printing.press import Press
from plans.text.inline_marks import PlaceholderUse
from plans.text.phrase_words import Words
from tests.plans.printing.documents import load_picture, make_document
from tests.plans.printing.pdf_reading import ReadPdf

UID = "0b5f2c1e-0000-4000-8000-00000000000a"
GONE = "0b5f2c1e-0000-4000-8000-00000000000c"
BODY = (
    f'<p><span data-term="{UID}">バッチ</span>処理は、<span data-placeholder="role_owner"></span>が'
    f'<span data-placeholder="hq"></span>に知らせて止める。<span data-term="{GONE}">旧語</span></p>'
)
WORDS = Words(
    values={PlaceholderUse("role_owner"): "情報政策課長"},
    labels={"hq": "対策本部とその責任者"},
    terms={UID},
)
GLOSSARY = Table(
    "c-11-gojuon",
    "用語集（五十音順）",
    (Column("term", "用語", width=22), Column("text", "解説等", Kind.LONG_TEXT, 66)),
    (TableRow(UID, {"term": "バッチ処理", "text": "ためておいた処理をまとめて行う方法。"}),),
)


def test_words_on_paper(workers: Pool, cache: PartCache, tmp_path: Path) -> None:
    chapters = (
        Section("chapter-1", 1, "1", "停止", (TextBlock(WORDS.put_into(BODY)),)),
        Section("chapter-2", 1, "2", "用語", (TableBlock(GLOSSARY),)),
    )
    document = replace(make_document(systems=1), chapters=chapters, annexes=())
    content = Press(cache, workers).print_plan(document, load_image=load_picture)
    pdf = ReadPdf(content, tmp_path)
    text = "".join(pdf.comparable_pages)
    assert "バッチ(※)処理は、情報政策課長が〔対策本部とその責任者〕に知らせて止める。旧語" in text
    page, target = next(link for link in pdf.links() if link[1] == f"term-{UID}")
    assert pdf.destinations[target] > page
    assert "バッチ処理" in pdf.comparable_pages[pdf.destinations[target]]
