"""Where Japanese labels are broken."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp_portal.figures.wrapping import width_of, wrap

LABELS = (
    "統括情報セキュリティ責任者",
    "新型インフルエンザ等・健康危機（食中毒、感染症等）",
    "市外への避難が指示されたとき、又は本庁舎やデータセンターで72時間以内に重要情報システムを再開できる見込みがないとき。",
    "総合行政（住記/税/保険/福祉/保育）",
    "電算機管理者があらかじめ指名する情報政策課職員",
    "みほんオペレーション株式会社 データセンター運用",
)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("統括情報セキュリティ責任者", 20, ("統括情報", "セキュリティ責任者")),
        ("業務システムチームリーダー", 20, ("業務システム", "チームリーダー")),
        ("情報政策課情報システム係長", 24, ("情報政策課", "情報システム係長")),
        ("保守事業者（ネットワーク）", 20, ("保守事業者", "（ネットワーク）")),
        (
            "みほん市新型インフルエンザ等対策行動計画",
            24,
            ("みほん市新型", "インフルエンザ", "等対策行動計画"),
        ),
        ("通信が30分を超えて戻らないとき", 16, ("通信が", "30分を超えて", "戻らないとき")),
        ("災害対策本部長", 20, ("災害対策本部長",)),
        ("電話\n＊＊＊", 20, ("電話", "＊＊＊")),
        ("", 20, ("",)),
    ],
)
def test_labels_are_broken_where_a_reader_would(
    text: str, width: int, lines: tuple[str, ...]
) -> None:
    assert wrap(text, width) == lines


@pytest.mark.parametrize("text", LABELS)
@pytest.mark.parametrize("width", [14, 18, 22, 26, 34])
def test_no_line_begins_or_ends_with_a_forbidden_character(text: str, width: int) -> None:
    for before, after in pairwise(wrap(text, width)):
        assert before[-1] not in "（「・" or before[-1] == "・"
        assert after[0] not in "、。）」ーっょ・"


def test_a_comma_may_hang_beyond_the_line() -> None:
    assert wrap("暗号化が進んでいるとき、遮断する。", 22) == (
        "暗号化が進んでいるとき、",
        "遮断する。",
    )


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert wrap("Supercalifragilistic", 12) == ("Supercalifra", "gilistic")


def test_a_name_variant_stays_one_character() -> None:
    name = "葛\U000e0101西"
    assert width_of(name) == 4
    assert "".join(wrap(name * 5, 8)) == name * 5
    assert all(not line.startswith("\U000e0101") for line in wrap(name * 5, 8))


@given(st.text("亜いーア、（）A1 。とき", max_size=40), st.integers(4, 30))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line.rstrip("、。")) <= width for line in lines)
