"""Writes the register of copies: where they are, what was put there, that they were looked at."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.edits import Edit, save_changes
from bcp_portal.audit.told_values import labels_of
from bcp_portal.ui.counted_letters import ended
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


@transaction.atomic
def add_copy(
    *, municipality: Municipality, actor: User | None, values: Mapping[str, Any]
) -> PlanCopy:
    """Enter a copy into the register."""
    copy = PlanCopy(municipality=municipality)
    _save(copy, actor, "計画の写しの登録", values, is_new=True)
    return copy


@transaction.atomic
def change_copy(
    *, copy: PlanCopy, actor: User | None, values: Mapping[str, Any], expected_version: int
) -> PlanCopy:
    """Correct what the register says; Conflict when somebody else saved it in between."""
    current = _locked([copy.uid])[0]
    if current.version != expected_version:
        raise Conflict(current)
    held = current.edition
    if held and held != values.get("edition", held):
        values = {**values, "former": held}
    _save(current, actor, "計画の写しの変更", values)
    return current


@transaction.atomic
def retire_copy(*, copy: PlanCopy, actor: User | None, day: date | None) -> PlanCopy:
    """Say that a copy is no longer kept; without a day it is kept again."""
    (current,) = _locked([copy.uid])
    action = "計画の写しの廃止" if day else "計画の写しの廃止の取り消し"
    _save(current, actor, action, {"retired_on": day})
    return current


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
        values: dict[str, Any] = {"placed_on": day, "confirmed_on": day}
        former = copy.former
        if copy.edition_id != edition.pk:
            former = copy.edition
            values |= {"former": former, "edition": edition, "old_removed_on": None}
        if old_removed and former:
            values["old_removed_on"] = day
        changed += _save(copy, actor, "計画の写しの差し替え", values)
    return changed


@transaction.atomic
def confirm_copies(*, uids: Collection[UUID], day: date, actor: User | None) -> int:
    """Say that these copies were looked at on that day; return at how many it was news."""
    found = {"confirmed_on": day}
    return sum(_save(copy, actor, "計画の写しの確認", found) for copy in _locked(uids))


@transaction.atomic
def remove_old(*, uids: Collection[UUID], day: date, actor: User | None) -> int:
    """Say that the edition before was taken away; return at how many copies it was news."""
    left = [copy for copy in _locked(uids) if copy.former_id and copy.old_removed_on is None]
    return sum(_save(copy, actor, "旧版の除去", {"old_removed_on": day}) for copy in left)


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


def _save(
    copy: PlanCopy,
    actor: User | None,
    action: str,
    values: Mapping[str, Any],
    *,
    is_new: bool = False,
) -> bool:
    """Write what differs and its entry of the log, and return whether anything did."""
    return save_changes(
        municipality=copy.municipality,
        actor=actor,
        action=action,
        edits=[Edit(copy, values, labels=labels_of(PlanCopy, *FIELDS), is_new=is_new)],
        target=copy,
    )
