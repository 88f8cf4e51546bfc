"""What a chapter cites becomes a link when it exists in this plan, and only then."""

import pytest

from plans.text.cross_references import cites_chapters, link_references

CHAPTERS = {
    "6": "c6",
    "8": "c8",
    "8(1)": "c8-1",
    "8(1)ア": "c8-1-a",
    "8(1)ア(イ)": "c8-1-a-i",
    "10(2)": "c10-2",
    "2.1": "c2-1",
    "5.4.2": "c5-4-2",
    "別表1": "t1",
}


def linked(text: str) -> str:
    return link_references(f"<p>{text}</p>", chapters=CHAPTERS, annexes=range(1, 21))[3:-4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("様式17を見る", '<a href="#annex-17">様式17</a>を見る'),
        ("様式１７", '<a href="#annex-17">様式１７</a>'),
        ("様式 9", '<a href="#annex-9">様式 9</a>'),
        ("様式14-1", '<a href="#annex-14">様式14-1</a>'),
        (
            "（様式3・5）",
            '（<a href="#annex-3">様式3</a>・<a href="#annex-5">5</a>）',
        ),
        (
            "様式10・21・19",
            '<a href="#annex-10">様式10</a>・21・<a href="#annex-19">19</a>',
        ),
        ("第8章", '<a href="#c8">第8章</a>'),
        ("第８章（１）", '<a href="#c8-1">第８章（１）</a>'),
        ("本計画第8章(1)ア", '本計画<a href="#c8-1-a">第8章(1)ア</a>'),
        ("8(1)", '<a href="#c8-1">8(1)</a>'),
        ("8の(1)アのとおり", '<a href="#c8-1-a">8の(1)ア</a>のとおり'),
        ("8(1)サーバ", '<a href="#c8-1">8(1)</a>サーバ'),
        ("8(1)ア（イ）の場合", '<a href="#c8-1-a-i">8(1)ア（イ）</a>の場合'),
        ("2.1節と５．４．２項", '<a href="#c2-1">2.1節</a>と<a href="#c5-4-2">５．４．２項</a>'),
        ("別表1による", '<a href="#t1">別表1</a>による'),
        ("様式17及び10(2)", '<a href="#annex-17">様式17</a>及び<a href="#c10-2">10(2)</a>'),
    ],
)
def test_references_become_links(text: str, expected: str) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "様式21",
        "様式集",
        "第9章",
        "8(9)",
        "震度6(強)",
        "28(1)",
        "1,108(1)件",
        "地方自治法第8章",
        "地域防災計画第8章",
        "「手引」第8章",
        "(1)",
        "2.1倍",
        "12.1節",
        "5.4.9項",
        "別表2",
    ],
)
def test_what_is_not_in_this_plan_stays_text(text: str) -> None:
    assert linked(text) == text


def test_text_inside_a_link_is_left_alone() -> None:
    html = '<p><a href="https://example.org/">様式17と8(1)</a>、<strong>様式1</strong></p>'
    assert link_references(html, chapters=CHAPTERS, annexes=[1, 17]) == (
        '<p><a href="https://example.org/">様式17と8(1)</a>、'
        '<strong><a href="#annex-1">様式1</a></strong></p>'
    )


@pytest.mark.parametrize(
    ("text", "cites"),
    [("第12章(3)で扱う", True), ("2.1節", True), ("様式17のとおり", False), ("震度6強", False)],
)
def test_a_text_that_names_other_chapters_is_known(text: str, cites: bool) -> None:
    assert cites_chapters(f"<p>{text}</p>") is cites


def test_typed_brackets_stay_escaped() -> None:
    assert linked("様式1 &lt;b&gt;") == '<a href="#annex-1">様式1</a> &lt;b&gt;'
