"""Puts people in 五十音順, alike on every database, wherever they are listed by their reading."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from bcp_portal.accounts.models import Person
from bcp_portal.spelling.kana import yomi_key


def reading_key(person: Person) -> tuple[bool, str, int, int]:
    """Return what orders people: by reading, voiced sounds as voiceless; without a reading last."""
    return (not person.kana.strip(), yomi_key(person.kana), person.row_no, person.pk)


def by_reading(people: Iterable[Person]) -> list[Person]:
    """Return the people in 五十音順; those without a reading behind, in the order of their list."""
    return sorted(people, key=reading_key)


class _ByReading(forms.models.ModelChoiceIterator[Person]):
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for person in by_reading(self.queryset):
            yield self.choice(person)


class PersonChoiceField(forms.ModelChoiceField[Person]):
    """A drop-down of people in 五十音順."""

    iterator = _ByReading
