"""Finds out what a submission would freeze, and everything that stands in its way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.entry_faults import refusing_altered
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from plans.blanks.finding import blanks_of
from plans.chapters.models.plan import Plan
from plans.chapters.public_setting import public_setting
from plans.chapters.publicity import is_never_chosen
from plans.document.document import Document
from plans.document.named_drafts import HEAD_KEY as NAMED_KEY
from plans.document.revision_kind import RevisionKind, is_lowered
from plans.editions.queries import latest_edition
from plans.editions.snapshot import Snapshot
from plans.issuing.frozen_working_copy import frozen
from plans.issuing.services import require_effective_on
from plans.phrases.placeholders import unset_placeholders
from plans.public_edition.issuing import public_counts, released_in
from plans.revisions.content_checks import content_refusals
from plans.revisions.current_parties import parties_now
from plans.revisions.draft_parts import HEAD_KEY as DRAFTS_KEY
from plans.revisions.draft_parts import draft_parts
from plans.revisions.frozen_head import frozen_route, head_of
from plans.revisions.frozen_parties import FrozenParties
from plans.revisions.kind_proposal import KindProposal
from plans.revisions.models.revision import Contributor, Revision
from plans.revisions.models.route import ApprovalRoute
from plans.revisions.parties import Situation
from plans.revisions.people import (
    contributor_to_be,
    holder_of,
    persons_to_choose,
    require_person,
)
from plans.revisions.prospective_changes import Prospect
from plans.revisions.public_outlook import HEAD_KEY
from plans.revisions.refusals import Refusals, Where
from plans.revisions.revision_proof import require_setting_unaltered
from plans.revisions.route import Route
from plans.revisions.situations import Today, identities, log_since

PHRASES = Where("語句を決める", "plan:phrases")
PUBLICITY = Where("公開するものを選ぶ", "public:settings", permission=Permission.MANAGE_SETTINGS)
ROUTES = Where(
    "承認の経路を見る",
    "revisions:routes",
    permission=Permission.MANAGE_ROUTES,
    otherwise="団体管理者に設定を依頼してください。",
)
NO_ROUTE = "「{kind}」の承認の経路が設定されていません。"
NOT_LOWER = "提案された種類（{proposed}）より軽い種類にするときは、その理由を書いてください。"
FIRST_HERE_IS_WHOLE = (
    "このシステムで発行する最初の版は、計画の全体を対象にしてください。"
    "引き継ぐ版がないため、一部だけでは計画になりません。"
)
NOT_CHOSEN = (
    "公開版に載せる章・節がまだ選ばれていません。「公開する章を選ぶ」で選んでから提出してください。"
)
FIRST_IS_WHOLE = "最初の版は「策定」として、計画の全体を対象にしてください。"


@dataclass(frozen=True)
class Prepared:
    """Everything a submission freezes; `began_at` is when its content was read."""

    snapshot: Snapshot
    head: dict[str, Any]
    route: Route
    situation: Situation
    began_at: datetime


def prepared(
    current: Revision, membership: Membership, prospect: Prospect | None = None
) -> Prepared:
    """Return what would be frozen; writes nothing.

    Raises NotReady with everything that stands in the way, one question not hiding the next. What
    a `prospect` of the revision found out of this moment is not found out again.
    """
    prospect = prospect or Prospect(current.municipality, current.coverage)
    style = DateStyle(current.municipality.date_style)
    edit = Where("改定の内容を書き直す", "revisions:edit", (str(current.uid),))
    refusals = Refusals()
    refusals.ask(_require_reason, current, where=edit)
    effective_on = refusals.ask(_effective_on, current, where=edit)
    if effective_on:
        refusals.ask(require_effective_on, effective_on, style, where=edit)
    refusals.ask(_require_publicity_chosen, where=PUBLICITY)
    refusals.ask(require_setting_unaltered, where=replace(ROUTES, otherwise=""))
    began_at = timezone.now()  # what is written from now on is not in the snapshot
    latest, composed = prospect.latest, prospect.composed
    snapshot = frozen(current.municipality, composed, latest)
    refusals.ask(_require_no_gap, snapshot.document, where=PHRASES)
    refusals.ask(_require_parts, current, snapshot.document, where=edit)
    refusals.add(content_refusals(snapshot, current, edit, prospect.summary, composed.working))
    counts = public_counts(snapshot)
    proposal = prospect.proposal
    refusals.ask(_require_kind, current, proposal, where=edit)
    refusals.ask(require_person, membership)
    before = prospect.old.full if prospect.old else None
    situation = refusals.ask(
        _situation, current, before, snapshot.document, membership, where=ROUTES
    )
    route = refusals.ask(_route, current, situation, where=ROUTES) if situation else None
    refusals.end()
    if effective_on is None or situation is None or route is None:
        raise AssertionError("A question without an answer did not refuse.")
    label = current.coverage.label(snapshot.document)
    released = [each.to_json() for each in released_in(snapshot, style, lambda: prospect.summary)]
    head = head_of(current, proposal, label, effective_on, latest, released)
    # What comes along unchosen and what is left out, for those who decide.
    head["followers"] = [each.to_json() for each in prospect.followers]
    head["left_out"] = [each.to_json() for each in prospect.left_out]
    head[NAMED_KEY] = [each.to_json() for each in prospect.named_drafts]
    head[HEAD_KEY] = counts.to_json() if counts else None
    blanks = blanks_of(current.municipality, current.coverage)
    head["blanks"] = [each.to_json() for each in blanks]
    drafts = draft_parts(current.municipality, current.coverage)
    head[DRAFTS_KEY] = [each.to_json() for each in drafts]
    return Prepared(snapshot, head, route, situation, began_at)


def _situation(
    current: Revision, before: Document | None, document: Document, submitter: Membership
) -> Situation:
    """Return what is submitted as the rules see it; DomainError where the log that tells it was altered."""
    with refusing_altered():
        return situation_before(current, before, document, submitter)


def _require_reason(current: Revision) -> None:
    if not current.reason.strip():
        raise DomainError("改定の理由を書いてから提出してください。")


def _effective_on(current: Revision) -> date:
    if current.effective_on is None:
        raise DomainError("施行日を決めてから提出してください。")
    return current.effective_on


def _require_publicity_chosen() -> None:
    """Ask once what shall be public of a plan of a former release: everything was hidden there."""
    if public_setting().enabled and is_never_chosen(Plan.objects.first()):
        raise DomainError(NOT_CHOSEN)


def _require_kind(current: Revision, proposal: KindProposal) -> None:
    first = proposal.kind is RevisionKind.ENACTMENT
    if first and not (current.kind == RevisionKind.ENACTMENT and current.coverage.whole):
        raise DomainError(FIRST_IS_WHOLE)
    if not current.coverage.whole and latest_edition() is None:
        raise DomainError(FIRST_HERE_IS_WHOLE)
    if is_lowered(current.kind, proposal.kind) and not current.kind_reason.strip():
        raise DomainError(NOT_LOWER.format(proposed=proposal.kind.label))


def _require_no_gap(document: Document) -> None:
    gaps = unset_placeholders(document)
    if gaps:
        names = "、".join(f"「{gap.heading}」の〔{gap.label}〕" for gap in gaps[:5])
        more = f"ほか{len(gaps) - 5}か所" if len(gaps) > 5 else ""
        raise DomainError(
            f"まだ決まっていない語句があります：{names}{more}。決めてから提出してください。"
        )


def _require_parts(current: Revision, document: Document) -> None:
    missing = current.coverage.missing_from(document)
    if missing.annexes and not current.coverage.whole:
        numbers = "、".join(f"様式{number}" for number in sorted(missing.annexes))
        raise DomainError(
            f"{numbers}は印刷しない設定のため、対象にできません。対象から外すか、設定を変えてください。"
        )


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


def _route(current: Revision, situation: Situation) -> Route:
    people = {str(person.uid): holder_of(person) for person in persons_to_choose()}
    return frozen_route(situation.route, situation, people)
