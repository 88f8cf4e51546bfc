"""Code that decides by the kind of a cell covers every kind; an unknown kind has no default."""

from bcp_portal.annex import registry
from bcp_portal.annex.kinds import Kind
from bcp_portal.importing.column_aliases import GENERAL
from plans.public_edition.hiding import LOOKED_FOR, NEVER_A_SECRET


def test_the_leak_check_looks_for_each_kind_or_says_why_not() -> None:
    assert set(Kind) == LOOKED_FOR | NEVER_A_SECRET
    assert not LOOKED_FOR & NEVER_A_SECRET


def test_other_names_of_columns_are_kept_under_labels_that_there_are() -> None:
    """A label that is renamed would lose them without a word."""
    fields = [
        field
        for spec in registry.specs()
        for field in (*spec.model._meta.concrete_fields, *spec.model._meta.many_to_many)
    ]
    labels = {str(field.verbose_name) for field in fields}
    assert len(labels) > 300
    assert sorted(set(GENERAL) - labels) == []
