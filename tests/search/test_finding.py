"""What answers a question, in which order, and where it is said."""

import pytest

from bcp_portal.search.excerpts import AROUND, excerpts
from bcp_portal.search.finding import SearchQuestion, find
from bcp_portal.search.lines import Group, Line, LineAddress, Said, numbers_of

HERE = LineAddress("home")


def line(name: str, *said: str, **more: object) -> Line:
    return Line(name, HERE, tuple(Said("項目", text) for text in said), **more)  # type: ignore[arg-type]


def names(question: str, *groups: Group) -> list[str]:
    return [each.name for found in find(SearchQuestion(question), groups) for each in found.lines]


def group(title: str, *lines: Line, words: tuple[str, ...] = ()) -> Group:
    return Group(title, title, lines, words)


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ("葛󠄀西 美咲", "葛西"),
        ("葛西 美咲", "葛󠄀西"),
        ("𠮷田 健一", "吉田"),
        ("髙﨑 浩", "高崎浩"),
        ("ネットワーク", "ﾈｯﾄﾜｰｸ"),
        ("ねっとわーく", "ネットワーク"),
        ("ＬＧＷＡＮ", "lgwan"),
        ("例示 システム", "例示　システム"),
        ("佐々木 由紀", "佐佐木"),
    ],
)
def test_every_spelling_is_found(stored: str, wanted: str) -> None:
    assert names(wanted, group("表", line(stored), line("別の行"))) == [stored]
    assert names(wanted, group("表", line("行", stored), line("別の行"))) == ["行"]


def test_every_word_must_be_said_but_the_group_may_say_some() -> None:
    power = group("電源", line("UPS", "本庁舎"), line("発電機", "本庁舎"), words=("稼働時間",))
    assert names("本庁舎 UPS", power) == ["UPS"]
    assert names("UPS 稼働時間", power) == ["UPS"]
    assert names("電源 稼働時間", power) == []
    assert names("UPS 支所", power) == []


def test_no_word_is_found_across_two_texts() -> None:
    assert names("総務部情報", group("表", line("行", "総務部", "情報"))) == []


def test_the_best_comes_first_and_what_is_past_last() -> None:
    lines = [
        line("見積り", "市内LAN"),
        line("新しい市内LAN"),
        line("市内LANの機器"),
        line("市内LAN", state="廃止", past=True),
        line("市内LAN"),
    ]
    expected = ["市内LAN", "市内LANの機器", "新しい市内LAN", "見積り", "市内LAN"]
    assert names("市内LAN", group("表", *lines)) == expected


def test_the_group_with_the_best_line_comes_first() -> None:
    first, second = group("甲", line("行", "戸籍")), group("乙", line("戸籍"))
    found = find(SearchQuestion("戸籍"), [first, second])
    assert [each.group.title for each in found] == ["乙", "甲"]


@pytest.mark.parametrize("wanted", ["第3版", "第３版", "第三版", "3版", " 第3版 "])
def test_an_exact_number_comes_first_in_any_digits(wanted: str) -> None:
    editions = group("版", line("第3版", numbers=numbers_of("第3版", "3版")), line("第13版"))
    rows = group("行", line("第3版について"))
    assert names(wanted, rows, editions)[0] == "第3版"


@pytest.mark.parametrize("wanted", ["様式6-1", "様式６－１", "様式６−１", "様式六‐1", "6-1"])
def test_hyphens_of_numbers_are_alike(wanted: str) -> None:
    table = line("改善計画", numbers=numbers_of("様式6-1", "6-1"))
    assert names(wanted, group("表", line("行", wanted), table))[0] == "改善計画"


@pytest.mark.parametrize("nothing", ["", "  ", "　", "\u200b"])
def test_nothing_is_no_question(nothing: str) -> None:
    assert names(nothing, group("表", line("行"))) == []


def test_an_excerpt_shows_the_word_as_it_is_written() -> None:
    text = "あ" * 50 + "𠮷田、葛󠄀西 美咲" + "い" * 50
    (found,) = excerpts(line("行", text), SearchQuestion("葛西美咲").words, most=2)
    assert found.word == "葛󠄀西 美咲"
    assert found.before == "…" + "あ" * (AROUND - 3) + "𠮷田、"
    assert found.behind == "い" * AROUND + "…"
    assert found.label == "項目"


def test_an_excerpt_of_a_long_text_finds_its_place_also_between_two_pieces() -> None:
    for at in (0, 245, 255, 390, 405, 1200):
        text = "あ" * at + "ネットワークの構成" + "い" * (1300 - at)
        (found,) = excerpts(line("行", text), SearchQuestion("ﾈｯﾄﾜｰｸ").words, most=2)
        assert found.word == "ネットワーク", at


def test_what_the_name_says_needs_no_excerpt() -> None:
    assert excerpts(line("市内LAN", "市内LANの機器"), SearchQuestion("市内LAN").words, most=2) == []
