"""Reads a frozen document, with and without its personal values."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from plans.document.document import Document
from plans.document.masking import masked_document
from plans.document.public_choices import PublicChoices, choices_in
from plans.document.sort_words import GLOSSARY_CODE, SortWords, sort_words_of
from plans.editions.personal_rows import NamedPerson, people_in


class FrozenCopy:
    """A document that was frozen, with and without its personal values."""

    def __init__(self, document: Mapping[str, Any], rows: Mapping[str, Any]) -> None:
        self._document = document
        self._rows = rows

    @cached_property
    def full(self) -> Document:
        """Return the document with personal values."""
        return Document.from_json(self._document)

    @cached_property
    def masked(self) -> Document:
        """Return the document as somebody reads it who may not see personal values."""
        return masked_document(self.full, masks_in(self._rows))

    @cached_property
    def people(self) -> list[NamedPerson]:
        """Return who is named in charts and phrases."""
        return people_in(self._rows)

    @cached_property
    def choices(self) -> PublicChoices:
        """Return what goes with the document for the public edition."""
        return choices_in(self._rows)

    @cached_property
    def sort_words(self) -> SortWords:
        """Return what the sorted views of the document are sorted by."""
        return sort_words_in(self._rows)


def masks_in(rows: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what frozen rows say about the personal values of their document."""
    masks: Mapping[str, Any] = rows.get("masks", {})
    return masks


def sort_words_in(rows: Mapping[str, Any]) -> SortWords:
    """Return what frozen rows say of the order of sorted views."""
    return sort_words_of(rows.get("tables", {}).get(GLOSSARY_CODE, ()))
