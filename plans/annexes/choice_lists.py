"""The choice lists that several tables of this room share, so that one code means one thing."""

from bcp_portal.annex.choices import ChoiceList
from plans.document.annex_numbers import ANNEX_NUMBERS

ANNEXES = ChoiceList(
    "annex_number", tuple((str(number), f"様式{number}") for number in ANNEX_NUMBERS)
)

REVIEW_TARGETS = ChoiceList("review_target", (("body", "計画書本文"), *ANNEXES.options))

STRUCTURE = ChoiceList(
    "response_structure",
    (
        ("normal", "平常時（運用推進）"),
        ("disaster", "災害時"),
        ("security", "情報セキュリティ事象発生時"),
        ("infection", "感染症流行時"),
    ),
)

TEAM = ChoiceList(
    "response_team",
    (
        ("head", "責任者"),
        ("liaison", "連絡調整チーム"),
        ("infrastructure", "インフラチーム"),
        ("applications", "業務システムチーム"),
        ("secretariat", "事務局"),
        ("csirt", "CSIRT・インシデント対応チーム"),
        ("vendor", "外部事業者"),
        ("other", "その他"),
    ),
)

TIME_BAND = ChoiceList(
    "action_time_band",
    (
        ("working_hours", "勤務時間内（平日昼間）"),
        ("off_hours", "勤務時間外（夜間・休日）"),
        ("any", "共通"),
    ),
)

PHASE = ChoiceList(
    "action_phase", (("initial", "初動"), ("substitute", "代替"), ("recovery", "復旧"))
)
PHASE_ORDER = ("initial", "substitute", "recovery")
"""The PHASE codes in the order in which a plan runs through them."""

BLOCK_A = "ア 代替拠点設置計画立案まで"
BLOCK_I = "イ 代替拠点設置後の通常業務復旧まで"

REVIEW_CYCLE = ChoiceList(
    "review_cycle", (("occasional", "随時"), ("quarterly", "四半期"), ("annual", "年次"))
)
