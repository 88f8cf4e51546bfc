"""Says what is about to be submitted as the rules see it: who would be excluded, and why."""

from collections.abc import Callable, Sequence

from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.ui.errors import DomainError
from plans.document.document import Document
from plans.revisions.current_parties import parties_now
from plans.revisions.frozen_parties import FrozenParties
from plans.revisions.models.revision import Contributor, Revision
from plans.revisions.models.route import ApprovalRoute
from plans.revisions.parties import Situation
from plans.revisions.people import contributor_to_be
from plans.revisions.situations import Today, identities, log_since

NO_ROUTE = "「{kind}」の承認の経路が設定されていません。"


def situation_before(
    current: Revision,
    before: Document | None,
    document: Document,
    submitter: Membership | None = None,
) -> Situation:
    """Return what is about to be submitted as the rules see it: who would be excluded, and why.

    before is the document of the last edition, None for the first. Who looks whether to submit
    counts already. Raises DomainError without a route.
    """

    def parties(today: Today, hands: Sequence[Contributor]) -> FrozenParties:
        return parties_now(
            contributors=hands,
            documents=[each for each in (before, document) if each],
            coverage=current.coverage,
            everybody=today.everybody,
            setting=today.setting,
            date_style=current.municipality.date_style,
        )

    return _as_of_now(current, submitter, parties)


def situation_with(
    current: Revision, parties: FrozenParties, submitter: Membership | None = None
) -> Situation:
    """Return the same of this moment, where it was read before who had a hand in the content."""
    return _as_of_now(current, submitter, lambda *_: parties)


def _as_of_now(
    current: Revision,
    submitter: Membership | None,
    parties_of: Callable[[Today, Sequence[Contributor]], FrozenParties],
) -> Situation:
    stored = ApprovalRoute.objects.filter(kind=current.kind).first()
    if stored is None:
        raise DomainError(NO_ROUTE.format(kind=current.get_kind_display()))
    today = Today.read(())
    hands = list(Contributor.objects.filter(revision=current))
    if submitter is not None:
        hands += contributor_to_be(submitter)
    parties = parties_of(today, hands)
    since = log_since(
        today.lines,
        today.everybody,
        submitted_at=today.now,
        contributors=hands,
        parties=parties,
    )
    day = timezone.localdate()
    return Situation(
        route=stored.route,
        submitted_on=day,
        today=day,
        contributors=frozenset(identities(hands)),
        small_office=today.setting.small_office,
        people=today.everybody.people,
        usernames=today.everybody.usernames,
        parties=parties,
        since=since,
        now=today.now,
        wait_off=today.setting.account_wait_off,
        members=today.everybody.members,
        lines=today.lines,
    )
