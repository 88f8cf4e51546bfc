"""Collects everything an edition says that its public document does not; pure.

Looked at are the texts of the raw rows (also of columns that are never printed), the cells of all
tables, the names of people, phrases, guidance, the sentences of hidden chapters, figures and colophon.
What is public is said by what is meant to be: cells that are shown, headings, cover, colophon,
figures. The running text of chapters is what is tested, so it makes nothing public.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex import registry
from bcp_portal.annex.cells import kind_of
from bcp_portal.annex.kinds import MASK, Kind
from bcp_portal.annex.kinds.looks import CountsAsName
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table import Column, Table
from plans.document.document import Document, FigureBlock, Section, TableBlock, TextBlock
from plans.document.withheld_rows import hidden_rows, raw_states, rows_of
from plans.public_edition.hidden_values import Cell, HiddenValue, Weight
from plans.public_edition.public_places import MeantPublic
from plans.public_edition.public_texts import html_texts, tables_of
from plans.public_edition.value_weights import is_plain_words, weighed
from plans.text.inline_marks import placeholders_in
from plans.text.phrase_keys import SHIPPED, PlaceholderKind

PEOPLE = "people"
_NAMES = frozenset({"name", "kana"})
_POST = "post"  # 課長 names a place in the office, like a department or a role
_NAMING_FIELDS = frozenset({"name", "title"})
_INSTEAD_OF_A_ROW = (
    "_text"  # names what is no row of a table, as report_to_text beside report_to_role
)
_OWN_ADDRESSES = ("#", "/")  # links to chapters and pages of the program
_PARTS = re.compile(r"[\n、，,;；／/。]+")
_CLAUSES = re.compile("[\n、，。]+")
_SHORTEST_CLAUSE = 15
_COMMON_FROM = 3
_SENTENCE = re.compile("[。\n]+")


def hidden_values(
    internal: Document,
    rows: Mapping[str, Any],
    public: Document,
    *,
    but: Collection[tuple[str, Cell]] = (),
) -> list[HiddenValue]:
    """Return the values of an edition that are not public, each spelling once, the heaviest first.

    `but` are those, by folded text and cell, that are left out as known.
    """
    meant = MeantPublic(public)
    kept: dict[str, HiddenValue] = {}
    rows_with: dict[str, set[tuple[str, str]]] = {}
    unnamed = hidden_rows({*rows_of(internal), *raw_states(rows)})
    for value in _values(internal, rows, public):
        rows_with.setdefault(value.folded, set()).add((value.cell.table, value.cell.uid))
        if (value.folded, value.cell) in but:
            continue
        known = kept.get(value.folded)
        if known is not None and known.weight.value >= value.weight.value:
            continue
        names_kept_row = value.cell.uid in unnamed and _names_its_row(value.cell)
        if not meant.is_public(value, names_kept_row=names_kept_row):
            kept[value.folded] = value
    common = {folded for folded, places in rows_with.items() if len(places) >= _COMMON_FROM}
    return [weighed(value, common) for value in kept.values()]


def _names_its_row(cell: Cell) -> bool:
    spec = registry.spec(cell.table)
    if spec is None:
        return False
    fields = (field for field in spec.model._meta.concrete_fields if field.name == cell.column)
    return any(_may_be_name(kind_of(f)) and _weight(spec, f) is Weight.NAME for f in fields)


def said_values(
    internal: Document, rows: Mapping[str, Any], public: Document
) -> set[tuple[str, Cell]]:
    """Return by folded text and cell everything that is written anywhere in an edition."""
    return {(value.folded, value.cell) for value in _values(internal, rows, public)}


def _values(internal: Document, rows: Mapping[str, Any], public: Document) -> Iterator[HiddenValue]:
    for value in _said(internal, rows, public):
        if value.text == MASK or not value.folded:
            continue
        yield value
        parts = (_CLAUSES if value.is_sentence else _PARTS).split(value.text)
        if len(parts) > 1:
            for part in dict.fromkeys(parts):
                piece = replace(value, text=part.strip())
                if piece.folded and not (value.is_sentence and _is_fragment(piece)):
                    yield piece


def _is_fragment(piece: HiddenValue) -> bool:
    """Tell a clause that says little by itself from one that says what is hidden."""
    return len(piece.folded) < _SHORTEST_CLAUSE and is_plain_words(piece)


def _said(internal: Document, rows: Mapping[str, Any], public: Document) -> Iterator[HiddenValue]:
    """Yield what is written anywhere; raw rows first, which name their row best."""
    for code, raws in rows.get("tables", {}).items():
        yield from _raw_values(code, raws)
    yield from _phrase_values(rows)
    for raw in rows.get("chapters", ()):
        place = f"「{raw.get('title')}」の記入要領"
        yield from _sentences(place, (raw.get("guidance") or "", raw.get("note") or ""))
    for table in tables_of(internal):
        yield from _table_values(table)
    shown = {section.anchor: section for section in public.sections()}
    for section in internal.sections():
        yield from _section_values(section, shown.get(section.anchor))
    for label, value in internal.colophon:
        yield HiddenValue(value, f"奥付の「{label}」")


def _raw_values(code: str, raws: Sequence[Mapping[str, Any]]) -> Iterator[HiddenValue]:
    spec = registry.spec(code)
    if spec is None:
        return
    fields = list(_text_fields(spec))
    for number, raw in enumerate(raws, 1):
        place = f"{_heading(spec)}の{raw.get('row_no') or number}行目"
        for name, label, weight, is_long in fields:
            for text in _texts_of(raw.get(name)):
                cell = Cell(code, str(raw.get("uid", "")), name)
                yield HiddenValue(text, f"{place}の「{label}」", weight, cell, label, is_long)


def _texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, list):
        yield from (each for each in value if isinstance(each, str) and each)
    elif isinstance(value, Mapping) and isinstance(value.get("name"), str):
        yield PurePath(value["name"]).stem
    elif isinstance(value, int) and value >= 100_000:
        yield str(value)


def _text_fields(spec: AnnexSpec) -> Iterator[tuple[str, str, Weight, bool]]:
    """Yield (name, label, weight, is it running text) of the fields that hold what somebody typed."""
    for field in spec.model._meta.concrete_fields:
        chosen = getattr(field, "choices", None) or getattr(field, "choice_list", None) is not None
        if chosen or not field.editable or not kind_of(field).looked_for.in_rows:
            continue
        is_long = kind_of(field).is_running_text
        yield field.name, str(field.verbose_name), _weight(spec, field), is_long


def _weight(spec: AnnexSpec, field: Any) -> Weight:
    column = spec.column(field.name)
    if (column and column.personal) or (spec.code == PEOPLE and field.name in _NAMES):
        return Weight.PERSONAL
    names = (
        field.name in _NAMING_FIELDS
        or (spec.code == PEOPLE and field.name == _POST)
        or field.name.endswith(_INSTEAD_OF_A_ROW)
        or field.name in spec.natural_key
        or bool(column and column.names_row)
    )
    naming = kind_of(field).looked_for.naming
    named = naming is CountsAsName.ALWAYS or (names and naming is CountsAsName.IN_NAMING_COLUMN)
    return Weight.NAME if named else Weight.SECRET


def _phrase_values(rows: Mapping[str, Any]) -> Iterator[HiddenValue]:
    """Yield what stands for phrases that no public chapter uses; one that names a person always."""
    phrases = rows.get("phrases", {})
    own = {raw.get("key"): (raw.get("label"), raw.get("kind")) for raw in phrases.get("own", ())}
    known = {phrase.key: (phrase.label, phrase.kind) for phrase in SHIPPED} | own
    used = {
        use.key
        for raw in rows.get("chapters", ())
        if raw.get("confidentiality") == Confidentiality.PUBLIC
        for use in placeholders_in(raw.get("body") or "")
    }
    for raw in phrases.get("values", ()):
        key = raw.get("key")
        label, kind = known.get(key, (key, ""))
        personal = kind == PlaceholderKind.PERSON
        if personal or key not in used:
            weight = Weight.PERSONAL if personal else _PHRASES.get(str(kind), Weight.SECRET)
            yield HiddenValue(raw.get("value") or "", f"差し込み「{label}」", weight)


_PHRASES = dict.fromkeys(
    (
        PlaceholderKind.DEPARTMENT.value,
        PlaceholderKind.ROLE.value,
        PlaceholderKind.VENDOR.value,
        PlaceholderKind.YEAR_MONTH.value,
        PlaceholderKind.MONTH.value,
        PlaceholderKind.MONTH_RANGE.value,
        PlaceholderKind.INTENSITY.value,
    ),
    Weight.NAME,
)


def _heading(spec: AnnexSpec) -> str:
    return f"様式{spec.number}の「{spec.title}」" if spec.number else f"「{spec.title}」"


def _table_values(table: Table) -> Iterator[HiddenValue]:
    """Yield the cells of a table; what the program put together says nothing that its rows do not."""
    if registry.derived_table(table.code) is not None:
        return
    name = f"様式{table.number}の「{table.title}」" if table.number else f"「{table.title}」"
    columns = [column for column in table.columns if _is_typed(table, column)]
    for number, row in enumerate(table.rows, 1):
        for column in columns:
            if text := table.text(row, column):
                yield HiddenValue(
                    text,
                    f"{name}の{number}行目の「{column.label}」",
                    _column_weight(table, column),
                    Cell(table.code, row.uid, column.name),
                    column.label,
                    column.kind.is_running_text,
                )


def _is_typed(table: Table, column: Column) -> bool:
    """Tell whether a cell holds what somebody typed, and not what a choice or the program says."""
    if column.personal or column.kind.names_rows:
        return True
    spec = registry.spec(table.code)
    declared = spec.column(column.name) if spec else None
    return column.kind.looked_for.in_tables and not (declared and declared.compute)


def _column_weight(table: Table, column: Column) -> Weight:
    if column.personal:
        return Weight.PERSONAL
    spec = registry.spec(table.code)
    if spec and not column.kind.names_rows:
        for field in spec.model._meta.concrete_fields:
            if field.name == column.name:
                return _weight(spec, field)
    first = table.columns[0].name == column.name or column.names_row
    naming = column.kind.names_rows or (first and _may_be_name(column.kind))
    return Weight.NAME if naming else Weight.SECRET


def _may_be_name(kind: Kind) -> bool:
    return kind.looked_for.naming is CountsAsName.IN_NAMING_COLUMN


def _section_values(section: Section, shown: Section | None) -> Iterator[HiddenValue]:
    """Yield what stands in a section and not in its public form."""
    place = f"「{section.heading}」"
    if shown is None or shown.title != section.title:
        yield HiddenValue(section.title, f"{place}の見出し", Weight.NAME)
    drawn = {figure.code for figure in shown.figures} if shown else set()
    for block in section.blocks:
        if isinstance(block, TextBlock):
            if shown is None or section.confidentiality != Confidentiality.PUBLIC:
                texts = (t for t in html_texts(block.html) if not t.startswith(_OWN_ADDRESSES))
                yield from _sentences(f"{place}の本文", texts)
        elif isinstance(block, FigureBlock) and block.figure:
            if block.figure.code not in drawn:
                for line in block.figure.alternative_text.split("\n"):
                    source = f"{place}の図「{block.figure.title}」"
                    yield HiddenValue(line.strip(), source, Weight.NAME)
        elif isinstance(block, TableBlock) and block.table:
            yield HiddenValue(block.table.title, f"{place}の表の題名", Weight.NAME)


def _sentences(source: str, texts: Iterable[str]) -> Iterator[HiddenValue]:
    for text in texts:
        for sentence in _SENTENCE.split(text):
            yield HiddenValue(sentence, source, is_sentence=True)
