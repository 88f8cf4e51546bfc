"""Tells where a head of a file may be of before columns were renamed, and mean another column than now; pure."""

from collections.abc import Iterator, Mapping, Sequence

from bcp_portal.importing.heading import Head, WantedColumn, plain
from bcp_portal.importing.sources import place_of

_MOST_TOLD = 3
PASSED_ON = (
    "{letter}列の見出し「{label}」は、今は項目「{now}」の名前ですが、以前は{before}の名前でした。"
    "名前を変える前に作ったファイルかどうか、決められません。"
)
OF_SEVERAL = "{letter}列の見出し「{label}」は、以前{before}の名前でした。どの項目か決められません。"
USED, UNUSED = "項目「{}」", "使わない項目「{}」"
WHAT_TO_DO = "このシートは、列を選ぶまで取り込みません。「様式と列を選んで取り込む」で列ごとに項目を選んでください。"
NO_MORE = "前の名前のファイルをもう取り込まないときは、団体管理者が「様式の設定」で以前の名前を外すと、尋ねません。"


def why_asked(
    head: Head,
    wanted: Sequence[WantedColumn],
    unused: Sequence[WantedColumn],
    columns: Mapping[int, str],
) -> str:
    """Say in Japanese which heads of a sheet without hidden names may mean another column; or ''.

    `columns` are what the heads mean now. A column that gave its label up is not meant where
    another head names it as it is called now.
    """
    if head.names:
        return ""
    found = list(_told(head, wanted, unused, columns))
    return "".join(found[:_MOST_TOLD]) + NO_MORE if found else ""


def _told(
    head: Head,
    wanted: Sequence[WantedColumn],
    unused: Sequence[WantedColumn],
    columns: Mapping[int, str],
) -> Iterator[str]:
    everybody = {each.name: each for each in (*wanted, *unused)}
    others = {
        number: [each for each in everybody.values() if each.had(plain(label))]
        for number, label in head.labels.items()
    }
    for number, name in columns.items():
        others[number] = [each for each in others.get(number, []) if each.name != name]
    named = {name for number, name in columns.items() if not others[number]}
    for number, label in head.labels.items():
        meant = [each for each in others[number] if each.name not in named]
        now = everybody.get(columns.get(number, ""))
        if now and now.had(plain(label)):
            meant = [now, *meant]
        is_passed_on = now is not None and plain(now.label) == plain(label)
        if len(meant) < (1 if is_passed_on else 2):
            continue
        said = PASSED_ON if is_passed_on else OF_SEVERAL
        yield said.format(
            letter=place_of(number),
            label=label,
            now=now and now.label,
            before="と".join(_called(each, each in unused) for each in meant),
        )


def _called(column: WantedColumn, is_unused: bool) -> str:
    return (UNUSED if is_unused else USED).format(column.label)
