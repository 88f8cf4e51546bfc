"""The marks of changed sentences, against marks that a person set."""

import pytest

from plans.comparison.difference_marks import mark
from plans.comparison.passages import mark_long
from tests.plans.comparison.texts import marked, unmarked

PAIRS = [
    # words and amounts are marked whole, and nothing else of the sentence
    ("職員は〔市民会館〕に参集する。", "職員は〔中央公民館〕に参集する。"),
    ("〔3日〕以内に復旧する。", "〔24時間〕以内に復旧する。"),
    ("〔市民会館〕に、〔3日〕以内に集まる。", "〔中央公民館〕に、〔24時間〕以内に集まる。"),
    ("〔第2版〕を公表する。", "〔第3版〕を公表する。"),
    ("備蓄は〔1,200食〕とする。", "備蓄は〔1,500食〕とする。"),
    ("発電機は〔72時間〕運転できる。", "発電機は〔3日間〕運転できる。"),
    ("令和〔7年〕4月1日から施行する。", "令和〔8年〕4月1日から施行する。"),
    ("連絡は〔0257-23-5111〕に行う。", "連絡は〔0257-21-2222〕に行う。"),
    ("宛先は〔bousai@example.lg.jp〕とする。", "宛先は〔kiki@example.lg.jp〕とする。"),
    ("Windows Server 〔2019〕を使う。", "Windows Server 〔2022〕を使う。"),
    ("〔オンプレミス〕で運用する。", "〔クラウド〕で運用する。"),
    ("〔サーバー〕を起動する。", "〔サーバ〕を起動する。"),
    ("稼働率は〔99.5%〕とする。", "稼働率は〔99.9%〕とする。"),
    ("容量は〔500GB〕である。", "容量は〔2TB〕である。"),
    # what is added or left out is marked on one side only
    ("災害対策本部〔長〕が指揮する。", "災害対策本部が指揮する。"),
    ("責任者の承認を得る。", "責任者〔及び副責任者〕の承認を得る。"),
    ("大規模災害に備える。", "大規模〔な〕災害に備える。"),
    ("地震災害を想定する。", "地震〔津波〕災害を想定する。"),
    ("職員の安否を確認する。", "職員〔とその家族〕の安否を確認する。"),
    ("結果を報告する。", "結果を〔速やかに〕報告する。"),
    ("停電〔、断水〕に備える。", "停電に備える。"),
    ("状況を確認する。", "状況を確認する〔ものとする〕。"),
    # a compound is parted only where most of it stays
    ("危機管理〔課〕が担当する。", "危機管理〔室〕が担当する。"),
    ("災害〔対策〕本部設置時の手順", "災害〔警戒〕本部設置時の手順"),
    ("〔情報システム課〕の職員", "〔情報政策課〕の職員"),
    ("〔東館〕の2階に置く。", "〔西館〕の2階に置く。"),
    ("〔副〕市長が代行する。", "市長が代行する。"),
    ("訓練を〔行う〕。", "訓練を〔実施する〕。"),
    ("復旧〔する〕。", "復旧〔しない〕。"),
    ("総務課、〔税務課〕、会計課", "総務課、〔市民課〕、会計課"),
    ("「〔大地震〕」を想定する。", "「〔豪雨〕」を想定する。"),
    # nothing is left but particles: the whole is another text
    ("〔職員の安否〕。", "〔来庁者の避難〕。"),
    ("〔はい〕", "〔いいえ〕"),
    ("〔山田一郎〕", "〔鈴木花子〕"),
]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_marks_what_a_person_would_underline(old: str, new: str) -> None:
    runs = mark(unmarked(old), unmarked(new))
    assert (marked(runs[0]), marked(runs[1])) == (old, new)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_swapped_texts_have_swapped_marks(old: str, new: str) -> None:
    one = mark(unmarked(old), unmarked(new))
    assert mark(unmarked(new), unmarked(old)) == one[::-1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ＩＣＴ部門は３日以内に復旧する。", "ICT部門は3日以内に復旧する。"),
        ("ｻｰﾊﾞｰを起動する。", "サーバーを起動する。"),
        ("市民　会館に　参集する。", "市民会館に参集する。"),
        ("参集する。\n確認する。", "参集する。確認する。"),
        ("9時〜17時", "9時～17時"),
        ("（見本）", "(見本)"),
        ("電話0257－23－5111", "電話0257-23-5111"),
    ],
)
def test_widths_and_spaces_are_no_change(old: str, new: str) -> None:
    for runs in mark(old, new):
        assert not any(run.changed for run in runs)


def test_widths_beside_a_change_are_not_marked() -> None:
    old, new = mark("ＩＣＴ部門は　市民会館に集まる。", "ICT部門は中央公民館に集まる。")
    assert marked(old) == "ＩＣＴ部門は　〔市民会館〕に集まる。"
    assert marked(new) == "ICT部門は〔中央公民館〕に集まる。"


@pytest.mark.parametrize(
    ("old", "new"), [("高橋", "髙橋"), ("\ufa19田", "神田"), ("10²", "102"), ("手順①", "手順1")]
)
def test_other_characters_are_a_change(old: str, new: str) -> None:
    assert any(run.changed for run in mark(old, new)[1])


def test_an_empty_side_leaves_the_other_wholly_marked() -> None:
    assert [marked(runs) for runs in mark("", "新しい文。")] == ["", "〔新しい文。〕"]


def test_a_long_cell_is_marked_in_the_sentence_that_changed() -> None:
    before = "".join(f"{n}番目の手順では機器{n}の電源を確かめて記録する。\n" for n in range(1, 30))
    after = before.replace("7番目の手順では機器7の電源", "7番目の手順では機器7の配線")
    old, new = mark_long(before, after)
    assert [run.text for run in old if run.changed] == ["電源"]
    assert [run.text for run in new if run.changed] == ["配線"]
    assert "".join(run.text for run in new) == after
