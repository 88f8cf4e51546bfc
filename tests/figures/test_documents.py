"""The hierarchy of documents."""

from bcp_portal.figures.documents import Hierarchy, Shelf, alternative, graphs
from tests.figures.svg_reading import drawn, smallest_print, words

HIERARCHY = Hierarchy(
    "見本市ICT業務継続計画",
    ("附属資料（様式1～様式20）",),
    above=(Shelf("上位計画・関連計画", ("地域防災計画", "国民保護計画")),),
    below=(Shelf("事象別マニュアル", ("地震編",)), Shelf("手順・図・帳票", ())),
)


def test_documents_stand_in_the_frames_of_their_kinds() -> None:
    text = words(drawn(graphs(HIERARCHY)).svg)
    for expected in ("上位計画・関連計画", "地域防災計画", "見本市ICT業務継続計画", "地震編"):
        assert expected in text
    assert "手順・図・帳票" not in text


def test_the_plan_is_heavy() -> None:
    assert 'stroke-width="2"' in drawn(graphs(HIERARCHY)).svg


def test_the_words_go_from_above_to_below() -> None:
    lines = [line for point in alternative(HIERARCHY) for line in point.lines()]
    assert lines == [
        "本計画が従う文書",
        "　上位計画・関連計画",
        "　　地域防災計画",
        "　　国民保護計画",
        "本計画：見本市ICT業務継続計画",
        "　附属資料（様式1～様式20）",
        "本計画に従う文書",
        "　事象別マニュアル",
        "　　地震編",
    ]


def test_a_plan_without_other_documents_is_drawn_alone() -> None:
    alone = Hierarchy("見本市ICT業務継続計画")
    assert words(drawn(graphs(alone)).svg) == "見本市ICT業務継続計画"
    assert [point.text for point in alternative(alone)] == ["本計画：見本市ICT業務継続計画"]


def test_sixty_boxes_fit_a_page_and_stay_readable() -> None:
    title = "情報システムの停止及び起動に関する手順書"
    shelves = [Shelf(f"区分{n}", tuple(f"{title}{n}-{m}" for m in range(12))) for n in range(5)]
    drawing = drawn(graphs(Hierarchy("計画", (), tuple(shelves[:2]), tuple(shelves[2:]))))
    assert smallest_print(drawing.svg) >= 6.49
    assert f"{title}4-11" in words(drawing.svg)
