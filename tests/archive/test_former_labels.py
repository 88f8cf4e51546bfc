"""What tables, columns and options were called before travels with them; an archive of before has no such list."""

import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.annex.settings_services import (
    ColumnChoice,
    OptionChoice,
    save_annex_setting,
    save_columns,
    save_options,
)
from bcp_portal.annex.sheet import Sheet
from bcp_portal.archive.loading import load_archive
from bcp_portal.audit.told_proofs import verify_told
from tests.archive.making import archive_of, forget, members_of, written
from tests.archive.test_refusals import without_field
from tests.conftest import MemberFactory

SETTINGS = (AnnexSetting, ColumnSetting, ChoiceSetting)


@pytest.fixture(autouse=True)
def store() -> None:
    """A file store with nothing in it, which `forget` clears."""
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def archive(municipality: Municipality, member: MemberFactory, tmp_path: Path) -> Path:
    common = {"municipality": municipality, "actor": member(Role.ADMIN).user}
    with scope(municipality=municipality):
        for label in ("場所", "位置"):
            save_annex_setting(code="3", values={"title": label}, **common)  # type: ignore[arg-type]
            save_columns(code="3", columns=[ColumnChoice("address", label, False)], **common)  # type: ignore[arg-type]
            options = [OptionChoice("main", label, False)]
            save_options(list_code="site_kind", options=options, **common)  # type: ignore[arg-type]
    return archive_of(municipality, tmp_path / "archive.zip")


def resealed(members: dict[str, bytes]) -> dict[str, bytes]:
    """Write the manifest anew for members of another content."""
    manifest = json.loads(members["manifest.json"])
    manifest["members"] = {
        path: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for path, content in members.items()
        if path != "manifest.json"
    }
    return members | {"manifest.json": json.dumps(manifest).encode()}


def kept() -> list[object]:
    return [model.objects.get().former_labels for model in SETTINGS]


def test_former_names_come_back_with_when_they_were_given_up(
    municipality: Municipality, archive: Path
) -> None:
    with scope(municipality=municipality):
        before = kept()
    forget(municipality)
    loaded = load_archive(archive)
    with scope(municipality=loaded):
        assert kept() == before and len(before) == 3
        for names in before:
            assert [each["label"] for each in names] == ["", "場所"]  # type: ignore[attr-defined]
        assert verify_told().faults == []


def test_an_archive_of_before_loads_and_knows_the_shipped_name(
    municipality: Municipality, tmp_path: Path
) -> None:
    # What a release before wrote: the log tells nothing of names that were given up.
    with scope(municipality=municipality):
        AnnexSetting.objects.create(municipality=municipality, code="3", title="場所")
        ColumnSetting.objects.create(
            municipality=municipality, code="3", column="address", label="場所"
        )
        ChoiceSetting.objects.create(
            municipality=municipality, list_code="site_kind", value="main", label="場所"
        )
    members = members_of(archive_of(municipality, tmp_path / "archive.zip"))
    for model in SETTINGS:
        path = f"data/{model._meta.app_label}.{model.__name__}.jsonl"
        members = dict(without_field(members, path, "former_labels"))
    older = written(tmp_path / "older.zip", resealed(members))
    forget(municipality)
    loaded = load_archive(older)
    spec = registry.spec("3")
    assert spec is not None
    with scope(municipality=loaded):
        assert kept() == [None, None, None]
        sheet = Sheet.of(spec, loaded)
        [item] = [item for item in sheet.items if item.name == "address"]
        assert [(each.label, each.until) for each in item.former_labels] == [("所在地", None)]
        assert [each.label for each in sheet.former_titles] == [sheet.shipped_title]
