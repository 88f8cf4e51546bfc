"""The glossary in its two printed groups: アルファベット順 and 五十音順 (as 葛飾区 7 prints it)."""

from collections.abc import Callable

from bcp_portal.annex.derived_table_builder import SourceColumn, View, active_rows
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import DerivedTable
from plans.annexes.models.glossary import GlossaryTerm
from plans.annexes.rules.glossary_order import alphabet_key, gojuon_key, is_alphabetic

_COLUMNS = (SourceColumn("term", 22), SourceColumn("text", 66))
_ALPHABET = View("c-11-alphabet", "用語集（アルファベット順）", "c-11", _COLUMNS)
_GOJUON = View("c-11-gojuon", "用語集（五十音順）", "c-11", _COLUMNS)


def _alphabet_order(term: GlossaryTerm) -> tuple[str, str]:
    return alphabet_key(term.term, term.sort_key), term.term


def _gojuon_order(term: GlossaryTerm) -> tuple[str, str]:
    return gojuon_key(term.reading, term.sort_key), term.term


def _group(
    view: View, *, alphabetic: bool, order: Callable[[GlossaryTerm], tuple[str, str]]
) -> DerivedTable:
    def terms(sheet: Sheet) -> list[GlossaryTerm]:
        found = [term for term in active_rows(sheet) if is_alphabetic(term.term) == alphabetic]
        return sorted(found, key=order)

    return view.declared(terms)


# In the order in which the terms were entered (柏崎市 2).
_DEFINITIONS = View(
    "c-11-definitions",
    "用語の定義",
    "c-11",
    (SourceColumn("term", 22), SourceColumn("text", 66, "定義")),
)


TABLES = (
    _DEFINITIONS.declared(active_rows),
    _group(_ALPHABET, alphabetic=True, order=_alphabet_order),
    _group(_GOJUON, alphabetic=False, order=_gojuon_order),
)
