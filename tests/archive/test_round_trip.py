"""What is taken out comes back: row by row, file by file, with the same hashes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import models
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.archive.comparing import differences
from bcp_portal.archive.contents import archived_models, label_of, member_of, rows_of, tenant_models
from bcp_portal.archive.loading import LOADED, load_archive
from bcp_portal.archive.parts import archive_parts
from bcp_portal.audit.models import Entry
from bcp_portal.audit.verification import verify
from plans.models import Chapter, Edition
from plans.proofs.verification import verify_editions
from tests.archive.making import archive_of, fill, forget, members_of

User = get_user_model()
# JSON's types, as Python reads them.
TYPES = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
GROWS = {"audit.Entry", "audit.ChainHead"}


@pytest.fixture
def archive(municipality: Municipality, tmp_path: Path) -> Path:
    fill(municipality)
    return archive_of(municipality, tmp_path / "archive.zip")


def schema_faults(members: Mapping[str, bytes]) -> list[str]:
    """Return which fields are not as the schema inside the archive says."""
    said = json.loads(members["schema.json"])["members"]
    faults = sorted(said.keys() ^ {path for path in members if path.startswith("data/")})
    for path, row in said.items():
        for raw in map(json.loads, members[path].splitlines()):
            names = raw.keys() ^ row["properties"].keys()
            names |= {name for name in raw if not _fits(raw[name], row["properties"].get(name, {}))}
            faults += [f"{path}: {name}" for name in sorted(names)]
    return faults


def _fits(value: Any, said: Mapping[str, Any]) -> bool:
    """Tell whether a value is of a type that the schema of its field allows."""
    if "anyOf" in said:
        return any(_fits(value, one) for one in said["anyOf"])
    allowed = said.get("type", list(TYPES))
    kinds = tuple(TYPES[name] for name in ([allowed] if isinstance(allowed, str) else allowed))
    if isinstance(value, bool):
        return bool in kinds
    inside = said.get("properties", {})
    known = not inside or (value or {}).keys() <= inside.keys()
    return isinstance(value, kinds) and known and len(str(value)) <= said.get("maxLength", 10**9)


def test_every_table_of_a_municipality_is_in_the_archive_or_left_out_for_a_reason() -> None:
    archived = {label_of(model) for model in archived_models()}
    owned = {label_of(model) for model in tenant_models()}
    assert owned - archived == set(archive_parts.left_out)
    assert all(archive_parts.left_out.values())
    assert set(archive_parts.left_out) == {
        "annex.Draft",
        "annex.ImportJob",
        "annex.TableChoice",
        "archive.ArchiveJob",
        "jobs.Preparation",
        "members.DecisionCode",
        "plans.IssueJob",
        "plans.PrintJob",
    }


def test_every_row_that_others_point_to_has_a_name_that_lasts() -> None:
    for model in archived_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not getattr(field, "concrete", False) or target not in archived_models():
                continue
            assert target in (User, Municipality) or hasattr(target, "uid"), field


def test_the_archive_of_what_was_loaded_is_the_same(
    municipality: Municipality, archive: Path, tmp_path: Path
) -> None:
    original = members_of(archive)
    for model in archived_models():
        assert original[member_of(model)], f"the test has no row of {label_of(model)}"
    assert schema_faults(original) == []
    forget(municipality)
    assert not Municipality.objects.exists() and not User.objects.exists()

    loaded = load_archive(archive)

    again = archive_of(loaded, tmp_path / "again.zip")
    copy = members_of(again)
    assert differences(archive, again) == []
    same = original.keys() - {"manifest.json", "README.txt"} - {f"data/{x}.jsonl" for x in GROWS}
    assert {path for path in same if original[path] != copy[path]} == set()
    assert copy["data/audit.Entry.jsonl"].startswith(original["data/audit.Entry.jsonl"])


def test_log_and_editions_are_proven_after_loading(
    municipality: Municipality, archive: Path
) -> None:
    forget(municipality)
    loaded = load_archive(archive)
    assert verify(loaded).faults == []
    verdict = verify_editions(loaded)
    assert (verdict.count, verdict.faults) == (2, [])
    with scope(municipality=loaded):
        last = Entry.objects.order_by("sequence").last()
        assert last is not None and last.action == LOADED
        assert Edition.objects.get(sequence=2).previous == Edition.objects.get(sequence=1)
        first, second = Chapter.objects.order_by("pk")[:2]
        assert first.parent == second


def test_nobody_can_sign_in_until_given_a_password(
    municipality: Municipality, archive: Path
) -> None:
    assert User.objects.get(username="kanri").has_usable_password()
    assert all(b"pbkdf2" not in content for content in members_of(archive).values())
    forget(municipality)
    load_archive(archive)
    user = User.objects.get(username="kanri")
    assert not user.has_usable_password()
    assert not user.is_superuser and not user.is_staff


def test_rows_of_a_neighbour_are_not_in_the_archive(
    municipality: Municipality, other_municipality: Municipality, tmp_path: Path
) -> None:
    fill(municipality)
    with scope(municipality=other_municipality):
        path = archive_of(other_municipality, tmp_path / "neighbour.zip")
    members = members_of(path)
    assert other_municipality.name.encode() in members["data/accounts.Municipality.jsonl"]
    rows = [name for name in members if name.startswith("data/") and members[name]]
    assert rows == ["data/accounts.Municipality.jsonl"]
    assert rows_of(Chapter, municipality).exists()


def test_dates_of_making_stay(municipality: Municipality, archive: Path) -> None:
    def dates() -> list[object]:
        return list(models.QuerySet(Chapter).order_by("pk").values_list("created_at", "updated_at"))

    before = dates()
    forget(municipality)
    load_archive(archive)
    assert dates() == before
