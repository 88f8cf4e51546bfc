"""Writes what the public edition shows: choices, chapters, annexes, columns and rows."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.models import AnnexSetting, ColumnSetting
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table import PUBLIC_LABELS, Public
from bcp_portal.audit.services import Change, record
from plans.models.chapters import Chapter
from plans.models.public_settings import PublicSetting

ACTION = "公開版の設定の変更"


@transaction.atomic
def save_public_setting(
    *, municipality: Municipality, actor: User, values: Mapping[str, Any]
) -> None:
    """Set the choices that are neither of a chapter nor of an annex."""
    setting, _ = PublicSetting.objects.select_for_update().get_or_create(municipality=municipality)
    changes = []
    for name, value in values.items():
        before = getattr(setting, name)
        if before != value:
            label = str(PublicSetting._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            changes.append(Change(name, label, _said(before), _said(value)))
            setattr(setting, name, value)
    if changes:
        setting.save()
        _record(municipality, actor, changes)


@transaction.atomic
def save_chapters(*, municipality: Municipality, actor: User, values: Mapping[str, str]) -> None:
    """Set the confidentiality of chapters by their uid; unknown ones are left out."""
    changes = []
    for chapter in Chapter.objects.select_for_update().filter(uid__in=list(values)):
        before, after = chapter.confidentiality, values[str(chapter.uid)]
        if before != after:
            changes.append(_change(str(chapter.uid), f"章「{chapter.title}」", before, after))
            chapter.confidentiality = after
            chapter.save(update_fields=["confidentiality"])
    if changes:
        _record(municipality, actor, changes)


@transaction.atomic
def save_annexes(*, municipality: Municipality, actor: User, values: Mapping[int, str]) -> None:
    """Set the confidentiality of annexes by their number."""
    settings = {setting.code: setting for setting in AnnexSetting.objects.select_for_update()}
    changes = []
    for number, after in values.items():
        setting = settings.get(str(number)) or AnnexSetting(
            municipality=municipality, code=str(number)
        )
        before = setting.confidentiality
        if before != after:
            changes.append(_change(f"annex-{number}", f"様式{number}", before, after))
            setting.confidentiality = after
            setting.save()
    if changes:
        _record(municipality, actor, changes)


@transaction.atomic
def save_public_columns(
    *, municipality: Municipality, actor: User, code: str, columns: Mapping[str, tuple[str, str]]
) -> None:
    """Set what is public of the columns of one table, given as (label, value) by name."""
    stored = {item.column: item for item in ColumnSetting.objects.filter(code=code)}
    changes = []
    for name, (label, after) in columns.items():
        setting = stored.get(name) or ColumnSetting(
            municipality=municipality, code=code, column=name
        )
        if setting.public != after:
            before = PUBLIC_LABELS[Public(setting.public)] if setting.public else "（標準）"
            changes.append(Change(name, label, before, PUBLIC_LABELS[Public(after)]))
            setting.public = after
            setting.save()
    if changes:
        _record(municipality, actor, changes, note=f"表{code}の項目")


@transaction.atomic
def save_rows(
    *, municipality: Municipality, actor: User, specs: list[AnnexSpec], confidentiality: str
) -> int:
    """Set the confidentiality of all rows in force of some tables, and return how many changed."""
    count = 0
    for spec in specs:
        rows = spec.model.objects.select_for_update().exclude(row_status="retired")
        for row in rows.exclude(confidentiality=confidentiality):
            row.confidentiality = confidentiality
            row.updated_by = actor
            row.version += 1
            row.save(update_fields=["confidentiality", "updated_by", "updated_at", "version"])
            count += 1
    if count:
        label = Confidentiality(confidentiality).label
        names = "、".join(spec.title for spec in specs)
        changes = [Change("confidentiality", "公開区分", "", str(label))]
        _record(municipality, actor, changes, note=f"{names}の行をまとめて（{count}行）")
    return count


def _change(name: str, label: str, before: str, after: str) -> Change:
    labels = dict(Confidentiality.choices)
    return Change(name, label, str(labels[before]), str(labels[after]))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return "、".join(value) if isinstance(value, list) else str(value)


def _record(municipality: Municipality, actor: User, changes: list[Change], note: str = "") -> None:
    record(municipality=municipality, actor=actor, action=ACTION, changes=changes, note=note)
