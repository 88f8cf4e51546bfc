"""An emoji was accepted when saving and then stopped the whole book."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

import bcp_portal
import drills
import plans
import systems
from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.form_factory import Making, Mode, make_field
from bcp_portal.annex.form_fields import PlainTextField, TextParsedField, WordsTextField
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.ui.clean_text_forms import CleanTextMixin
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.text import (
    PrivateUseError,
    UnprintableCharacterError,
    clean_text,
    substituted,
)
from bcp_portal.ui.text_fields import CleanTextField
from plans.models import Chapter, Plan
from plans.printing.glyphs import UnprintableError, set_text, unprintable_in
from plans.text.cleaning import CleaningError, clean_body
from plans.text.phrase_keys import PlaceholderKey, PlaceholderKind
from plans.text.phrase_values import PlaceholderError, stored_value
from tests.conftest import ClientFactory

ENGINE = "🚒"
# What is typed into these is compared or looked for, never stored, or read by a reader of its own.
NOT_KEPT = {
    ("SearchForm", "text"),
    ("SearchForm", "actor"),
    ("SearchForm", "target"),
    ("FilterForm", "q"),
    ("PhraseForm", "value"),  # stored_value(), tested below
    ("DecisionSeatForm", "digest"),
    ("AgreeForm", "digest"),
    ("ReturnForm", "digest"),
}


@pytest.mark.parametrize("text", [f"消防{ENGINE}車", "✅", "確認☑", "1\ufe0f\u20e3", "⭐"])
def test_what_no_font_prints_is_named_with_its_place(text: str) -> None:
    with pytest.raises(UnprintableCharacterError) as refused:
        clean_text(text)
    character = refused.value.character
    clean_text(text.replace(character, ""))  # all else of it is printable
    assert f"「{character}」（{refused.value.code}）は印刷できる字形がない文字" in str(
        refused.value
    )
    assert text[refused.value.position - 1 :].startswith(character)


@pytest.mark.parametrize(
    "text",
    ["①㈱㌔☎℡№〜～♨㊙", "𠮷髙﨑", "葛\U000e0100飾", "辻\U000e0101", "⚠", "一\t二\n三", "한국"],
)
def test_what_some_font_prints_is_kept(text: str) -> None:
    assert clean_text(text) == text
    set_text(text)


def test_a_name_variant_that_no_font_has_is_named() -> None:
    with pytest.raises(UnprintableCharacterError, match=r"2文字目の.*U\+8FBB U\+E01EF"):
        clean_text("（辻\U000e01ef）")


def test_a_style_selector_within_a_variant_is_named_and_replaced_with_it() -> None:
    typed = "辻\ufe0f\U000e01ef"
    text, (refused,) = substituted(f"（{typed}）", "〓")
    assert (text, refused.character, refused.position) == ("（〓）", typed, 2)


def test_joiners_without_width_are_dropped_and_not_refused() -> None:
    assert clean_text("情報\u200d政策\u2060課") == "情報政策課"


def test_field_and_press_agree_on_every_character() -> None:
    for code in (*range(0x20, 0x3100), *range(0x1F000, 0x1FB00)):
        character = chr(code)
        try:
            set_text(character)
        except UnprintableError:
            assert unprintable_in(character) or code in (0xFE0E, 0xFE0F), hex(code)
        else:
            assert not unprintable_in(character), hex(code)


def test_the_name_of_a_file_is_kept_but_for_such_a_character() -> None:
    text, refused = substituted(f"車庫{ENGINE}\ue000.png", "〓")
    assert text == "車庫〓〓.png"
    assert [type(each) for each in refused] == [PrivateUseError, UnprintableCharacterError]


def test_every_text_column_of_every_table_refuses_it(in_scope: Municipality) -> None:
    presentation = Presentation.load(in_scope)
    asked = 0
    for spec in registry.specs():
        for item in Sheet(spec, presentation).editable_items:
            making = Making(item, Mode.GRID, DateStyle.WAREKI, ReferencePool(), None)
            try:
                field = make_field(making)
            except Exception as error:  # a column that needs its row
                raise AssertionError(f"{spec.code}.{item.name}") from error
            if isinstance(field, PlainTextField | WordsTextField | TextParsedField):
                with pytest.raises(ValidationError) as refused:
                    field.clean(f"消防{ENGINE}")
                assert ENGINE in str(refused.value), f"{spec.code}.{item.name}"
                asked += 1
    assert asked > 300


def test_every_form_that_stores_text_refuses_it() -> None:
    unsafe = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _our_forms()
        for name, field in form.base_fields.items()
        if _is_free_text(field)
        and not issubclass(form, CleanTextMixin)
        and not (type(field).clean is not forms.CharField.clean)
        and (form.__name__, name) not in NOT_KEPT
    ]
    assert unsafe == []


def _is_free_text(field: forms.Field) -> bool:
    if not isinstance(field, forms.CharField) or isinstance(
        field, CleanTextField | TextParsedField | forms.EmailField | forms.UUIDField
    ):
        return False
    if isinstance(field.widget, forms.HiddenInput | forms.PasswordInput):
        return False
    return type(field).__name__ not in {"NewUsernameField", "UsernameField", "LinesField"}


def _our_forms() -> Iterator[Any]:
    for package in (bcp_portal, systems, plans, drills):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not any(part in module.name for part in (".settings", "migrations", "wsgi", "asgi")):
                import_module(module.name)
    waiting, seen = [forms.BaseForm], set()
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            ours = form.__module__.partition(".")[0] in {"bcp_portal", "systems", "plans", "drills"}
            if ours and form not in seen and hasattr(form, "base_fields"):
                seen.add(form)
                yield form


def test_a_chapter_names_it_with_the_words_around_it() -> None:
    with pytest.raises(CleaningError, match=f"本文の.*{ENGINE}.*前後の文：「消防{ENGINE}車を」"):
        clean_body("<p>消防<strong>&#x1F692;</strong>車を</p>")
    with pytest.raises(CleaningError, match="図の説明"):
        clean_body(f'<p><img src="image:{"0" * 64}" alt="{ENGINE}"></p>')


def test_a_phrase_names_it() -> None:
    phrase = PlaceholderKey("x", "通信手段", PlaceholderKind.TEXT)
    with pytest.raises(PlaceholderError, match=f"「通信手段」の.*{ENGINE}"):
        stored_value(phrase, f"無線{ENGINE}")


def test_a_chapter_page_says_it_at_the_field_and_loses_nothing(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    plan = Plan.objects.create(municipality=in_scope, title="計画")
    chapter = Chapter.objects.create(
        municipality=in_scope, plan=plan, title="目的", body="<p>目的</p>", position=1
    )
    data = {"version": 1, "title": f"目的{ENGINE}", "body": "<p>書いた文</p>", "guidance": ""}
    response = client_for(Role.EDITOR).post(
        f"/{in_scope.code}/plan/chapters/{chapter.uid}/edit/", data
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert f"3文字目の「{ENGINE}」（U+1F692）は印刷できる字形がない" in page and "書いた文" in page
    chapter.refresh_from_db()
    assert chapter.title == "目的"


def test_what_is_stored_already_stays_readable(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    plan = Plan.objects.create(municipality=in_scope, title="計画")
    Chapter.objects.create(
        municipality=in_scope, plan=plan, title="目的", body=f"<p>{ENGINE}</p>", position=1
    )
    response = client_for(Role.VIEWER).get(f"/{in_scope.code}/plan/preview/")
    assert response.status_code == 200 and ENGINE in response.content.decode()
