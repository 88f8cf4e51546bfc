"""Brings the operation log to menu and guide."""

from django.apps import AppConfig

from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.help_parts import PARTS
from bcp_portal.ui.help_book import help_book
from bcp_portal.ui.navigation import NavigationItem, navigation


class AuditConfig(AppConfig):
    name = "bcp_portal.audit"
    verbose_name = "操作記録"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        help_book.register(*PARTS)
        navigation.register(
            NavigationItem(
                "操作記録", "audit:list", Permission.READ_AUDIT, 830, "clock-history", "管理"
            )
        )
