"""The parts of the guide about signing in, the screen, and the people of a municipality."""

from bcp_portal.ui.help_book import HelpPart, HelpSection

PARTS = (
    HelpPart(
        "start",
        "はじめに",
        10,
        (
            HelpSection(
                "sign-in", "サインインする", ("sign-in", "entrance", "password-change", "terminals")
            ),
            HelpSection("screen", "画面の見方", ("help:book", "help:part", "front-help")),
            HelpSection("typing", "入力の決まり", ("annex:drafts",)),
        ),
        public=True,
    ),
    HelpPart(
        "people",
        "利用者と団体の設定",
        80,
        (
            HelpSection(
                "people-members",
                "利用者を追加し、役割を決める",
                (
                    "members:list",
                    "members:add",
                    "members:change",
                    "members:initial-password",
                    "members:decision-code",
                ),
            ),
            HelpSection("people-municipality", "団体の情報", ("members:municipality",)),
        ),
    ),
)
