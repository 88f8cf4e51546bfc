"""Every write to the routes of a municipality, and to the exception for small offices."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.edits import Edit, displayed, save_changes
from bcp_portal.audit.services import Change
from bcp_portal.ui.errors import DomainError
from plans.document.revision_kind import RevisionKind
from plans.revisions.models.route import ApprovalRoute, ApprovalSetting
from plans.revisions.route import Route, RouteStep, Seat
from plans.revisions.route_presets import RoutePreset

MAX_STEPS = 12
MAX_WAIT_HOURS = 720


@transaction.atomic
def apply_preset(*, membership: Membership, preset: RoutePreset) -> None:
    """Replace the routes of all kinds; revisions that were submitted keep theirs."""
    for kind, route in preset.routes.items():
        _save(membership, _locked(membership.municipality, kind), route)


@transaction.atomic
def save_steps(
    *, membership: Membership, kind: RevisionKind, steps: Sequence[RouteStep], expected_version: int
) -> ApprovalRoute:
    """Replace the steps of one kind; Conflict when somebody else changed them in between."""
    stored = _locked(membership.municipality, kind)
    if stored.version != expected_version:
        raise Conflict(stored)
    if len(steps) > MAX_STEPS:
        raise DomainError(f"段階は{MAX_STEPS}までです。")
    _save(membership, stored, Route(tuple(steps)))
    return stored


@transaction.atomic
def save_small_office(
    *, membership: Membership, is_on: bool, reason: str, expected_version: int
) -> ApprovalSetting:
    """Switch the exception for small offices on (with a reason) or off."""
    Municipality.objects.select_for_update(no_key=True).get(pk=membership.municipality_id)
    setting = approval_setting(membership.municipality)
    if setting.version != expected_version:
        raise Conflict(setting)
    if is_on and not reason.strip():
        raise DomainError("少人数の特例を使う理由を書いてください。")
    values = {"small_office": is_on, "small_office_reason": reason.strip()}
    _save_setting(membership, setting, values)
    return setting


@transaction.atomic
def save_account_wait(
    *, membership: Membership, hours: int, is_off: bool, reason: str, expected_version: int
) -> ApprovalSetting:
    """Say how many hours an account waits that somebody with a part in a revision set, or none.

    What was submitted keeps the hours of then; switched on again, the wait holds for it at once.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=membership.municipality_id)
    setting = approval_setting(membership.municipality)
    if setting.version != expected_version:
        raise Conflict(setting)
    if not 1 <= hours <= MAX_WAIT_HOURS:
        raise DomainError(f"待つ時間は1から{MAX_WAIT_HOURS}までの時間数にしてください。")
    if is_off and not reason.strip():
        raise DomainError("待ち時間を置かない理由を書いてください。")
    values = {
        "account_wait_hours": hours,
        "account_wait_off": is_off,
        "account_wait_off_reason": reason.strip(),
    }
    _save_setting(membership, setting, values)
    return setting


def _save_setting(
    membership: Membership, setting: ApprovalSetting, values: Mapping[str, Any]
) -> None:
    save_changes(
        municipality=membership.municipality,
        actor=membership.user,
        action="決裁の設定の変更",
        edits=[Edit(setting, values, labels=_LABELS, text=_shown)],
        target=setting,
        sealed=[setting],
    )


def approval_setting(municipality: Municipality) -> ApprovalSetting:
    """Return how the municipality in scope separates its people; unsaved when it never said."""
    stored: ApprovalSetting | None = ApprovalSetting.objects.first()
    return stored or ApprovalSetting(municipality=municipality, version=1)


def route_of(municipality: Municipality, kind: str) -> ApprovalRoute:
    """Return the route of a kind; an unsaved one without steps when none was set."""
    stored: ApprovalRoute | None = ApprovalRoute.objects.filter(kind=kind).first()
    return stored or ApprovalRoute(municipality=municipality, kind=kind, version=1)


def moved_step(steps: Sequence[RouteStep], index: int, up: bool) -> list[RouteStep]:
    """Return the steps with one of them a place earlier or later; at the end nothing moves."""
    order = list(steps)
    other = index - 1 if up else index + 1
    if 0 <= index < len(order) and 0 <= other < len(order):
        order[index], order[other] = order[other], order[index]
    return order


_LABELS = {
    "small_office": "少人数の特例",
    "small_office_reason": "特例を使う理由",
    "account_wait_hours": "利用者を設定してから決定できるまでの時間",
    "account_wait_off": "待ち時間を置かない",
    "account_wait_off_reason": "待ち時間を置かない理由",
}


def _shown(setting: ApprovalSetting, name: str) -> str:
    if name == "small_office":
        return "使う" if setting.small_office else "使わない"
    if name == "account_wait_hours":
        return f"{setting.account_wait_hours}時間"
    return displayed(setting, name)


def _locked(municipality: Municipality, kind: str) -> ApprovalRoute:
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    return route_of(municipality, kind)


def _save(membership: Membership, stored: ApprovalRoute, route: Route) -> None:
    before, after = described(stored.route), described(route)
    if stored.route == route:
        return
    change = Change("route", "段階", before, after)
    save_changes(
        municipality=membership.municipality,
        actor=membership.user,
        action="承認の経路の変更",
        edits=[Edit(stored, {"route_data": route.to_json()}, changes=[change])],
        target=stored,
        sealed=[stored],
    )


def described(route: Route) -> str:
    """Return a route as lines of text, one a step."""
    return "\n".join(
        f"{number}. {step.name}（{step.action.label}・{step.quorum.label}・{step.days}日）："
        + "、".join(_seat_text(seat) for seat in step.seats)
        for number, step in enumerate(route.steps, 1)
    )


def _seat_text(seat: Seat) -> str:
    deputies = "、".join(str(deputy) for deputy in seat.deputies)
    return f"{seat.label}（代行：{deputies}）" if deputies else seat.label
