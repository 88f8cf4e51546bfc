"""Compares what two documents make public, so that who decides sees what the world will read; pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bcp_portal.accounts.row_states import Confidentiality
from bcp_portal.annex.table import PUBLIC_LABELS, Public, Table, TableRow
from plans.comparison.changes import PassageChange, Run, Status
from plans.comparison.difference_marks import plain
from plans.comparison.table_lines import placed_name
from plans.comparison.tables import name_of_row
from plans.document.document import Document, FigureBlock
from plans.document.public_choices import HEADING_LABELS, PublicChoices, known_lines

LABELS = {each.value: str(each.label) for each in Confidentiality}
CLOSED = LABELS[Confidentiality.INTERNAL.value]
_NOT_SHOWN = PUBLIC_LABELS[Public.HIDE]
_SAID = {True: PUBLIC_LABELS[Public.SHOW], False: PUBLIC_LABELS[Public.HIDE]}
_MOST_NAMES = 10


@dataclass(frozen=True)
class _Rule:
    """What is settled about one thing: under which head it is listed, what holds for it, its name.

    `unsaid` is what holds where nothing was settled.
    """

    head: str
    said: str
    unsaid: str
    name: Callable[[], str] = str


_Key = tuple[str, ...]


def publicity_changes(
    old: Document, new: Document, choices: tuple[PublicChoices, PublicChoices]
) -> Iterator[PassageChange]:
    """Yield what becomes public and what no longer is, things of one kind in one line.

    What is new counts as hidden before; what is gone is told where it stood. The 公開区分 of a whole
    様式 is one of its lines, and so compared with it.
    """
    before, after = dict(_rules(old, choices[0])), dict(_rules(new, choices[1]))
    groups: dict[tuple[str, str, str], list[str]] = {}
    for key, rule in after.items():
        was = before[key].said if key in before else rule.unsaid
        if was != rule.said:
            groups.setdefault((rule.head, was, rule.said), []).append(rule.name())
    for (head, was, now), names in groups.items():
        label = plain(f"{head}{_listed(names)}：")
        yield PassageChange(
            Status.CHANGED, (*label, Run(was, changed=True)), (*label, Run(now, changed=True))
        )


def _listed(names: list[str]) -> str:
    shown = "".join(f"「{name}」" for name in names[:_MOST_NAMES] if name)
    return f"{shown}ほか{len(names) - _MOST_NAMES}件" if len(names) > _MOST_NAMES else shown


def _rules(document: Document, choices: PublicChoices) -> Iterator[tuple[_Key, _Rule]]:
    yield from _chosen(choices)
    for section in document.sections():
        said = _label(section.confidentiality)
        yield (
            ("section", section.anchor),
            _Rule("章・節", said, CLOSED, partial(str, section.heading)),
        )
        for block in section.blocks:
            if isinstance(block, FigureBlock) and block.figure:
                name = partial(str, block.figure.title)
                rule = _Rule("図", _SAID[block.public], _NOT_SHOWN, name)
                yield ("figure", block.figure.code), rule
    for table in document.tables():
        yield from _of_table(table)


def _chosen(choices: PublicChoices) -> Iterator[tuple[_Key, _Rule]]:
    heading = HEADING_LABELS[choices.heading]
    yield ("heading",), _Rule("非公開の章・様式の見出し", heading, heading)
    lines = "、".join(known_lines(choices.colophon)) or "なし"
    yield ("colophon",), _Rule("公開版の奥付に載せるもの", lines, lines)
    reasons = _SAID[choices.revision_reasons]
    yield ("reasons",), _Rule("改定履歴の内容", reasons, reasons)


def _of_table(table: Table) -> Iterator[tuple[_Key, _Rule]]:
    columns, rows = f"表「{table.title}」の項目", f"表「{table.title}」の行"
    for column in table.columns:
        name = partial(str, column.label)
        rule = _Rule(columns, PUBLIC_LABELS[column.public], _NOT_SHOWN, name)
        yield ("column", table.code, column.name), rule
    for place, row in enumerate(table.rows, 1):
        name = partial(_placed, table, row, place)
        rule = _Rule(rows, _label(row.confidentiality), CLOSED, name)
        yield ("row", table.code, row.uid), rule


def _placed(table: Table, row: TableRow, place: int) -> str:
    return placed_name(name_of_row(table, row, cells=1), place)


def _label(confidentiality: str) -> str:
    return LABELS.get(confidentiality, CLOSED)
