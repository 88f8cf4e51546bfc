"""An archive that an older release wrote still loads, on either database engine.

version-1.zip was written by the program's first release that could, version-2.zip by the last one
of the first build, version-2-before-rooms.zip by the last one before the modules of plans got rooms
(e3a09e8), all on SQLite. They are never written anew: what later releases add is not in them, and has
to be done without.
"""

import hashlib
import json
from pathlib import Path

import pytest
from django.db import models
from django_scopes import scope

from bcp_portal.archive import manifest, upgrades
from bcp_portal.archive.comparing import differences
from bcp_portal.archive.loading import load_archive
from bcp_portal.archive.upgrades import UpgradeStep
from bcp_portal.audit.verification import verify
from plans.models import Decision, Edition, Plan
from plans.proofs.verification import verify_editions
from tests.archive.making import (
    BEFORE_ROOMS,
    VERSION_1,
    VERSION_2,
    archive_of,
    members_of,
    written,
)

pytestmark = pytest.mark.django_db


def test_the_fixture_is_of_version_1() -> None:
    said = json.loads(members_of(VERSION_1)["manifest.json"])
    assert said["format_version"] == 1
    assert all(isinstance(each, str) for each in said["members"].values())


@pytest.mark.parametrize("older", [VERSION_1, VERSION_2, BEFORE_ROOMS], ids=lambda path: path.stem)
def test_an_older_archive_loads_and_compares_equal(older: Path, tmp_path: Path) -> None:
    loaded = load_archive(older)
    assert verify(loaded).faults == [] == verify_editions(loaded).faults
    with scope(municipality=loaded):
        assert Edition.objects.count() == 2
    assert differences(older, archive_of(loaded, tmp_path / "again.zip")) == []


def test_the_keys_of_version_1_belong_to_no_account_here() -> None:
    with scope(municipality=load_archive(VERSION_1)):
        assert all(key <= 0 for key in Decision.objects.values_list("user_key", flat=True))


def test_a_renamed_table_and_field_need_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = members_of(VERSION_1)
    old = members.pop("data/plans.Plan.jsonl").replace(b'"title"', b'"heading"')
    said = json.loads(members["manifest.json"])
    said["rows"]["plans.Scheme"] = said["rows"].pop("plans.Plan")
    said["members"]["data/plans.Scheme.jsonl"] = _sha256(old)
    del said["members"]["data/plans.Plan.jsonl"]
    members |= {"data/plans.Scheme.jsonl": old, "manifest.json": json.dumps(said).encode()}
    path = written(tmp_path / "old.zip", members)
    step = UpgradeStep(
        model=lambda label: "plans.Plan" if label == "plans.Scheme" else label,
        row=lambda label, raw: (
            {("title" if n == "heading" else n): v for n, v in raw.items()}
            if label == "plans.Scheme"
            else raw
        ),
    )
    monkeypatch.setattr(manifest, "FORMAT_VERSION", 3)
    monkeypatch.setitem(upgrades.STEPS, 2, step)
    load_archive(path)
    assert models.QuerySet(Plan).get().title == "ICT業務継続計画"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
