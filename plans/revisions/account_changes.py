"""Tells from the operation log what was done since a submit to the people who may decide it; pure.

Also who set a password or roles of whom, because whoever did can sign in with them first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bcp_portal.ui.text import match_key
from plans.revisions.log_lines import LogLine

PERSON, MEMBERSHIP, SETTING = "accounts.person", "accounts.membership", "plans.approvalsetting"
KINDS = (PERSON, MEMBERSHIP, SETTING)
# By which two entries are taken for one human being (namesakes), all of them.
WHO_SOMEBODY_IS = ("name", "kana", "department")
# What decides whether a person can still decide; row_status is 廃止 in the list of persons.
_WHETHER_THERE = ("left_on", "moved_on", "row_status")
_SETS_PASSWORD = {
    "利用者の追加": "作り、初期パスワードを発行",
    "初期パスワードの発行": "初期パスワードを発行",
}
_OFF = "使わない"


@dataclass(frozen=True)
class SetByOther:
    """What one person set about the account of another, which that person could use first."""

    username: str
    setter: str
    setter_name: str
    what: str
    at: datetime


@dataclass(frozen=True)
class Hold:
    """Why an account waits before it decides: what was set, and until when it waits.

    hands are the user names that count as somebody with a part; of those who count only because
    such a person set their account lately, through says what and until when. is_turned: what was
    set is the account of somebody with a part, and who waits could sign in with it.
    """

    set_by: SetByOther
    until: datetime
    hands: frozenset[str] = frozenset()
    through: Mapping[str, "Hold"] = field(default_factory=dict)
    is_turned: bool = False

    @property
    def hours(self) -> int:
        """Return how many hours an account waits."""
        return int((self.until - self.set_by.at) / timedelta(hours=1))


@dataclass(frozen=True)
class Noted:
    """What was recorded about a person since the submit: by whom, when, and what it says now.

    is_absence: that they left, moved or are retired, or that their account was stopped.
    """

    label: str
    before: str
    after: str
    by: str
    at: datetime
    by_own_hand: bool = False
    is_absence: bool = True


@dataclass(frozen=True)
class AfterSubmit:
    """Everything the log tells since a submit that bears on who may decide.

    touched are people and accounts whose identity somebody with a hand in the revision changed.
    noted is by the uid of a person, and by account_key() where their account is tied to somebody else.
    """

    touched_people: frozenset[str] = frozenset()
    touched_accounts: frozenset[str] = frozenset()
    noted: Mapping[str, Sequence[Noted]] = field(default_factory=dict)
    set_by_others: tuple[SetByOther, ...] = ()
    exception_ended: bool = False

    def removed_by_own_hand(self, person_uid: str) -> bool:
        """Tell whether somebody with a hand in it recorded that a person left, moved or is retired."""
        noted = self.noted.get(person_uid, ())
        return any(each.by_own_hand and each.is_absence for each in noted)


def account_key(username: str) -> str:
    """Return under which key is noted what became of an account."""
    return f"account {username}"


@dataclass(frozen=True)
class MunicipalityAccounts:
    """The accounts of a municipality: what the log calls them, and their persons.

    Entries of former releases call a member by a database key, which means nobody where an archive
    was loaded later, at `loaded_at`; there the name they gave counts, for everybody who has it.
    """

    usernames: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    loaded_at: datetime | None = None

    def named_by(self, line: LogLine) -> Sequence[str]:
        """Return the user names of the accounts that an entry about a member may mean."""
        if line.target_uid in self.usernames:
            return (self.usernames[line.target_uid],)
        if self.loaded_at is not None and line.at < self.loaded_at:
            return self.labels.get(line.label, ()) if line.target_uid.isdigit() else ()
        return (self.keys[line.target_uid],) if line.target_uid in self.keys else ()


def after_submit(
    lines: Iterable[LogLine],
    *,
    submitted_at: datetime,
    hands: frozenset[str],
    names: frozenset[str],
    accounts: MunicipalityAccounts,
    closed_at: datetime | None = None,
) -> AfterSubmit:
    """Return what the lines tell, in the order of the log.

    hands are the user names of all with a hand in the revision, names what they are called. Lines
    before the submit tell only who set which account, lines after closed_at nothing of the exception.
    """
    people: set[str] = set()
    touched: set[str] = set()
    noted: defaultdict[str, list[Noted]] = defaultdict(list)
    set_by: list[SetByOther] = []
    ended = False
    spellings = {match_key(name) for name in names}
    for line in lines:
        is_after, own_hand = line.at > submitted_at, line.username in hands
        if line.target_type == MEMBERSHIP:
            for username in accounts.named_by(line):
                set_by += _set_by_other(line, username)
                person = accounts.persons.get(username, "")
                if not is_after:
                    continue
                for key in (person, account_key(username)):
                    noted[key] += _notes(line, ("person",), own_hand, is_absence=False)
                if own_hand and line.change("person") and username != line.username:
                    touched.add(username)
                else:
                    _note_stop(line, noted, person, own_hand)
        elif line.target_type == PERSON and is_after:
            if own_hand and _changes_who(line, spellings):
                people.add(line.target_uid)
            noted[line.target_uid] += _notes(line, WHO_SOMEBODY_IS, own_hand, is_absence=False)
            noted[line.target_uid] += _notes(line, _WHETHER_THERE, own_hand)
        elif line.target_type == SETTING and is_after:
            change = line.change("small_office")
            in_time = closed_at is None or line.at <= closed_at
            ended = ended or bool(in_time and change and change["after"] == _OFF)
    return AfterSubmit(frozenset(people), frozenset(touched), dict(noted), tuple(set_by), ended)


def holds_of(
    since: AfterSubmit, hands: frozenset[str], now: datetime, wait_hours: int
) -> dict[str, Hold]:
    """Return by user name which accounts wait, because of what was set lately.

    An account waits that somebody with a part set, and so does an account whose owner set that of
    somebody with a part. Who got the account from a person counts as that person too: the password
    was known.
    """
    wait = timedelta(hours=wait_hours)
    recent = [each for each in since.set_by_others if now < each.at + wait]
    through = _reached(recent, hands, wait)
    known = hands | set(through)
    found: dict[str, Hold] = {}
    for each in recent:
        if each.setter in known and each.setter != each.username:
            found[each.username] = Hold(each, each.at + wait, known, through)
    for setter in {each.setter for each in recent} - known:
        usable = _reached(recent, frozenset({setter}), wait)
        used = [usable[name] for name in hands if name in usable]
        if used:
            last = max(used, key=lambda each: each.until)
            either = known | set(usable) | {setter}
            found[setter] = Hold(last.set_by, last.until, either, usable | through, is_turned=True)
    return found


def _reached(
    recent: Sequence[SetByOther], hands: frozenset[str], wait: timedelta
) -> dict[str, Hold]:
    """Return by user name what was set of the accounts that these people could sign in with."""
    known = set(hands)
    through: dict[str, Hold] = {}
    while True:
        more = {each.username for each in recent if each.setter in known} - known
        if not more:
            return through
        through |= {
            each.username: Hold(each, each.at + wait)
            for each in recent
            if each.username in more and each.setter in known
        }
        known |= more


def last_set(
    since: AfterSubmit, username: str, now: datetime, wait_hours: int
) -> SetByOther | None:
    """Return what another person set last about an account, if less than so many hours ago."""
    wait = timedelta(hours=wait_hours)
    recent = [
        each
        for each in since.set_by_others
        if each.username == username != each.setter and now < each.at + wait
    ]
    return recent[-1] if recent else None


def _set_by_other(line: LogLine, username: str) -> Iterable[SetByOther]:
    if not username or line.username == username:
        return
    what = _SETS_PASSWORD.get(line.action, "")
    if not what and line.change("roles"):
        what = "役割を変更"
    elif not what and line.action == "利用者の再開":
        what = "利用を再開"
    if what:
        yield SetByOther(username, line.username, line.name, what, line.at)


def _changes_who(line: LogLine, spellings: set[str]) -> bool:
    """Tell whether an entry stands for another human being now, or stood for one of the hands.

    A department or reading that is put right tells nothing about an entry of another name.
    """
    if line.action == "追加" or line.change("name"):
        return True
    changed = any(line.change(name) for name in WHO_SOMEBODY_IS)
    return changed and match_key(line.label) in spellings


def _notes(
    line: LogLine, names: Sequence[str], own_hand: bool, *, is_absence: bool = True
) -> list[Noted]:
    return [
        Noted(c["label"], c["before"], c["after"], line.name, line.at, own_hand, is_absence)
        for name in names
        if line.action != "追加" and (c := line.change(name))
    ]


def _note_stop(
    line: LogLine, noted: dict[str, list[Noted]], person_uid: str, own_hand: bool
) -> None:
    if line.action != "利用者の追加":
        noted[person_uid] += _notes(line, ("is_active", "roles"), own_hand)
