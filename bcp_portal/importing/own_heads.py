"""Tells where the heads that people see on a sheet of ours are no longer those of the hidden row of names; pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bcp_portal.importing.heading import Head, WantedColumn, plain
from bcp_portal.importing.sources import place_of

_MOST_TOLD = 3
ANOTHER_HEAD = (
    "{letter}列の見出しは「{label}」ですが、隠れている行には「{own}」の列とあります。"
    "見出しと値だけを動かした列や、別の項目の見出しに書き換えた列は、どちらの項目の値か決められません。"
)
ANOTHER_GROUP = (
    "{letter}列の見出しは「{above}」の「{label}」ですが、隠れている行には「{group}」の「{label}」の列とあります。"
    "同じ名前の列が入れ替わっていて、どちらの項目の値か決められません。"
)
TWICE = "隠れている行には、{letters}列がどれも「{own}」の列とあります。"
WHAT_TO_DO = (
    "このシートは、列を選ぶまで取り込みません。「様式と列を選んで取り込む」で列ごとに項目を選ぶか、"
    "列を書き出したときの位置に戻してください。"
)


def why_unclear(head: Head, wanted: Sequence[WantedColumn], made_at: datetime | None = None) -> str:
    """Say in Japanese which columns of a sheet of ours are called like others of the table; or ''.

    `made_at` is when it was written, where it says so: its heads are as the columns were called then.
    """
    found = [
        *_twice(head, wanted),
        *_called_otherwise(head, wanted, made_at),
        *_in_another_group(head, wanted),
    ]
    return "".join(found[:_MOST_TOLD])


def _twice(head: Head, wanted: Sequence[WantedColumn]) -> Iterator[str]:
    labels = {each.name: each.label for each in wanted}
    for name in dict.fromkeys(head.names.values()):
        columns = [number for number, each in sorted(head.names.items()) if each == name]
        if len(columns) > 1:
            yield TWICE.format(letters="・".join(map(place_of, columns)), own=labels[name])


def _called_otherwise(
    head: Head, wanted: Sequence[WantedColumn], made_at: datetime | None
) -> Iterator[str]:
    own = {each.name: each for each in wanted}
    for number, name in sorted(head.names.items()):
        label = plain(head.labels.get(number, ""))
        if not label or label == plain(own[name].label):
            continue
        others = [each for each in wanted if each.name != name]
        then = [each for each in own[name].former if plain(each.label) == label]
        if then and any(plain(each.label) == label for each in others):
            # The column was called so, and another one is now.
            is_another = not any(each.was_in_use(made_at) for each in then)
        else:
            is_another = label not in _words(own[name])
            is_another = is_another and any(label in _words(each) for each in others)
        if is_another:
            yield ANOTHER_HEAD.format(
                letter=place_of(number), label=head.labels[number], own=own[name].label
            )


def _in_another_group(head: Head, wanted: Sequence[WantedColumn]) -> Iterator[str]:
    """Tell of columns that stand under the head of another column of the same label."""
    own = {each.name: each for each in wanted}
    for number, name in sorted(head.names.items()):
        column, above = own[name], plain(head.above.get(number, ""))
        if not above or above == plain(column.group):
            continue
        namesakes = (each for each in wanted if each.label == column.label and each.name != name)
        if any(each.group and plain(each.group) == above for each in namesakes):
            yield ANOTHER_GROUP.format(
                letter=place_of(number),
                above=head.above[number],
                label=column.label,
                group=column.group or "（まとまりなし）",
            )


def _words(column: WantedColumn) -> set[str]:
    return {plain(word) for word in column.words}
