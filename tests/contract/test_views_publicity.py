"""A view is never more public than the columns it comes from: for every view, by its declaration."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import models
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import MASK, is_blank
from bcp_portal.annex.models import ColumnSetting
from bcp_portal.annex.sheet import Presentation
from bcp_portal.annex.spec import AnnexSpec, DerivedTable
from bcp_portal.annex.table import Public, Table
from plans.annexes.view_publicity import published
from plans.document.redaction import public_table
from plans.working_copy.table_source import TableSource
from tests.rows import make_full_rows, make_row

pytestmark = pytest.mark.django_db
VIEWS = registry.derived_tables()
SPECS = registry.specs()
ICT_DEPARTMENT = "departments", "name"
REVIEWED = {
    ("c-4-documents", "manager"): ICT_DEPARTMENT,
    ("c-4-annexes", "manager"): ICT_DEPARTMENT,
}
"""What a column says beyond its sources, and may: who keeps the documents is the ICT department.

Its name comes from 団体の情報, as on the cover of every edition; only where none is given there it
is that of the list of departments, of whose rows nobody decides which are public.
"""


def test_every_source_is_a_column_of_a_table(in_scope: Municipality) -> None:
    presentation = Presentation(in_scope)
    for view in VIEWS:
        assert view.comes_from, view.code
        for declared in view.comes_from.values():
            for source in declared.split():
                table, _, name = source.rpartition(".")
                presentation.public_of(table, name)


@pytest.fixture
def words(in_scope: Municipality) -> dict[str, tuple[str, str]]:
    """Fill every table three times; return by a word of its own the column in which it was typed."""
    make_full_rows(SPECS, in_scope, 3)
    found: dict[str, tuple[str, str]] = {}
    for spec in SPECS:
        fields = list(_typed(spec))
        for row in spec.model.objects.all():
            for name in fields:
                word = f"秘{len(found):05}"
                found[word] = (spec.code, name)
                setattr(row, name, word)
            if fields:
                type(row).objects.filter(pk=row.pk).update(**{f: getattr(row, f) for f in fields})
        spec.model.objects.update(confidentiality=Confidentiality.PUBLIC)
    return found


def _typed(spec: AnnexSpec) -> Iterator[str]:
    names = {column.name for column in spec.columns} | {"note"}
    for field in spec.model._meta.concrete_fields:
        plain = type(field) in (models.CharField, models.TextField) and not field.choices
        if plain and field.name in names and (field.max_length or 99) >= 6:
            yield field.name


def test_what_a_view_says_it_declares(
    in_scope: Municipality, words: dict[str, tuple[str, str]]
) -> None:
    """Names of other rows that a column of its own table names count as said by that column."""
    said, excepted = set(), set()
    for view in VIEWS:
        table = view.build(in_scope)
        for column in table.columns:
            sources = view.sources_of(column.name)
            assert sources is not None, f"{view.code}.{column.name} says not where it comes from"
            texts = [column.label, column.group, *(table.text(row, column) for row in table.rows)]
            for word in _words_in("\n".join(texts), words):
                code, name = words[word]
                said.add(view.code)
                assert column.personal or not _is_personal(code, name), (view.code, column.name)
                if REVIEWED.get((view.code, column.name)) == (code, name):
                    excepted.add((view.code, column.name))
                    continue
                assert (code, name) in sources or _is_named_by(code, sources), (
                    f"{view.code}.{column.name} says {code}.{name}"
                )
    assert len(said) > len(VIEWS) / 2
    assert excepted == set(REVIEWED)


def _is_personal(code: str, name: str) -> bool:
    spec = registry.spec(code)
    column = spec.column(name) if spec else None
    return bool(column and column.personal)


def _words_in(text: str, words: dict[str, tuple[str, str]]) -> Iterator[str]:
    for piece in text.split("秘")[1:]:
        if (word := f"秘{piece[:5]}") in words:
            yield word


def _is_named_by(code: str, sources: tuple[tuple[str, str], ...]) -> bool:
    """Tell whether one of the columns is a relation to the table."""
    named = registry.spec(code)
    for table, name in sources:
        spec = registry.spec(table)
        field: Any = spec.model._meta.get_field(name) if spec else None
        if named and getattr(field, "related_model", None) is named.model:
            return True
    return False


@pytest.mark.parametrize("place", REVIEWED)
def test_what_was_reviewed_is_the_name_of_the_municipality_where_one_is_given(
    in_scope: Municipality, words: dict[str, tuple[str, str]], place: tuple[str, str]
) -> None:
    in_scope.ict_department_name = "デジタル推進課"
    view = registry.derived_table(place[0])
    assert view is not None
    table = view.build(in_scope)
    column = table.column(place[1])
    assert column is not None
    said = {table.text(row, column) for row in table.rows}
    assert "デジタル推進課" in said
    assert not any(words.get(text) == ICT_DEPARTMENT for text in said)


@pytest.mark.parametrize("kept", [Public.HIDE, Public.MASK])
def test_a_column_that_is_hidden_is_in_no_view_of_the_public_edition(
    in_scope: Municipality, words: dict[str, tuple[str, str]], kept: Public
) -> None:
    """Every view, everything shown but one source at a time."""
    for spec in SPECS:
        for name in {*(each.name for each in spec.columns), "note"}:
            _set(in_scope, spec.code, name, Public.SHOW)
    for view in VIEWS:
        presentation = Presentation.load(in_scope)
        whole = _shown(view.build(in_scope))
        for column in whole.columns:
            for source in view.sources_of(column.name) or ():
                presentation.columns[source].public = kept
                public = public_table(published(view, whole, presentation))
                presentation.columns[source].public = Public.SHOW
                assert _is_kept(public, column.name, source), (view.code, column.name, source)


def _is_kept(public: Table | None, column: str, source: tuple[str, str]) -> bool:
    """Tell whether no cell of the column says anything; a source without a value keeps nothing."""
    found = public.column(column) if public else None
    if public is None or found is None:
        return True
    texts = {public.text(row, found) for row in public.rows}
    spec = registry.spec(source[0])
    assert spec is not None
    values = spec.model.objects.values_list(source[1], flat=True)
    return texts <= {"", MASK} or all(map(is_blank, values))


def _shown(table: Table) -> Table:
    columns = tuple(replace(c, public=Public.SHOW, personal=False) for c in table.columns)
    return replace(table, columns=columns)


def _set(municipality: Municipality, code: str, column: str, public: Public) -> None:
    ColumnSetting.objects.create(municipality=municipality, code=code, column=column, public=public)


def test_a_view_follows_its_column_and_nothing_else_shows_it(in_scope: Municipality) -> None:
    """The fault itself: 参集ルール in words showed the authority that was hidden in C-7."""
    spec = registry.spec("c-7")
    assert spec is not None
    make_row(spec, in_scope, 1, full=True)
    spec.model.objects.update(confidentiality=Confidentiality.PUBLIC)

    def shown() -> list[str]:
        source = TableSource(Presentation.load(in_scope), include_personal=False)
        table = source.table("c-7-list")
        public = public_table(table) if table else None
        return [column.name for column in public.columns] if public else []

    assert "authority" in shown() and "condition" in shown()
    _set(in_scope, "c-7", "authority", Public.HIDE)
    assert "authority" not in shown() and "condition" in shown()
    # Not even when somebody opened the column of the view.
    _set(in_scope, "c-7-list", "authority", Public.SHOW)
    assert "authority" not in shown()


def test_a_view_that_declares_nothing_is_not_public(in_scope: Municipality) -> None:
    view = registry.derived_table("c-7-list")
    assert view is not None
    bare = DerivedTable(view.code, view.title, view.build)
    table = published(bare, _shown(view.build(in_scope)), Presentation(in_scope))
    assert public_table(table) is None


def test_the_page_of_columns_says_which_column_keeps_one_back(
    municipality: Municipality, client_for: Any
) -> None:
    spec = registry.spec("c-7")
    assert spec is not None
    with scope(municipality=municipality):
        make_row(spec, municipality, 1, full=True)
        _set(municipality, "c-7", "authority", Public.HIDE)
    page = client_for("admin").get(f"/{municipality.code}/public/settings/c-7-list/")
    said = page.content.decode()
    assert "元の項目（参集ルールの「根拠」：載せない）に合わせて、この項目は載せません。" in said
    # What was chosen for the view itself stays what it was.
    assert page.context["tables"][0][2]["authority"].initial == "show"
