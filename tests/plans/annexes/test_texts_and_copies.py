"""C-1, C-2, C-11, C-12, C-18, C-19: names used once, readings in kana, dates in order."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bcp_portal.accounts.models import Municipality
from plans.models import (
    ClauseReference,
    GlossaryTerm,
    Manual,
    ManualMaterial,
    Policy,
    Premise,
    StorageCopy,
)
from tests.plans.rows import problems

ONCE = [
    (Policy, {"name": "安全の確保", "content": "人を守る。"}, "同じ名前の方針がすでにあります。"),
    (Premise, {"item": "災害の想定", "content": "地震"}, "同じ項目の前提条件がすでにあります。"),
    (
        GlossaryTerm,
        {"term": "OS", "reading": "おーえす", "text": "基本ソフト"},
        "同じ用語がすでにあります。",
    ),
    (
        Manual,
        {"name": "地震編", "event_details": ["earthquake"]},
        "同じ名前のマニュアルがすでにあります。",
    ),
    (
        ManualMaterial,
        {"name": "ラック配置図", "kind": "figure"},
        "同じ種類に同じ名称の資料がすでにあります。",
    ),
    (
        StorageCopy,
        {"edition": "第2版", "medium": "paper", "place_or_person": "書庫"},
        "同じ版の同じ保管先がすでに登録されています。",
    ),
]


@pytest.mark.parametrize(("model", "values", "sentence"), ONCE)
def test_a_name_is_used_once(
    in_scope: Municipality, model: type, values: dict[str, object], sentence: str
) -> None:
    row = model(municipality=in_scope, **values)
    row.full_clean()
    row.save()

    with pytest.raises(ValidationError, match=sentence):
        model(municipality=in_scope, **values).validate_constraints()


def test_a_reading_is_written_in_kana() -> None:
    term = GlossaryTerm(term="電算センター", reading="電算せんたー")

    assert problems("c-11", term) == [
        (
            "reading",
            "よみ「電算せんたー」にかな以外の文字があります。"
            "漢字・英字・数字も読みのひらがなで入力してください（10大は「じゅうだい」）。",
        )
    ]
    term.reading = "でんさんせんたー"
    assert problems("c-11", term) == []


def test_a_reading_is_required(in_scope: Municipality) -> None:
    with pytest.raises(ValidationError) as caught:
        GlossaryTerm(municipality=in_scope, term="OS", text="基本ソフト").full_clean()

    assert list(caught.value.message_dict) == ["reading"]


def test_a_manual_is_reviewed_after_its_approval(in_scope: Municipality) -> None:
    manual = Manual(
        municipality=in_scope, approved_on=date(2026, 4, 1), next_review=date(2026, 3, 31)
    )

    assert problems("c-12", manual) == [
        (
            "next_review",
            "「次回見直し日」（令和8年3月31日）が「承認日」（令和8年4月1日）より前です。",
        )
    ]
    manual.next_review = date(2026, 4, 1)
    assert problems("c-12", manual) == []


def test_a_copy_is_confirmed_once_it_is_there(in_scope: Municipality) -> None:
    copy = StorageCopy(
        municipality=in_scope, placed_on=date(2026, 4, 2), confirmed_on=date(2026, 4, 1)
    )

    assert problems("c-18", copy) == [
        (
            "confirmed_on",
            "「確認した日」（令和8年4月1日）が「保管した日」（令和8年4月2日）より前です。",
        )
    ]


def test_rows_are_known_by_their_own_words() -> None:
    assert str(Policy(name="安全の確保")) == "安全の確保"
    assert str(Premise(item="災害の想定")) == "災害の想定"
    assert str(ClauseReference(clause="第4条")) == "第4条"
    assert str(StorageCopy(place_or_person="書庫")) == "書庫"
