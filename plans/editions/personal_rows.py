"""Finds the rows whose personal values a document or a card shows, for the log."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bcp_portal.accounts.models import Person
from bcp_portal.annex import registry
from bcp_portal.annex.personal_rows import rows_in_tables
from bcp_portal.annex.table import Table
from bcp_portal.audit.services import SeenRow
from plans.annexes.models.organisation import ResponseRole, RoleDeputy
from plans.document.document import Document, FigureBlock, TextBlock
from plans.phrases.models import PlaceholderValue
from plans.phrases.queries import all_keys
from plans.text.phrase_keys import PlaceholderKind

ORGANISATION = "fig-organisation-"
"""How the code of an organisation chart begins; the structure it shows follows."""


@dataclass(frozen=True)
class NamedPerson:
    """A row that puts a person's name where no column says that it is personal.

    `structure` is that of the organisation chart it stands in; empty for a phrase of the text.
    """

    row: SeenRow
    name: str
    structure: str = ""


class PersonalDocument(Protocol):
    """A document with and without personal values, and who is named in it outside its tables."""

    @property
    def full(self) -> Document: ...

    @property
    def masked(self) -> Document: ...

    @property
    def people(self) -> Sequence[NamedPerson]: ...


def people_now() -> list[NamedPerson]:
    """Return who the municipality in scope names in its charts and phrases; four queries."""
    roles = ResponseRole.objects.exclude(person=None).select_related("person")
    deputies = RoleDeputy.objects.exclude(person=None).select_related("person", "role")
    return [
        *(_in_chart(role, role, role.role_name) for role in roles),
        *(_in_chart(deputy, deputy.role, deputy.role.role_name) for deputy in deputies),
        *_phrases_now(),
    ]


def people_in(rows: Mapping[str, Any]) -> list[NamedPerson]:
    """Return the same of frozen rows of any release."""
    tables: Mapping[str, Any] = rows.get("tables", {})
    names = {raw.get("uid"): str(raw.get("name", "")) for raw in _raw(tables, Person)}
    roles = {raw.get("uid"): raw for raw in _raw(tables, ResponseRole)}
    found = [
        *(_frozen(raw, ResponseRole, raw, names) for raw in roles.values()),
        *(
            _frozen(raw, RoleDeputy, roles.get(raw.get("role"), {}), names)
            for raw in _raw(tables, RoleDeputy)
        ),
    ]
    phrases = rows.get("phrases", {})
    own = {raw.get("key"): raw for raw in phrases.get("own", ())}
    kinds = {key: phrase.kind for key, phrase in all_keys().items()}
    kinds |= {key: raw.get("kind") for key, raw in own.items()}
    found += [
        NamedPerson(phrase_row(raw.get("key"), raw.get("system")), str(raw.get("value", "")))
        for raw in phrases.get("values", ())
        if kinds.get(raw.get("key")) == PlaceholderKind.PERSON
    ]
    return [person for person in found if person.name]


def phrase_row(key: Any, system_uid: Any = None) -> SeenRow:
    """Return the value of a phrase as the log names it: it has no uid, but a key (and a system)."""
    name = f"{key}:{system_uid}" if system_uid else str(key)
    return SeenRow(PlaceholderValue._meta.label_lower, name, f"差し込み語句「{key}」")


def rows_in_document(shown: PersonalDocument, document: Document | None = None) -> list[SeenRow]:
    """Return the rows whose personal values stand in the document, or in a part of it."""
    part = document or shown.full
    people = named_in_blocks(shown, {section.anchor for section in part.sections()})
    return [*rows_in_tables(tables_in(part)), *(person.row for person in people)]


def tables_in(document: Document) -> Iterator[Table]:
    """Yield every table of annexes and chapters as it stands there."""
    for annex in document.annexes:
        yield from annex.tables
    for section in document.sections():
        yield from section.tables


def only_parts(document: Document, anchors: Collection[str]) -> Document:
    """Return the document with the chapters and annexes of these anchors; all without any."""
    return document.only(anchors) if anchors else document


def named_in_blocks(
    shown: PersonalDocument, anchors: Collection[str] | None = None
) -> list[NamedPerson]:
    """Return whose names stand in text or figures that say less to readers who may not see them."""
    masked = {section.anchor: section.blocks for section in shown.masked.sections()}
    found: list[NamedPerson] = []
    for section in shown.full.sections():
        if anchors is not None and section.anchor not in anchors:
            continue
        for block, other in zip(section.blocks, masked.get(section.anchor, ()), strict=False):
            if block != other:
                found += _named_in(block, shown.people)
    return found


def _named_in(block: object, people: Iterable[NamedPerson]) -> Iterator[NamedPerson]:
    if isinstance(block, TextBlock):
        yield from (each for each in people if not each.structure and each.name in block.html)
    if isinstance(block, FigureBlock) and block.figure:
        structure = block.figure.code.removeprefix(ORGANISATION)
        text = block.figure.alternative_text
        yield from (each for each in people if each.structure == structure and each.name in text)


def _in_chart(row: Any, role: ResponseRole, label: str) -> NamedPerson:
    seen = SeenRow(row._meta.label_lower, str(row.uid), label)
    return NamedPerson(seen, row.person.name, role.structure)


def _phrases_now() -> Iterator[NamedPerson]:
    keys = all_keys()
    for row in PlaceholderValue.objects.exclude(value="").select_related("system"):
        if row.key in keys and keys[row.key].kind is PlaceholderKind.PERSON:
            seen = phrase_row(row.key, row.system.uid if row.system else None)
            yield NamedPerson(seen, row.value)


def _raw(tables: Mapping[str, Any], model: Any) -> Sequence[Mapping[str, Any]]:
    spec = registry.spec_of_model(model)
    found: Sequence[Mapping[str, Any]] = tables.get(spec.code, ()) if spec else ()
    return found


def _frozen(
    raw: Mapping[str, Any], model: Any, role: Mapping[str, Any], names: Mapping[Any, str]
) -> NamedPerson:
    seen = SeenRow(model._meta.label_lower, str(raw.get("uid")), str(role.get("role_name", "")))
    return NamedPerson(seen, names.get(raw.get("person"), ""), str(role.get("structure", "")))
