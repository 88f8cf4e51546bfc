"""The part of the guide about tables: list, row, grid, Excel, settings."""

from bcp_portal.ui.help_book import HelpPart, HelpSection

PARTS = (
    HelpPart(
        "tables",
        "様式と表に書く",
        40,
        (
            HelpSection("tables-index", "様式を選ぶ", ("annex:index",)),
            HelpSection("tables-list", "一覧で探し、並べる", ("annex:list",)),
            HelpSection("tables-row", "1行ずつ書く", ("annex:row", "annex:add", "annex:edit")),
            HelpSection("tables-grid", "表の形でまとめて書く", ("annex:grid",)),
            HelpSection("tables-excel", "Excelに書き出す", ("prepared:job",)),
            HelpSection(
                "tables-import",
                "Excelから取り込む",
                ("annex:import", "annex:import-sheet", "annex:import-job", "annex:import-columns"),
            ),
            HelpSection(
                "tables-history",
                "変更履歴を見る、使わない行を片付ける",
                ("annex:history", "annex:lookers", "annex:delete"),
            ),
            HelpSection(
                "tables-settings",
                "様式の名前・項目・選択肢を変える",
                ("annex:settings", "annex:choices"),
            ),
        ),
    ),
)
