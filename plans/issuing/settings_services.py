"""Changes how a municipality counts its editions."""

from collections.abc import Mapping

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.audit.edits import Edit, save_changes
from plans.editions.models.edition_setting import EditionSetting


@transaction.atomic
def save_edition_setting(
    *, municipality: Municipality, actor: User | None, values: Mapping[str, str]
) -> EditionSetting:
    """Store the rule for the next edition; editions issued before keep their numbers."""
    setting, _ = EditionSetting.objects.select_for_update().get_or_create(municipality=municipality)
    save_changes(
        municipality=municipality,
        actor=actor,
        action="版の番号の設定の変更",
        edits=[Edit(setting, values)],
        target=setting,
    )
    return setting
