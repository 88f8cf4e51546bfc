"""The chart of a response organisation."""

from itertools import count

import pytest

from bcp_portal.figures.figure import text_of
from bcp_portal.figures.organisation import (
    Deputy,
    OrganisationBox,
    alternative,
    graphs,
    loop_note,
    without_loops,
)
from tests.figures.svg_reading import drawn, elements, size, smallest_print, words

CHIEF = OrganisationBox(
    "1", "災害対策本部長", "市長", deputies=(Deputy(1, "副市長"), Deputy(2, "総務部長"))
)
MANAGER = OrganisationBox("2", "電算機管理者", "情報政策課長", "見本 確", superior="1")
TEAM = OrganisationBox("3", "インフラチーム", superior="2", deputies=(Deputy(1, "", "中村 大輔"),))
ROLES = (CHIEF, MANAGER, TEAM)


def test_every_role_and_deputy_is_drawn() -> None:
    text = words(drawn(graphs(ROLES)).svg)
    for expected in ("災害対策本部長", "市長", "1副市長", "2総務部長", "電算機管理者", "見本確"):
        assert expected in text
    assert "1職の記載なし中村大輔" in text


def test_deputies_are_dashed_and_roles_are_not() -> None:
    svg = drawn(graphs(ROLES)).svg
    outlines = [e for e in elements(svg) if e.get("stroke") not in (None, "none")]
    assert len([e for e in outlines if e.get("stroke-dasharray")]) >= 3
    plain = drawn(graphs([OrganisationBox("1", "本部長")])).svg
    assert "stroke-dasharray" not in plain


def test_the_words_say_who_reports_to_whom_and_who_stands_in() -> None:
    lines = [line for point in alternative(ROLES) for line in point.lines()]
    assert lines == [
        "災害対策本部長（市長）",
        "　代行者1 副市長",
        "　代行者2 総務部長",
        "　災害対策本部長の指示を受ける役割",
        "　　電算機管理者（情報政策課長　見本 確）",
        "　　　電算機管理者の指示を受ける役割",
        "　　　　インフラチーム",
        "　　　　　代行者1 職の記載なし　中村 大輔",
    ]


def test_a_superior_of_another_list_counts_as_none() -> None:
    roles = [OrganisationBox("1", "班長", superior="99")]
    assert [point.text for point in alternative(roles)] == ["班長"]
    assert "班長" in words(drawn(graphs(roles)).svg)


def test_a_circle_of_command_is_cut_open_drawn_and_named() -> None:
    roles = [
        OrganisationBox("1", "本部長", superior="2"),
        OrganisationBox("2", "班長", superior="1"),
        OrganisationBox("3", "班員", superior="2"),
        OrganisationBox("4", "甲", superior="5"),
        OrganisationBox("5", "乙", superior="4"),
        OrganisationBox("6", "独り", superior="6"),
    ]
    whole, loops = without_loops(roles)
    assert loops == [["本部長", "班長", "本部長"], ["甲", "乙", "甲"], ["独り", "独り"]]
    drawing, text = drawn(graphs(whole)), text_of(alternative(whole))
    assert all(role.name in words(drawing.svg) and role.name in text for role in roles)
    assert loop_note(loops[:1]) == (
        "上位の役割が一巡しています（本部長→班長→本部長）。図では「本部長」を上に置きました。"
        "様式8で、このうち1つの役割の「上位の役割」を直してください。"
    )


def test_an_organisation_without_a_circle_stays_as_it_is() -> None:
    roles = [OrganisationBox("1", "本部長"), OrganisationBox("2", "班長", superior="1")]
    assert without_loops(roles) == (roles, [])
    assert loop_note([]) == ""


def _organisation(parents: list[int | None], deputies: int = 0) -> list[OrganisationBox]:
    names = ("連絡調整チームリーダー", "保守事業者（ネットワーク）", "復旧作業担当者（被災拠点）")
    posts = ("情報政策課長補佐", "情報政策課ネットワーク係長", "市民課主査")
    return [
        OrganisationBox(
            str(at),
            f"{names[at % 3]}{at}",
            posts[at % 3],
            "＊＊＊",
            "" if parent is None else str(parent),
            tuple(Deputy(n, posts[n % 3], "＊＊＊") for n in range(1, deputies + 1)),
        )
        for at, parent in zip(count(), parents, strict=False)
    ]


SHAPES = {
    "all report to one": _organisation([None, *[0] * 59]),
    "five teams": _organisation([None, *[0] * 5, *(1 + at % 5 for at in range(54))]),
    "three below each": _organisation([None, *((at - 1) // 3 for at in range(1, 60))]),
    "two below each": _organisation([None, *((at - 1) // 2 for at in range(1, 60))]),
    "two deputies each": _organisation([None, 0, *[1] * 4, *(2 + at % 4 for at in range(14))], 2),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_sixty_boxes_fit_a_page_and_stay_readable(shape: str) -> None:
    roles = SHAPES[shape]
    drawing = drawn(graphs(roles))
    width, height = size(drawing.svg)
    assert smallest_print(drawing.svg) >= 6.49
    assert (width, height) <= ((750, 430) if drawing.landscape else (460, 632))
    text = words(drawing.svg)
    for role in roles:
        assert role.name in text


def test_a_chart_that_fits_upright_does_not_lie() -> None:
    """A line of four heads with five teams: in landscape, it was smaller, and the book had to be turned."""
    roles = _organisation([None, 0, 1, 2, 3, 3, 3, 3, 3, 6, 6, 7], 2)
    drawing = drawn(graphs(roles))
    assert not drawing.landscape
    assert drawing.scale > 0.78
