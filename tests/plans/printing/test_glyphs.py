"""Which font a character gets, and which characters are refused."""

import pytest

from plans.printing.faces import GOTHIC, LAST_RESORT, NAMES, FontMissingError, find_face
from plans.printing.glyphs import UnprintableError, runs, set_text


def test_text_of_the_usual_font_is_only_escaped() -> None:
    assert set_text("<b>渡邉 & 髙﨑</b>") == "&lt;b&gt;渡邉 &amp; 髙﨑&lt;/b&gt;"


def test_adobe_variant_stays_in_biz_ud_and_moji_joho_variant_goes_to_ipamj() -> None:
    assert set_text("葛\U000e0100飾") == "葛\U000e0100飾"
    assert set_text("葛\U000e0102飾区の長") == '<span class="mj">葛\U000e0102飾区</span>の長'


def test_a_name_stands_in_one_typeface_and_the_sentence_around_it_does_not() -> None:
    assert runs("担当は\U00020bb7田花子です") == [
        (GOTHIC, "担当は"),
        (NAMES, "\U00020bb7田花子"),
        (GOTHIC, "です"),
    ]


def test_a_sign_that_only_the_last_font_has_is_marked_alone() -> None:
    assert runs("電話ガス➀") == [(GOTHIC, "電話ガス"), (LAST_RESORT, "➀")]


def test_two_rare_names_in_one_text_are_both_marked() -> None:
    assert runs("葛\U000e0102、\U00020bb7") == [
        (NAMES, "葛\U000e0102"),
        (GOTHIC, "、"),
        (NAMES, "\U00020bb7"),
    ]


def test_style_selectors_of_emoji_are_dropped() -> None:
    assert set_text("☎\ufe0f 内線") == "☎ 内線"


@pytest.mark.parametrize(
    ("text", "cluster", "code"),
    [
        ("本庁\ue000舎", "\ue000", "U+E000"),
        ("葛\U000e01ef飾", "葛\U000e01ef", "U+845B U+E01EF"),
        ("完了😀", "😀", "U+1F600"),
    ],
)
def test_what_no_font_has_is_refused_by_name(text: str, cluster: str, code: str) -> None:
    with pytest.raises(UnprintableError) as caught:
        set_text(text)
    assert (caught.value.cluster, caught.value.code) == (cluster, code)


def test_a_font_that_is_not_installed_is_named_with_its_package() -> None:
    with pytest.raises(FontMissingError) as caught:
        find_face("No Such Family")
    assert "「No Such Family」" in caught.value.message
