"""Phrases and glossary marks within a line: cleaned, kept, shown, and put into a document."""

from uuid import uuid4

from plans.text.cleaning import clean_body, is_empty_body
from plans.text.inline_marks import PlaceholderUse, placeholders_in, terms_in
from plans.text.markup import readable_text
from plans.text.phrase_words import Words

UID = "0b5f2c1e-0000-4000-8000-00000000000a"
SYSTEM = "0b5f2c1e-0000-4000-8000-00000000000b"
CHIEF = '<span data-placeholder="role_chief"></span>'
OWNER_OF = f'<span data-placeholder="role_owner" data-system="{SYSTEM}"></span>'
TERM = f'<span data-term="{UID}">バッチ</span>処理'


def test_marks_survive_cleaning_wherever_text_may_stand() -> None:
    for body in (
        f"<p>{CHIEF}が決め、<strong>{OWNER_OF}</strong>が行う。</p>",
        f"<ul><li>{CHIEF}</li></ul>",
        f"<table><tbody><tr><td>{TERM}と{CHIEF}</td></tr></tbody></table>",
        f"<p>{TERM}を止める。</p>",
        f'<p><span data-term="{UID}">一部<strong>太</strong>字</span></p>',
    ):
        assert clean_body(body) == body


def test_what_is_no_mark_leaves_only_its_text() -> None:
    raw = (
        '<p><span class="x">字</span><span data-term="no-uid">語</span>'
        f'<span data-term="{UID}"> </span><span data-placeholder=" ">空</span></p>'
        f'<span data-placeholder="role_owner" data-system="no-uid" onclick="x()">古い値</span>'
        "<span><p>段落</p></span>"
    )
    assert clean_body(raw) == (
        '<p>字語 空</p><p><span data-placeholder="role_owner"></span></p><p>段落</p>'
    )


def test_a_mark_inside_a_mark_and_another_spelling_are_set_right() -> None:
    other = str(uuid4())
    raw = f'<p><span data-term="{UID.upper()}">情報<span data-term="{other}">資産</span></span></p>'
    assert clean_body(raw) == f'<p><span data-term="{UID}">情報資産</span></p>'


def test_a_phrase_is_content_even_alone() -> None:
    assert not is_empty_body(f"<p>{CHIEF}</p>")
    assert clean_body(f"<p>{CHIEF}</p><p></p>") == f"<p>{CHIEF}</p>"


def test_uses_are_read_in_order() -> None:
    body = f"<p>{OWNER_OF}{CHIEF}{CHIEF}{TERM}</p>"
    chief = PlaceholderUse("role_chief")
    assert list(placeholders_in(body)) == [PlaceholderUse("role_owner", SYSTEM), chief, chief]
    assert list(terms_in(body)) == [UID]


def words(**values: str) -> Words:
    return Words(
        values={PlaceholderUse(key): text for key, text in values.items()},
        labels={"role_chief": "最高責任者", "role_owner": "責任者"},
        systems={SYSTEM: "住民記録"},
        terms={UID},
    )


def test_a_set_phrase_becomes_text_and_joins_the_text_around_it() -> None:
    shown = words(role_chief="副市長 & <CIO>").put_into(f"<p>第{CHIEF}章</p>")
    assert shown == "<p>第副市長 &amp; &lt;CIO&gt;章</p>"


def test_an_unset_phrase_stays_visible_with_its_name() -> None:
    assert words().put_into(f"<p>{CHIEF}と{OWNER_OF}</p>") == (
        '<p><span data-unset="role_chief">〔最高責任者〕</span>と'
        f'<span data-unset="role_owner" data-system="{SYSTEM}">〔住民記録の責任者〕</span></p>'
    )
    unknown = '<p><span data-placeholder="なくした語句"></span></p>'
    assert "〔なくした語句〕" in words().put_into(unknown)


def test_the_phrase_of_a_system_is_apart_from_that_of_all() -> None:
    general = words(role_owner="情報政策課長")
    assert not general.is_set(PlaceholderUse("role_owner", SYSTEM))
    assert general.text(PlaceholderUse("role_owner")) == "情報政策課長"


def test_a_marked_word_is_signed_at_its_anchor_and_leads_to_its_explanation() -> None:
    assert words().put_into(f"<p>{TERM}</p>") == (
        f'<p><a href="#term-{UID}">バッチ（※）</a>処理</p>'
    )


def test_no_link_stands_inside_a_link() -> None:
    inner = f'<p><a href="https://example.jp"><span data-term="{UID}">CVCF</span>室</a></p>'
    assert words().put_into(inner) == '<p><a href="https://example.jp">CVCF（※）室</a></p>'


def test_a_word_no_longer_explained_is_plain_text() -> None:
    assert Words().put_into(f"<p>{TERM}</p>") == "<p>バッチ処理</p>"


def test_the_log_reads_marks_as_words() -> None:
    assert readable_text(f"<p>{CHIEF}が{TERM}を{OWNER_OF}と決める。</p>") == (
        "〔差し込み：運用継続の最高責任者〕がバッチ（※）処理を"
        "〔差し込み・システム別：運用継続の責任者〕と決める。"
    )
