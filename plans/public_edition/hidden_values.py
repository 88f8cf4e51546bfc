"""Collects everything an edition says that its public document does not; pure.

Looked at are the cells of all tables, the texts of the raw rows behind them (also of columns that
are never printed), the names of people, the sentences of hidden chapters, figures and colophon.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from bcp_portal.annex import registry
from bcp_portal.annex.kinds import MASK
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table import Table
from plans.document import Document, FigureBlock, Section, TableBlock, TextBlock
from plans.phrases.keys import SHIPPED, PlaceholderKind
from plans.public_edition.public_texts import PublicTexts, html_texts, tables_of
from plans.public_edition.spelling import fold

PEOPLE = "people"
_NAMES = frozenset({"name", "kana"})
_PARTS = re.compile(r"[\n、,;；／/]+")
_SENTENCE = re.compile("[。\n]+")
_SHORTEST_NUMBER = 6
_SHORTEST_LETTERS = 6
_SHORTEST_TEXT = 5
_SHORTEST_NAME = 3


@dataclass(frozen=True)
class HiddenValue:
    """One value that is not public: as it is found, and the row and column it comes from."""

    folded: str
    source: str
    personal: bool = False

    @property
    def is_long(self) -> bool:
        """Tell whether it can be searched for inside other text.

        Every page has a 3 and a 有: a short value is only looked for where it stands alone.
        """
        length = len(self.folded)
        if self.folded.isdigit():
            return length >= _SHORTEST_NUMBER
        if self.personal:
            return length >= _SHORTEST_NAME
        return length >= (_SHORTEST_LETTERS if self.folded.isascii() else _SHORTEST_TEXT)


def hidden_values(
    internal: Document, rows: Mapping[str, Any], public: PublicTexts
) -> list[HiddenValue]:
    """Return the values of an edition that are not public, each once.

    A personal value is public only where a public cell, or a line of cover or colophon, says just
    it: a telephone number that somebody typed into a public chapter is a leak. Any other value is
    public when it stands in the public document at all, a short one when it stands there alone.
    """
    kept: dict[str, HiddenValue] = {}
    for value in _values(internal, rows):
        public_already = _is_public(value, public)
        known = kept.get(value.folded)
        if not public_already and (known is None or (value.personal and not known.personal)):
            kept[value.folded] = value
    return list(kept.values())


def _is_public(value: HiddenValue, public: PublicTexts) -> bool:
    if value.personal:
        return public.has_value(value.folded)
    return (public.has if value.is_long else public.has_whole)(value.folded)


def _values(internal: Document, rows: Mapping[str, Any]) -> Iterator[HiddenValue]:
    for source, text, personal in _said(internal, rows):
        for part in dict.fromkeys((text, *_PARTS.split(text))):
            folded = fold(part)
            if folded and part != MASK:
                yield HiddenValue(folded, source, personal)


def _said(internal: Document, rows: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Yield (source, text, personal); raw rows first, which name their row best."""
    for code, raws in rows.get("tables", {}).items():
        yield from _raw_texts(code, raws)
    yield from _phrase_values(rows.get("phrases", {}))
    for raw in rows.get("chapters", ()):
        for sentence in _sentences((raw.get("guidance") or "", raw.get("note") or "")):
            yield f"「{raw.get('title')}」の記入要領", sentence, False
    for table in tables_of(internal):
        yield from _table_values(table)
    for section in internal.sections():
        yield from _section_values(section)
    for label, value in internal.colophon:
        yield f"奥付の「{label}」", value, False


def _raw_texts(code: str, raws: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, bool]]:
    spec = registry.spec(code)
    if spec is None:
        return
    fields = list(_text_fields(spec))
    for number, raw in enumerate(raws, 1):
        place = f"{_heading(spec)}の{raw.get('row_no') or number}行目"
        for name, label, personal in fields:
            value = raw.get(name)
            if isinstance(value, str) and value:
                yield f"{place}の「{label}」", value, personal


def _text_fields(spec: AnnexSpec) -> Iterator[tuple[str, str, bool]]:
    """Yield (name, label, personal) of the fields that hold what somebody typed."""
    for field in spec.model._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        if getattr(field, "choice_list", None) is not None:
            continue
        column = spec.column(field.name)
        named = spec.code == PEOPLE and field.name in _NAMES
        personal = named or bool(column and column.personal)
        yield field.name, str(field.verbose_name), personal


def _phrase_values(phrases: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Yield what stands for phrases; one that names a person is personal."""
    own = {raw.get("key"): (raw.get("label"), raw.get("kind")) for raw in phrases.get("own", ())}
    known = {phrase.key: (phrase.label, phrase.kind) for phrase in SHIPPED} | own
    for raw in phrases.get("values", ()):
        label, kind = known.get(raw.get("key"), (raw.get("key"), ""))
        yield f"差し込み「{label}」", raw.get("value") or "", kind == PlaceholderKind.PERSON


def _heading(spec: AnnexSpec) -> str:
    return f"様式{spec.number}の「{spec.title}」" if spec.number else f"「{spec.title}」"


def _table_values(table: Table) -> Iterator[tuple[str, str, bool]]:
    name = f"様式{table.number}の「{table.title}」" if table.number else f"「{table.title}」"
    for number, row in enumerate(table.rows, 1):
        for column in table.columns:
            text = table.text(row, column)
            if text:
                yield f"{name}の{number}行目の「{column.label}」", text, column.personal


def _section_values(section: Section) -> Iterator[tuple[str, str, bool]]:
    place = f"「{section.heading}」"
    yield f"{place}の見出し", section.title, False
    for block in section.blocks:
        if isinstance(block, TextBlock):
            for sentence in _sentences(html_texts(block.html)):
                yield f"{place}の本文", sentence, False
        elif isinstance(block, FigureBlock) and block.figure:
            for line in block.figure.alternative_text.split("\n"):
                yield f"{place}の図「{block.figure.title}」", line, False
        elif isinstance(block, TableBlock) and block.table:
            yield f"{place}の表の題名", block.table.title, False


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _SENTENCE.split(text)
