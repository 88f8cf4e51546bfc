"""The part of the guide about keeping records and disposing of them."""

from bcp_portal.ui.help_book import HelpPart, HelpSection

PARTS = (
    HelpPart(
        "keeping-records",
        "保存年限",
        94,
        (
            HelpSection(
                "retention",
                "記録の保存年限を決め、過ぎたものを廃棄する",
                ("retention:list", "retention:due", "retention:proposal"),
            ),
        ),
    ),
)
