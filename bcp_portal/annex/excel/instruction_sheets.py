"""The two sheets for readers: 使い方 in front, and behind the annexes a list of all columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from bcp_portal.annex.excel.sheet_sizes import A4, height_of, line_count
from bcp_portal.annex.excel.styles import (
    HEAD,
    LINK,
    RULED_TEXT,
    SUBHEAD,
    TITLE,
    WRAPPED,
    CellStyles,
)
from bcp_portal.annex.excel.texts import cell_text
from bcp_portal.annex.excel.workbook_data import NOT_PRINTED, ExcelBook, ExcelSheet
from bcp_portal.annex.excel.writing_rules import choices_text, rule_text
from bcp_portal.annex.kinds import MASK
from bcp_portal.ui.eras import format_date

GUIDE_SHEET, COLUMNS_SHEET = "使い方", "記入要領"

# The width of the three columns over which a sentence runs.
_MEASURE = 128
_WIDTHS = {"A": 26.0, "B": 24.0, "C": 12.0, "D": 30.0, "E": 40.0, "F": 60.0}
_CHAPTERS = (
    (
        "このファイルについて",
        (
            "様式を、印刷するときと同じ並びで書き出した写しです。シート1枚が表1つに当たります。",
            "ここで直しただけでは、システムの内容は変わりません。直したファイルは、システムの「Excelから取り込む」で戻せます。",
            f"「{NOT_PRINTED}」の見出しの下には、計画書には載せず、管理のために使う項目が並びます。",
            "廃止にした行は、画面の条件で選んで書き出したときだけ含みます。",
        ),
    ),
    (
        "書き方",
        (
            "項目ごとの書き方と選択肢は、いちばん後ろの「記入要領」のシートにまとめています。",
            "選択肢のある欄は、セルの右に出る▼から選べます。",
            "文字の欄は「=」や「0」で始まる言葉もそのまま残します。計算式にはなりません。",
            "灰色の欄はシステムが計算して埋めます。書き換えても、システムの内容は変わりません。",
            "空欄は「まだ調べていない」ことを表します。調べても分からなかったことは「不明」と書き分けてください。",
        ),
    ),
    (
        "行の追加と並べ替え",
        (
            "行を足すときは、表の下の空いた行に続けて書きます。",
            "並べ替えには、見出しの▼を使います。一部の列だけを選んで並べ替えると、行の中身が入れ替わってしまいます。",
            "A列と4行目は隠してあります。行と項目を見分ける印ですので、消さずに隠したままにしてください。",
        ),
    ),
    (
        "システムに戻すとき",
        (
            "様式の一覧で「Excelから取り込む」を押し、保存したこのファイルを選びます。1つの様式だけを戻すときは、その様式の画面から取り込みます。",
            "登録する前に、新しい行、変わる項目（変更前と変更後）、取り込めない行とその理由が画面に出ます。確かめてから「取り込む」を押してください。",
            "直した行はその行の変更に、A列が空の行は新しい行になります。行を写して増やすときは、増やした行のA列を空にしてください。",
            "値を消して空欄にした項目は、空欄に変わります。ファイルから行を消しても、システムの行は消えません。",
            f"「{MASK}」の欄と添付ファイルの欄は、そのまま残ります。",
            "計算式は、保存されている計算結果だけを読みます。マクロは動かしません。",
        ),
    ),
    (
        "印刷",
        (
            "どのシートも用紙の幅に合わせてあり、2ページ目からも見出しが付きます。項目の多い表はA3判で、横に並べて2枚以上になることがあります。",
            f"「{NOT_PRINTED}」と、表の下の空いた行は印刷しません。行のない表は、手書きの用紙として使えるよう空欄を印刷します。",
        ),
    ),
)


def write_guide(
    workbook: Workbook, book: ExcelBook, names: Sequence[str], styles: CellStyles
) -> None:
    """Add the sheet 使い方: what the file is, how to use it, and links to its sheets."""
    worksheet = workbook.create_sheet(GUIDE_SHEET)
    _set_page(worksheet, {"A": 48, "B": 14, "C": 48}, "portrait")
    lines = _prose(book)
    for number, (text, style) in enumerate(lines, start=1):
        worksheet.merged_cells.add(f"A{number}:C{number}")
        worksheet.row_dimensions[number].height = height_of(line_count(text, _MEASURE))
        worksheet.append([styles.cell(worksheet, cell_text(text), style)])
    heads = ("シート", "行数", "備考")
    worksheet.append([styles.cell(worksheet, head, HEAD) for head in heads])
    for name, sheet in zip(names, book.sheets, strict=True):
        worksheet.append(_sheet_line(worksheet, name, sheet, styles))


def write_columns(
    workbook: Workbook, book: ExcelBook, names: Sequence[str], styles: CellStyles
) -> None:
    """Add the sheet 記入要領: every column of every sheet, and how it is written."""
    worksheet = workbook.create_sheet(COLUMNS_SHEET)
    _set_page(worksheet, _WIDTHS, "landscape")
    worksheet.freeze_panes = "A2"
    worksheet.print_title_rows = "1:1"
    heads = ("シート", "項目", "必要なとき", "書き方", "選択肢", "説明")
    worksheet.append([styles.cell(worksheet, head, HEAD) for head in heads])
    count = 1
    for name, sheet in zip(names, book.sheets, strict=True):
        for texts in _column_lines(name, sheet):
            count += 1
            lines = max(line_count(t, w) for t, w in zip(texts, _WIDTHS.values(), strict=True))
            worksheet.row_dimensions[count].height = height_of(lines)
            worksheet.append(
                [styles.cell(worksheet, cell_text(text), RULED_TEXT) for text in texts]
            )
    worksheet.auto_filter.ref = f"A1:F{count}"


def _prose(book: ExcelBook) -> list[tuple[str, str]]:
    """Return the lines above the list of sheets, with the style of each."""
    lines = [(f"{book.title}　{GUIDE_SHEET}", TITLE)]
    lines += [(f"{label}：{text}", WRAPPED) for label, text in _facts(book)]
    for heading, sentences in _CHAPTERS:
        lines += [("", WRAPPED), (heading, SUBHEAD)]
        lines += [(f"・{sentence}", WRAPPED) for sentence in sentences]
    return [*lines, ("", WRAPPED), ("シートの一覧", SUBHEAD)]


def _facts(book: ExcelBook) -> list[tuple[str, str]]:
    made_at = f"{format_date(book.made_at.date(), book.date_style)} {book.made_at:%H時%M分}"
    facts = [("団体", book.municipality_name), ("書き出した日時", made_at)]
    if book.shows_personal:
        facts.append(("個人情報", "個人の氏名・連絡先などを含みます。取扱いに注意してください。"))
    elif book.masks_personal:
        facts.append(("個人情報", f"個人の氏名・連絡先などは「{MASK}」に置き換えています。"))
    return facts


def _sheet_line(worksheet: Any, name: str, sheet: ExcelSheet, styles: CellStyles) -> list[Any]:
    link = styles.cell(worksheet, name, LINK)
    link.hyperlink = Hyperlink(ref="", location=f"{quote_sheetname(name)}!B1")
    count = f"{len(sheet.table.rows):,}行"
    note = "画面で絞り込んだ行だけです" if sheet.conditions else ""
    return [
        link,
        styles.cell(worksheet, count, RULED_TEXT),
        styles.cell(worksheet, note, RULED_TEXT),
    ]


def _column_lines(name: str, sheet: ExcelSheet) -> list[tuple[str, ...]]:
    return [
        (
            name,
            column.column.label,
            column.mark,
            rule_text(column),
            choices_text(column),
            column.help,
        )
        for column in sheet.columns
    ]


def _set_page(worksheet: Any, widths: Mapping[str, float], orientation: str) -> None:
    for letter, width in widths.items():
        worksheet.column_dimensions[letter].width = width
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_setup.paperSize = A4
    worksheet.page_setup.orientation = orientation
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.oddFooter.right.text = "&P / &N"
