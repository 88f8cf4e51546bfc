"""Writes what a municipality settles about its annexes: titles, labels, hidden columns, choices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import models, transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.audit.services import Change, record
from bcp_portal.audit.told_values import Told

_SET_HERE = ("label", "hidden")


@dataclass(frozen=True)
class ColumnChoice:
    """The label (blank: as the program ships it) and use of one column."""

    column: str
    label: str
    hidden: bool


@dataclass(frozen=True)
class OptionChoice:
    """The label (blank: as shipped) and use of one option of a choice list."""

    value: str
    label: str
    hidden: bool


@transaction.atomic
def save_annex_setting(
    *, municipality: Municipality, actor: User, code: str, values: Mapping[str, object]
) -> None:
    """Set title, subtitle, note, managing department, confidentiality and by_reference of one code."""
    setting = AnnexSetting.objects.filter(code=code).first() or AnnexSetting(
        municipality=municipality, code=code
    )
    changes = []
    for name, value in values.items():
        label = str(AnnexSetting._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        before = getattr(setting, name)
        if before != value:
            changes.append(Change(name, label, str(before), str(value)))
            setattr(setting, name, value)
    if changes:
        told = told_setting(setting, [change.name for change in changes])
        setting.save()
        _record(municipality, actor, f"様式{code}の設定", changes, [told])


@transaction.atomic
def save_columns(
    *, municipality: Municipality, actor: User, code: str, columns: Sequence[ColumnChoice]
) -> None:
    """Set label and use of the columns of one table."""
    before = {setting.column: setting for setting in ColumnSetting.objects.filter(code=code)}
    changes, told = [], []
    for choice in columns:
        old = before.get(choice.column)
        was = (old.label, old.hidden) if old else ("", False)
        if was == (choice.label, choice.hidden):
            continue
        setting, is_new = ColumnSetting.objects.update_or_create(
            municipality=municipality,
            code=code,
            column=choice.column,
            defaults={"label": choice.label, "hidden": choice.hidden},
        )
        changes.append(_change(choice.column, was, (choice.label, choice.hidden)))
        told.append(Told(setting, None if is_new else _SET_HERE))
    if changes:
        _record(municipality, actor, f"表{code}の項目の設定", changes, told)


@transaction.atomic
def save_options(
    *, municipality: Municipality, actor: User, list_code: str, options: Sequence[OptionChoice]
) -> None:
    """Set the options of one choice list; a code the program does not ship is an added option."""
    before = {s.value: s for s in ChoiceSetting.objects.filter(list_code=list_code)}
    changes, told = [], []
    for position, option in enumerate(options):
        old = before.get(option.value)
        was = (old.label, old.hidden) if old else ("", False)
        if was == (option.label, option.hidden):
            continue
        setting, is_new = ChoiceSetting.objects.update_or_create(
            municipality=municipality,
            list_code=list_code,
            value=option.value,
            defaults={"label": option.label, "hidden": option.hidden, "position": position},
        )
        changes.append(_change(option.value, was, (option.label, option.hidden)))
        told.append(Told(setting, None if is_new else (*_SET_HERE, "position")))
    if changes:
        _record(municipality, actor, f"選択肢{list_code}の設定", changes, told)


def told_setting(setting: models.Model, names: Iterable[str]) -> Told:
    """Return what the log keeps of a setting about to be saved: all of a new one, else what changes."""
    return Told(setting, None if setting._state.adding else list(names))


def _change(name: str, before: tuple[str, bool], after: tuple[str, bool]) -> Change:
    return Change(name, name, _shown(*before), _shown(*after))


def _shown(label: str, hidden: bool) -> str:
    return f"{label or '（標準）'}{'・使わない' if hidden else ''}"


def _record(
    municipality: Municipality,
    actor: User,
    note: str,
    changes: Sequence[Change],
    told: Sequence[Told],
) -> None:
    record(
        municipality=municipality,
        actor=actor,
        action="設定の変更",
        changes=changes,
        note=note,
        told=told,
    )
