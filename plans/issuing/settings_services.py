"""Changes how a municipality counts its editions."""

from collections.abc import Mapping

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.audit.services import Change, record
from plans.editions.models.edition_setting import EditionSetting


@transaction.atomic
def save_edition_setting(
    *, municipality: Municipality, actor: User | None, values: Mapping[str, str]
) -> EditionSetting:
    """Store the rule for the next edition; editions issued before keep their numbers."""
    setting, _ = EditionSetting.objects.select_for_update().get_or_create(municipality=municipality)
    changes = []
    for name, value in values.items():
        before = getattr(setting, name)
        if before != value:
            label = str(EditionSetting._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            shown = _shown(setting, name)
            setattr(setting, name, value)
            changes.append(Change(name, label, shown, _shown(setting, name)))
    if changes:
        setting.save()
        record(
            municipality=municipality,
            actor=actor,
            action="版の番号の設定の変更",
            target=setting,
            changes=changes,
        )
    return setting


def _shown(setting: EditionSetting, name: str) -> str:
    shown = getattr(setting, f"get_{name}_display", None)
    return str(shown() if shown else getattr(setting, name))
