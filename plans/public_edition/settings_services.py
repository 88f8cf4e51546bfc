"""Writes what the public edition shows: choices, chapters, annexes, columns and rows."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.models import AnnexSetting, ColumnSetting
from bcp_portal.annex.services import save_rows as write_rows
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table import PUBLIC_LABELS, Public
from bcp_portal.annex.table_builder import rows_of
from bcp_portal.audit.edits import Edit, displayed, save_changes
from bcp_portal.audit.services import record
from bcp_portal.audit.told_values import Told
from plans.chapters.models.plan import Plan
from plans.chapters.models.public_setting import PublicSetting
from plans.chapters.services import save_publicity

CHOSEN = "公開する章・節の選択"
ACTION = "公開版の設定の変更"


@transaction.atomic
def save_public_setting(
    *, municipality: Municipality, actor: User, values: Mapping[str, Any]
) -> None:
    """Set the choices that are neither of a chapter nor of an annex."""
    setting, is_new = PublicSetting.objects.select_for_update().get_or_create(
        municipality=municipality
    )
    save_changes(
        municipality=municipality,
        actor=actor,
        action=ACTION,
        edits=[Edit(setting, values, text=_said, tells_all=is_new)],
    )


@transaction.atomic
def choose_chapters(
    *, plan: Plan, actor: User, wanted: Mapping[str, str], opened: Mapping[str, str]
) -> int:
    """Keep what a person chose for each chapter, and that somebody has chosen; return the changes.

    Also who leaves everything hidden has chosen, and is not asked again.
    """
    changed = save_publicity(plan=plan, actor=actor, wanted=wanted, opened=opened)
    municipality = plan.municipality
    setting, is_first = PublicSetting.objects.get_or_create(municipality=municipality)
    if is_first:
        note = f"公開する章・節を選びました（{len(wanted)}件のうち{changed}件を変更）。"
        record(
            municipality=municipality,
            actor=actor,
            action=CHOSEN,
            target=plan,
            note=note,
            told=[Told(setting)],
        )
    return changed


@transaction.atomic
def save_annexes(*, municipality: Municipality, actor: User, values: Mapping[int, str]) -> None:
    """Set the confidentiality of annexes by their number."""
    settings = {setting.code: setting for setting in AnnexSetting.objects.select_for_update()}
    edits = []
    for number, after in values.items():
        setting = settings.get(str(number)) or AnnexSetting(
            municipality=municipality, code=str(number)
        )
        edits.append(
            Edit(
                setting,
                {"confidentiality": after},
                labels={f"annex-{number}": f"様式{number}"},
                text=lambda setting, _: displayed(setting, "confidentiality"),
                tells_all=setting._state.adding,
            )
        )
    save_changes(municipality=municipality, actor=actor, action=ACTION, edits=edits)


@transaction.atomic
def save_public_columns(
    *, municipality: Municipality, actor: User, code: str, columns: Mapping[str, tuple[str, str]]
) -> None:
    """Set what is public of the columns of one table, given as (label, value) by name."""
    stored = {item.column: item for item in ColumnSetting.objects.filter(code=code)}
    edits = []
    for name, (label, after) in columns.items():
        setting = stored.get(name) or ColumnSetting(
            municipality=municipality, code=code, column=name
        )
        edits.append(
            Edit(
                setting,
                {"public": after},
                labels={name: label},
                text=_publicity,
                tells_all=setting._state.adding,
            )
        )
    save_changes(
        municipality=municipality, actor=actor, action=ACTION, edits=edits, note=f"表{code}の項目"
    )


@transaction.atomic
def save_rows(
    *, municipality: Municipality, actor: User, specs: list[AnnexSpec], confidentiality: str
) -> int:
    """Set the confidentiality of all rows in force of some tables, and return how many changed.

    Each is written as if a person had saved it: version, history and log.
    """
    presentation = Presentation.load(municipality)
    count = 0
    for spec in specs:
        sheet = Sheet(spec, presentation)
        rows = rows_of(sheet).exclude(row_status=RowStatus.RETIRED)
        changed = list(rows.exclude(confidentiality=confidentiality))
        for row in changed:
            row.confidentiality = confidentiality
        write_rows(sheet=sheet, actor=actor, rows=[(row, row.version) for row in changed])
        count += len(changed)
    return count


def _publicity(setting: ColumnSetting, name: str) -> str:
    return PUBLIC_LABELS[Public(setting.public)] if setting.public else "（標準）"


def _said(setting: PublicSetting, name: str) -> str:
    value = getattr(setting, name)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return "、".join(value) if isinstance(value, list) else str(value)
