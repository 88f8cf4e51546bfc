"""The parts of the guide about the plan: beginning, writing, printing, approval and editions."""

from bcp_portal.ui.help_book import HelpPart, HelpSection

PARTS = (
    HelpPart(
        "copy-at-hand",
        "手元の計画を確かめる",
        15,
        (HelpSection("check-edition", "照会番号で版を確かめる", ("check", "check-code")),),
        public=True,
    ),
    HelpPart(
        "first-plan",
        "最初の計画を作る",
        20,
        (
            HelpSection("first-home", "ホームで今の状態を見る", ("home", "plan:progress")),
            HelpSection(
                "first-blanks",
                "空欄を確かめ、未調査と答える",
                ("plan:blanks", "plan:blank-answer"),
            ),
            HelpSection(
                "first-outline",
                "章立てを選ぶ、変える",
                ("plan:outlines", "plan:outline-change", "plan:outline-result"),
            ),
            HelpSection("first-guide", "手順の案内に沿って進める", ("plan:guide",)),
            HelpSection("first-cover", "表紙と奥付", ("plan:settings",)),
        ),
    ),
    HelpPart(
        "chapters",
        "計画の本文を書く",
        30,
        (
            HelpSection(
                "chapters-order",
                "章・節を並べる、加える、取り除く",
                ("plan:overview", "plan:add", "plan:remove", "plan:removed"),
            ),
            HelpSection(
                "chapters-read", "本文を読む", ("plan:read", "plan:preview", "plan:summary")
            ),
            HelpSection("chapters-edit", "本文を書き直す", ("plan:chapter",)),
            HelpSection("chapters-tables", "表と図を本文に入れる", ("blocks:preview",)),
            HelpSection(
                "chapters-phrases",
                "差し込み語句",
                ("plan:phrases", "plan:phrase", "plan:phrase-own"),
            ),
            HelpSection("chapters-word", "Wordから取り込む", ("plan:word", "plan:word-place")),
            HelpSection(
                "chapters-terms", "用語の印（※）", ("plan:glossary", "plan:glossary-marks")
            ),
        ),
    ),
    HelpPart(
        "print",
        "印刷する",
        50,
        (
            HelpSection(
                "print-plan", "計画を印刷する", ("prints:list", "prints:job", "prints:unprinted")
            ),
            HelpSection("print-cards", "携行カード", ("prints:cards",)),
            HelpSection("print-forms", "手書き用の様式", ("prints:blank-forms",)),
            HelpSection("print-summary", "概要版", ("prints:summary",)),
            HelpSection("print-word", "Wordで受け取る", ("prints:word", "prints:word-template")),
        ),
    ),
    HelpPart(
        "approval",
        "改定・承認・版",
        60,
        (
            HelpSection(
                "approval-draft",
                "改定を起案する",
                ("revisions:list", "revisions:new", "revisions:edit"),
            ),
            HelpSection(
                "approval-submit",
                "提出する、取り下げる",
                ("revisions:submit", "revisions:withdraw"),
            ),
            HelpSection(
                "approval-decide",
                "確認・承認する、差し戻す",
                ("revisions:one", "revisions:content", "revisions:public", "revisions:return"),
            ),
            HelpSection("approval-sheet", "起案書", ("revisions:sheet",)),
            HelpSection(
                "approval-routes",
                "承認の経路を決める",
                ("revisions:routes", "revisions:route", "revisions:step-add", "revisions:step"),
            ),
            HelpSection(
                "editions-read",
                "版を読む、受け取る",
                (
                    "editions:list",
                    "editions:show",
                    "editions:read",
                    "editions:read-personal",
                    "editions:settings",
                ),
            ),
            HelpSection(
                "editions-earlier",
                "これまでの版と改訂一覧",
                ("editions:earlier-new", "editions:earlier-edit"),
            ),
            HelpSection(
                "editions-restore",
                "作業中の内容を版に戻す",
                ("editions:restore", "editions:restored"),
            ),
            HelpSection(
                "editions-compare",
                "新旧対照表で比べる",
                ("comparison:choose", "comparison:show", "comparison:settings"),
            ),
            HelpSection(
                "editions-public",
                "公開版を作る",
                (
                    "public:overview",
                    "public:preview",
                    "public:check",
                    "public:chapters",
                    "public:settings",
                    "public:columns",
                    "public:rows",
                    "editions:public-read",
                ),
            ),
            HelpSection("editions-phone", "版を端末に入れて読む", ("bookshelf:reader",)),
            HelpSection(
                "editions-copies",
                "写しの台帳",
                ("bookshelf:list", "bookshelf:add", "bookshelf:copy"),
            ),
            HelpSection("editions-replace", "冊子を差し替える", ("bookshelf:replacement",)),
        ),
    ),
)
