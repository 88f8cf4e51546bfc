"""The part of the guide about searching everything."""

from bcp_portal.ui.help_book import HelpPart, HelpSection

PARTS = (
    HelpPart(
        "search",
        "探す",
        15,
        (HelpSection("search-everything", "全体から探す", ("search:results",)),),
    ),
)
