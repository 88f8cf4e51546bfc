"""Brings accounts and settings to menu and guide, and their records to the kinds that are sealed."""

from django.apps import AppConfig

from bcp_portal.accounts.permissions import Permission
from bcp_portal.members.help_parts import PARTS
from bcp_portal.ui.help_book import help_book
from bcp_portal.ui.navigation import NavigationItem, navigation


class MembersConfig(AppConfig):
    name = "bcp_portal.members"
    verbose_name = "利用者の管理"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bcp_portal.audit.told_values import told_registry
        from bcp_portal.jobs.housekeeping.chores import register_chore
        from bcp_portal.members.housekeeping import remove_old_sign_ins
        from bcp_portal.members.sealed_kinds import register_sealed_kinds
        from bcp_portal.members.told_kinds import kinds

        register_chore("signing in", remove_old_sign_ins)
        told_registry.register(kinds)
        register_sealed_kinds()
        help_book.register(*PARTS)
        navigation.register(
            NavigationItem(
                "利用者と役割", "members:list", Permission.MANAGE_MEMBERS, 810, "people", "管理"
            ),
            NavigationItem(
                "団体の情報",
                "members:municipality",
                Permission.MANAGE_SETTINGS,
                820,
                "building",
                "管理",
            ),
        )
