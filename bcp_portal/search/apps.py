"""Brings the search to guide and registry: what it finds of its own are the pages and the guide."""

from django.apps import AppConfig

from bcp_portal.search.help_parts import PARTS
from bcp_portal.ui.help_book import help_book


class SearchConfig(AppConfig):
    name = "bcp_portal.search"
    verbose_name = "検索"

    def ready(self) -> None:
        from bcp_portal.search.own_sources import GUIDE, PAGES
        from bcp_portal.search.sources import register_source

        help_book.register(*PARTS)
        register_source(PAGES)
        register_source(GUIDE)
