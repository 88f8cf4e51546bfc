"""Lays a comparison out as lines in two columns, and lists what changed for its top."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from plans.comparison.changes import (
    STATUS_LABELS,
    Comparison,
    Content,
    FigureChange,
    PartChange,
    PassageChange,
    Run,
    Runs,
    Status,
    TableChange,
)
from plans.comparison.difference_marks import plain
from plans.comparison.line import OMITTED, ComparisonLine, LineKind, line_of, one_sided
from plans.comparison.repeated_changes import Told, is_told, reference_line, told_by_annexes
from plans.comparison.table_lines import table_lines

ANCHOR = "change-"
_FIGURE_REMARKS = {
    Status.ADDED: "図の新設",
    Status.REMOVED: "図を削る",
    Status.MOVED: "図の移動",
    Status.CHANGED: "図の変更",
}


_ROW_REMARKS = {
    Status.ADDED: "行の新設",
    Status.REMOVED: "行を削る",
    Status.MOVED: "行の移動",
}
_MOVED_ROW_REMARKS = {Status.CHANGED: "変更・行の移動"}


ROWS_COUNTED = (
    "行の数は、読み方が変わる行の数です。入力した行のほか、計算する項目や、選んでいる行の名前だけが変わる行も"
    "数えます。改定の画面の「入力の変更」は、入力した行だけを数えます。"
)


@dataclass(frozen=True)
class ChangeEntry:
    """One line of the list of changes: where it leads, what the part is called, what happened."""

    anchor: str
    heading: str
    remark: str
    level: int


def lines_of(comparison: Comparison) -> list[ComparisonLine]:
    """Return all lines in printed order; what is the same in between is one line of （略）.

    Changes of a 様式 that a chapter shows too are told with the 様式 only.
    """
    return list(_without_repeated_gaps(_parts(comparison.parts, told_by_annexes(comparison))))


def entries_of(comparison: Comparison) -> list[ChangeEntry]:
    """Return the parts in which something differs, with what and how much."""
    return [
        ChangeEntry(_anchor(part), part.heading, _summary(part), part.level)
        for part in comparison.changed_parts()
    ]


def counts_said(comparison: Comparison) -> str:
    """Return what the numbers of rows in the list of changes count; "" where it says none."""
    parts = comparison.changed_parts()
    return ROWS_COUNTED if any(table.rows for part in parts for table in part.tables) else ""


def _summary(part: PartChange) -> str:
    """Return what happened to a part in a few words: 変更（文3、行12）."""
    changed = [text for text in part.texts if text.status is not Status.SAME]
    counts = {
        "文": sum(not text.is_table_row for text in changed),
        "行": sum(text.is_table_row for text in changed)
        + sum(len(table.rows) for table in part.tables),
        "項目": sum(len(table.columns) for table in part.tables),
        "図": len(part.figures),
    }
    words = "、".join(f"{name}{count}" for name, count in counts.items() if count)
    remark = _remark(part) or STATUS_LABELS[Status.CHANGED]
    if words and part.status is Status.CHANGED:
        return f"{remark}（{words}）"
    return remark


def _without_repeated_gaps(lines: Iterable[ComparisonLine]) -> Iterator[ComparisonLine]:
    last: ComparisonLine | None = None
    for line in lines:
        if line is not OMITTED or last is not OMITTED:
            yield line
        last = line


def _parts(parts: Iterable[PartChange], told: Told) -> Iterator[ComparisonLine]:
    for part in parts:
        if part.touched:
            yield from _part(part, told)
        else:
            yield OMITTED


def _part(part: PartChange, told: Told) -> Iterator[ComparisonLine]:
    yield _heading(part)
    whole = part.status in {Status.ADDED, Status.REMOVED}
    for content in part.contents:
        lines = _content(content, part, told)
        # The heading says （新設） or （削る） for everything below it.
        yield from (one_sided(line, part.status) for line in lines) if whole else lines
    if part.status is not Status.ADDED and not part.contents and _has_text(part):
        yield OMITTED
    yield from _parts(part.children, told)


def _has_text(part: PartChange) -> bool:
    """Tell whether a part that is only moved or renamed needs the word that its text stays."""
    return part.status in {Status.MOVED, Status.CHANGED} and not part.children


def _heading(part: PartChange) -> ComparisonLine:
    remark = _remark(part)
    status = part.status if part.status in {Status.ADDED, Status.REMOVED} else Status.CHANGED
    line = line_of(
        LineKind.HEADING,
        status,
        _numbered(part.number_old, part.title_old),
        _numbered(part.number_new, part.title_new),
        level=part.level,
    )
    return replace(line, remark=remark, anchor=_anchor(part))


def _remark(part: PartChange) -> str:
    """Return what happened to the heading itself; nothing if only what stands below it changed."""
    if part.status in {Status.ADDED, Status.REMOVED}:
        return STATUS_LABELS[part.status]
    renamed = any(run.changed for run in (*part.title_old, *part.title_new))
    words = [STATUS_LABELS[Status.CHANGED]] if renamed else []
    if part.moved:
        source = f"（「{part.moved_from}」から）" if part.moved_from else ""
        words.append(f"{STATUS_LABELS[Status.MOVED]}{source}")
    return "・".join(words)


def _numbered(number: str, title: Runs) -> Runs:
    if not number or not title:
        return title
    return (*plain(f"{number}　"), *title)


def _anchor(part: PartChange) -> str:
    gone = "gone-" if part.status is Status.REMOVED else ""
    return f"{ANCHOR}{gone}{part.anchor}"


def _content(content: Content, part: PartChange, told: Told) -> Iterator[ComparisonLine]:
    if isinstance(content, TableChange) and part.kind != "annex" and is_told(content, told):
        yield reference_line(content, told)
    elif isinstance(content, TableChange):
        yield from table_lines(content, titled=content.title not in part.heading)
    elif isinstance(content, FigureChange):
        yield from _figure(content)
    elif content.status is Status.SAME and not content.is_table_row:
        yield OMITTED
    else:
        yield _text(content)


def _text(passage: PassageChange) -> ComparisonLine:
    if not passage.is_table_row:
        return line_of(LineKind.TEXT, passage.status, passage.old, passage.new)
    remarks = _ROW_REMARKS if not passage.moved else _MOVED_ROW_REMARKS
    line = line_of(
        LineKind.TABLE_ROW,
        passage.status,
        passage.old,
        passage.new,
        remark=remarks.get(passage.status, ""),
    )
    return replace(line, cells_old=passage.cells_old, cells_new=passage.cells_new)


def _figure(figure: FigureChange) -> Iterator[ComparisonLine]:
    yield line_of(
        LineKind.FIGURE,
        figure.status,
        _figure_name(figure.title_old, figure),
        _figure_name(figure.title_new, figure),
        remark=_FIGURE_REMARKS[figure.status],
    )
    if figure.status is not Status.MOVED:
        yield ComparisonLine(
            LineKind.PICTURE, (), (), picture_old=figure.picture_old, picture_new=figure.picture_new
        )
    if figure.status is Status.CHANGED:
        for passage in figure.passages:
            yield _text(passage)


def _figure_name(title: str, figure: FigureChange) -> Runs:
    if not title:
        return ()
    is_other = figure.title_old != figure.title_new or not figure.passages
    return (Run("図　"), Run(title, changed=is_other and figure.status is not Status.MOVED))
