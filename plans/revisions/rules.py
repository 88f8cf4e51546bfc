"""Decides who may decide a step now, for whom, and if not why: a function of plain data.

The drafter, everybody who submitted the revision and everybody who wrote what it changes never check
or approve it, by no role, account or deputyship (`involvement.py` says who that is); the only exception
is the small office, which a municipality has to switch on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bcp_portal.accounts.permissions import Permission, permissions_of
from plans.revisions.account_changes import Hold
from plans.revisions.involvement import own_part
from plans.revisions.parties import Actor, Situation
from plans.revisions.route import Holder, Seat, StepAction
from plans.revisions.route_progress import RouteStepState, SeatStanding, StepStanding, standing_of
from plans.revisions.taken_away import taken_from_role, took_away

NEEDED = {StepAction.CHECK: Permission.CHECK, StepAction.APPROVE: Permission.APPROVE}
NO_PERSON = (
    "あなたの利用者は職員・関係者と結び付いていないため、だれの決定かを記録できません。"
    "「利用者と役割」のあなたの利用者の画面で、団体管理者が職員を選ぶと、記録できるようになります。"
)
CLOSED = "この提出は審査が終わっています。"


@dataclass(frozen=True)
class Chance:
    """A decision that somebody may take now.

    skipped are those before a deputy of whom no record says that they are away, or only a record
    that somebody with a hand in the revision made since: the deputy has to say why they cannot
    decide. hold says who set the account lately; needs_code asks for a proof that they do not hold.
    """

    step: int
    seat: int
    action: StepAction
    on_behalf_of: str = ""
    skipped: tuple[str, ...] = ()
    small_office: bool = False
    afterwards: bool = False
    hold: Hold | None = None
    needs_code: bool = False

    @property
    def needs_absence(self) -> bool:
        return bool(self.skipped)


@dataclass(frozen=True)
class Verdicts:
    """What somebody may decide, and the Japanese sentences that say why nothing else."""

    chances: tuple[Chance, ...] = ()
    refusals: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return each sentence once, in the order of the steps."""
        return tuple(dict.fromkeys(self.refusals.values()))

    def chance(self, step: int, seat: int) -> Chance | None:
        return next((c for c in self.chances if (c.step, c.seat) == (step, seat)), None)


def verdicts_of(situation: Situation, actor: Actor) -> Verdicts:
    """Return everything this person may decide on this submission now."""
    chances: list[Chance] = []
    refusals: dict[tuple[int, int], str] = {}
    for step in standing_of(situation.route, situation.made).steps:
        for seat in step.seats:
            answer = _answer(situation, actor, step, seat)
            if isinstance(answer, Chance) and answer.action in NEEDED and not answer.afterwards:
                answer = _held(situation, actor, answer)
            if isinstance(answer, Chance):
                chances.append(answer)
            elif answer:
                refusals[step.number, seat.number] = answer
    return Verdicts(tuple(chances), refusals)


def away_reason(situation: Situation, seat: Seat, holder: Holder) -> str:
    """Return why a person can no longer decide, as far as records say; "" when they can."""
    known = situation.people.get(holder.person_uid)
    if known is None:
        return "職員・関係者の一覧にいません"
    if known.left_on and known.left_on < situation.today:
        return "退職しました"
    if known.moved_on and _moved_since(situation, seat, known.moved_on):
        return "異動しました"
    if known.user_key is None:
        return "使える利用者がありません"
    return ""


def unable_reason(situation: Situation, seat: Seat, holder: Holder, action: StepAction) -> str:
    """Return why a person cannot decide this step, their own draft included; "" when they can."""
    reason = away_reason(situation, seat, holder)
    if reason:
        return reason
    known = situation.people[holder.person_uid]
    needed = NEEDED.get(action)
    if needed and needed not in permissions_of(list(known.roles)):
        return f"{action.label}する役割がありません"
    own = own_part(situation, user_key=known.user_key, person_uid=holder.person_uid)
    return own.short if needed and own and not situation.small_office else ""


def able_people(situation: Situation, seat: Seat, action: StepAction) -> list[str]:
    """Return the uids of all who could decide from a seat: its holders, else its deputies."""
    holders = [Holder(uid, "") for uid in _principals(situation, seat)]
    return [
        each.person_uid
        for each in (*holders, *seat.deputies)
        if not unable_reason(situation, seat, each, action)
    ]


def _answer(
    situation: Situation, actor: Actor, step: StepStanding, seat: SeatStanding
) -> Chance | str:
    """Return the chance of one seat, why there is none, or "" when the seat is not the actor's."""
    action = step.step.action
    principal = _sits_here(seat.seat, actor)
    rank = _deputy_rank(seat.seat, actor)
    if not principal and rank is None:
        return ""
    if not actor.person_uid:
        return NO_PERSON
    needed = NEEDED.get(action)
    if needed and not actor.may(needed):
        return f"あなたの役割では「{step.step.name}」の{action.label}ができません。"
    own = own_part(situation, user_key=actor.user_key, person_uid=actor.person_uid)
    if needed and own and not situation.small_office:
        return own
    exception = bool(needed and own)
    lives = situation.is_open or situation.is_approved
    if principal and lives and _may_review_after(seat, actor):
        return Chance(step.number, seat.number, action, afterwards=True)
    refusal = _refused_now(situation, step, seat)
    if refusal:
        return refusal
    if principal:
        return _as_principal(situation, actor, step, seat, exception)
    return _as_deputy(situation, actor, step, seat, rank or 0, exception)


def _held(situation: Situation, actor: Actor, chance: Chance) -> Chance:
    """Return the chance with what somebody with a part in this set about the account lately."""
    hold = situation.hold_on(user_key=actor.user_key)
    return replace(chance, hold=hold, needs_code=bool(hold and situation.waits))


def _refused_now(situation: Situation, step: StepStanding, seat: SeatStanding) -> str:
    done = seat.made or next((each.made for each in step.seats if each.made), None)
    if done and (seat.made or step.is_settled):
        return f"「{step.step.name}」は、{done.who}がすでに決めています。"
    may_still_report = situation.is_approved and step.step.action is StepAction.REPORT
    if not situation.is_open and not may_still_report:
        return CLOSED
    if step.state is RouteStepState.COMING:
        return f"「{step.step.name}」は、前の段階がまだ終わっていません。"
    return ""


def _as_principal(
    situation: Situation, actor: Actor, step: StepStanding, seat: SeatStanding, exception: bool
) -> Chance | str:
    holder = Holder(actor.person_uid, actor.name)
    away = away_reason(situation, seat.seat, holder)
    if away:
        return f"あなたは{away}と登録されているため、「{step.step.name}」を決められません。"
    earlier = _decided_elsewhere(situation, actor, step)
    if earlier and not exception and _somebody_else(situation, seat.seat, step.step.action):
        return f"あなたは「{earlier}」を決めています。「{step.step.name}」は、同じ役割のほかの人が決めます。"
    if earlier and not exception and seat.seat.role:
        away_by = taken_from_role(situation, actor.user_key, seat.seat.role)
        if away_by:
            return away_by.refusal(earlier, step.step.name)
    return Chance(step.number, seat.number, step.step.action, small_office=exception)


def _as_deputy(
    situation: Situation,
    actor: Actor,
    step: StepStanding,
    seat: SeatStanding,
    rank: int,
    exception: bool,
) -> Chance | str:
    deputy = seat.seat.deputies[rank]
    away = away_reason(situation, seat.seat, deputy)
    if away:
        return f"あなたは{away}と登録されているため、代行できません。"
    action = step.step.action
    able = set(able_people(situation, seat.seat, action))
    principals = set(_principals(situation, seat.seat))
    role = seat.seat.role
    emptied = bool(role and taken_from_role(situation, actor.user_key, role))
    missed = emptied or any(_counts(situation, actor, able, uid) for uid in principals)
    before = [seat.seat.label] if missed else []
    before += [
        str(each)
        for each in seat.seat.deputies[:rank]
        if _counts(situation, actor, able, each.person_uid)
    ]
    return Chance(
        step.number,
        seat.number,
        action,
        on_behalf_of=seat.seat.label,
        skipped=tuple(before),
        small_office=exception,
    )


def _counts(situation: Situation, actor: Actor, able: set[str], person_uid: str) -> bool:
    """Tell whether a deputy has to say why this person does not decide.

    What somebody with a hand in the revision, or the deputy, recorded since the submit is no excuse by itself.
    """
    removed = situation.since.removed_by_own_hand(person_uid)
    removed = removed or took_away(situation, actor.user_key, person_uid)
    return person_uid in able or removed or person_uid in situation.since.touched_people


def _decided_elsewhere(situation: Situation, actor: Actor, step: StepStanding) -> str:
    """Return the name of another step that this person decided and others waited for; "" if none."""
    steps = situation.route.steps
    return next(
        (
            steps[made.step].name
            for made in situation.made
            if made.step != step.number
            and step.step.blocks
            and steps[made.step].blocks
            and made.settles
            and (made.user_key == actor.user_key or made.person_uid == actor.person_uid)
        ),
        "",
    )


def _somebody_else(situation: Situation, seat: Seat, action: StepAction) -> bool:
    """Tell whether a seat of a role has somebody who decided nothing of this submission yet."""
    decided = {made.person_uid for made in situation.made if made.settles}
    return not seat.holder and any(
        uid not in decided and not unable_reason(situation, seat, Holder(uid, ""), action)
        for uid in _principals(situation, seat)
    )


def _sits_here(seat: Seat, actor: Actor) -> bool:
    if seat.holder:
        return bool(actor.person_uid) and seat.holder.person_uid == actor.person_uid
    return seat.role in actor.roles


def _deputy_rank(seat: Seat, actor: Actor) -> int | None:
    ranks: Iterator[int] = (
        rank
        for rank, deputy in enumerate(seat.deputies)
        if actor.person_uid and deputy.person_uid == actor.person_uid
    )
    return next(ranks, None)


def _principals(situation: Situation, seat: Seat) -> list[str]:
    if seat.holder:
        return [seat.holder.person_uid]
    return [uid for uid, each in situation.people.items() if seat.role in each.roles]


def _may_review_after(seat: SeatStanding, actor: Actor) -> bool:
    made = seat.made
    return bool(made and made.on_behalf_of and made.settles and not seat.reviewed_after) and (
        made is not None and made.person_uid != actor.person_uid
    )


def _moved_since(situation: Situation, seat: Seat, moved_on: date) -> bool:
    """Who moved before being chosen sits in the post; who moved after has left it."""
    chosen = date.fromisoformat(seat.chosen_on) if seat.chosen_on else situation.submitted_on
    return chosen < moved_on <= situation.today
