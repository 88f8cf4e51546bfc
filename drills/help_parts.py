"""The part of the guide about drills."""

from bcp_portal.ui.help_book import HelpPart, HelpSection

PARTS = (
    HelpPart(
        "drills",
        "訓練",
        70,
        (HelpSection("drills-programme", "年間の訓練計画", ("drills:programme",)),),
    ),
)
