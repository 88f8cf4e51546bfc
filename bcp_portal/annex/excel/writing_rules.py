"""Says in Japanese how a value of each kind is written in a cell; pure."""

from bcp_portal.annex.excel.book import ExcelColumn
from bcp_portal.annex.kinds import Kind

COMPUTED = "システムが計算する項目です。ここで書き換えても、システムの内容は変わりません。"
_SEVERAL = "複数あるときは「、」で区切ります。"
_RULES = {
    Kind.DURATION: "「即時」「30分」「72時間」「3日」「1週間」「1か月」のように、単位を付けて書きます。",
    Kind.FISCAL_YEAR: "「令和8年度」「2026年度」のように書きます。",
    Kind.FISCAL_YEARS: f"「令和8年度、令和9年度」のように書きます。{_SEVERAL}",
    Kind.WORDS: _SEVERAL,
    Kind.REFERENCES: f"登録してある名称を書きます。{_SEVERAL}",
}
# Beside the cell nothing more need be said of these: Excel's own format or list shows it.
_EVIDENT_RULES = {
    Kind.TEXT: "文字（1行）",
    Kind.LONG_TEXT: "文字（改行は Alt＋Enter）",
    Kind.TELEPHONE: "電話番号（数字とハイフン。内線は#の後）",
    Kind.INTEGER: "整数",
    Kind.DECIMAL: "数（小数も可）",
    Kind.PERCENT: "割合（50% のように書きます）",
    Kind.MONEY: "整数（千円単位）",
    Kind.BOOLEAN: "「はい」か「いいえ」",
    Kind.CHOICE: "選択肢から1つ",
    Kind.DATE: "日付（2026/4/1 のように入力すると、表示は自動で整います）",
    Kind.MONTH: "年月（2026/4/1 のように、その月の1日を入力します）",
    Kind.DATETIME: "日時（2026/4/1 9:30 のように入力します）",
    Kind.REFERENCE: "登録してある名称を1つ",
}
FILE = "添付ファイルの名前です。ファイルは、システムの画面で付けます。"


def how_to_type(column: ExcelColumn) -> str:
    """Return the message beside a cell of the column; '' where the cell itself shows how."""
    if column.kind is Kind.FILE:
        return FILE
    if not column.editable:
        return COMPUTED
    if column.kind is Kind.CHOICES:
        return f"次から選び、{_SEVERAL}\n{choices_text(column)}"
    return _RULES.get(column.kind, "")


def rule_text(column: ExcelColumn) -> str:
    """Return how the column is written, for the list of all columns."""
    if column.kind is Kind.CHOICES and column.editable:
        return f"選択肢からいくつでも。{_SEVERAL}"
    return how_to_type(column) or _EVIDENT_RULES[column.kind]


def choices_text(column: ExcelColumn) -> str:
    """Return the choices a person has, in printed order."""
    return "、".join(label for _, label in column.column.choices)
