"""What 表5.4-1 to 5.4-5 say where a municipality has not written its own: in our words, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

COMPONENT_NOTES: Mapping[str, str] = {
    "org": "被害を早くつかみ対応する体制、役割、手順書、連絡の手段があるか",
    "facility": "置き場所の強さ、自家発電、電力の系統、水、代わりの拠点はどうか",
    "hardware": "機器の数と場所、予備機の有無はどうか",
    "system_area": "プログラムと設定の写しが、どこに、どのように保管されているか",
    "data_area": "業務のデータの写しが、どこに、どのように保管されているか",
    "network": "庁舎内と庁舎外の回線の事業者、種類、経路は分かれているか",
    "vendor": "災害時の協力、事業継続の力、取決めの内容はどうか",
}
"""What to look at in each COMPONENT, for any event."""


@dataclass(frozen=True)
class Rung:
    """One line of a ladder: the priorities that ask for it, what is done, and its level."""

    priorities: tuple[str, ...]
    goal: str
    level: int


LADDERS: Mapping[str, tuple[Rung, ...]] = {
    "hardware": (
        Rung(("S",), "同時に被災しない拠点に、常に動いている専用の代替機を置き、すぐ切り替える", 4),
        Rung(("A", "B"), "同時に被災しない拠点に、起動した予備機を用意し、切り替えて使う", 3),
        Rung(("C", "D"), "同時に被災しない拠点に、予備の機器を確保し、導入の作業をして使う", 2),
        Rung(("E",), "予備機は置かず、保守契約と部品の入手の見通しを保ち、被災した拠点で直す", 1),
    ),
    "system_area": (
        Rung(("S",), "変更のたびに代替機へ反映し、代替機も本番と同じ手入れをする", 4),
        Rung(("A", "B"), "変更のたびに代替機へ写しを送る", 3),
        Rung(("C", "D"), "変更のたびに写しを取り、予備機のある拠点で保管する", 2),
        Rung(("E",), "写しを遠隔地か堅固な金庫に置く、又は堅固な外部のサービスを使う", 1),
    ),
    "data_area": (
        Rung(("S",), "代替拠点に、直前までのデータがそろっている", 4),
        Rung(("A", "B"), "代替拠点に、数時間前までのデータがそろっている", 3),
        Rung(("C", "D"), "代替拠点に、1日前までのデータがそろっている", 2),
        Rung(("E",), "遠隔地か堅固な金庫に、1週間前までのデータがある", 1),
    ),
    "vendor": (
        Rung(("S", "A", "B"), "レベル2に加え、災害時の対応を契約書や仕様書に定めている", 3),
        Rung(("C", "D"), "レベル1に加え、事業を続ける力を調査などでつかんでいる", 2),
        Rung(("E",), "欠かせない委託先と、その窓口、代理者、代わりの拠点の連絡先が分かっている", 1),
    ),
}
"""The printed ladders for a disaster; `systems/arithmetic/levels.py` holds the same levels."""
