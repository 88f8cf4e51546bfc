"""Every write to a row of an annex, whoever asks: page, grid, import, sample loader."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.build import cells_of
from bcp_portal.annex.cells import reference
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.registry import spec_of_model
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.audit.services import Change, record
from bcp_portal.ui.eras import format_date
from bcp_portal.ui.errors import DomainError


class Conflict(Exception):
    """Somebody saved the row after this person had opened it; `current` is what they saved."""

    def __init__(self, current: Any) -> None:
        super().__init__(str(current))
        self.current = current


@transaction.atomic
def save_row(*, sheet: Sheet, actor: User | None, row: Any, expected_version: int) -> Any:
    """Insert or update a row and its pending many-to-many values.

    Raises Conflict when the stored version is not `expected_version`; nothing is written then.
    """
    if row.pk is None:
        return _insert(sheet, actor, row)
    current = _locked(sheet, row.pk)
    if current.version != expected_version:
        raise Conflict(current)
    changes = changes_between(sheet, current, row)
    if not changes:
        return row
    if "verified_on" not in {change.name for change in changes}:
        row.verified_on = row.verified_by = None
    row.version = current.version + 1
    row.updated_by = actor
    row.save()
    _set_many(row)
    _record(sheet, actor, "変更", row, changes)
    return row


def _insert(sheet: Sheet, actor: User | None, row: Any) -> Any:
    row.municipality = sheet.municipality
    row.row_no = row.row_no or next_row_no(sheet)
    row.created_by = row.updated_by = actor
    row.version = 1
    row.save(force_insert=True)
    _set_many(row)
    blank = dict.fromkeys((item.name for item in _stored(sheet)), None)
    changes = _changes(sheet, blank, _cells(sheet, row))
    _record(sheet, actor, "追加", row, changes)
    return row


def next_row_no(sheet: Sheet) -> int:
    """Return the number after the last row of the table."""
    last = sheet.spec.model.objects.aggregate(last=Max("row_no"))["last"]
    return (last or 0) + 1


@transaction.atomic
def copy_row(*, sheet: Sheet, actor: User | None, row: Any) -> Any:
    """Add a draft copy below all rows, without files and aliases; unique names get 「（写し）」."""
    copy: Any = sheet.spec.model(row_status=RowStatus.DRAFT)
    copy.pending = {}
    for item in _stored(sheet):
        field = item.model_field
        if item.name == "aliases":
            continue  # other names of the original, which no second row may have
        if field.many_to_many:
            copy.pending[field.name] = list(getattr(row, field.name).all())
        elif not hasattr(field, "upload_to"):
            setattr(copy, field.name, getattr(row, field.name))
            if hasattr(field, "unit_field"):
                setattr(copy, field.unit_field, getattr(row, field.unit_field))
    copy.row_status = RowStatus.DRAFT
    _free_unique_names(sheet, copy)
    return _insert(sheet, actor, copy)


def _free_unique_names(sheet: Sheet, copy: Any) -> None:
    """Rename or empty what a constraint would refuse, so that a copy always succeeds."""
    for constraint in sheet.spec.model._meta.total_unique_constraints:
        names = [name for name in constraint.fields if name != "municipality"]
        texts = [name for name in names if _is_free_text(copy, name)]
        if not texts:
            raise DomainError("この行は写しを作れません。「行を追加」から入力してください。")
        original = getattr(copy, texts[0])
        limit = copy._meta.get_field(texts[0]).max_length or 1000
        number = 1
        while _exists(sheet, copy, names):
            suffix = "（写し）" if number == 1 else f"（写し{number}）"
            setattr(copy, texts[0], original[: limit - len(suffix)] + suffix)
            number += 1


def _is_free_text(copy: Any, name: str) -> bool:
    field = copy._meta.get_field(name)
    is_code = bool(field.choices) or hasattr(field, "choice_list")
    return isinstance(getattr(copy, name), str) and bool(getattr(copy, name)) and not is_code


def _exists(sheet: Sheet, copy: Any, names: Sequence[str]) -> bool:
    return sheet.spec.model.objects.filter(**{name: getattr(copy, name) for name in names}).exists()


@transaction.atomic
def move_row(*, sheet: Sheet, actor: User | None, row: Any, up: bool) -> None:
    """Swap the row with its neighbour; rows of a child table move among their parent's rows."""
    rows = list(_siblings(sheet, row).select_for_update().order_by("row_no", "pk"))
    place = next(index for index, other in enumerate(rows) if other.pk == row.pk)
    target = place - 1 if up else place + 1
    if not 0 <= target < len(rows):
        return
    rows[place], rows[target] = rows[target], rows[place]
    numbers = sorted(other.row_no for other in rows)
    for number, other in zip(_strictly_rising(numbers), rows, strict=True):
        if other.row_no != number:
            other.row_no = number
            other.save(update_fields=["row_no"])
    _record(sheet, actor, "並べ替え", row, ())


def _siblings(sheet: Sheet, row: Any) -> Any:
    parent = sheet.spec.parent
    same = {f"{parent}_id": getattr(row, f"{parent}_id")} if parent else {}
    return sheet.spec.model.objects.filter(**same)


def _strictly_rising(numbers: Sequence[int]) -> list[int]:
    rising: list[int] = []
    for number in numbers:
        rising.append(max(number, rising[-1] + 1 if rising else 1))
    return rising


@transaction.atomic
def set_status(*, sheet: Sheet, actor: User | None, row: Any, status: RowStatus) -> Any:
    """Retire a row or bring it back; a retired row stays readable and is not printed."""
    current = _locked(sheet, row.pk)
    before = RowStatus(current.row_status)
    if before == status:
        return current
    current.row_status = status
    current.version += 1
    current.updated_by = actor
    current.save()
    change = Change("row_status", "状態", str(before.label), str(status.label))
    _record(
        sheet, actor, "廃止" if status is RowStatus.RETIRED else "状態の変更", current, [change]
    )
    return current


@transaction.atomic
def confirm_row(*, sheet: Sheet, actor: User, row: Any) -> Any:
    """Record that somebody looked at the row today and found it right."""
    current = _locked(sheet, row.pk)
    before = current.verified_on
    current.verified_on, current.verified_by = timezone.localdate(), actor
    current.version += 1
    current.save()
    style = sheet.presentation.date_style
    was = format_date(before, style) if before else ""
    change = Change("verified_on", "最終確認日", was, format_date(current.verified_on, style))
    _record(sheet, actor, "確認", current, [change])
    return current


@transaction.atomic
def delete_row(*, sheet: Sheet, actor: User | None, row: Any) -> None:
    """Delete a row that nobody uses; otherwise raise DomainError naming the users."""
    current = _locked(sheet, row.pk)
    blank = dict.fromkeys((item.name for item in _stored(sheet)), None)
    changes = _changes(sheet, _cells(sheet, current), blank)
    users = users_of(current)
    if users:
        raise DomainError(_in_use(current, users), status=409)
    _record(sheet, actor, "削除", current, changes)
    try:
        current.delete()
    except ProtectedError as error:
        raise DomainError(_in_use(current, list(error.protected_objects)), status=409) from error


def users_of(row: Any) -> list[Any]:
    """Return the rows that name this one, by foreign key or many-to-many; its own children too."""
    found: list[Any] = []
    for relation in row._meta.related_objects:
        model = relation.related_model
        if spec_of_model(model) is None:
            continue
        found += list(model.objects.filter(**{relation.field.name: row}).distinct())
    return found


def _in_use(row: Any, users: Sequence[Any]) -> str:
    named = [f"{user._meta.verbose_name}「{user}」" for user in users[:10]]
    more = f"ほか{len(users) - 10}件" if len(users) > 10 else ""
    return (
        f"「{row}」は{'、'.join(named)}{more}で使われているため、削除できません。"
        "先にそちらを直すか、削除の代わりに「廃止」にしてください。"
    )


def changes_between(sheet: Sheet, current: Any, row: Any) -> list[Change]:
    """Return the columns that differ between the stored row and the one about to be saved."""
    return _changes(sheet, _cells(sheet, current), _cells(sheet, row))


def _stored(sheet: Sheet) -> list[Item]:
    return [item for item in sheet.all_items if item.editable]


def _cells(sheet: Sheet, row: Any) -> dict[str, CellValue]:
    pending: Mapping[str, Sequence[Any]] = getattr(row, "pending", {})
    items = [item for item in _stored(sheet) if item.name not in pending]
    cells = cells_of(items, [row])[0]
    for name, targets in pending.items():
        cells[name] = [
            reference(t) for t in sorted(targets, key=lambda t: (getattr(t, "row_no", 0), t.pk))
        ]
    return cells


def _changes(
    sheet: Sheet, before: Mapping[str, CellValue], after: Mapping[str, CellValue]
) -> list[Change]:
    style = sheet.presentation.date_style
    changes = []
    for item in _stored(sheet):
        old = item.column.text(before[item.name], style)
        new = item.column.text(after[item.name], style)
        if old != new:
            changes.append(
                Change(item.name, item.column.label, old, new, personal=item.column.personal)
            )
    return changes


def _locked(sheet: Sheet, pk: int) -> Any:
    return sheet.spec.model.objects.select_for_update(of=("self",)).get(pk=pk)


def _set_many(row: Any) -> None:
    for name, targets in getattr(row, "pending", {}).items():
        getattr(row, name).set(targets)
    row.pending = {}


def _record(
    sheet: Sheet,
    actor: User | None,
    action: str,
    row: Any,
    changes: Sequence[Change],
) -> None:
    record(
        municipality=sheet.municipality,
        actor=actor,
        action=action,
        target=row,
        changes=changes,
        note=sheet.heading,
    )
