"""Writes what a municipality settles about its annexes: titles, labels, hidden columns, choices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.audit.edits import Edit, plain, save_changes

_ACTION = "設定の変更"


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
    save_changes(
        municipality=municipality,
        actor=actor,
        action=_ACTION,
        edits=[Edit(setting, values, text=plain, tells_all=setting._state.adding)],
        note=f"様式{code}の設定",
    )


@transaction.atomic
def save_columns(
    *, municipality: Municipality, actor: User, code: str, columns: Sequence[ColumnChoice]
) -> None:
    """Set label and use of the columns of one table."""
    stored = {setting.column: setting for setting in ColumnSetting.objects.filter(code=code)}
    save_changes(
        municipality=municipality,
        actor=actor,
        action=_ACTION,
        edits=[
            _edit(
                stored.get(choice.column)
                or ColumnSetting(municipality=municipality, code=code, column=choice.column),
                choice.column,
                choice,
            )
            for choice in columns
        ],
        note=f"表{code}の項目の設定",
    )


@transaction.atomic
def save_options(
    *, municipality: Municipality, actor: User, list_code: str, options: Sequence[OptionChoice]
) -> None:
    """Set the options of one choice list; a code the program does not ship is an added option."""
    stored = {s.value: s for s in ChoiceSetting.objects.filter(list_code=list_code)}
    save_changes(
        municipality=municipality,
        actor=actor,
        action=_ACTION,
        edits=[
            _edit(
                stored.get(option.value)
                or ChoiceSetting(
                    municipality=municipality, list_code=list_code, value=option.value
                ),
                option.value,
                option,
                {"position": position},
            )
            for position, option in enumerate(options)
        ],
        note=f"選択肢{list_code}の設定",
    )


def _edit(
    setting: ColumnSetting | ChoiceSetting,
    name: str,
    choice: ColumnChoice | OptionChoice,
    beside: Mapping[str, object] = MappingProxyType({}),
) -> Edit:
    return Edit(
        setting,
        {"label": choice.label, "hidden": choice.hidden},
        labels={name: name},
        text=_shown,
        beside=beside,
        tells_all=setting._state.adding,
    )


def _shown(setting: ColumnSetting | ChoiceSetting, name: str) -> str:
    return f"{setting.label or '（標準）'}{'・使わない' if setting.hidden else ''}"
