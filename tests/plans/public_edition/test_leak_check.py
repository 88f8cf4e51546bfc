"""The leak check passes clean files, and fails on a hidden value planted in any place and spelling."""

import io
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.spelling.letters import fold
from bcp_portal.ui.eras import DateStyle
from plans.document.document import AnnexPart
from plans.printing.options import PrintOptions
from plans.printing.press import open_press
from plans.public_edition.excel_reader import read_excel
from plans.public_edition.file_texts import FileReading, FileText
from plans.public_edition.finder import Finder
from plans.public_edition.hidden_value_collection import hidden_values
from plans.public_edition.html_reader import read_html
from plans.public_edition.leak_check import find_leaks
from plans.public_edition.page import public_page, style
from plans.public_edition.pdf_reader import read_pdf
from plans.public_edition.public_texts import COUNTED_WORDS, PublicTexts
from plans.public_edition.workbook import public_workbook
from tests.plans.public_edition.documents import (
    HIDDEN_SENTENCE,
    PERSON,
    PHONE,
    SERVER,
    internal_document,
    public_document,
    with_text,
)

SPELLINGS = [
    PHONE,
    "０９０－１２３４－５６７８",
    "09012345678",
    "090 1234 5678",
    "090‐1234‐5678",
    "090ー1234ー5678",
    "０９０\n１２３４\n５６７８",
    "〇九〇一二三四五六七八",
    "☎090(1234)5678",
    "090\u200b1234\u00ad5678",
]


def no_picture(sha256: str) -> bytes:
    raise LookupError(sha256)


def leaks(reading: FileReading, document: Any = None) -> list[str]:
    public = document or public_document()
    hidden = hidden_values(internal_document(), {}, public)
    leaks = find_leaks(reading, PublicTexts(public), Finder(hidden), hidden)
    return [leak.sentence for leak in leaks]


def said(text: str, place: str = "ここ", **options: Any) -> FileReading:
    return FileReading((FileText(place, text, **options),))


# What is looked for


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_hidden_number_is_found_in_every_spelling(spelling: str) -> None:
    found = leaks(said(f"連絡は{spelling}まで"))
    assert any("公開しない値" in sentence and "携帯電話" in sentence for sentence in found)


@pytest.mark.parametrize("secret", [PERSON, "秘密花子", "秘密　花子", SERVER, HIDDEN_SENTENCE])
def test_hidden_texts_are_found_inside_other_text(secret: str) -> None:
    assert any("公開しない値" in sentence for sentence in leaks(said(f"本庁舎と{secret}について")))


def test_a_value_broken_across_lines_and_cells_is_found_where_it_begins() -> None:
    pieces = [
        FileText("B2", "090-12", flow="x"),
        FileText("C2", "34-56", flow="x"),
        FileText("D2", "78"),
    ]
    whole = [*pieces[:2], FileText("D2", "78", flow="x")]
    assert not any("携帯電話" in sentence for sentence in leaks(FileReading(tuple(pieces))))
    found = [s for s in leaks(FileReading(tuple(whole))) if "携帯電話" in s]
    assert found and found[0].startswith("B2に、")


def test_what_the_document_does_not_say_is_refused_even_if_nothing_is_hidden() -> None:
    assert leaks(said("本庁舎の業務を続ける。")) == []
    (found,) = leaks(said("メモ：あとで消す"))
    assert found == "ここに、公開版の文書にない文字「メモ：あとで消す」があります。"


def test_short_values_are_looked_for_where_they_stand_alone() -> None:
    # 2 is the hidden floor of 本庁舎; where a public text says 2 as well, it tells nothing new.
    document = with_text(public_document(), "<p>2</p>")
    assert leaks(said("2", whole=True), document) == []
    # 4 is the floor of a hidden row; nothing public says it.
    assert leaks(said("4", whole=True)) == [
        "ここに、公開しない値（様式3の「庁舎の状況」の3行目の「階」）があります。",
        "ここに、公開版の文書にない文字「＊」があります。",
    ]
    # 令和8年4月1日 holds a 4, and nobody learns a floor from it.
    assert leaks(said("令和8年4月1日施行")) == []


def test_a_number_typed_into_a_public_chapter_is_a_leak() -> None:
    document = with_text(public_document(), "<p>本部は０９０－１２３４－５６７８に電話する。</p>")
    page = public_page(document, no_picture)
    reading = read_html(page, style=style(), pictures=frozenset())
    assert any(
        "公開しない値" in sentence and "携帯電話" in sentence
        for sentence in leaks(reading, document)
    )


def test_a_name_of_a_building_in_a_public_chapter_refuses_nothing() -> None:
    document = with_text(public_document(), "<p>旧電算棟を使う。</p>")
    page = public_page(document, no_picture)
    assert leaks(read_html(page, style=style(), pictures=frozenset()), document) == []


def test_a_hidden_remark_in_a_public_chapter_is_a_leak() -> None:
    """The text that is tested makes nothing public, whether it names a person or not."""
    document = with_text(public_document(), f"<p>{SERVER}を使う。</p>")
    page = public_page(document, no_picture)
    found = leaks(read_html(page, style=style(), pictures=frozenset()), document)
    assert any("「備考」" in sentence for sentence in found)


def test_a_leak_never_shows_the_number_it_found() -> None:
    sentences = leaks(said(f"電話{PHONE}"))
    assert sentences
    assert not any("1234" in sentence or "１２３４" in sentence for sentence in sentences)


# HTML


def html_leaks(change: Callable[[str], str]) -> list[str]:
    page = public_page(public_document(), no_picture)
    assert leaks(read_html(page, style=style(), pictures=frozenset())) == []
    return leaks(read_html(change(page), style=style(), pictures=frozenset()))


SVG = b64encode(f"<svg><text>{PERSON}</text></svg>".encode()).decode()
HIDDEN_SVG = b64encode(f"<svg><desc>{PERSON}</desc></svg>".encode()).decode()
PNG = b64encode(b"\x89PNG something").decode()


@pytest.mark.parametrize(
    "planted",
    [
        f"<p>{PHONE}</p>",
        f"<!-- {PHONE} -->",
        "<!-- 空 -->",
        f'<p title="{PHONE}">本庁舎</p>',
        f'<p data-note="{PHONE}">本庁舎</p>',
        f'<p class="{PHONE}">本庁舎</p>',
        f'<p aria-label="{PERSON}">本庁舎</p>',
        f'<a href="tel:{PHONE}">本庁舎</a>',
        '<a href="https://example.jp/?q=%E7%A7%98%E5%AF%86%E8%8A%B1%E5%AD%90">本庁舎</a>',
        f'<meta name="description" content="{PERSON}">',
        "<script>1</script>",
        f"<style>/* {PHONE} */</style>",
        "<table><tr><td>090-1234</td><td>-5678</td></tr></table>",
        "<p>090-<b>1234</b>-56<br>78</p>",
        "<p>&#48;90-1234-5678</p>",
        f'<img alt="{PERSON}" src="data:image/svg+xml;base64,{SVG}">',
        f'<img alt="本庁舎" src="data:image/svg+xml;base64,{SVG}">',
        f'<img alt="本庁舎" src="data:image/svg+xml;base64,{HIDDEN_SVG}">',
        f'<img alt="本庁舎" src="data:image/png;base64,{PNG}">',
        "<table><tr><td>4</td></tr></table>",
    ],
)
def test_what_is_planted_in_the_page_is_found(planted: str) -> None:
    assert html_leaks(lambda page: page.replace("</main>", f"{planted}</main>"))


# Excel


def excel_leaks(change: Callable[[Workbook], None]) -> list[str]:
    content = public_workbook(public_document(), DateStyle.WAREKI)
    assert leaks(read_excel(content)) == []
    workbook = load_workbook(io.BytesIO(content))
    change(workbook)
    stored = io.BytesIO()
    workbook.save(stored)
    return leaks(read_excel(stored.getvalue()))


def hide_a_sheet(workbook: Workbook) -> None:
    sheet = workbook.create_sheet("本庁舎")
    sheet["A1"] = PHONE
    sheet.sheet_state = "veryHidden"


def hide_a_row(workbook: Workbook) -> None:
    workbook.worksheets[1].row_dimensions[4].hidden = True


def split_over_cells(workbook: Workbook) -> None:
    sheet = workbook.worksheets[1]
    sheet["H4"], sheet["I4"] = "090-12", "34-5678"


def write_floor(workbook: Workbook) -> None:
    workbook.worksheets[1]["H4"] = 4


def comment(workbook: Workbook) -> None:
    workbook.worksheets[1]["A4"].comment = Comment(PHONE, PERSON)


def define_name(workbook: Workbook) -> None:
    workbook.defined_names["x"] = DefinedName("x", attr_text=f'"{PHONE}"')


def describe(workbook: Workbook) -> None:
    workbook.properties.keywords = PERSON


def write_foot(workbook: Workbook) -> None:
    workbook.worksheets[1].oddFooter.left.text = PHONE


def link(workbook: Workbook) -> None:
    workbook.worksheets[1]["A4"].hyperlink = f"tel:{PHONE}"


def formula(workbook: Workbook) -> None:
    workbook.worksheets[1]["H4"] = '="090"&"1234"&"5678"'


def rename_a_sheet(workbook: Workbook) -> None:
    workbook.worksheets[1].title = PERSON


@pytest.mark.parametrize(
    "plant",
    [
        hide_a_sheet,
        hide_a_row,
        split_over_cells,
        write_floor,
        comment,
        define_name,
        describe,
        write_foot,
        link,
        formula,
        rename_a_sheet,
    ],
)
def test_what_is_planted_in_the_workbook_is_found(plant: Callable[[Workbook], None]) -> None:
    assert excel_leaks(plant)


def test_a_file_packed_into_the_workbook_is_found() -> None:
    stored = io.BytesIO(public_workbook(public_document(), DateStyle.WAREKI))
    with zipfile.ZipFile(stored, "a") as parts:
        parts.writestr("xl/media/note.txt", PHONE)
    assert any("note.txt" in sentence for sentence in leaks(read_excel(stored.getvalue())))


def test_the_workbook_names_no_row_by_its_identity() -> None:
    content = public_workbook(public_document(), DateStyle.WAREKI)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        everything = unescape("".join(parts.read(name).decode() for name in parts.namelist()))
    assert "本庁舎" in everything
    for identity in ("r1", "desk-uid", "uid", "bcp-portal:"):
        assert f">{identity}" not in everything


# PDF


@pytest.fixture(scope="module")
def clean_pdf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    folder: Path = tmp_path_factory.mktemp("press")
    with open_press(folder) as press:
        yield press.print_plan(
            public_document(), load_image=no_picture, options=PrintOptions(tagged=True)
        )


def changed(content: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    stored = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(stored)
    return stored.getvalue()


def test_the_printed_public_edition_is_clean_and_was_read(clean_pdf: bytes) -> None:
    reading = read_pdf(clean_pdf)
    assert leaks(reading) == []
    text = "".join(piece.text for piece in reading.pieces if piece.flow == "pdf-body")
    # A check that reads nothing would find nothing either.
    for public in ("本庁舎の業務を続ける。", "（非公開）", "様式3", "情報政策課"):
        assert public in text


@pytest.mark.parametrize("words", COUNTED_WORDS)
def test_words_that_the_program_counts_are_its_own_whatever_their_letters_fold_to(
    words: str,
) -> None:
    texts = PublicTexts(public_document())
    for count in (1, 2, 3, 11, 111):
        assert texts.may_be_said(fold(words.replace("{}", str(count)))), count


@pytest.mark.parametrize("naming", [(), (0, 4, 9)], ids=["by-number", "by-three-columns"])
def test_a_public_table_that_is_printed_in_parts_is_clean(
    naming: tuple[int, ...], tmp_path: Path
) -> None:
    columns = tuple(
        Column(f"c{place}", f"項目{place}（記号）", names_row=place in naming)
        for place in range(30)
    )
    cells = {column.name: f"{column.label}に書いた長い値" for column in columns}
    table = Table("3", "設備", columns, (TableRow("r1", cells, "public"),), number=3)
    annex = AnnexPart("annex-3", 3, "様式3 設備", tables=(table,), confidentiality="public")
    document = replace(public_document(), annexes=(annex,))
    with open_press(tmp_path) as press:
        pdf = press.print_plan(document, load_image=no_picture, options=PrintOptions(tagged=True))
    reading = read_pdf(pdf)
    assert any("つに分けて印刷（2／" in piece.text for piece in reading.pieces)
    assert leaks(reading, document) == []


def describe_pdf(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Subject = String(PHONE)


def write_xmp(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(update_docinfo=False) as xmp:
        xmp["dc:description"] = PERSON


def bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(f"連絡先 {PERSON}", 0))


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.txt"] = PHONE.encode()


def say_in_tag(key: str) -> Callable[[pikepdf.Pdf], None]:
    def plant(pdf: pikepdf.Pdf) -> None:
        document = pdf.Root.StructTreeRoot.K[0]
        document[key] = String("０９０－１２３４－５６７８")

    plant.__name__ = key
    return plant


def annotate(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents=String(PHONE))
    note.Rect = Array([0, 0, 1, 1])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def lead_elsewhere(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String(f"tel:{PHONE}"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action, Rect=Array([0, 0, 1, 1]))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def name_a_place(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names.Dests.Names.extend([String(PERSON), Array([pdf.pages[0].obj, Name.Fit])])


def leave_an_orphan(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PieceInfo = pdf.make_indirect(Dictionary(X=String(PERSON)))


def leave_a_stream(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PieceInfo = pdf.make_stream(PHONE.encode())


def run_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("1"))


def draw(text: str) -> Callable[[pikepdf.Pdf], None]:
    """Draw the text with a font that says which characters its glyphs are."""

    def plant(pdf: pikepdf.Pdf) -> None:
        codes = {character: number for number, character in enumerate(dict.fromkeys(text), 1)}
        lines = "".join(f"<{c:04x}> <{ord(t):04x}>\n" for t, c in codes.items() if t != "\n")
        cmap = f"{len(codes)} beginbfchar\n{lines}endbfchar"
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X)
        font.ToUnicode = pdf.make_stream(cmap.encode())
        page = pdf.pages[0]
        page.obj.Resources.Font["/Planted"] = pdf.make_indirect(font)
        shown = " ".join(
            f"BT /Planted 1 Tf <{''.join(f'{codes[t]:04x}' for t in line)}> Tj ET"
            for line in text.split("\n")
        )
        page.contents_add(pdf.make_stream(shown.encode()))

    plant.__name__ = f"draw {text!r}"
    return plant


def paste_a_picture(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(b"\x00", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    pdf.pages[0].obj.Resources.XObject = Dictionary(Planted=picture)


def draw_unreadable(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X)
    pdf.pages[0].obj.Resources.Font["/Planted"] = pdf.make_indirect(font)
    pdf.pages[0].contents_add(pdf.make_stream(b"BT /Planted 1 Tf <0001> Tj ET"))


@pytest.mark.parametrize(
    "plant",
    [
        describe_pdf,
        write_xmp,
        bookmark,
        attach,
        say_in_tag("/Alt"),
        say_in_tag("/ActualText"),
        say_in_tag("/E"),
        say_in_tag("/T"),
        annotate,
        lead_elsewhere,
        name_a_place,
        leave_an_orphan,
        leave_a_stream,
        run_a_script,
        draw(PHONE),
        draw("０９０\n１２３４\n５６７８"),
        draw(PERSON),
        draw(SERVER),
        draw(HIDDEN_SENTENCE),
        draw("旧電算棟"),
        draw("誰も知らない語"),
        draw_unreadable,
        paste_a_picture,
    ],
    ids=lambda plant: plant.__name__,
)
def test_what_is_planted_in_the_pdf_is_found(
    clean_pdf: bytes, plant: Callable[[pikepdf.Pdf], None]
) -> None:
    assert leaks(read_pdf(changed(clean_pdf, plant)))


def test_what_is_written_behind_the_end_of_the_pdf_is_found(clean_pdf: bytes) -> None:
    assert leaks(read_pdf(clean_pdf + f"\n% {PHONE}\n".encode()))


def test_the_place_and_the_source_are_named(clean_pdf: bytes) -> None:
    found = leaks(read_pdf(changed(clean_pdf, draw(PERSON))))
    assert (
        "PDFの1ページに、公開しない値（様式9の「緊急連絡先」の1行目の「氏名」）があります。"
        in found
    )
