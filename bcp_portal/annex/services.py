"""Every write to a row of an annex, whoever asks: page, grid, import, sample loader."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.deletion import require_deletable
from bcp_portal.annex.file_cells import keep_stored_file
from bcp_portal.annex.referencing_rows import in_use, users_of
from bcp_portal.annex.row_changes import (
    CONFIRMED_ON,
    cells_to_save,
    changes_of,
    is_confirmation_cancelled,
    stored_items,
)
from bcp_portal.annex.row_names import name_in, names_of
from bcp_portal.annex.row_writing import (
    StoredRow,
    insert_rows,
    set_named,
    stored_before,
    update_row,
)
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.told_kinds import PLACE, told_of
from bcp_portal.audit.edits import Edit, write_edits
from bcp_portal.audit.services import Change, Event, record, record_all
from bcp_portal.audit.told_values import Told
from bcp_portal.ui.eras import format_date
from bcp_portal.ui.errors import DomainError

# Enough that queries are few, and few enough that their entries of the log are not many at once.
_ROWS_AT_ONCE = 250


class Conflict(Exception):
    """Somebody saved the row after this person had opened it; `current` is what they saved."""

    def __init__(self, current: Any) -> None:
        super().__init__(str(current))
        self.current = current


class Gone(DomainError):
    """Somebody deleted the row after this person had opened it."""

    def __init__(self) -> None:
        super().__init__(
            "この行は、編集している間に削除されました。一覧から開き直してください。", status=409
        )


def save_row(
    *,
    sheet: Sheet,
    actor: User | None,
    row: Any,
    expected_version: int,
    stays_confirmed: bool = False,
) -> Any:
    """Insert or update a row and its pending many-to-many values.

    A change empties 最終確認日 unless that is changed too or the row `stays_confirmed`. Raises
    Conflict when the stored version is not `expected_version`, and Gone when there is no row any
    more; nothing is written then.
    """
    pairs = [(row, expected_version)]
    save_rows(sheet=sheet, actor=actor, rows=pairs, stays_confirmed=stays_confirmed)
    return row


def save_rows(
    *,
    sheet: Sheet,
    actor: User | None,
    rows: Sequence[tuple[Any, int]],
    before: Mapping[int, StoredRow] | None = None,
    begun: Collection[int] = (),
    stays_confirmed: bool = False,
    on_saved: Callable[[int], None] = lambda count: None,
) -> None:
    """Save rows of one table, each with its expected version, as `save_row` does; all or none.

    Who saves several tables hands over how rows were `before` all of it (`stored_before`), so that
    the log tells of each change what a person saw; and which rows are only `begun` (`begin_rows`):
    the log calls these new. Thousands take some seconds; `on_saved` is called now and then with how
    many are saved. Saving that is taken back leaves new rows new, so that they can be saved again.
    """
    new = [row for row, _ in rows if row.pk is None]
    try:
        with transaction.atomic():
            for start in range(0, len(rows), _ROWS_AT_ONCE):
                batch = rows[start : start + _ROWS_AT_ONCE]
                _save_batch(sheet, actor, batch, before or {}, begun, stays_confirmed)
                on_saved(start + len(batch))
    except Exception:
        for row in new:
            row.pk, row._state.adding = None, True
        raise


def begin_rows(*, sheet: Sheet, actor: User | None, rows: Sequence[Any]) -> None:
    """Insert new rows that `save_rows` completes in the same transaction, and note nothing yet."""
    insert_rows(sheet, actor, rows, next_row_no(sheet))


def _save_batch(
    sheet: Sheet,
    actor: User | None,
    batch: Sequence[tuple[Any, int]],
    before: Mapping[int, StoredRow],
    begun: Collection[int],
    stays_confirmed: bool,
) -> None:
    keys = {row.pk for row, _ in batch if row.pk is not None}
    stored = {pk: before[pk] for pk in keys if pk in before}
    stored |= stored_before(sheet, keys - set(stored))
    for row, expected in batch:
        if row.pk is not None and _stored(stored, row).version != expected:
            raise Conflict(stored[row.pk].row)
    rows = [row for row, _ in batch]
    new = [row for row in rows if row.pk is None]
    known = [row for row in rows if row.pk in stored and row.pk not in begun]
    pairs = [(stored[row.pk], row) for row in known]
    events = _updated(sheet, actor, pairs, stays_confirmed)
    events |= _completed(sheet, [(stored[row.pk].row, row) for row in rows if row.pk in begun])
    events |= _inserted(sheet, actor, new)
    noted = [events[row.pk] for row in rows if row.pk in events]
    if noted:
        record_all(municipality=sheet.municipality, actor=actor, events=noted)


def _stored(stored: Mapping[int, StoredRow], row: Any) -> Any:
    if row.pk not in stored:
        raise Gone
    return stored[row.pk].row


def _updated(
    sheet: Sheet,
    actor: User | None,
    pairs: Sequence[tuple[StoredRow, Any]],
    stays_confirmed: bool,
) -> dict[int, Event]:
    """Update those of the rows (stored, to be saved) that differ, and return what to note."""
    after = cells_to_save(sheet, [row for _, row in pairs])
    files = [item for item in stored_items(sheet) if item.column.kind.holds_file]
    events, updated = {}, []
    for (stored, row), new in zip(pairs, after, strict=True):
        changes = list(changes_of(sheet, stored.cells, new))
        if not changes:
            continue
        changed = {change.name for change in changes}
        if not stays_confirmed and is_confirmation_cancelled(row, changed):
            row.verified_on = None
            new = {**new, CONFIRMED_ON: None}
            changes = list(changes_of(sheet, stored.cells, new))
        if CONFIRMED_ON not in changed:
            row.verified_by = None
        for item in files:
            if item.name not in changed:
                keep_stored_file(row, stored.row, item.model_field)
        row.version = stored.row.version + 1
        row.updated_by = actor
        update_row(row, stored.row)
        updated.append(row)
        name = name_in(sheet, row, new)
        names = {change.name for change in changes}
        names |= {PLACE} if row.row_no != stored.row.row_no else set()
        told = told_of(sheet, row, new, names, name)
        events[row.pk] = Event("変更", row, changes, sheet.heading, name, told=[told])
    set_named(sheet, updated)
    return events


def _inserted(sheet: Sheet, actor: User | None, rows: Sequence[Any]) -> dict[int, Event]:
    """Insert new rows and return what to note; what is not pending they do not name."""
    if not rows:
        return {}
    insert_rows(sheet, actor, rows, next_row_no(sheet))
    return _named_and_noted(sheet, rows)


def _completed(sheet: Sheet, pairs: Sequence[tuple[Any, Any]]) -> dict[int, Event]:
    """Let rows (begun, complete) that were inserted before have all they say, and return what to note."""
    for begun, row in pairs:
        update_row(row, begun)
    return _named_and_noted(sheet, [row for _, row in pairs])


def _named_and_noted(sheet: Sheet, rows: Sequence[Any]) -> dict[int, Event]:
    many = [item.name for item in stored_items(sheet) if item.model_field.many_to_many]
    for row in rows:
        row.pending = dict.fromkeys(many, ()) | getattr(row, "pending", {})
    cells = cells_to_save(sheet, rows)
    set_named(sheet, rows)
    events = {}
    for row, new in zip(rows, cells, strict=True):
        changes, name = list(changes_of(sheet, {}, new)), name_in(sheet, row, new)
        told = told_of(sheet, row, new, None, name)
        events[row.pk] = Event("追加", row, changes, sheet.heading, name, told=[told])
    return events


def next_row_no(sheet: Sheet) -> int:
    """Return the number after the last row of the table."""
    last = sheet.spec.model.objects.aggregate(last=Max("row_no"))["last"]
    return (last or 0) + 1


@transaction.atomic
def set_status(*, sheet: Sheet, actor: User | None, row: Any, status: RowStatus) -> Any:
    """Retire a row or bring it back; a retired row stays readable and is not printed."""
    current = _locked(sheet, row.pk)
    edit = Edit(current, {"row_status": status}, beside={"updated_by": actor})
    changes = write_edits([edit]).changes
    if changes:
        action = "廃止" if status is RowStatus.RETIRED else "状態の変更"
        record_row(sheet, actor, action, current, changes)
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
    record_row(sheet, actor, "確認", current, [change])
    return current


@transaction.atomic
def delete_row(*, sheet: Sheet, actor: User | None, row: Any) -> None:
    """Delete a row that nobody uses; otherwise raise DomainError naming the users."""
    current = _locked(sheet, row.pk)
    require_deletable(current)
    [cells] = cells_to_save(sheet, [current])
    changes = list(changes_of(sheet, cells, {}))
    users = users_of(current)
    if users:
        raise DomainError(in_use(current, users), status=409)
    record_row(sheet, actor, "削除", current, changes, gone=[current])
    try:
        current.delete()
    except ProtectedError as error:
        raise DomainError(in_use(current, list(error.protected_objects)), status=409) from error


def _locked(sheet: Sheet, pk: int) -> Any:
    found = sheet.spec.model.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise Gone
    return found


def record_row(
    sheet: Sheet,
    actor: User | None,
    action: str,
    row: Any,
    changes: Sequence[Change],
    *,
    gone: Sequence[Any] = (),
    told: Sequence[Told] = (),
) -> None:
    """Write the entry of the log about one row."""
    record(
        municipality=sheet.municipality,
        actor=actor,
        action=action,
        target=row,
        changes=changes,
        note=sheet.heading,
        label=names_of(sheet, [row])[0],
        gone=gone,
        told=told,
    )
