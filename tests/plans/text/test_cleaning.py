"""Whatever is pasted, a body holds only what we print."""

import pytest

from plans.text.cleaning import (
    MAX_BODY_LENGTH,
    CleaningError,
    clean_body,
    images_in,
    is_empty_body,
    with_image_addresses,
)

SHA = "a1" * 32


def test_scripts_handlers_and_styles_do_not_survive() -> None:
    raw = (
        '<p style="color:red" class="x" onclick="go()">表<script>alert(1)</script></p>'
        "<svg><style><img src=x onerror=alert(1)></style></svg>"
        '<iframe src="https://example.org"></iframe>'
    )
    assert clean_body(raw) == "<p>表</p>"


def test_word_markup_becomes_the_few_tags_we_print() -> None:
    raw = (
        "<h2>見出し</h2><div>一つ目<div>二つ目</div></div>"
        "<blockquote><p>引用</p></blockquote><p><b>太</b><i>斜</i><span>字</span></p>"
    )
    assert clean_body(raw) == (
        "<p>見出し</p><p>一つ目</p><p>二つ目</p><p>引用</p><p><strong>太</strong><em>斜</em>字</p>"
    )


def test_a_table_keeps_merged_cells_and_loses_widths() -> None:
    raw = (
        '<table style="min-width:50px"><colgroup><col style="width:20px"></colgroup><tbody>'
        '<tr><th colspan="2" rowspan="1"><p>区分</p></th></tr>'
        '<tr><td rowspan="3"><p>一</p><p>二</p></td><td><div>甲</div><div>乙</div></td></tr>'
        "</tbody></table>"
    )
    assert clean_body(raw) == (
        '<table><tbody><tr><th colspan="2">区分</th></tr>'
        '<tr><td rowspan="3"><p>一</p><p>二</p></td><td><p>甲</p><p>乙</p></td></tr>'
        "</tbody></table>"
    )


def test_only_our_own_pictures_are_shown() -> None:
    raw = (
        f'<p>前<img src="https://example.org/a.png"><img src="data:image/png;base64,AAAA">'
        f'<img src="image:short"><img src="image:{SHA}" alt="体制図" width="9">後</p>'
    )
    cleaned = clean_body(raw)
    assert cleaned == f'<p>前<img src="image:{SHA}" alt="体制図">後</p>'
    assert images_in(cleaned + cleaned) == [SHA]


def test_a_picture_goes_to_the_editor_by_address_and_comes_back_by_content() -> None:
    stored = f'<p><img src="image:{SHA}" alt="体制図"></p>'
    shown = with_image_addresses(stored, lambda sha: f"/139998/images/{sha}/")
    assert shown == f'<p><img src="/139998/images/{SHA}/" alt="体制図"></p>'
    assert clean_body(shown) == stored
    assert clean_body(shown.replace("/139998", "https://bcp.example/139998")) == stored


def test_links_lead_only_where_links_may_lead() -> None:
    raw = (
        '<p><a href="javascript:alert(1)">悪</a><a href="https://example.org/">良</a>'
        '<a href="#annex-3">様式3</a><a href="//evil">外</a><a href="tel:0257-21-0000">電話</a></p>'
    )
    assert clean_body(raw) == (
        '<p>悪<a href="https://example.org/">良</a><a href="#annex-3">様式3</a>外'
        '<a href="tel:0257-21-0000">電話</a></p>'
    )


def test_a_live_block_is_kept_emptied_and_lifted_out_of_lists() -> None:
    raw = (
        '<ul><li>項目<div data-live-block="17" data-columns="system, rto,rto"'
        ' data-filter=" kind=a;" class="x">様式17の一覧</div></li></ul><p>後</p>'
    )
    assert clean_body(raw) == (
        '<ul><li>項目</li></ul><div data-live-block="17" data-columns="system,rto"'
        ' data-filter="kind=a"></div><p>後</p>'
    )


def test_text_typed_without_any_tag_becomes_paragraphs() -> None:
    assert clean_body("一行目\r\n二行目\r\n\r\n5 < 6 & 7\n") == (
        "<p>一行目<br>二行目</p><p>5 &lt; 6 &amp; 7</p>"
    )


def test_cleaning_twice_changes_nothing() -> None:
    raw = (
        f'<h1>題</h1>地<ul><li><p>a</p><ol><li>b</li></ol></li></ul><img src="image:{SHA}">'
        '<table><caption>表</caption><tr><td>x</td></tr></table><div data-live-block="c-1"></div>'
    )
    once = clean_body(raw)
    assert clean_body(once) == once


def test_a_gaiji_is_refused_with_its_surroundings_even_as_an_entity() -> None:
    with pytest.raises(CleaningError) as refused:
        clean_body("<p>担当は高<strong>&#xE001;</strong>課長です</p>")
    assert "本文の5文字目" in str(refused.value)
    assert "U+E001" in str(refused.value)
    assert "担当は高" in str(refused.value)


def test_a_gaiji_in_an_attribute_is_refused_too() -> None:
    with pytest.raises(CleaningError, match=r"登録できない文字.*U\+E001"):
        clean_body(f'<p><img src="image:{SHA}" alt="\ue001"></p>')


def test_a_name_variant_stays_as_typed() -> None:
    assert clean_body("<p>葛\U000e0100飾</p>") == "<p>葛\U000e0100飾</p>"


def test_too_long_and_too_deep_are_refused_in_words() -> None:
    with pytest.raises(CleaningError, match="本文が長すぎます（200,001文字）"):
        clean_body("あ" * (MAX_BODY_LENGTH + 1))
    with pytest.raises(CleaningError, match="入れ子が深すぎます"):
        clean_body("<ul><li>" * 400)


@pytest.mark.parametrize("body", ["", "<p></p><p> </p>", "<p><br></p>", "<p>&nbsp;</p>"])
def test_a_body_of_blanks_is_empty(body: str) -> None:
    assert clean_body(body) == ""
    assert is_empty_body(body)


@pytest.mark.parametrize(
    "body",
    ["<p>文</p>", '<div data-live-block="17"></div>', f'<p><img src="image:{SHA}" alt=""></p>'],
)
def test_text_a_table_or_a_picture_fill_a_body(body: str) -> None:
    assert not is_empty_body(body)
