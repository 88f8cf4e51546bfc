"""Says in Japanese what of a sheet is hidden, struck through, or not read; pure."""

from collections.abc import Iterator, Mapping, Sequence

from bcp_portal.importing.heading import Head
from bcp_portal.importing.hiding_conditions import COLOURED, DRAWN, FORMATTED, STRUCK
from bcp_portal.importing.sources import SourceLine, SourceSheet, place_of
from bcp_portal.ui.text import shortened

_MOST = 10
_QUOTED = 20
CONDITIONS = {
    STRUCK: "条件付き書式で取り消し線の引かれる範囲があります：{}。"
    "どのセルに引かれているかは分からないため、線のない文字として取り込みます",
    COLOURED: "条件付き書式で文字が背景と同じ色（白など）になる範囲があります：{}。"
    "どのセルで見えなくなっているかは分からないため、見えている文字として取り込みます",
    FORMATTED: "条件付き書式で数値の表示形式が変わる範囲があります：{}。"
    "その表示形式（単位、桁、何も表示しない;;;など）は反映せず、セル自身の書式で読みます",
    DRAWN: "条件付き書式で、値の代わりにアイコンや棒だけを表示する範囲があります：{}。"
    "セルに入力されている値を取り込みます",
}


def remarks_on(sheet: SourceSheet, head: Head, columns: Mapping[int, str]) -> Iterator[str]:
    """Yield a sentence for each kind of thing that a person does not see, or that is not taken."""
    lines = [line for line in sheet.lines if line.number > head.last_row]
    hidden = [f"{line.number}行目" for line in lines if line.hidden and line.cells]
    if hidden:
        yield f"非表示の行も取り込みます（{len(hidden)}行、絞り込みで隠れた行を含む）：{_some(hidden)}"
    places = [
        f"{place_of(number)}列" for number in sheet.hidden_columns if number != head.uid_column
    ]
    taken = [place for place in places if place in {f"{place_of(n)}列" for n in columns}]
    if taken:
        yield f"非表示の列も取り込みます：{_some(taken)}"
    struck = [
        f"{place_of(column)}{line.number}「{shortened(text, _QUOTED)}」"
        for line in sheet.lines
        for column, text in sorted(line.struck.items())
        # A line struck through as a whole is listed among those that are left out.
        if line.cells
    ]
    if struck:
        yield f"取り消し線の引かれた文字は取り込みません（{len(struck)}か所）：{_some(struck)}"
    for effect, sentence in CONDITIONS.items():
        if places := [where for what, where in sheet.conditions if what == effect]:
            yield sentence.format(_some(places))
    unshown = [f"{place_of(column)}{line.number}" for line in lines for column in line.unshown]
    if unshown:
        yield (
            f"Excelに表示されない書式（;;;など）のセルがあります（{len(unshown)}か所）："
            f"{_some(unshown)}。文字の項目の数値は空欄とし、ほかは入力されている値を取り込みます"
        )
    white = [f"{place_of(column)}{line.number}" for line in lines for column in line.white]
    if white:
        yield (
            f"文字が白く、背景に色のないセルがあります（{len(white)}か所）：{_some(white)}。"
            "入力されている値を取り込みます"
        )
    if sheet.comments:
        texts = [f"{place}「{shortened(text, _QUOTED)}」" for place, text in sheet.comments]
        yield f"コメントは取り込みません（{len(texts)}件）：{_some(texts)}"
    yield from _without_head(lines, head, columns)


def _without_head(
    lines: Sequence[SourceLine], head: Head, columns: Mapping[int, str]
) -> Iterator[str]:
    """Yield what stands below no head at all, and where values stand beside their heads."""
    counted: dict[int, int] = {}
    for line in lines:
        for number in line.filled():
            if number not in head.labels and number not in columns and number != head.uid_column:
                counted[number] = counted.get(number, 0) + 1
    if counted:
        places = [f"{place_of(number)}列（{count}か所）" for number, count in counted.items()]
        yield f"見出しのない列の値は取り込みません：{_some(places)}"
    filled = {number for line in lines for number in line.filled()}
    aside = [n for n in columns if n not in filled and n + 1 in counted]
    if len(aside) > 1:
        yield (
            f"値が見出しの1つ右の列に入っています（{_some([f'{place_of(n)}列' for n in aside])}）。"
            "見出しと値を同じ列にそろえて、選び直してください。"
        )


def _some(texts: Sequence[str]) -> str:
    more = "" if len(texts) <= _MOST else f"、ほか{len(texts) - _MOST}"
    return "、".join(texts[:_MOST]) + more
