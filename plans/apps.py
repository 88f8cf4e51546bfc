"""Tells the registries of the rooms below, and those of its own, what this room has: one method a subject."""

from django.apps import AppConfig
from django.core import checks

from bcp_portal.accounts.permissions import Permission
from bcp_portal.jobs.kinds import JobKind, register_kind
from bcp_portal.ui.glyph_checks import register_glyph_check
from bcp_portal.ui.help_book import help_book
from bcp_portal.ui.navigation import NavigationItem, navigation
from bcp_portal.ui.readiness import OK, register_need

GROUP = "計画"


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "計画"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        self._tables()
        self._jobs()
        self._pages()
        self._print_products()
        self._comparison()
        self._checks()
        self._search()
        self._what_is_due_or_in_the_way()
        self._log_and_archive()

    def _tables(self) -> None:
        from bcp_portal.annex.draft_keys import register_draft_rooms
        from bcp_portal.annex.registry import register_modules
        from plans.annexes import declared as annexes

        register_draft_rooms("chapter", "phrase", "plan", "revision")
        register_modules(annexes.MODULES)

    def _jobs(self) -> None:
        from plans.disposing.housekeeping import register_housekeeping
        from plans.edition_pages.prepared import register_public_files
        from plans.prints.models import PrintJob
        from plans.prints.print_jobs import make_print
        from plans.public_edition.prepared import register_leak_check
        from plans.revisions.issuing import adopt_revisions, make_edition
        from plans.revisions.models.issue_job import IssueJob
        from plans.revisions.prepared import register_before_submit

        register_housekeeping()
        register_kind(JobKind(PrintJob, make_print))
        register_kind(JobKind(IssueJob, make_edition, adopt=adopt_revisions))

        register_leak_check()
        register_before_submit()
        register_public_files()
        register_need("fonts", _fonts)

    def _print_products(self) -> None:
        """Register in the order in which the page of prints offers them."""
        from plans.bookshelf.distribution import PRODUCT as DISTRIBUTION_LIST
        from plans.bookshelf.replacement_print import PRODUCTS as REPLACEMENTS
        from plans.comparison.services import PRODUCT as COMPARISON
        from plans.home.help_print import PRODUCT as STAFF_GUIDE
        from plans.leaflets.products import PRODUCTS as LEAFLETS
        from plans.prints.print_jobs import PLAN_PRODUCT
        from plans.prints.products import register_product
        from plans.revisions.sheet_print import PRODUCT as APPROVAL_SHEET
        from plans.word.outward.product import PRODUCT as WORD_PLAN

        for product in (
            PLAN_PRODUCT,
            *LEAFLETS,
            COMPARISON,
            APPROVAL_SHEET,
            STAFF_GUIDE,
            WORD_PLAN,
            DISTRIBUTION_LIST,
            *REPLACEMENTS,
        ):
            register_product(product)

    def _comparison(self) -> None:
        from plans.comparison.comparables import register_comparables
        from plans.comparison.prepared import register_comparisons
        from plans.comparison.working_copy import working_copy
        from plans.issuing.comparables import editions
        from plans.revisions.comparables import submissions

        register_comparisons()
        for source in (working_copy, submissions, editions):
            register_comparables(source)

    def _checks(self) -> None:
        """Register in the order in which a person reads what is in the way."""
        from bcp_portal.checks.registry import register_check
        from plans.editions import checks as editions
        from plans.issuing import checks as issuing
        from plans.phrases import checks as phrases
        from plans.public_edition import checks as public_edition
        from plans.revisions import checks as revisions

        for check in (
            revisions.REASON,
            revisions.DAY,
            issuing.IN_TURN,
            public_edition.CHOSEN,
            revisions.SETTINGS,
            phrases.UNSET,
            revisions.PARTS,
            editions.PRINTABLE,
            public_edition.NO_LEAK,
            revisions.KIND,
            revisions.SUBMITTER,
            revisions.ROUTE,
            editions.EDITION_QR_CODE,
            editions.PRINT_QR_CODE,
            editions.PRINTED,
            public_edition.NO_LEAK_IN_FILES,
        ):
            register_check(check)

    def _search(self) -> None:
        from bcp_portal.search.sources import register_source
        from plans.chapters.searched import CHAPTERS
        from plans.edition_pages.searched import EDITIONS
        from plans.phrases.searched import PHRASES
        from plans.revisions.searched import REVISIONS

        for source in (CHAPTERS, PHRASES, EDITIONS, REVISIONS):
            register_source(source)

    def _what_is_due_or_in_the_way(self) -> None:
        from bcp_portal.accounts.due_items import register_due
        from bcp_portal.members.consequences import register_consequence
        from plans.annexes.due.reviews import reviews_due
        from plans.blanks.due import blanks_due
        from plans.printing.typed_text import unprintable_when_saved
        from plans.prints.graphviz_check import graphviz_is_installed
        from plans.revisions.alerts import consequences_for_revisions

        checks.register(graphviz_is_installed)
        register_glyph_check(unprintable_when_saved)
        register_due(reviews_due)
        register_due(blanks_due)
        register_consequence(consequences_for_revisions)

    def _log_and_archive(self) -> None:
        from bcp_portal.audit.told_values import told_registry
        from bcp_portal.members.standing_alone import register_account_wait
        from bcp_portal.retention.second_persons import register_second_person_rule
        from plans.disposing.retention_kinds import register_retention
        from plans.disposing.second_person import tie_of
        from plans.proofs.archive_parts import register_archive_parts
        from plans.proofs.log_witnesses import register_log_witnesses
        from plans.proofs.sealed_kinds import register_sealed_kinds
        from plans.proofs.told_kinds import kinds
        from plans.revisions.second_person import account_wait_hours

        register_account_wait(account_wait_hours)
        register_archive_parts()
        register_log_witnesses()
        register_retention()
        register_sealed_kinds()
        register_second_person_rule(tie_of)
        told_registry.register(kinds)

    def _pages(self) -> None:
        from plans.home.help_parts import PARTS

        help_book.register(*PARTS)
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


def _fonts() -> str:
    """Return OK when every family that prints use is installed."""
    from plans.printing.faces import missing_families

    return "missing" if missing_families() else OK
