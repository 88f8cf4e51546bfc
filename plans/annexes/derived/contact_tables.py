"""Whom to call, as 表2.2-1 and 2.2-2 print it (B-8, B-9): views of 様式9."""

from functools import partial

from bcp_portal.annex.derived_table_builder import (
    SourceColumn,
    TextColumn,
    View,
    rows_of_kinds,
)
from systems.models import EmergencyContact

OWN_KINDS = ("staff", "department", "headquarters")
OUTSIDE_KINDS = ("vendor", "agency")


def organisation_text(contact: EmergencyContact) -> str:
    """Return the department, company or other body, whichever is filled."""
    return str(contact.department or contact.vendor or contact.organisation)


def person_text(contact: EmergencyContact) -> str:
    """Return the listed person's name, or the name written down."""
    return contact.person.name if contact.person else contact.person_name


def _view(code: str, title: str, organisation: str, person: str) -> View:
    return View(
        code,
        title,
        "9",
        (
            TextColumn(
                "organisation",
                organisation,
                organisation_text,
                14,
                of="department vendor organisation",
            ),
            TextColumn("person", person, person_text, 11, of="person person_name", personal=True),
            SourceColumn("role", 15),
            SourceColumn("tel", 13),
            SourceColumn("tel_alt", 13),
            SourceColumn("mobile", 13),
            SourceColumn("email", 20),
        ),
        landscape=True,
    )


_OWN = _view("b-8", "関係部局における連絡先", "部局名", "責任者・担当者")
_OUTSIDE = _view("b-9", "関係企業（委託先等）における連絡先", "会社名", "担当者")

TABLES = (
    _OWN.declared(partial(rows_of_kinds, kinds=OWN_KINDS)),
    _OUTSIDE.declared(partial(rows_of_kinds, kinds=OUTSIDE_KINDS)),
)
