"""A partial revision issued an edition that contradicted itself.

Random parts of random changes are issued. Then the stored rows are thrown away, those that the
edition froze are put in their place, as an archive is loaded, and the working copy is built anew:
it must be the edition, table by table, figure by figure, word by word.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from django.db import models, transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex import registry
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.archive.inserting import Inserter
from plans.document.document import Document
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.models.edition import Edition
from plans.models import Chapter, Plan
from plans.phrases.models import OwnPlaceholder, PlaceholderValue
from plans.working_copy.builder import build_document
from tests.cases import cases
from tests.findings.worlds import Changer, a_whole_town
from tests.plans.editions.making import issued


@pytest.mark.long_form
@pytest.mark.parametrize("seed", range(cases(2, 20)))
def test_an_edition_says_what_its_rows_say(in_scope: Municipality, seed: int) -> None:
    a_whole_town(in_scope)
    issued(in_scope)
    changer = Changer(in_scope, Random(seed))
    for _ in range(3):
        changer.change(25)
        edition = issued(in_scope, changer.coverage(), kind="minor")
        frozen = FrozenCopy(edition.document, edition.rows)
        with stored_as_frozen(in_scope, edition):
            for full, said in ((True, frozen.full), (False, frozen.masked)):
                built = build_document(in_scope, include_personal=full, in_edition=True)
                assert_same_content(built, said)
        assert_one_value_each(frozen.full)


def assert_same_content(built: Document, said: Document) -> None:
    for one, other in zip(built.sections(), said.sections(), strict=True):
        assert (one.anchor, one.heading) == (other.anchor, other.heading)
        for mine, theirs in zip(one.blocks, other.blocks, strict=True):
            assert mine == theirs, one.heading
    for part, other_part in zip(built.annexes, said.annexes, strict=True):
        for table, other_table in zip(part.tables, other_part.tables, strict=True):
            assert table == other_table, part.heading
        assert part == other_part


def assert_one_value_each(document: Document) -> None:
    """One column of one row says one thing wherever it is printed."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for table in document.tables():
        if registry.spec(table.code) is None:
            continue
        for row in table.rows:
            for column in table.columns:
                found[table.code, row.uid, column.name].add(table.text(row, column))
    assert found
    assert {fact: said for fact, said in found.items() if len(said) > 1} == {}


@contextmanager
def stored_as_frozen(municipality: Municipality, edition: Edition) -> Iterator[None]:
    """Put the rows of an edition in the place of those stored, by the loader of archives."""
    with transaction.atomic():
        _store(municipality, edition.rows)
        yield
        transaction.set_rollback(True)


def _store(municipality: Municipality, rows: Mapping[str, Any]) -> None:
    settings = rows["settings"]
    contents: list[tuple[Any, Any]] = [
        (Plan, [rows["plan"]]),
        (Chapter, rows["chapters"]),
        *((spec.model, rows["tables"][spec.code]) for spec in registry.specs()),
        (OwnPlaceholder, rows["phrases"]["own"]),
        (PlaceholderValue, rows["phrases"]["values"]),
        (AnnexSetting, settings["annexes"]),
        (ColumnSetting, settings["columns"]),
        (ChoiceSetting, settings["choices"]),
    ]
    for model, _ in contents:
        for relation in model._meta.many_to_many:
            through = models.QuerySet(relation.remote_field.through)
            through._raw_delete(through.db)
        found = models.QuerySet(model)
        found._raw_delete(found.db)
    inserter = Inserter(lambda _field, frozen: frozen["name"], municipality=municipality)
    inserter.keys[User._meta.label].update(User.objects.values_list("username", "pk"))
    todo = contents
    order = _targets_first([model for model, _ in todo])
    for model in order:
        inserter.insert(model, dict(contents)[model])
    inserter.connect()


def _targets_first(found: list[Any]) -> list[Any]:
    order: list[Any] = []

    def visit(model: Any) -> None:
        if model in order or model not in found:
            return
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is not model:
                visit(field.related_model)
        order.append(model)

    for model in found:
        visit(model)
    return order
