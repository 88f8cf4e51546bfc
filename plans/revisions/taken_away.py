"""Tells who of a role could decide but for what one person set lately; pure.

Where nobody else of a role is left, one person decides two steps, or a deputy decides. Who stopped the
others, took their role or their entry away, or recorded that they left, is not free by that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bcp_portal.accounts.permissions import Role
from bcp_portal.members.own_hand import (
    AccountNow,
    Question,
    SetLine,
    Taken,
    ends,
    hands_of,
    said_of,
    taken_by,
)
from bcp_portal.members.standing_alone import LEAST_WAIT_HOURS
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.moments import format_moment
from plans.revisions.involvement import own_part
from plans.revisions.log_lines import LogLine
from plans.revisions.parties import RoleHolder, Situation

# What of an account tells whether its owner can decide.
_CAN = {"is_active", "roles"}
_LEFT = {"left_on": "退職日", "moved_on": "異動日"}


@dataclass(frozen=True)
class TakenAway:
    """What one person set about the others of a role, and for how long it counts."""

    taken: Sequence[Taken]
    wait: timedelta
    style: DateStyle

    def refusal(self, earlier: str, step: str) -> str:
        """Return why who decided one step does not decide another one too, and until when."""
        until = format_moment(ends(self.taken, self.wait), self.style)
        return (
            f"あなたは「{earlier}」を決めています。{said_of(self.taken, self.style)}そのため、{until}までは、"
            f"「{step}」を決められません。その人の役割・利用・登録を元に戻して依頼するか、"
            "団体管理者に、ほかの人に役割を付けてもらってください。"
        )


def taken_from_role(situation: Situation, user_key: int, role: str) -> TakenAway | None:
    """Return what this account, or one linked with it, set, without which somebody else had the role.

    Who drafted, wrote or decided this already would not be somebody else. None for nothing.
    """
    username = situation.usernames.get(user_key, "")
    accounts = [_with_role(each, role) for each in situation.members]
    own = next((each for each in accounts if each.username == username), None)
    if own is None or situation.now is None:
        return None
    hours = situation.parties.wait_hours if situation.parties else 0
    wait = timedelta(hours=max(hours, LEAST_WAIT_HOURS))
    lines = [set_line(each) for each in situation.lines if each.at > situation.now - wait]
    others = [each for each in accounts if each != own and _is_free(situation, each)]
    taken = taken_by(Question(own, others, frozenset({Role(role).label})), lines)
    hands = hands_of(username, lines, accounts)
    own_lines = [line for line in lines if line.username in hands]
    taken += [each for other in others for each in _entry_taken(other, own_lines)]
    frozen = situation.parties.date_style if situation.parties else ""
    return TakenAway(taken, wait, DateStyle(frozen or DateStyle.WAREKI)) if taken else None


def took_away(situation: Situation, user_key: int, person_uid: str) -> bool:
    """Tell whether this account, or one linked with it, lately changed whether somebody can decide."""
    username, accounts = (
        situation.usernames.get(user_key, ""),
        [m.account for m in situation.members],
    )
    lines = [set_line(each) for each in situation.lines]
    hands = hands_of(username, lines, accounts)
    uids = {uid for each in accounts if each.person_uid == person_uid for uid in each.uids}
    known = situation.people.get(person_uid)
    for line in lines if username else ():
        about, changes = line.uid in uids, line.changes
        left = line.uid == person_uid and any(changes.get(name, ("", ""))[1] for name in _LEFT)
        untied = known is not None and changes.get("person", ("", ""))[0] == known.name
        lost = about and any(changes.get(name, ("", ""))[0] for name in _CAN)
        if line.username in hands and (untied or left or lost):
            return True
    return False


def set_line(line: LogLine) -> SetLine:
    """Return an entry as the rule of the lower room reads it."""
    changes = {str(each["name"]): (each["before"], each["after"]) for each in line.changes}
    return SetLine(
        line.at,
        line.username,
        line.name,
        line.action,
        line.target_type,
        line.target_uid,
        changes,
    )


def _with_role(holder: RoleHolder, role: str) -> AccountNow:
    return replace(holder.account, is_able=role in holder.roles)


def _is_free(situation: Situation, account: AccountNow) -> bool:
    """Tell whether this human being had no part in it yet."""
    uid = account.person_uid
    if any(made.settles and made.person_uid == uid for made in situation.made):
        return False
    keys = {name: key for key, name in situation.usernames.items()}
    return own_part(situation, user_key=keys.get(account.username), person_uid=uid) is None


def _entry_taken(account: AccountNow, lines: Sequence[SetLine]) -> Iterator[Taken]:
    """Yield by what an account that has the role can decide nothing: no entry, or one of who left."""
    if not (account.is_able and account.is_active):
        return
    for line in lines:
        entry = line.changes.get("person")
        if line.uid in account.uids and entry and not account.person_uid:
            yield Taken(account.name, line.name, line.at, "職員・関係者から外しました")
        for name, label in _LEFT.items() if line.uid == account.person_uid else ():
            after = line.changes.get(name, ("", ""))[1]
            if after:
                yield Taken(account.name, line.name, line.at, f"{label}を「{after}」にしました")
