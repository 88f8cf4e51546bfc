"""Tells whether nobody else can act only because of what one person set lately; pure.

Who is alone may do what otherwise takes two people. Whoever stopped, renamed or demoted the others is
not alone for that: for some hours it counts as if they had not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bcp_portal.spelling.letters import readable
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.moments import format_moment

PERSON, MEMBERSHIP = "accounts.person", "accounts.membership"
_STOPPED = "停止中"
# What lets whoever did it sign in with the account first.
_OPENS = frozenset({"利用者の追加", "初期パスワードの発行", "利用者の再開"})
_GONE = frozenset({"削除"})
_MOST_NAMED = 5


@dataclass(frozen=True)
class SetLine:
    """One entry of the log about who somebody is or may do: (before, after) by the name of the field."""

    at: datetime
    username: str
    name: str
    action: str
    kind: str
    uid: str
    changes: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class AccountNow:
    """One account as it is now; `uids` are what the log calls it, person_uid who it is tied to.

    name is what its owner is called, is_able tells whether its roles would let it act.
    """

    username: str
    uids: frozenset[str]
    person_uid: str
    name: str
    is_able: bool
    is_active: bool


@dataclass(frozen=True)
class Taken:
    """What somebody set, without which the owner of an account could act."""

    name: str
    by: str
    at: datetime
    what: str

    def said(self, style: DateStyle) -> str:
        """Return who set what, and when."""
        return (
            f"「{self.name}」の利用者は、{self.by}が{format_moment(self.at, style)}に{self.what}。"
        )


@dataclass(frozen=True)
class Question:
    """Who asks whether he is alone: his account, all others, and the labels of roles that could act.

    Where `names_count`, accounts that are called alike are taken for one human being.
    """

    own: AccountNow
    others: Sequence[AccountNow]
    labels: frozenset[str]
    names_count: bool = False

    def is_same(self, other: AccountNow) -> bool:
        """Tell whether another account counts as the own one."""
        return self.names_count and readable(other.name) == readable(self.own.name)


def said_of(taken: Sequence[Taken], style: DateStyle) -> str:
    """Return all of it in sentences, the first few by name."""
    more = len(taken) - _MOST_NAMED
    rest = f"ほかに{more}件あります。" if more > 0 else ""
    return "".join(each.said(style) for each in taken[:_MOST_NAMED]) + rest


def hands_of(
    username: str, lines: Iterable[SetLine], accounts: Iterable[AccountNow]
) -> frozenset[str]:
    """Return the user names with which this person could have acted: the own one, and who is linked.

    Whoever makes an account, sets its password or roles, or opens it again can sign in with it first.
    So the accounts count that this person set, and those from which the own one was set.
    """
    by_uid = {uid: each.username for each in accounts for uid in each.uids}
    links = {
        (line.username, by_uid[line.uid])
        for line in lines
        if line.kind == MEMBERSHIP and line.uid in by_uid
        if line.action in _OPENS or "roles" in line.changes
    }
    behind = {setter for setter, _ in links if username in _reached(setter, links)}
    return _reached(username, links) | frozenset(behind)


def taken_by(question: Question, lines: Sequence[SetLine]) -> list[Taken]:
    """Return what this person set, without which somebody else could act; the oldest first.

    Whom somebody else stopped, or who could not act anyway, is not among them.
    """
    hands = hands_of(question.own.username, lines, (question.own, *question.others))
    own_lines = [line for line in lines if line.username in hands]
    found = [
        taken for other in question.others for taken in _taken_from(other, question, own_lines)
    ]
    return sorted(found, key=lambda each: each.at)


def _reached(username: str, links: Iterable[tuple[str, str]]) -> frozenset[str]:
    known = {username}
    while more := {name for setter, name in links if setter in known} - known:
        known |= more
    return frozenset(known)


def _taken_from(other: AccountNow, question: Question, lines: Sequence[SetLine]) -> list[Taken]:
    about = [line for line in lines if line.kind == MEMBERSHIP and line.uid in other.uids]
    stopped = [
        Taken(other.name, line.name, line.at, "停止しました")
        for line in about
        if line.changes.get("is_active", ("", ""))[1] == _STOPPED
    ]
    roles = [
        Taken(other.name, line.name, line.at, _changed("役割", before, after))
        for line in about
        if (change := line.changes.get("roles"))
        for before, after in [change]
        if _may(before, question.labels) and not _may(after, question.labels)
    ]
    is_same = question.is_same(other)
    called = _called_alike(other, question, lines) if is_same else []
    could = (other.is_active or stopped) and (other.is_able or roles) and (not is_same or called)
    missing = [
        *([] if other.is_active else stopped),
        *([] if other.is_able else roles),
        *called,
    ]
    return missing if could else []


def _called_alike(other: AccountNow, question: Question, lines: Iterable[SetLine]) -> list[Taken]:
    """Return by what these two accounts came to be called alike."""
    own, name = question.own, readable(question.own.name)
    uids, persons = own.uids | other.uids, {own.person_uid, other.person_uid} - {""}
    found = []
    for line in lines:
        if line.kind == MEMBERSHIP and line.uid in uids:
            changes = [line.changes.get("display_name"), line.changes.get("person")]
        elif line.kind == PERSON and line.uid in persons:
            changes = [line.changes.get("name")]
        elif line.kind == PERSON and line.action in _GONE and not other.person_uid:
            changes = [("職員・関係者の登録", "")]
        else:
            continue
        whose = own.name if line.uid in {*own.uids, own.person_uid} else other.name
        found += [
            Taken(whose, line.name, line.at, _changed("氏名", before, after))
            for before, after in filter(None, changes)
            if readable(before) != name
        ]
    return found


def _changed(label: str, before: str, after: str) -> str:
    return f"{label}を「{before or '（なし）'}」から「{after or '（なし）'}」に変更しました"


def _may(said: str, labels: frozenset[str]) -> bool:
    return not labels.isdisjoint(said.split("、"))


def ends(taken: Iterable[Taken], wait: timedelta) -> datetime:
    """Return until when the last of it counts."""
    return max(each.at for each in taken) + wait
