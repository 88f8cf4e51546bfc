"""What is printed below rows of a public edition is what its document says, and nothing is refused."""

from pathlib import Path

from bcp_portal.annex.kinds import MASK, Kind
from bcp_portal.annex.table import Column, Public, Table, TableRow
from plans.document.document import AnnexPart, Cover, Document, Section, TextBlock
from plans.printing.options import PrintOptions
from plans.printing.press import open_press
from plans.printing.row_layout import SEE_BELOW
from plans.public_edition.finder import Finder
from plans.public_edition.leak_check import find_leaks
from plans.public_edition.pdf_reader import read_pdf
from plans.public_edition.public_texts import PublicTexts

SHOWN = Public.SHOW
COLUMNS = (
    Column("name", "名称", public=SHOWN),
    Column("reason", "理由", Kind.LONG_TEXT, public=SHOWN, below=True),
    Column("person", "担当", public=SHOWN, below=True),
    Column("day", "実施日", Kind.DATE, public=SHOWN, below=True),
    *(Column(f"more{n}", f"項目{n}", public=SHOWN) for n in range(6)),
    Column("note", "備考", Kind.LONG_TEXT, public=SHOWN),
)
LONG = "".join(f"{n}番目の備考の文です。" for n in range(300))


def _row(number: int, **cells: object) -> TableRow:
    return TableRow(f"r{number}", {"name": f"庁舎{number}", **cells}, "public")


def _document() -> Document:
    rows = (
        _row(1, reason="古いため", person=MASK, day="2026-04-01", note=LONG),
        _row(2, reason="長い理由の文です。" * 30 + "\n改めて説明します。", day="2026-05-01"),
        _row(3, person="情報政策課", note="短い備考"),
    )
    table = Table("3", "庁舎の状況", COLUMNS, rows, number=3)
    tall = f"<table><tr><td>左</td><td rowspan='2'>{LONG}</td><td>右</td></tr><tr><td>下</td><td>端</td></tr></table>"
    return Document(
        cover=Cover("弥彦村", "業務継続計画", "初版", "令和8年4月1日", "総務課", draft=False),
        chapters=(Section("c1", 1, "1", "本文", blocks=(TextBlock(tall),)),),
        annexes=(AnnexPart("annex-3", 3, "様式3 庁舎の状況", tables=(table,)),),
    )


def test_notes_below_rows_are_no_strangers(tmp_path: Path) -> None:
    document = _document()
    with open_press(tmp_path) as press:
        content = press.print_plan(
            document, load_image=lambda sha256: b"", options=PrintOptions(tagged=True)
        )
    reading = read_pdf(content)
    read = "".join(piece.text for piece in reading.pieces).replace("\n", "")
    assert SEE_BELOW in read
    assert "理由：古いため" in read.replace(" ", "")
    found = find_leaks(reading, PublicTexts(document), Finder([]), [])
    assert [leak.sentence for leak in found] == []
