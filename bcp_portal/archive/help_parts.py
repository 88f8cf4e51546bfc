"""The part of the guide about taking everything out."""

from bcp_portal.ui.help_book import HelpPart, HelpSection

PARTS = (
    HelpPart(
        "archive",
        "アーカイブ",
        95,
        (
            HelpSection(
                "archive-take",
                "全てのデータを取り出す",
                ("archive:list", "archive:job", "archive:progress"),
            ),
        ),
    ),
)
