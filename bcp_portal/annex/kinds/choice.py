"""One choice of a list, or several."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import forms
from django.db import models

from bcp_portal.annex import fields
from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.kinds.declaration import Choices, FieldMaking, Kind
from bcp_portal.annex.kinds.looks import NEVER_LOOKED_FOR, NO, SEVERAL, YES, PrintLook
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.text import match_key

_YES_WORDS = ("有", "あり", "有り", "はい", "可", "要", "対応", "済")
_NO_WORDS = ("無", "なし", "無し", "いいえ", "不可", "不要", "非対応", "未")
_BETWEEN_PARTS = re.compile(r"[・／/（）()、，,]+")


class ChoiceKind(Kind):
    """Cell: code."""

    code = "choice"
    rule = "選択肢から1つ"
    looked_for = NEVER_LOOKED_FOR
    has_choices = True
    says_which_row = True
    model_fields = (fields.ChoiceField,)
    model_fields_with_choices = (models.CharField,)
    narrows_lists = True
    narrows_blocks = True
    found_by_search = True
    printed = PrintLook(by_labels=(3, 5))

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return choices.get(str(value), str(value))

    def field(self, making: FieldMaking) -> forms.Field:
        return forms.ChoiceField(choices=[("", "－"), *making.choices], **making.common)

    def field_depends_on(self, current: Any, choices: Choices) -> bool:
        return current not in {code for code, _ in choices}

    def code_of(self, text: str, choices: Choices) -> str:
        codes = {match_key(label): code for code, label in choices}
        return codes.get(match_key(text), text)

    def dropdown(self, choices: Choices, names: Sequence[str]) -> Sequence[str]:
        return [label for _, label in choices]

    def code_meant(self, text: str, choices: Choices) -> str:
        """Return the code of a label, of a code, of part of a label, or of ○ and × for 有 and 無."""
        return code_named(text.strip(), tuple(choices))

    def example(self, field: Any, number: int) -> Any:
        return example_code(field, number)


def example_code(field: Any, number: int) -> str:
    """Return a code of the list of a model field, another for each number."""
    options = field.choices or field.choice_list.options
    return str(options[number % len(options)][0])


def code_named(text: str, choices: tuple[tuple[str, str], ...]) -> str:
    """Return the code of the choice that a text means, or the text where it means none."""
    codes = _codes(choices)
    if text in codes:
        return codes[text]
    key = match_key(text)
    if key in codes:
        return codes[key]
    words = _YES_WORDS if text in (*YES, *_YES_WORDS) else ()
    words = _NO_WORDS if text in (*NO, *_NO_WORDS) else words
    return next((codes[word] for word in words if word in codes), text)


@lru_cache(maxsize=500)
def _codes(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the codes by every way to write them: the label comes before another one's code."""
    by_code = {code: code for code, _ in choices}
    by_key = {match_key(label): code for code, label in choices}
    return _codes_by_part(choices) | by_code | by_key | {label: code for code, label in choices}


def _codes_by_part(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the codes by parts of a label that no other label has: 支所 for 支所・事務所."""
    codes: dict[str, set[str]] = {}
    for code, label in choices:
        for part in _BETWEEN_PARTS.split(label):
            if len(part) > 1:
                codes.setdefault(match_key(part), set()).add(code)
    return {part: found.pop() for part, found in codes.items() if len(found) == 1}


class ChoicesKind(Kind):
    """Cell: list[code]."""

    code = "choices"
    rule = f"選択肢からいくつでも。{SEVERAL}"
    hint = f"次から選び、{SEVERAL}\n{{choices}}"
    looked_for = NEVER_LOOKED_FOR
    several = True
    has_choices = True
    model_fields = (fields.MultiChoiceField,)
    sortable = False
    narrows_blocks = True
    found_by_search = True

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return "、".join(choices.get(str(item), str(item)) for item in value)

    def field(self, making: FieldMaking) -> forms.Field:
        declared = making.declared_choices
        if making.in_grid:
            return making.text(ff.LabelsTextField, options=declared)
        known = dict(declared)
        stale = [(code, code) for code in making.current or () if code not in known]
        return forms.MultipleChoiceField(
            choices=[*declared, *stale], widget=forms.CheckboxSelectMultiple, **making.common
        )

    def labels_in(self, text: str, labels: Sequence[str]) -> Sequence[str]:
        return ff.labels_in(text, labels)

    def example(self, field: Any, number: int) -> Any:
        return [example_code(field, number)]
