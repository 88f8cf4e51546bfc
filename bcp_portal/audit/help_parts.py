"""The part of the guide about the operation log."""

from bcp_portal.ui.help_book import HelpPart, HelpSection

PARTS = (
    HelpPart(
        "log",
        "操作記録",
        90,
        (HelpSection("log-entries", "操作記録を調べる", ("audit:list", "audit:entry")),),
    ),
)
