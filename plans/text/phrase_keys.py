"""The phrases a plan leaves open for the municipality to fill in, as the program ships them (most are 〔…〕 in the 政府機関等ガイドライン付録)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class PlaceholderKind(StrEnum):
    """What is asked for; what is printed is always text."""

    TEXT = "text"
    DEPARTMENT = "department"
    ROLE = "role"
    PERSON = "person"
    VENDOR = "vendor"
    YEAR_MONTH = "year_month"
    MONTH = "month"
    MONTH_RANGE = "month_range"
    INTENSITY = "intensity"
    BLANK = "blank"


KIND_LABELS: Mapping[PlaceholderKind, str] = {
    PlaceholderKind.TEXT: "文字",
    PlaceholderKind.DEPARTMENT: "部署",
    PlaceholderKind.ROLE: "役割",
    PlaceholderKind.PERSON: "職員",
    PlaceholderKind.VENDOR: "事業者",
    PlaceholderKind.YEAR_MONTH: "年月",
    PlaceholderKind.MONTH: "月",
    PlaceholderKind.MONTH_RANGE: "月の範囲",
    PlaceholderKind.INTENSITY: "震度",
    PlaceholderKind.BLANK: "未記入の印",
}

OWN_KINDS = tuple(kind for kind in PlaceholderKind if kind is not PlaceholderKind.BLANK)
"""What a municipality may choose for a phrase of its own."""


@dataclass(frozen=True)
class PlaceholderKey:
    """One phrase: the key by which texts name it, what it is called, and what to fill in."""

    key: str
    label: str
    kind: PlaceholderKind = PlaceholderKind.TEXT
    help: str = ""

    @property
    def kind_label(self) -> str:
        return KIND_LABELS[self.kind]

    @property
    def by_system(self) -> bool:
        """Tell whether each information system may have a value of its own."""
        return self.kind in {PlaceholderKind.ROLE, PlaceholderKind.VENDOR, PlaceholderKind.PERSON}

    @property
    def can_be_set(self) -> bool:
        """Tell whether it has a value at all; a mark for 「not written yet」 has none."""
        return self.kind is not PlaceholderKind.BLANK


def _role(key: str, label: str, help: str) -> PlaceholderKey:
    return PlaceholderKey(key, label, PlaceholderKind.ROLE, help)


SHIPPED: tuple[PlaceholderKey, ...] = (
    PlaceholderKey("org", "団体の呼び名", help="本文で自分の団体を指す言葉。例：見本市、本市"),
    PlaceholderKey(
        "org_dept_a",
        "情報システムの部署",
        PlaceholderKind.DEPARTMENT,
        "情報システムを受け持つ部署。例：総務部 情報政策課",
    ),
    PlaceholderKey(
        "org_dept_b",
        "情報システムの部署（2つ目）",
        PlaceholderKind.DEPARTMENT,
        "別の部署も情報システムを受け持つとき、その部署の名称",
    ),
    PlaceholderKey(
        "bcp_date",
        "業務継続計画を定めた年月",
        PlaceholderKind.YEAR_MONTH,
        "全庁の業務継続計画を定めた年月。例：令和5年4月",
    ),
    _role("role_chief", "運用継続の最高責任者", "この計画の全体に責任を持つ役割。例：副市長"),
    _role("role_owner", "運用継続の責任者", "ふだんの備えを取りまとめる役割。例：情報政策課長"),
    _role("role_staff", "運用継続の担当者", "責任者の下で備えを進める役割。例：情報政策課の係長"),
    _role("role_secretariat", "運用継続の事務局", "計画の改定や訓練の世話をする役割や係"),
    _role("role_incident", "インシデント対応の担当者", "情報セキュリティの事故の窓口となる役割"),
    _role("role_work_chief", "発動後の作業の責任者", "計画を発動した後の作業を指揮する役割"),
    _role("role_work_staff", "発動後の作業の担当者", "発動後の作業を手分けして行う役割"),
    _role("role_alt_staff", "代替拠点の担当者", "代わりの拠点で作業を行う役割"),
    _role("role_site_recovery", "被災拠点の復旧の担当者", "被害を受けた拠点に残って直す役割"),
    PlaceholderKey(
        "role_vendor",
        "委託先",
        PlaceholderKind.VENDOR,
        "運用や保守を任せている事業者の名称。システムごとに変えられます",
    ),
    PlaceholderKey(
        "report_to", "危機的事象の報告先", help="最初の知らせを入れる先。例：危機管理課"
    ),
    PlaceholderKey("hq", "対策本部とその責任者", help="例：災害対策本部（本部長：市長）"),
    PlaceholderKey(
        "person",
        "担当者の所属・氏名",
        PlaceholderKind.PERSON,
        "氏名は個人の情報として扱い、見てよい人の印刷にだけ出ます",
    ),
    PlaceholderKey(
        "dept_x", "関係する部署", PlaceholderKind.DEPARTMENT, "協力を求める部署。例：財産管理課"
    ),
    PlaceholderKey(
        "vendor_b", "関係する事業者", PlaceholderKind.VENDOR, "協力を求める事業者の名称"
    ),
    PlaceholderKey("area", "対象とする地域", help="災害が起きたとみなす範囲。例：見本市の全域"),
    PlaceholderKey(
        "quake",
        "自動で集まる震度",
        PlaceholderKind.INTENSITY,
        "連絡を待たずに集まる震度。例：震度6弱以上",
    ),
    PlaceholderKey("typhoon", "集まる基準とする台風", help="例：非常に強い台風が接近するとき"),
    PlaceholderKey(
        "month_training", "教育訓練を行う月", PlaceholderKind.MONTH, "毎年の教育訓練の月。例：4月"
    ),
    PlaceholderKey(
        "month_review",
        "見直しを行う時期",
        PlaceholderKind.MONTH_RANGE,
        "毎年の見直しの時期。例：4月から5月まで",
    ),
    PlaceholderKey(
        "blank",
        "記入が必要",
        PlaceholderKind.BLANK,
        "まだ書いていない箇所の印です。値は持ちません。本文の印を消して、文を書いてください。",
    ),
)

SHIPPED_LABELS: Mapping[str, str] = {phrase.key: phrase.label for phrase in SHIPPED}
