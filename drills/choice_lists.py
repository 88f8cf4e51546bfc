"""The choice lists of the yearly programme of drills (様式12)."""

from bcp_portal.annex.choices import ChoiceList
from plans.annexes.choice_lists import BLOCK_A, BLOCK_I

DRILL_KIND = ChoiceList(
    "drill_kind",
    (
        ("tabletop", "机上訓練"),
        ("contact", "緊急連絡・安否確認訓練"),
        ("recovery", "システム復旧訓練（リカバリ）"),
        ("switch", "システム切り替え訓練"),
        ("procedure", "手順書確認訓練"),
        ("scenario", "シナリオ提示型訓練"),
        ("blind", "シナリオ非提示型訓練"),
        ("newcomers", "新規配属者教育"),
        ("other", "その他"),
    ),
)

DRILL_METHOD = ChoiceList(
    "drill_method",
    (
        ("internal", "庁内訓練"),
        ("internal_lecturer", "庁内訓練（外部講師）"),
        ("internal_course", "庁内研修"),
        ("external_course", "外部研修"),
        ("joint", "他訓練と合同"),
    ),
)

DRILL_COVERS = ChoiceList(
    "drill_covers",
    (
        ("block_a", BLOCK_A),
        ("block_i", BLOCK_I),
        ("manual", "マニュアル"),
        ("action_plan", "様式10の行動計画"),
    ),
)

GOAL_MET = ChoiceList("drill_goal_met", (("met", "達成"), ("partly", "一部"), ("missed", "未達")))

NEEDS_REVISION = ChoiceList("drill_needs_revision", (("yes", "要"), ("no", "否")))

ISSUE_RESPONSE = ChoiceList(
    "drill_issue_response",
    (
        ("undecided", "未定"),
        ("fixed", "すぐに直した"),
        ("measure", "様式6の対策に登録"),
        ("problem", "様式6の未決定の問題点に登録"),
        ("revision", "計画を見直す"),
        ("none", "対応しない"),
    ),
)
