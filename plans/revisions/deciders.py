"""Tells before and during a run who may decide each step and who is excluded, and why; pure."""

from dataclasses import dataclass, replace

from plans.revisions.circumstances import people_of
from plans.revisions.frozen_parties import FrozenParties, Hand
from plans.revisions.involvement import own_part
from plans.revisions.parties import Situation
from plans.revisions.route import Holder, RouteStep
from plans.revisions.route_progress import RouteStepState, standing_of
from plans.revisions.rules import able_people, unable_reason


@dataclass(frozen=True)
class StepDeciders:
    """One step: who may decide it, and who sits there but may not, with the reason (Japanese)."""

    name: str
    action_label: str
    able: tuple[str, ...]
    excluded: tuple[tuple[str, str], ...]
    by_exception: tuple[str, ...] = ()
    is_blocked: bool = False


def deciders_of(situation: Situation) -> list[StepDeciders]:
    """Return the steps that others wait for, in order, with their people."""
    return [_of_step(situation, step) for step in situation.route.steps if step.blocks]


def with_deciders(situation: Situation) -> FrozenParties | None:
    """Return who had a hand in it, and who can decide a step as of now."""
    if situation.parties is None:
        return None
    found: dict[str, Hand] = {}
    for step in situation.route.steps:
        for seat in step.seats if step.blocks else ():
            for uid in able_people(situation, seat, step.action):
                known = situation.people[uid]
                found.setdefault(uid, Hand(known.username, uid, known.name))
    return replace(situation.parties, deciders=tuple(found.values()))


def blocked_steps(situation: Situation) -> list[str]:
    """Return the names of the steps still to come that nobody can decide any more."""
    if not situation.is_open:
        return []
    standing = standing_of(situation.route, situation.made)
    return [
        each.step.name
        for each in standing.steps
        if each.step.blocks
        and each.state in (RouteStepState.NOW, RouteStepState.COMING)
        and _of_step(situation, each.step).is_blocked
    ]


def _of_step(situation: Situation, step: RouteStep) -> StepDeciders:
    able: dict[str, str] = {}
    excluded: dict[str, tuple[str, str]] = {}
    seats_open = []
    for seat in step.seats:
        uids = able_people(situation, seat, step.action)
        seats_open.append(bool(uids))
        named = {each.person_uid: each.name for each in seat.deputies}
        if seat.holder:
            named[seat.holder.person_uid] = seat.holder.name
        for uid in people_of(seat, situation.people):
            known = situation.people.get(uid)
            name = known.name if known else named.get(uid, "")
            if uid in uids:
                able[uid] = name
                continue
            reason = unable_reason(situation, seat, Holder(uid, name), step.action)
            excluded[uid] = (name, reason)
    by_exception = [
        name
        for uid, name in able.items()
        if own_part(situation, user_key=situation.people[uid].user_key, person_uid=uid)
    ]
    enough = any(seats_open) if step.quorum == "one" else all(seats_open)
    return StepDeciders(
        step.name,
        step.action.label,
        tuple(able.values()),
        tuple(pair for uid, pair in excluded.items() if uid not in able),
        tuple(by_exception),
        is_blocked=not (step.seats and enough),
    )
