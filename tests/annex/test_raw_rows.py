"""A raw row says everything that is stored, and makes the same row again, in any release."""

import hashlib
import json
from typing import Any

import pytest

from bcp_portal.accounts.models import Department, Municipality, Person, User
from bcp_portal.annex import registry
from bcp_portal.annex.raw_rows import file_sha256, raw_row, raw_rows, read_raw, references
from systems.models import Site, SystemItem
from tests.rows import make_row

pytestmark = pytest.mark.django_db
CODES = [spec.code for spec in registry.specs()]
TIMES = {"created_at", "updated_at"}


def find(model: Any, name: str) -> Any:
    if model is User:
        return User.objects.filter(username=name).first()
    return model.objects.filter(uid=name).first()


@pytest.mark.parametrize("code", CODES)
def test_a_row_of_every_table_comes_back_as_it_was(in_scope: Municipality, code: str) -> None:
    spec = registry.spec(code)
    assert spec is not None
    row = make_row(spec, in_scope, full=True)
    stored = spec.model.objects.get(pk=row.pk)
    raw = json.loads(json.dumps(raw_row(stored)))
    assert raw["uid"] == str(row.uid)
    read = read_raw(spec.model, raw, find)
    again = spec.model(municipality=in_scope, **read.values)
    files = [f.name for f in spec.model._meta.concrete_fields if hasattr(f, "upload_to")]
    for name in files:
        setattr(again, name, getattr(stored, name).name)
    stored_pk = stored.pk
    again.pk = stored_pk
    again.save()
    for name, targets in read.many.items():
        getattr(again, name).set(targets)
    written = raw_row(spec.model.objects.get(pk=stored_pk))
    assert {k: v for k, v in written.items() if k not in TIMES} == {
        k: v for k, v in raw.items() if k not in TIMES
    }
    assert not read.unknown and not read.unreadable and not read.missing


def test_rows_are_named_by_uid_and_accounts_by_name(in_scope: Municipality) -> None:
    user = User.objects.create(username="kikaku")
    parent = Department.objects.create(municipality=in_scope, name="総務部", updated_by=user)
    child = Department.objects.create(municipality=in_scope, name="情報政策課", parent=parent)
    assert raw_row(child)["parent"] == str(parent.uid)
    assert raw_row(parent)["updated_by"] == "kikaku"
    assert "municipality" not in raw_row(child)
    assert references(Department, raw_row(child)) == [(Department, str(parent.uid))]
    assert references(Department, raw_row(parent)) == []


def test_a_file_is_named_by_its_content(in_scope: Municipality) -> None:
    spec = registry.spec("4")
    assert spec is not None
    row = make_row(spec, in_scope, full=True)
    assert raw_row(row)["layout_file"] == {
        "name": row.layout_file.name,
        "sha256": hashlib.sha256(b"content").hexdigest(),
    }
    row.layout_file.storage.delete(row.layout_file.name)
    assert file_sha256(row.layout_file) == ""


def test_an_older_row_is_read_as_far_as_this_release_knows_it(in_scope: Municipality) -> None:
    raw = {"name": "情報政策課", "fax": "0256-00-0001", "valid_from": "昨年の春", "parent": "x" * 8}
    read = read_raw(Department, raw, lambda model, name: None)
    assert read.values == {"name": "情報政策課", "parent": None}
    assert read.unknown == ("fax",)
    assert read.unreadable == ("valid_from",)
    assert read.missing == {"parent": ["x" * 8]}
    assert Department(**read.values).aliases == []


def test_the_number_of_queries_does_not_depend_on_the_rows(
    in_scope: Municipality, django_assert_num_queries: Any
) -> None:
    for number in (1, 2, 3):
        site = Site.objects.create(
            municipality=in_scope, name=f"庁舎{number}", site_kind="main", runs_core=True
        )
        department = Department.objects.create(municipality=in_scope, name=f"課{number}")
        site.manager_department = department
        site.save()
        Person.objects.create(municipality=in_scope, name=f"職員{number}", department=department)
    for model, queries in ((Site, 2), (Person, 1), (SystemItem, 2)):
        with django_assert_num_queries(queries if model.objects.exists() else 1):
            raw_rows(model.objects.all())
