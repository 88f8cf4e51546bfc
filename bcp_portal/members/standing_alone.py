"""Asks the operation log whether somebody is alone, or only because of what they set lately.

Rooms ask this where one person may do what otherwise takes two. Of the log only what is as written
counts; where it is not, nobody is alone without the operator.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission, Role, permissions_of
from bcp_portal.audit.entry_faults import WHAT_TO_DO, altered_noted, note_doubts_since
from bcp_portal.audit.entry_proofs import chained, is_altered
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import log_uid
from bcp_portal.members.decision_codes import OPERATOR, take_code
from bcp_portal.members.own_hand import (
    MEMBERSHIP,
    PERSON,
    AccountNow,
    Question,
    SetLine,
    ends,
    said_of,
    taken_by,
)
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.moments import format_moment

# The wait of the settings may be longer, never shorter: nothing that is printed would say so.
LEAST_WAIT_HOURS = 24
NOT_THE_OPERATOR = (
    f"この確認コードは{OPERATOR}が発行したものではないため、ここでは使えません。"
    f"{OPERATOR}に発行してもらってください。"
)
_hours: list[Callable[[], int]] = []


def register_account_wait(hours: Callable[[], int]) -> None:
    """Let a higher room say for how many hours what somebody set about others counts; called at start."""
    _hours[:] = [hours]


@dataclass(frozen=True)
class NotAlone:
    """Why somebody who has nobody beside them does not count as alone: the facts, and until when (Japanese).

    Without `until` the log cannot be believed.
    """

    facts: str
    until: datetime | None
    style: DateStyle

    def refusal(self, deed: str, instead: str) -> str:
        """Return why, until when, and what to do; e.g. 1人で廃棄できません, 利用を再開してその人に…するか."""
        code = f"{OPERATOR}に確認コードを発行してもらってください。"
        if self.until is None:
            return f"{self.facts}そのため、確認コードがないと{deed}。{WHAT_TO_DO}急ぐときは、{code}"
        until = format_moment(self.until, self.style)
        return f"{self.facts}そのため、{until}までは、確認コードがないと{deed}。{instead}、{code}"


def why_not_alone(
    membership: Membership, needed: Collection[Permission], *, names_count: bool = False
) -> NotAlone | None:
    """Return what this member, or who may be the same, set lately, without which somebody else could act.

    None where nobody else can act for another reason, as in a town with one person. `needed` are
    permissions of which one is enough; where `names_count`, accounts called alike are one human being.
    """
    members = Membership.objects.select_related("user", "person").order_by("pk")
    others = [each for each in members if each.pk != membership.pk and each.user.is_active]
    if not others:
        return None
    wait, style = _wait(), DateStyle(membership.municipality.date_style)
    since = timezone.now() - wait
    own = members.get(pk=membership.pk)
    question = Question(
        _account(own, needed),
        [_account(each, needed) for each in others],
        frozenset(role.label for role in Role if _may([role.value], needed)),
        names_count=names_count,
    )
    taken = taken_by(question, _lines(since))
    if taken:
        return NotAlone(said_of(taken, style), ends(taken, wait), style)
    faults = _doubts(since)
    return NotAlone(faults, None, style) if faults else None


def proof_of_operator(
    membership: Membership, not_alone: NotAlone, code: str, *, refusal: str
) -> str:
    """Use a code of the operator up and return what is kept of it; DomainError with the refusal without one.

    Only the operator's counts: whoever is in the town could have been set by this person too.
    """
    if not code.strip():
        raise DomainError(refusal, status=403)
    users = Membership.objects.values_list("user__username", flat=True)
    used = take_code(membership, code, not_from=dict.fromkeys(users, NOT_THE_OPERATOR))
    at = format_moment(used.issued_at, not_alone.style)
    return f"{not_alone.facts}確認コード（発行：{used.issued_by_name}、{at}）により決定"


def _wait() -> timedelta:
    return timedelta(hours=max([LEAST_WAIT_HOURS, *(hours() for hours in _hours)]))


def _account(member: Membership, needed: Collection[Permission]) -> AccountNow:
    return AccountNow(
        username=member.user.username,
        uids=frozenset({log_uid(member), str(member.pk)}),
        person_uid=log_uid(member.person) if member.person else "",
        name=str(member.person or member.user),
        is_able=_may(member.roles, needed),
        is_active=member.is_active,
    )


def _may(roles: list[str], needed: Collection[Permission]) -> bool:
    return not permissions_of(roles).isdisjoint(needed)


def _lines(since: datetime) -> list[SetLine]:
    """Return what people set since then about members and persons, as it was written."""
    entries = Entry.objects.filter(target_type__in=(MEMBERSHIP, PERSON), at__gt=since)
    told = chained(entries.exclude(actor_username="").order_by("sequence"))
    return [_line(entry) for entry in told if not is_altered(entry)]


def _line(entry: Entry) -> SetLine:
    changes = {str(each["name"]): (each["before"], each["after"]) for each in entry.changes}
    return SetLine(
        at=entry.at,
        username=entry.actor_username,
        name=entry.actor_name,
        action=entry.action,
        kind=entry.target_type,
        uid=entry.target_uid,
        changes=changes,
    )


def _doubts(since: datetime) -> str:
    """Return what in the log is not as written, where it could hide what somebody set; "" for nothing."""
    with altered_noted() as watch:
        note_doubts_since(since)
    return watch.found().faults()
