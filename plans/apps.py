"""Application configuration of this room: brings its annexes, pages and due dates to the registries."""

from django.apps import AppConfig
from django.core import checks

from bcp_portal.accounts.permissions import Permission
from bcp_portal.jobs.kinds import Kind, register_kind
from bcp_portal.ui.glyph_checks import register_glyph_check
from bcp_portal.ui.help_book import help_book
from bcp_portal.ui.navigation import NavigationItem, navigation

GROUP = "計画"


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "計画"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bcp_portal.annex.registry import register_modules
        from bcp_portal.members.consequences import register_consequence
        from plans import (
            annexes,
            help_parts,
            print_products,
            print_services,
            review_due,
            system_checks,
        )
        from plans.archive_parts import register_archive_parts
        from plans.blanks.due import blanks_due
        from plans.bookshelf.distribution import PRODUCT as DISTRIBUTION_LIST
        from plans.bookshelf.replacement_print import PRODUCTS as REPLACEMENTS
        from plans.comparison import comparables, sources
        from plans.comparison.services import PRODUCT
        from plans.due_items import register_due
        from plans.editions.portal_address import qr_code_notices
        from plans.help_print import PRODUCT as STAFF_GUIDE
        from plans.leaflets.products import PRODUCTS
        from plans.log_witnesses import register_log_witnesses
        from plans.models.issue_jobs import IssueJob
        from plans.models.print_jobs import PrintJob
        from plans.printing.typed_text import unprintable_when_saved
        from plans.revisions.alerts import consequences_for_revisions
        from plans.revisions.issuing import adopt_revisions, make_edition
        from plans.revisions.notices import register_notices
        from plans.revisions.sheet_print import PRODUCT as APPROVAL_SHEET
        from plans.sealed_kinds import register_sealed_kinds
        from plans.word_out.product import PRODUCT as WORD_PLAN

        register_kind(Kind(PrintJob, print_services.make_print))
        register_kind(Kind(IssueJob, make_edition, adopt=adopt_revisions))
        register_modules(annexes.MODULES)
        register_consequence(consequences_for_revisions)
        register_archive_parts()
        register_log_witnesses()
        register_sealed_kinds()
        register_notices(qr_code_notices)
        register_glyph_check(unprintable_when_saved)
        help_book.register(*help_parts.PARTS)
        register_due(review_due.reviews_due)
        register_due(blanks_due)
        on_the_shelf = (DISTRIBUTION_LIST, *REPLACEMENTS)
        for product in (
            print_services.PLAN_PRODUCT,
            *PRODUCTS,
            PRODUCT,
            APPROVAL_SHEET,
            STAFF_GUIDE,
            WORD_PLAN,
            *on_the_shelf,
        ):
            print_products.register_product(product)
        for source in (sources.working_copy, sources.submissions, sources.editions):
            comparables.register_comparables(source)
        checks.register(system_checks.graphviz_is_installed)
        navigation.register(
            NavigationItem("ホーム", "home", Permission.READ_PLAN, 10, "house", exact=True),
            NavigationItem(
                "章立てと本文", "plan:overview", Permission.READ_PLAN, 110, "journal-text", GROUP
            ),
            NavigationItem(
                "進み具合", "plan:progress", Permission.READ_PLAN, 120, "clipboard-check", GROUP
            ),
            NavigationItem(
                "差し込み語句", "plan:phrases", Permission.READ_PLAN, 122, "pencil", GROUP
            ),
            NavigationItem(
                "用語の印", "plan:glossary", Permission.READ_PLAN, 124, "check2-square", GROUP
            ),
            NavigationItem(
                "新旧対照表",
                "comparison:choose",
                Permission.READ_PLAN,
                128,
                "arrow-left-right",
                GROUP,
            ),
            NavigationItem("改定", "revisions:list", Permission.READ_PLAN, 125, "send", GROUP),
            NavigationItem("版", "editions:list", Permission.READ_PLAN, 126, "shield-check", GROUP),
            NavigationItem(
                "写しの台帳", "bookshelf:list", Permission.READ_PLAN, 127, "building", GROUP
            ),
            NavigationItem(
                "承認の経路",
                "revisions:routes",
                Permission.MANAGE_ROUTES,
                815,
                "diagram-3",
                "管理",
            ),
            NavigationItem("公開版", "public:overview", Permission.READ_PLAN, 129, "eye", GROUP),
            NavigationItem("印刷", "prints:list", Permission.PRINT, 130, "printer", GROUP),
        )
