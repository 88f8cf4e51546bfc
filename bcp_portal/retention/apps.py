"""Brings 保存年限 to menu and guide, and its records to the kinds that are sealed."""

from django.apps import AppConfig

from bcp_portal.accounts.permissions import Permission
from bcp_portal.retention.help_parts import PARTS
from bcp_portal.ui.help_book import help_book
from bcp_portal.ui.navigation import NavigationItem, navigation


class RetentionConfig(AppConfig):
    name = "bcp_portal.retention"
    verbose_name = "保存年限"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bcp_portal.audit.disposable_entries import register_passing
        from bcp_portal.retention.kinds import register_retained_kind
        from bcp_portal.retention.log_kinds import log_kinds, signing_in
        from bcp_portal.retention.sealed_kinds import register_sealed_kinds

        for kind in log_kinds():
            register_retained_kind(kind)
        register_passing(signing_in)
        register_sealed_kinds()
        help_book.register(*PARTS)
        navigation.register(
            NavigationItem(
                "保存年限", "retention:list", Permission.DISPOSE, 835, "calendar-event", "管理"
            )
        )
