"""Writes the register of copies: where they are, what was put there, that they were looked at."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.services import Change, record
from bcp_portal.audit.told_values import Told
from bcp_portal.ui.counted_letters import ended
from bcp_portal.ui.eras import DateStyle, format_date
from bcp_portal.ui.errors import DomainError
from plans.annexes.models.storage import StorageCopy
from plans.bookshelf.models import Medium, PlanCopy
from plans.editions.models.edition import Edition

NOTHING_CHOSEN = "写しを1つ以上選んでください。"
NOT_PRESENT = "選んだ写しの一部が見つかりません。一覧を開き直して、もう一度選んでください。"
FIELDS = (
    "place",
    "holder",
    "medium",
    "with_personal",
    "edition",
    "former",
    "placed_on",
    "confirmed_on",
    "old_removed_on",
    "note",
    "retired_on",
)
_LONGEST_NOTE = 200
# 計画の保管 says by the same word where a copy is and on what.
_MEDIA = {
    "paper": Medium.PAPER,
    "device": Medium.DEVICE,
    "alt_site": Medium.PAPER,
}
Said = Mapping[str, str]


@transaction.atomic
def add_copy(
    *, municipality: Municipality, actor: User | None, values: Mapping[str, Any]
) -> PlanCopy:
    """Enter a copy into the register."""
    copy = PlanCopy(municipality=municipality, **values)
    copy.save()
    _record(copy, actor, "計画の写しの登録", {}, is_new=True)
    return copy


@transaction.atomic
def change_copy(
    *, copy: PlanCopy, actor: User | None, values: Mapping[str, Any], expected_version: int
) -> PlanCopy:
    """Correct what the register says; Conflict when somebody else saved it in between."""
    current = _locked([copy.uid])[0]
    if current.version != expected_version:
        raise Conflict(current)
    before, held = _said(current), current.edition
    for name, value in values.items():
        setattr(current, name, value)
    if held and held != current.edition:
        current.former = held
    return _keep(current, actor, "計画の写しの変更", before)


@transaction.atomic
def retire_copy(*, copy: PlanCopy, actor: User | None, day: date | None) -> PlanCopy:
    """Say that a copy is no longer kept; without a day it is kept again."""
    (current,) = _locked([copy.uid])
    before = _said(current)
    current.retired_on = day
    action = "計画の写しの廃止" if day else "計画の写しの廃止の取り消し"
    return _keep(current, actor, action, before)


@transaction.atomic
def place_edition(
    *,
    uids: Collection[UUID],
    edition: Edition,
    day: date,
    old_removed: bool,
    actor: User | None,
) -> int:
    """Say that an edition was put in these places on that day; return at how many it was news.

    `old_removed` says that what lay there was taken away at the same time.
    """
    changed = 0
    for copy in _locked(uids):
        before = _said(copy)
        if copy.edition_id != edition.pk:
            copy.former, copy.edition = copy.edition, edition
            copy.old_removed_on = None
        copy.placed_on = copy.confirmed_on = day
        if old_removed and copy.former_id:
            copy.old_removed_on = day
        version = copy.version
        changed += _keep(copy, actor, "計画の写しの差し替え", before).version != version
    return changed


@transaction.atomic
def confirm_copies(*, uids: Collection[UUID], day: date, actor: User | None) -> int:
    """Say that these copies were looked at on that day; return at how many it was news."""
    changed = 0
    for copy in _locked(uids):
        before, version = _said(copy), copy.version
        copy.confirmed_on = day
        changed += _keep(copy, actor, "計画の写しの確認", before).version != version
    return changed


@transaction.atomic
def remove_old(*, uids: Collection[UUID], day: date, actor: User | None) -> int:
    """Say that the edition before was taken away; return at how many copies it was news."""
    changed = 0
    for copy in _locked(uids):
        before, version = _said(copy), copy.version
        if copy.former_id and copy.old_removed_on is None:
            copy.old_removed_on = day
        changed += _keep(copy, actor, "旧版の除去", before).version != version
    return changed


def missing_from_register() -> list[StorageCopy]:
    """Return the rows of 計画の保管 (C-18) whose place and medium the register does not have."""
    known = set(PlanCopy.objects.values_list("place", "medium"))
    rows = StorageCopy.objects.filter(row_status=RowStatus.ACTIVE).order_by("row_no", "pk")
    found = {(row.place_or_person, _MEDIA.get(row.medium, Medium.OTHER)): row for row in rows}
    return [row for key, row in found.items() if key not in known]


@transaction.atomic
def take_from_annex(*, municipality: Municipality, actor: User | None) -> list[PlanCopy]:
    """Enter these places into the register; of several rows about one place the last one counts."""
    labels = {edition.label: edition for edition in Edition.objects.only("label", "sequence")}
    return [
        add_copy(
            municipality=municipality,
            actor=actor,
            values={
                "place": row.place_or_person,
                "medium": _MEDIA.get(row.medium, Medium.OTHER),
                "edition": labels.get(row.edition),
                "placed_on": row.placed_on,
                "confirmed_on": row.confirmed_on,
                "note": ended(row.note, _LONGEST_NOTE),
            },
        )
        for row in missing_from_register()
    ]


def _locked(uids: Collection[UUID]) -> Sequence[PlanCopy]:
    """Return these copies to be written; DomainError when none is named or one is not there."""
    if not uids:
        raise DomainError(NOTHING_CHOSEN)
    rows = PlanCopy.objects.select_for_update().filter(uid__in=uids).order_by("pk")
    copies = list(rows)
    if len(copies) != len(set(uids)):
        raise DomainError(NOT_PRESENT, status=409)
    labels = {copy.edition_id for copy in copies} | {copy.former_id for copy in copies}
    editions = Edition.objects.only("label").in_bulk([pk for pk in labels if pk])
    for copy in copies:
        copy.edition = editions.get(copy.edition_id or 0)
        copy.former = editions.get(copy.former_id or 0)
    return copies


def _keep(copy: PlanCopy, actor: User | None, action: str, before: Said) -> PlanCopy:
    if _said(copy) != before:
        copy.version += 1
        copy.save()
        _record(copy, actor, action, before)
    return copy


def _record(
    copy: PlanCopy, actor: User | None, action: str, before: Said, *, is_new: bool = False
) -> None:
    after = _said(copy)
    changes = [
        Change(name, str(PlanCopy._meta.get_field(name).verbose_name), before.get(name, ""), value)  # type: ignore[union-attr]
        for name, value in after.items()
        if value != before.get(name, "")
    ]
    told = [Told(copy, None if is_new else {change.name for change in changes})]
    record(
        municipality=copy.municipality,
        actor=actor,
        action=action,
        target=copy,
        changes=changes,
        told=told,
    )


def _said(copy: PlanCopy) -> Said:
    """Return every field as a reader of the log sees it."""
    style = DateStyle(copy.municipality.date_style)
    return {name: _shown(copy, name, style) for name in FIELDS}


def _shown(copy: PlanCopy, name: str, style: DateStyle) -> str:
    value = getattr(copy, name)
    if isinstance(value, date):
        return format_date(value, style)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if name == "medium":
        return str(copy.get_medium_display())
    return "" if value is None else str(value)
