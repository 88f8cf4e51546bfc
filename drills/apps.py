"""Brings the tables, guide and page of drills to the registries of the rooms below."""

from django.apps import AppConfig

from bcp_portal.accounts.permissions import Permission
from bcp_portal.ui.help_book import help_book
from bcp_portal.ui.navigation import NavigationItem, navigation


class DrillsConfig(AppConfig):
    name = "drills"
    verbose_name = "訓練"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bcp_portal.annex.registry import register_modules
        from drills import annexes, help_parts
        from drills.retention import register_retention

        register_modules(annexes.MODULES)
        register_retention()
        help_book.register(*help_parts.PARTS)
        navigation.register(
            NavigationItem(
                "訓練計画", "drills:programme", Permission.READ_PLAN, 140, "calendar-event", "計画"
            )
        )
