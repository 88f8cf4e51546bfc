"""Sets fields of records and tells the log what changed, so that no service compares, saves and records by hand."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import models, transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.audit.services import Change, record
from bcp_portal.audit.told_values import Told, labels_of
from bcp_portal.ui.eras import DateStyle, format_date

NAMESAKE = "（同じ名称の別の行）"
_VERSION = "version"


def displayed(stored: Any, name: str) -> str:
    """Return a field as a reader of the log sees it: choices by their label, days in the style of the town."""
    value = getattr(stored, name)
    label_of_choice = getattr(stored, f"get_{name}_display", None)
    if label_of_choice:
        return str(label_of_choice())
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, date):
        return format_date(value, DateStyle(stored.municipality.date_style))
    return "" if value is None else str(value)


def plain(stored: Any, name: str) -> str:
    """Return a field as it is stored."""
    return str(getattr(stored, name))


@dataclass(frozen=True)
class Edit:
    """What fields of one record shall hold, and how the log tells of it.

    `labels` are what the log calls the things that it tells, in its order; without them the fields of
    `values`, by their verbose names. `text` is one of these as a reader sees it. `changes` stand in
    place of what these two would say. `beside` is set along where something changed. A record that
    `is_new` was not there before; one that is only not stored yet said what its defaults say. With
    `tells_all` the log keeps all values of it, as of a new one, not only what changed.
    """

    stored: Any
    values: Mapping[str, Any]
    labels: Mapping[str, str] | None = None
    text: Callable[[Any, str], str] = displayed
    changes: Sequence[Change] | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)
    is_new: bool = False
    tells_all: bool = False


@dataclass(frozen=True)
class WrittenEdits:
    """What an entry of the log has to say of records that were written; false where none was."""

    changes: Sequence[Change]
    told: Sequence[Told]

    def __bool__(self) -> bool:
        return bool(self.told)


@transaction.atomic
def save_changes(
    *,
    municipality: Municipality,
    actor: User | None,
    action: str,
    edits: Iterable[Edit],
    target: models.Model | None = None,
    label: str = "",
    note: str = "",
    sealed: Sequence[models.Model] = (),
) -> bool:
    """Write what differs, tell it in one entry of the log, and return whether anything did."""
    written = write_edits(edits)
    if written:
        record(
            municipality=municipality,
            actor=actor,
            action=action,
            target=target,
            changes=written.changes,
            note=note,
            label=label,
            sealed=sealed,
            told=[
                replace(told, label=label) if told.record is target else told
                for told in written.told
            ],
        )
    return bool(written)


def write_edits(edits: Iterable[Edit]) -> WrittenEdits:
    """Set and save what differs, count up the versions, and return what the log has to say of it.

    For who puts more into the entry than `save_changes` does, and writes it last.
    """
    written = [each for edit in edits if (each := _written(edit))]
    changes = [change for said, _ in written for change in said]
    return WrittenEdits(changes, [told for _, told in written])


def removal_of(
    stored: Any, labels: Mapping[str, str], text: Callable[[Any, str], str] = displayed
) -> list[Change]:
    """Return what the log says of a record that is about to be removed."""
    before = {name: text(stored, name) for name in labels}
    return _changes(labels, before, dict.fromkeys(labels, ""))


def _written(edit: Edit) -> tuple[Sequence[Change], Told] | None:
    stored, values = edit.stored, edit.values
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    if not changed and not edit.is_new:
        return None
    labels = labels_of(type(stored), *values) if edit.labels is None else edit.labels
    before = {} if edit.is_new else _texts(edit, labels)
    for name, value in (*values.items(), *edit.beside.items()):
        setattr(stored, name, value)
    _save(stored, [*changed, *edit.beside], is_new=edit.is_new)
    changes = edit.changes
    if changes is None:
        changes = _changes(labels, before, _texts(edit, labels, before, changed))
    names = None if edit.is_new or edit.tells_all else list(dict.fromkeys([*changed, *edit.beside]))
    return changes, Told(stored, names)


def _texts(
    edit: Edit,
    labels: Iterable[str],
    before: Mapping[str, str] | None = None,
    changed: Sequence[str] = (),
) -> dict[str, str]:
    """Return how a reader sees the record; another row than before with the same name is marked."""
    texts = {name: edit.text(edit.stored, name) for name in labels}
    for name in changed:
        is_row = isinstance(edit.values[name], models.Model)
        if before and is_row and name in texts and texts[name] == before[name]:
            texts[name] += NAMESAKE
    return texts


def _save(stored: Any, names: Sequence[str], *, is_new: bool) -> None:
    """Save only these fields of a record that is stored: the log vouches for no other one."""
    counted = [_VERSION] if hasattr(stored, _VERSION) and not is_new else []
    for name in counted:
        setattr(stored, name, getattr(stored, name) + 1)
    if stored._state.adding:
        stored.save()
        return
    fields = stored._meta.concrete_fields
    dated = [each.name for each in fields if getattr(each, "auto_now", False)]
    stored.save(update_fields=[*names, *counted, *dated])


def _changes(
    labels: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]
) -> list[Change]:
    """Return what reads otherwise than before, in the order of the labels."""
    return [
        Change(name, label, before.get(name, ""), after[name])
        for name, label in labels.items()
        if before.get(name, "") != after[name]
    ]
