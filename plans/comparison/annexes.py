"""Compares annexes: found again by their tables, so that another number makes no change."""

import re
from collections.abc import Iterator, Sequence

from plans.comparison.alignment import merged, moved
from plans.comparison.changes import Content, PartChange, Status
from plans.comparison.difference_marks import mark
from plans.comparison.passages import labelled_changes
from plans.comparison.section_comparison import differs, part_status
from plans.comparison.tables import compare_tables
from plans.document.document import AnnexPart

_NUMBER = re.compile(r"様式[0-9０-９]+(?:[-－][0-9０-９]+)?[ 　]*")


def renamed_annexes(old: Sequence[AnnexPart], new: Sequence[AnnexPart]) -> dict[str, str]:
    """Return for each annex of the old document the anchor by which the new one knows it.

    An annex is the same when it has the same anchor and shares a table, or either has none; else
    when it shares a table. What has no counterpart is left out.
    """
    found: dict[str, str] = {}
    by_anchor = {annex.anchor: annex for annex in new}
    for annex in old:
        twin = by_anchor.get(annex.anchor)
        if twin and _may_be_the_same(annex, twin):
            found[annex.anchor] = twin.anchor
    taken = set(found.values())
    by_code = {
        table.code: annex.anchor
        for annex in new
        if annex.anchor not in taken
        for table in annex.tables
    }
    for annex in old:
        codes = [table.code for table in annex.tables if table.code in by_code]
        if annex.anchor not in found and codes and by_code[codes[0]] not in found.values():
            found[annex.anchor] = by_code[codes[0]]
    return found


def compare_annexes(old: Sequence[AnnexPart], new: Sequence[AnnexPart]) -> tuple[PartChange, ...]:
    """Return what became of each annex, in the new order; a removed one stands where it was."""
    names = renamed_annexes(old, new)
    # One that is gone must not be taken for a new one that got its number.
    before = {names.get(annex.anchor, f"gone {annex.anchor}"): annex for annex in old}
    after = {annex.anchor: annex for annex in new}
    elsewhere = moved([a for a in before if a in after], [a for a in after if a in before])
    return tuple(
        _annex(before.get(anchor), after.get(anchor), anchor in elsewhere)
        for anchor in merged(list(before), list(after))
    )


def _may_be_the_same(one: AnnexPart, other: AnnexPart) -> bool:
    codes, others = ({table.code for table in annex.tables} for annex in (one, other))
    return not codes or not others or bool(codes & others)


def _annex(old: AnnexPart | None, new: AnnexPart | None, is_moved: bool) -> PartChange:
    titles = mark(_title(old), _title(new))
    contents = tuple(_contents(old, new))
    some = new or old
    return PartChange(
        kind="annex",
        anchor=some.anchor if some else "",
        level=1,
        status=part_status(
            is_old=old is not None,
            is_new=new is not None,
            differs=bool(contents) or any(map(differs, titles)),
            is_moved=is_moved,
        ),
        number_old=f"様式{old.number}" if old else "",
        number_new=f"様式{new.number}" if new else "",
        title_old=titles[0],
        title_new=titles[1],
        moved=is_moved,
        contents=contents,
    )


def _title(annex: AnnexPart | None) -> str:
    return _NUMBER.sub("", annex.heading, count=1) if annex else ""


def _contents(old: AnnexPart | None, new: AnnexPart | None) -> Iterator[Content]:
    yield from labelled_changes(_facts(old), _facts(new))
    tables_old = {table.code: table for table in old.tables} if old else {}
    tables_new = {table.code: table for table in new.tables} if new else {}
    for code in merged(list(tables_old), list(tables_new)):
        table = compare_tables(tables_old.get(code), tables_new.get(code))
        if table.status is not Status.SAME:
            yield table


def _facts(annex: AnnexPart | None) -> dict[str, str]:
    """Return what stands between the heading and the tables, by its label."""
    if annex is None:
        return {}
    facts = {
        "副題": annex.subtitle,
        "参照": annex.reference_note,
        "管理部署": annex.managing_department,
        "公開区分": annex.confidentiality_label,
    }
    return {label: text for label, text in facts.items() if text}
