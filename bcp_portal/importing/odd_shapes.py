"""Says in Japanese of what shape a sheet is that is no list: on its side, one form a row, marks; pure."""

from collections.abc import Iterable, Mapping, Sequence

from bcp_portal.importing.heading import Head, WantedColumn, plain
from bcp_portal.importing.next_table import words_of
from bcp_portal.importing.sources import SourceSheet, place_of

ON_ITS_SIDE = (
    "項目名が{}列に縦に並び、1件が1列になっている表（行と列が逆の表）と判断しました。この向きの表は"
    "読み取れません。Excelで表をコピーし、「形式を選択して貼り付け」の「行/列の入れ替え」で向きを変えてから、"
    "選び直してください。"
)
ONE_FORM = (
    "1件を1枚に書いた調査票（単票）と判断しました。単票は読み取れません。項目名を1行に横に並べ、"
    "1件を1行に書いた一覧表にしてから、選び直してください。"
)
MARKS = (
    "{}に付けた「{}」などの印は、どの項目にも取り込みません（見出しが項目名ではない、対応表や月別の表の列です）。"
    "印の内容は、画面で登録するか、1件を1行に書いた表にしてください。"
)
_LINES_LOOKED_AT = 60
_FEWEST_WORDS = 3
_MOST_COLUMNS = 6
_SIGNS = frozenset("○〇◯◎●△▲□■☆★×✕✗レ✓✔")


def shape_of(sheet: SourceSheet, wanted: Sequence[WantedColumn]) -> str:
    """Return why a sheet is no list of the table's rows, where its labels stand below each other."""
    words = words_of(wanted)
    lines = sheet.lines[:_LINES_LOOKED_AT]
    across = max((_known(map(line.text, line.filled()), words) for line in lines), default=0)
    columns = {}
    for number in range(1, max((len(line.cells) for line in lines), default=0) + 1):
        texts = [line.text(number) for line in lines if line.text(number)]
        known = _known(texts, words)
        if known >= _FEWEST_WORDS and known > across + 1 and known * 2 >= len(texts):
            columns[number] = known
    if not columns:
        return ""
    label = next(iter(columns))
    width = max(len(line.filled()) for line in lines if plain(line.text(label)) in words)
    if len(columns) > 1 or width < _FEWEST_WORDS:
        return ONE_FORM
    return ON_ITS_SIDE.format(place_of(label))


def unread_marks(sheet: SourceSheet, head: Head, columns: Mapping[int, str]) -> str:
    """Return what to say of columns that hold nothing but marks, and that no item takes."""
    lines = [line for line in sheet.lines if line.number > head.last_row]
    marked, signs = [], []
    for number, label in head.labels.items():
        texts = {line.text(number) for line in lines} - {""}
        if number not in columns and texts and texts <= _SIGNS:
            marked.append(f"{place_of(number)}列「{label}」")
            signs += sorted(texts)
    if not marked:
        return ""
    more = f"、ほか{len(marked) - _MOST_COLUMNS}列" if len(marked) > _MOST_COLUMNS else ""
    return MARKS.format("、".join(marked[:_MOST_COLUMNS]) + more, signs[0])


def _known(texts: Iterable[str], words: set[str]) -> int:
    """Return how many different words by which columns are known stand among the texts."""
    return len({plain(text) for text in texts} & words)
