"""Writes what a municipality settles about its annexes: titles, labels, hidden columns, choices."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.former_labels import (
    FIELD,
    labels_after_renaming,
    labels_without,
    said_labels,
)
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.annex.renamed_columns import tell_renamed
from bcp_portal.audit.edits import Edit, plain, save_changes

RENAMED, FORGOTTEN = "設定の変更", "以前の名前を外す"
"""A former name is not printed: who takes one away has written nothing of the plan."""


@dataclass(frozen=True)
class ColumnChoice:
    """The label (blank: as the program ships it) and use of one column.

    Of what it was called before, the `forgotten` labels are no longer understood in files.
    """

    column: str
    label: str
    hidden: bool
    forgotten: tuple[str, ...] = ()
    is_shipped: bool = True


@dataclass(frozen=True)
class OptionChoice:
    """The label (blank: as shipped) and use of one option of a choice list; see `ColumnChoice`."""

    value: str
    label: str
    hidden: bool
    forgotten: tuple[str, ...] = ()
    is_shipped: bool = True


@transaction.atomic
def save_annex_setting(
    *,
    municipality: Municipality,
    actor: User,
    code: str,
    values: Mapping[str, object],
    forgotten: Collection[str] = (),
) -> None:
    """Set title, subtitle, note, managing department, confidentiality and by_reference of one code.

    The `forgotten` titles of before are no longer understood in files.
    """
    _lock(municipality)
    setting = AnnexSetting.objects.filter(code=code).first() or AnnexSetting(
        municipality=municipality, code=code
    )
    note = f"様式{code}の設定"
    _forget(municipality, actor, [(setting, code, forgotten)], note)
    title = str(values.get("title", setting.title))
    save_changes(
        municipality=municipality,
        actor=actor,
        action=RENAMED,
        edits=[
            Edit(
                setting,
                values,
                text=plain,
                beside=_kept(setting, setting.title, title),
                tells_all=setting._state.adding,
            )
        ],
        note=note,
    )


@transaction.atomic
def save_columns(
    *, municipality: Municipality, actor: User, code: str, columns: Sequence[ColumnChoice]
) -> None:
    """Set label and use of the columns of one table."""
    _lock(municipality)
    stored = {setting.column: setting for setting in ColumnSetting.objects.filter(code=code)}
    chosen = [
        (
            stored.get(choice.column)
            or ColumnSetting(municipality=municipality, code=code, column=choice.column),
            choice,
        )
        for choice in columns
    ]
    renamed = [choice.column for setting, choice in chosen if setting.label != choice.label]
    note = f"表{code}の項目の設定"
    _forget(municipality, actor, [(s, c.column, c.forgotten) for s, c in chosen], note)
    save_changes(
        municipality=municipality,
        actor=actor,
        action=RENAMED,
        edits=[_edit(setting, choice.column, choice) for setting, choice in chosen],
        note=note,
    )
    tell_renamed(municipality, code, renamed)


@transaction.atomic
def save_options(
    *, municipality: Municipality, actor: User, list_code: str, options: Sequence[OptionChoice]
) -> None:
    """Set the options of one choice list; a code the program does not ship is an added option."""
    _lock(municipality)
    stored = {s.value: s for s in ChoiceSetting.objects.filter(list_code=list_code)}
    chosen = [
        (
            stored.get(option.value)
            or ChoiceSetting(municipality=municipality, list_code=list_code, value=option.value),
            option,
        )
        for option in options
    ]
    note = f"選択肢{list_code}の設定"
    _forget(municipality, actor, [(s, o.value, o.forgotten) for s, o in chosen], note)
    save_changes(
        municipality=municipality,
        actor=actor,
        action=RENAMED,
        edits=[
            _edit(setting, option.value, option, {"position": position})
            for position, (setting, option) in enumerate(chosen)
        ],
        note=note,
    )


def _lock(municipality: Municipality) -> None:
    """Let who settles something at the same time wait: both may be the first to name a column."""
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)


def _edit(
    setting: ColumnSetting | ChoiceSetting,
    name: str,
    choice: ColumnChoice | OptionChoice,
    beside: Mapping[str, object] = MappingProxyType({}),
) -> Edit:
    # An option that a municipality adds was called nothing before.
    is_first = setting._state.adding and not choice.is_shipped
    kept = {FIELD: []} if is_first else _kept(setting, setting.label, choice.label)
    return Edit(
        setting,
        {"label": choice.label, "hidden": choice.hidden},
        labels={name: name},
        text=_shown,
        beside={**beside, **kept},
        tells_all=setting._state.adding,
    )


def _kept(setting: models.Model, before: str, after: str) -> dict[str, list[Any]]:
    """Return what is kept of the names of before, where it changes."""
    if before == after:
        return {}
    former = getattr(setting, FIELD)
    return {FIELD: labels_after_renaming(former, before, after, timezone.now())}


def _forget(
    municipality: Municipality,
    actor: User,
    wanted: Iterable[tuple[models.Model, str, Collection[str]]],
    note: str,
) -> None:
    """Take former names away, each given with its setting and what the log calls that."""
    edits = []
    for setting, name, forgotten in wanted:
        former, label = getattr(setting, FIELD), _label(setting)
        kept = labels_without(former, label, forgotten)
        if len(kept) < len(labels_without(former, label, ())):
            edits.append(
                Edit(
                    setting,
                    {FIELD: kept},
                    labels={name: f"{name}の以前の名前"},
                    text=lambda stored, _: said_labels(getattr(stored, FIELD), _label(stored)),
                )
            )
    save_changes(municipality=municipality, actor=actor, action=FORGOTTEN, edits=edits, note=note)


def _label(setting: models.Model) -> str:
    return str(getattr(setting, "label", "") or getattr(setting, "title", ""))


def _shown(setting: ColumnSetting | ChoiceSetting, name: str) -> str:
    return f"{setting.label or '（標準）'}{'・使わない' if setting.hidden else ''}"
