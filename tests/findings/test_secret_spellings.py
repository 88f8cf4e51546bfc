"""Each hidden value of a small plan, written in forty ways, is found each time."""

from dataclasses import dataclass
from typing import Any

import pytest

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Public, Table, TableRow
from bcp_portal.figures.figure import Figure, FigureLine
from plans.document.document import (
    AnnexPart,
    Cover,
    Document,
    FigureBlock,
    Section,
    TableBlock,
    TextBlock,
)
from plans.document.masking import masked_table
from plans.document.public_choices import PublicChoices
from plans.document.redaction import redact
from plans.public_edition.finder import Finder
from plans.public_edition.finds import Find, finds_in, refusing
from plans.public_edition.hidden_value_collection import hidden_values
from plans.public_edition.hidden_values import HiddenValue, Weight
from tests.findings.ways_of_writing import NUMBER_WAYS, TEXT_WAYS, ways_of, without_first_block

TELEPHONES = {
    "tel": "0422-99-1010",
    "mobile": "090-7707-3107",
    "sat_tel": "88163-99-1002",
    "priority_tel": "0422-99-1003",
    "home_tel": "03-9910-0110",
}
TEXTS = {
    "email": "bcp-secret3@example.jp",
    "note": "サーバー室の鍵は3番引き出しの中",
    "password": "Kx7pQo9z",
    "address": "見本市二宮町3丁目4番5号",
    "place": "守衛室の長机の下",
    "ip": "192.168.10.57",
}
REMARK = "夜間は 090-9910-0009 へ"
PEOPLE = {
    "二宮 力也": "にのみや りきや",
    "長島 青一": "ながしま せいいち",
    "佐々木 桜": "ささき さくら",
}
HIDDEN_SENTENCE = "発電機の燃料は東倉庫のドラム缶に3日分ある"
GUIDANCE = "金庫の番号は総務課長だけが知っている"
PHRASE = "第二データセンター東棟"
FIGURE_WORD = "県立学園の地下電算室"
COLOPHON = "見本市本町1丁目2番3号"
CONTACT_COLUMNS = (
    Column("role", "役割", public=Public.SHOW),
    Column("tel", "電話", Kind.TELEPHONE),
    Column("mobile", "携帯電話", Kind.TELEPHONE, personal=True),
    Column("sat_tel", "衛星電話", Kind.TELEPHONE),
    Column("priority_tel", "災害時優先電話", Kind.TELEPHONE),
    Column("home_tel", "自宅の電話", Kind.TELEPHONE, personal=True),
    Column("email", "電子メール"),
    Column("note", "備考", Kind.LONG_TEXT),
    Column("password", "パスワード"),
    Column("address", "所在地"),
    Column("place", "鍵の場所"),
    Column("ip", "IPアドレス"),
)


def internal(text: str = "<p>計画の目的を定める。</p>") -> Document:
    cells = {"role": "情報班", **TELEPHONES, **TEXTS}
    more = {"role": "情報班", "note": REMARK}
    contacts = Table(
        "9",
        "緊急連絡先一覧",
        CONTACT_COLUMNS,
        (TableRow("c1", cells, "public"), TableRow("c2", more, "public")),
        number=9,
    )
    figure = Figure("fig-x", "電源の図", "", (FigureLine(FIGURE_WORD),))
    chapters = (
        Section("chapter-a", 1, "1", "目的", (TextBlock(text),), confidentiality="public"),
        Section(
            "chapter-b",
            1,
            "2",
            "電源",
            (TextBlock(f"<p>{HIDDEN_SENTENCE}。</p>"), FigureBlock(figure)),
        ),
        Section("chapter-c", 1, "3", "表", (TableBlock(contacts),), confidentiality="public"),
    )
    annexes = (
        AnnexPart(
            "annex-9", 9, "様式9 緊急連絡先一覧", tables=(contacts,), confidentiality="public"
        ),
    )
    cover = Cover(
        "見本市", "ICT業務継続計画", "初版", "令和8年4月1日施行", "情報政策課", draft=False
    )
    return Document(cover, chapters, (), annexes, None, (("所在地", COLOPHON), ("発行", "見本市")))


def rows() -> dict[str, Any]:
    people = [
        {"uid": f"p{at}", "row_no": at, "name": name, "kana": kana}
        for at, (name, kana) in enumerate(PEOPLE.items(), 1)
    ]
    return {
        "tables": {"people": people},
        "chapters": [{"title": "目的", "guidance": f"{GUIDANCE}。", "confidentiality": "public"}],
        "phrases": {
            "own": [{"key": "own_dc", "label": "センター", "kind": "text"}],
            "values": [{"key": "own_dc", "value": PHRASE}],
        },
        "not_secret": [],
    }


def public(text: str = "<p>計画の目的を定める。</p>") -> Document:
    document = internal(text)
    masked = [masked_table(table) for part in document.annexes for table in part.tables]
    assert masked
    return redact(document, PublicChoices())


@dataclass(frozen=True)
class Planted:
    text: str
    number: bool
    personal: bool


PLANTED = (
    *(Planted(text, True, name in {"mobile", "home_tel"}) for name, text in TELEPHONES.items()),
    Planted("090-9910-0009", True, False),
    *(Planted(text, False, False) for text in TEXTS.values()),
    *(Planted(text, False, True) for both in PEOPLE.items() for text in both),
    *(
        Planted(text, False, False)
        for text in (HIDDEN_SENTENCE, GUIDANCE, PHRASE, FIGURE_WORD, COLOPHON)
    ),
)


@pytest.fixture(scope="module")
def hidden() -> list[HiddenValue]:
    return hidden_values(internal(), rows(), public())


@pytest.fixture(scope="module")
def finder(hidden: list[HiddenValue]) -> Finder:
    return Finder(hidden)


def found(html: str, finder: Finder, hidden: list[HiddenValue]) -> list[Find]:
    return finds_in(public(html), finder, hidden)


def test_there_are_forty_ways() -> None:
    assert len(NUMBER_WAYS) >= 40 and len(TEXT_WAYS) >= 40


@pytest.mark.parametrize("planted", PLANTED, ids=[planted.text for planted in PLANTED])
def test_every_spelling_of_every_hidden_value_is_found(
    planted: Planted, finder: Finder, hidden: list[HiddenValue]
) -> None:
    missed = []
    for way, html in ways_of(planted.text, number=planted.number):
        finds = found(html, finder, hidden)
        weights = {find.value.weight for find in finds}
        wanted = Weight.PERSONAL if planted.personal else Weight.SECRET
        if (
            planted.text != FIGURE_WORD
            and not (wanted in weights or (planted.text == PHRASE and weights))
        ) or not finds:
            missed.append((way, html))
        elif not all(find.place.place.startswith("「1 目的」") for find in finds):
            missed.append((way, [find.place.place for find in finds]))
    assert missed == []


@pytest.mark.parametrize("text", [each for each in TELEPHONES.values() if each.startswith("0")])
def test_a_telephone_number_is_found_without_its_first_block(
    text: str, finder: Finder, hidden: list[HiddenValue]
) -> None:
    assert found(without_first_block(text), finder, hidden)


@pytest.mark.parametrize(
    "html",
    [
        "<p>計画の目的を定める。</p>",
        "<p>令和8年4月1日に施行し、毎年4月に見直す。72時間以内に復旧する。</p>",
        "<p>第3条第2項により、090から始まる番号を登録する。</p>",
        "<p>サーバー室は3階にある。鍵は守衛が持つ。</p>",
        "<p>電話がつながらないときは衛星電話を使う。内線は12である。</p>",
        "<p>2026年11月30日、1,234,567円、10.1の会議、192人</p>",
        "<p>二宮町と長島町の職員、力と工夫。</p>",
        "<table><tr><td>0422</td><td>3階</td><td>12</td></tr></table>",
        "<p>情報班は情報政策課に置く。</p>",
    ],
)
def test_an_innocent_text_is_left_alone(
    html: str, finder: Finder, hidden: list[HiddenValue]
) -> None:
    assert refusing(found(html, finder, hidden), ()) == []


def test_a_find_names_row_and_column_of_the_value_and_the_place(
    finder: Finder, hidden: list[HiddenValue]
) -> None:
    (find,) = found("<p>夜間は ０９０の７７０７の３１０７ へ。</p>", finder, hidden)
    assert find.sentence == (
        "「1 目的」の本文に、公開しない値（様式9の「緊急連絡先一覧」の1行目の「携帯電話」）があります。"
    )


def test_a_short_number_is_found_behind_the_name_of_its_column() -> None:
    value = HiddenValue("4512", "様式3の1行目の「暗証番号」", said="暗証番号")
    finder = Finder([value])
    for text in (
        *("暗証番号は4512", "暗証番号：４５１２", "内線4512", "鍵の番号は、4512です"),
        *("内線45-12", "内線四五一二", "内線④⑤①②", "内線4/5/1/2", "内線（4）（5）（1）（2）"),
    ):
        assert finds_in(public(f"<p>{text}</p>"), finder, [value]), text
    for text in ("4512件", "暗証番号は34512", "内線三四五一二", "暗証番号は別に定める。全4512件"):
        assert not finds_in(public(f"<p>{text}</p>"), finder, [value]), text


def test_what_is_meant_to_be_public_is_no_secret() -> None:
    """A number in a public column of telephone numbers may be said elsewhere; in a remark it may not."""
    shown = Column("tel", "電話", Kind.TELEPHONE, public=Public.SHOW)
    remark = Column("note", "備考", Kind.LONG_TEXT, public=Public.SHOW)
    for column, expected in ((shown, []), (remark, ["0422-99-1010"])):
        table = Table(
            "5", "代替拠点", (column,), (TableRow("s", {column.name: "0422-99-1010"}, "public"),)
        )
        section = Section(
            "chapter-d", 1, "4", "拠点", (TableBlock(table),), confidentiality="public"
        )
        document = internal()
        whole = type(document)(
            document.cover, (*document.chapters, section), (), document.annexes, None, ()
        )
        hidden = hidden_values(whole, {"tables": {}}, redact(whole, PublicChoices()))
        texts = [value.text for value in hidden if value.text == "0422-99-1010"]
        assert texts == expected


LETTERS = HiddenValue("若葉市中央一丁目の地下金庫", "様式9の1行目の「備考」")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["若葉市中央", "確認済み", "一丁目の地下金庫"], True),
        (["保管先：若葉市中央", "", "三", "二", "丸", "一丁目の地下金庫（鍵）"], True),
        (["若葉市 中央", "a", "b", "c", "d", "一丁目の地下金庫"], False),
        (["若葉市", "a", "中央一丁目の", "b", "地下金庫"], False),
        (["若葉市中央一丁目の地下金", "a", "庫"], False),
        (["若葉市中央の", "確認済み", "一丁目の地下金庫"], False),
        (["若葉市中央", "確認済み", "この一丁目の地下金庫"], False),
    ],
)
def test_words_in_two_cells_with_others_between(cells: list[str], expected: bool) -> None:
    """What is not found the page of the check names."""
    assert bool(Finder([LETTERS]).find(cells)) is expected
