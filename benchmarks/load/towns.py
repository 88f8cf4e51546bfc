"""Makes the two towns with their people, and reads before and after what the portal keeps of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from secrets import token_urlsafe
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django_scopes import scope, scopes_disabled

from bcp_portal.accounts.codes import check_digit
from bcp_portal.accounts.models import Department, Municipality, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.models import Draft
from bcp_portal.audit.models import Entry
from bcp_portal.members.services import add_member
from benchmarks.load.person import CHAPTERS, TABLES, Account
from benchmarks.load.saves import Kept, LogLine
from plans.models import Chapter, PrintJob
from plans.sample.services import SAMPLE_CODE, load_sample

_NEIGHBOUR = "99203"
SIGNS = {SAMPLE_CODE: "甲", f"{_NEIGHBOUR}{check_digit(_NEIGHBOUR)}": "乙"}
# One of so many only reads.
_READERS = 4


def make_towns(people: int) -> list[Account]:
    """Load the sample twice and add so many people, who begin in turns in one town and the other."""
    password = token_urlsafe(12)
    for town in SIGNS:
        load_sample(code=town)
    accounts = [_account(number, password) for number in range(people)]
    for account in accounts:
        _add(account)
    names = [account.username for account in accounts]
    own = {"password": make_password(password), "password_is_initial": False}
    User.objects.filter(username__in=names).update(**own)
    return accounts


def _account(number: int, password: str) -> Account:
    town, other = sorted(SIGNS, reverse=bool(number % 2))
    return Account(
        username=f"load-{number:03}",
        password=password,
        town=town,
        sign=SIGNS[town],
        other_town=other,
        other_sign=SIGNS[other],
        number=number,
        is_editor=number // 2 % _READERS > 0,
    )


def _add(account: Account) -> None:
    municipality = Municipality.objects.get(code=account.town)
    role = Role.EDITOR if account.is_editor else Role.VIEWER
    with scope(municipality=municipality):
        add_member(
            municipality=municipality,
            actor=None,
            username=account.username,
            initial_password=account.password,
            roles=[role.value],
            department=Department.objects.order_by("row_no", "pk").first(),
            name=f"負荷{account.sign} 担当{account.number}",
        )


def versions() -> dict[str, int]:
    """Return the version of each row and chapter that people may change."""
    with scopes_disabled():
        return {str(row.uid): row.version for _, row in _rows()}


def kept(before: Mapping[str, int]) -> dict[str, Kept]:
    """Return what is stored now, by uid, with the entries of the log since nothing was changed."""
    with scopes_disabled():
        rows = list(_rows())
        log = _log(str(row.uid) for _, row in rows)
        return {
            str(row.uid): Kept(
                town=row.municipality.code,
                version=row.version,
                text=row.body if code == CHAPTERS else row.note,
                version_before=before.get(str(row.uid), 0),
                log=log[str(row.uid)],
            )
            for code, row in rows
        }


def _rows() -> Iterator[tuple[str, Any]]:
    for code in TABLES:
        spec = registry.spec(code)
        assert spec is not None
        for row in spec.model.objects.select_related("municipality"):
            yield code, row
    for chapter in Chapter.objects.select_related("municipality"):
        yield CHAPTERS, chapter


def _log(uids: Iterable[str]) -> dict[str, list[LogLine]]:
    found: dict[str, list[LogLine]] = defaultdict(list)
    entries = Entry.objects.filter(target_uid__in=list(uids)).order_by("sequence")
    for entry in entries.only("sequence", "actor_username", "target_uid", "changes"):
        text = "\n".join(str(change["after"]) for change in entry.changes)
        found[entry.target_uid].append(LogLine(entry.sequence, entry.actor_username, text))
    return found


def lost_drafts(expected: Mapping[tuple[str, str], str]) -> list[str]:
    """Return a sentence for each draft that was accepted and is not there."""
    with scopes_disabled():
        drafts = Draft.objects.select_related("user")
        there = {(draft.user.username, draft.key): str(draft.payload) for draft in drafts}
    return [
        f"draft {key} of {username}: {mark} does not stand in it"
        for (username, key), mark in expected.items()
        if mark not in there.get((username, key), "")
    ]


def prints(expected: Iterable[str]) -> tuple[Counter[str], list[str]]:
    """Return how many prints are in each state, and a sentence for each that is gone or failed."""
    with scopes_disabled():
        jobs = {str(job.uid): job for job in PrintJob.objects.all()}
    faults = [f"print {uid}: is gone" for uid in expected if uid not in jobs]
    faults += [f"print {uid}: {job.message}" for uid, job in jobs.items() if job.state == "failed"]
    return Counter(str(job.state) for job in jobs.values()), faults


def broken_proofs() -> list[str]:
    """Return what the proofs of logs and editions say against any town."""
    said = []
    for command in ("verify_audit", "verify_editions"):
        told = StringIO()
        try:
            call_command(command, stdout=told, stderr=told)
        except (CommandError, SystemExit) as error:
            said.append(f"{command}: {error} {told.getvalue()}")
    return said


def take_one_out(uid: str, mark: str) -> None:
    """Make a save undone behind the portal's back, to see that it is missed."""
    with scopes_disabled():
        for code, row in _rows():
            if str(row.uid) == uid:
                name = "body" if code == CHAPTERS else "note"
                without = getattr(row, name).replace(mark, "")
                type(row).objects.filter(pk=row.pk).update(**{name: without})
