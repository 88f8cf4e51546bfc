"""Brings the annex library to menu and guide, and its workbooks to what is made in the background."""

from django.apps import AppConfig
from django.db.models import Q

from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex.help_parts import PARTS
from bcp_portal.ui.help_book import help_book
from bcp_portal.ui.navigation import NavigationItem, navigation


class AnnexConfig(AppConfig):
    name = "bcp_portal.annex"
    verbose_name = "様式"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bcp_portal.annex.excel.export import ACTION as EXPORTED
        from bcp_portal.annex.housekeeping import remove_old_drafts
        from bcp_portal.annex.prepared import register_workbooks
        from bcp_portal.annex.searched.source import TABLES
        from bcp_portal.annex.told_kinds import kinds
        from bcp_portal.audit.disposable_entries import register_passing
        from bcp_portal.audit.told_values import told_registry
        from bcp_portal.jobs.housekeeping.chores import register_chore
        from bcp_portal.jobs.housekeeping.orphans import sweep_folder
        from bcp_portal.search.sources import register_source

        told_registry.register(kinds)
        register_passing(lambda: Q(action=EXPORTED))
        register_chore("drafts", remove_old_drafts)
        sweep_folder("annex")
        register_workbooks()
        register_source(TABLES)
        help_book.register(*PARTS)
        navigation.register(
            NavigationItem("様式一覧", "annex:index", Permission.READ_PLAN, 115, "table", "計画")
        )
