"""The muster flow."""

from bcp_portal.figures.muster import Rule, alternative, graphs
from tests.figures.svg_reading import drawn, smallest_print, words

RULES = (
    Rule("地震", "震度6弱以上", "自動参集（現地）", "全職員"),
    Rule("地震", "震度5強以上", "自動参集（現地）", "職員の40%", with_headquarters=True),
    Rule("サイバー攻撃", "責任者の判断", "指示により参集", "CSIRT調査担当", "CSIRT責任者"),
)


def test_events_conditions_and_outcomes_are_drawn() -> None:
    text = words(drawn(graphs(RULES)).svg)
    assert text.count("地震") == 1
    for expected in (
        "震度6弱以上",
        "震度5強以上",
        "災害対策本部が設置されたとき",
        "職員の40%",
        "CSIRT責任者の指示により参集",
    ):
        assert expected in text
    assert text.count("災害対策本部が設置されたとき") == 1


def test_the_words_follow_the_flow() -> None:
    lines = [line for point in alternative(RULES) for line in point.lines()]
    assert lines == [
        "地震",
        "　震度6弱以上",
        "　　自動参集（現地）、参集者：全職員",
        "　震度5強以上、かつ災害対策本部が設置されたとき",
        "　　自動参集（現地）、参集者：職員の40%",
        "サイバー攻撃",
        "　責任者の判断",
        "　　CSIRT責任者の指示により参集、参集者：CSIRT調査担当",
    ]


def test_the_first_event_stands_at_the_top() -> None:
    text = words(drawn(graphs(RULES)).svg)
    assert text.index("地震") < text.index("サイバー攻撃")


def test_sixty_boxes_fit_a_page_and_stay_readable() -> None:
    rules = [
        Rule(
            f"武力攻撃事態・緊急対処事態{n // 2}",
            f"重要情報システムが{n}時間を超えて止まる見込みのとき",
            "指示により参集（現地・オンライン）",
            "電算機管理者、業務システムチームリーダー、包括OS受託者（統括責任者）",
            "電算機管理者",
            with_headquarters=n % 3 == 0,
        )
        for n in range(21)
    ]
    drawing = drawn(graphs(rules))
    assert smallest_print(drawing.svg) >= 6.49
    assert "重要情報システムが20時間を超えて止まる見込みのとき" in words(drawing.svg)
