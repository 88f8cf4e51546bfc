"""Copies what a revision is decided on: its head, and its route with names, days and seats of today."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from bcp_portal.checks.findings import Finding, NotReady, refused_by
from bcp_portal.ui.errors import DomainError
from plans.document.canonical import canonical_json
from plans.document.claims import CLAIMS_KEY
from plans.editions.models.edition import Edition
from plans.revisions.kind_proposal import KindProposal
from plans.revisions.models.revision import Revision
from plans.revisions.parties import Situation
from plans.revisions.route import Holder, Quorum, Route, RouteStep, Seat
from plans.revisions.rules import able_people

NO_APPROVAL = "経路に承認の段階がありません。"


def digest_of(
    head: Mapping[str, Any],
    route: Route,
    content_sha256: str,
    parties: Mapping[str, Any] | None = None,
) -> str:
    """Return the SHA-256 that decisions bind to: of head, route, content and the frozen people.

    A second submit with the same text but another kind, date or route has another digest. Where
    no people were frozen, as by older releases, the digest says nothing of them.
    """
    content = {"head": dict(head), "route": route.to_json(), "content": content_sha256}
    if parties:
        content["parties"] = dict(parties)
    return sha256(canonical_json(content)).hexdigest()


def frozen_route(route: Route, situation: Situation, names: Mapping[str, Holder]) -> Route:
    """Return the route as it will be walked: due days set, "all of a role" as one seat a person.

    Raises NotReady naming every step that nobody but those with a hand in it could decide, before
    anything waits for it in vain.
    """
    found: list[Finding] = []
    if not route.has_approval:
        found.append(Finding(NO_APPROVAL))
    steps: list[RouteStep] = []
    due = situation.today
    for step in route.steps:
        if step.blocks:
            due += timedelta(days=step.days)
        seats = _seats(step, situation, names)
        frozen = replace(step, seats=seats, due_on=due.isoformat())
        found += refused_by(partial(_require_somebody, frozen, situation))
        steps.append(frozen)
    if found:
        raise NotReady(found)
    return Route(tuple(steps))


def _seats(step: RouteStep, situation: Situation, names: Mapping[str, Holder]) -> tuple[Seat, ...]:
    seats: list[Seat] = []
    for seat in step.seats:
        if seat.role and step.quorum is Quorum.ALL:
            seats += _one_a_person(seat, step, situation, names) or [seat]
        else:
            seats.append(seat)
    return tuple(seats)


def _one_a_person(
    seat: Seat, step: RouteStep, situation: Situation, names: Mapping[str, Holder]
) -> list[Seat]:
    able = set(able_people(situation, replace(seat, deputies=()), step.action))
    today = situation.today.isoformat()
    return [
        replace(seat, role="", post_label="", holder=holder, chosen_on=today)
        for uid, holder in names.items()
        if uid in able
    ]


def _require_somebody(step: RouteStep, situation: Situation) -> None:
    if not step.blocks:
        return
    able = [bool(able_people(situation, seat, step.action)) for seat in step.seats]
    if step.seats and (any(able) if step.quorum is Quorum.ONE else all(able)):
        return
    missing = "、".join(seat.label for seat, can in zip(step.seats, able, strict=True) if not can)
    raise DomainError(
        f"「{step.name}」で{step.action.label}できる人がいません（{missing or '未設定'}）。"
        "起案・提出をした人と、変わるところを書いた人は除かれます。"
        "決められる人に役割を付けるか、承認の経路を変える必要があります。"
        "ほかに決められる人がいない小さな組織では、「少人数の特例」を使えます。"
    )


def head_of(
    revision: Revision,
    proposal: KindProposal,
    coverage_label: str,
    effective_on: date,
    base: Edition | None,
    released: list[dict[str, str]],
) -> dict[str, Any]:
    """Return the head of a revision as plain JSON data; base is the edition it would follow.

    `released` are the finds of the leak check that two people called no secret.
    """
    return {
        "base_edition_uid": str(base.uid) if base else "",
        "base_edition_label": base.label if base else "",
        "kind": revision.kind,
        "kind_reason": revision.kind_reason,
        "proposed_kind": proposal.kind.value,
        "proposed_reasons": list(proposal.reasons),
        "reason": revision.reason,
        "coverage": revision.coverage_data,
        "coverage_label": coverage_label,
        "effective_on": effective_on.isoformat(),
        "document_number": revision.document_number,
        CLAIMS_KEY: released,
    }
