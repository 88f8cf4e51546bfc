"""Carry cards on paper: what stands on them, what goes onto a second card, and that nothing is lost."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from bcp_portal.figures.wrapping import width_of
from plans.leaflets.card_content import (
    Call,
    CallList,
    Card,
    HeldRole,
    Issue,
    MusterLine,
    MusterSpot,
)
from plans.leaflets.card_panels import (
    SIZES_PT,
    Panel,
    Wording,
    columns_of,
    lines_of,
    set_panels,
)
from plans.leaflets.cards import Strip, card_parts, strips_of
from plans.printing.book import Description
from plans.printing.press import open_press
from plans.printing.problems import UnprintableTextError
from tests.plans.printing.pdf_reading import ReadPdf, comparable
from tests.plans.printing.tag_checking import faults

ISSUE = Issue(
    municipality="見本市",
    plan_title="ICT業務継続計画書",
    edition="第2版",
    date_text="令和8年4月1日",
    desk="情報政策課 0000-21-0000",
    first_steps=("勤務中：身を守る。",),
    safety_words=("無事", "今いる場所"),
)
CARD = Card(
    name="葛󠄀西 美咲",
    position="情報政策課 主任",
    roles=(HeldRole("災害時", "電算機管理者", 1),),
    automatic=(MusterLine("地震", "震度6弱以上", "全職員"),),
    instructed=(MusterLine("風水害", "災害対策本部の設置", "全職員", "災害対策本部長"),),
    spots=(MusterSpot("", "本庁舎 4階", "東分館 2階", "Web会議"),),
    arrival="40分",
    calls=(
        CallList(
            "指示を受け、報告する：責任者",
            (
                Call("高橋 正和", "部長", ("携090-0000-0015", "電0000-21-2003")),
                Call("佐々木 由紀", "課長補佐"),
                Call("", "あらかじめ指名する職員"),
            ),
        ),
    ),
    safety_calls=(Call("見本 連", "主査", ("携090-1111-0006",)),),
    safety_means="メール、電話",
)


def many_calls(count: int) -> tuple[CallList, ...]:
    calls = tuple(
        Call(f"職員 その{number}", "主査", (f"携090-0000-{number:04}", f"電0000-21-{number:04}"))
        for number in range(1, count + 1)
    )
    return (CallList("指示を伝える相手", calls),)


def text_of(strips: list[Strip]) -> str:
    return "".join(
        panel.title + "".join(line.text + line.right for line in panel.lines)
        for strip in strips
        for panel in strip.panels
    )


def printed(cards: list[Card], folder: Path) -> ReadPdf:
    with open_press(folder / "cache", "cards.css") as press:
        content = press.print_parts(
            card_parts(cards, ISSUE), Description("携行カード", "見本市", "ja"), tagged=True
        )
    return ReadPdf(content, folder)


def test_one_card_says_everything_on_four_panels() -> None:
    (strip,) = strips_of(CARD, ISSUE)
    assert [panel.title for panel in strip.panels] == ["役割", "1 参集", "2 連絡先", "3 安否の報告"]
    text = text_of([strip])
    for said in (
        "災害時：電算機管理者（代行第1順位）",
        "勤務中：身を守る。",
        "地震　震度6弱以上 → 全職員",
        "災害対策本部の設置：風水害（災害対策本部長の指示）",
        "本庁舎 4階",
        "東分館 2階",
        "到着の見込み 40分",
        "1 高橋 正和（部長）",
        "携090-0000-0015 電0000-21-2003",
        "見本 連（主査）",
    ):
        assert said in text


def test_somebody_without_number_is_named_and_a_post_without_person_leaves_room() -> None:
    (strip,) = strips_of(CARD, ISSUE)
    lines = {line.text: line.right for line in strip.panels[2].lines}
    assert lines["2 佐々木 由紀（課長補佐）"] == "番号の登録なし"
    assert "あらかじめ指名する職員" in text_of([strip])
    assert "氏名・番号を記入" in text_of([strip])


def test_somebody_without_role_learns_whom_to_ask() -> None:
    (strip,) = strips_of(Card("見本 新", "総務課"), ISSUE)
    text = text_of([strip])
    assert "様式8に役割の登録はありません" in text
    assert "参集の決まりは登録されていません" in text
    assert "役割による連絡先は登録されていません" in text


def test_what_does_not_fit_goes_onto_a_second_card_and_nothing_is_lost() -> None:
    assert len(strips_of(replace(CARD, calls=many_calls(12)), ISSUE)) == 1
    strips = strips_of(replace(CARD, calls=many_calls(40)), ISSUE)
    assert [(strip.number, strip.count) for strip in strips] == [(1, 2), (2, 2)]
    text = text_of(strips)
    for number in range(1, 41):
        assert f"携090-0000-{number:04} 電0000-21-{number:04}" in text
    continued = strips[1].panels[1]
    assert continued.title == "2 連絡先（続き）"
    assert (continued.lines[0].kind, continued.lines[0].text) == ("head", "↓指示を伝える相手")
    assert all(len(strip.panels) == 4 for strip in strips)


def test_the_shorter_list_of_events_says_where_the_conditions_are() -> None:
    instructed = tuple(
        MusterLine(
            f"事象{number}", f"とても長い条件の文がここに入る場合{number}", "全職員", "本部長"
        )
        for number in range(14)
    )
    (strip,) = strips_of(replace(CARD, instructed=instructed), ISSUE)
    text = text_of([strip])
    assert "条件は計画書の参集ルール" in text
    assert all(f"事象{number}" in text for number in range(14))


def test_every_panel_holds_its_lines_in_width_and_height() -> None:
    long_name = replace(
        CARD,
        name="長い名前の職員さん",
        calls=(*many_calls(25), *CARD.calls),
        roles=tuple(
            HeldRole("情報セキュリティ事象発生時", f"とても長い役割の名前{n}") for n in range(12)
        ),
    )
    for strip in strips_of(long_name, ISSUE):
        for panel in strip.panels:
            assert_fits(panel)


def assert_fits(panel: Panel) -> None:
    assert panel.size_pt in SIZES_PT
    assert min(SIZES_PT) >= 6.5
    assert sum(line.height for line in panel.lines) <= lines_of(panel.size_pt)
    for line in panel.lines:
        hanging = 2 if line.text.endswith(("、", "。")) else 0
        assert width_of(line.text) + width_of(line.right) <= columns_of(panel.size_pt) + hanging


def test_a_paragraph_longer_than_a_panel_is_divided() -> None:
    panels = set_panels("参集", [Wording("長い決まりの文がここに続く。" * 80)])
    assert len(panels) > 2
    assert "".join(line.text for panel in panels for line in panel.lines).count("決まり") == 80
    for panel in panels:
        assert_fits(panel)


def test_a_character_without_glyph_names_the_card(tmp_path: Path) -> None:
    with pytest.raises(UnprintableTextError, match="さんの携行カード"):
        card_parts([replace(CARD, name="\U000fffff")], ISSUE)


def test_two_cards_stand_on_a_sheet_with_their_texts(tmp_path: Path) -> None:
    cards = [replace(CARD, name=f"職員{number}") for number in (1, 2, 3)]
    pdf = printed(cards, tmp_path)
    assert len(pdf.file.pages) == 2
    first, second = pdf.comparable_pages
    assert comparable("職員1") in first and comparable("職員2") in first
    assert comparable("職員3") in second and comparable("職員1") not in second
    for said in ("第2版令和8年4月1日作成", "090-0000-0015", "受領票", "山折り", "谷折り"):
        assert comparable(said) in first
    assert faults(pdf.file) == []
    assert "保険" not in first and "住所" not in first


def test_the_text_of_every_panel_lies_between_its_folds(tmp_path: Path) -> None:
    """Found by another program: the middle line of each panel is where the fold lines put it."""
    pdf = printed([replace(CARD, calls=many_calls(12))], tmp_path)
    command = ["pdftotext", "-bbox-layout", str(pdf.path), "-"]
    page = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    words = re.findall(r'yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">([^<]*)</word>', page)
    mm = 25.4 / 72
    numbers = [w for w in words if "090-0000-" in w[3]]
    panel_height = 54
    top = 26 + 2 * panel_height
    assert len(numbers) == 12
    for y_min, x_max, y_max, _ in numbers:
        assert top < float(y_min) * mm and float(y_max) * mm < top + panel_height
        assert float(x_max) * mm < 15 + 85
