"""Served files: complete, hashed without a missing link, nothing from other servers, nothing inline."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django import Settings

ROOT = Path(settings.BASE_DIR)
VENDORED = ROOT / "static" / "vendored"
OWN_TEMPLATES = [
    path
    for folder in ("ui", "errors", "bootstrap5")
    for path in (ROOT / "templates" / folder).rglob("*.html")
] + [ROOT / "templates" / "base.html"]


def test_collectstatic_hashes_and_compresses_everything(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, stdout=StringIO())

    manifest = json.loads((tmp_path / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    for name in ("css/portal.css", "icons.svg", "js/forms.js", "django_htmx/htmx-2.min.js"):
        assert (tmp_path / manifest[name]).exists()
        assert (tmp_path / f"{manifest[name]}.gz").exists()


def test_vendored_files_come_with_licence_and_without_source_maps() -> None:
    folders = [path for path in VENDORED.iterdir() if path.is_dir()]

    assert {"bootstrap", "design-tokens", "tom-select", "bootstrap-icons", "editor"} <= {
        folder.name for folder in folders
    }
    versions = (VENDORED / "VERSIONS.md").read_text(encoding="utf-8")
    for folder in folders:
        assert any("LICENSE" in path.name for path in folder.iterdir())
        assert f"static/vendored/{folder.name}" in versions
    for path in [*VENDORED.rglob("*.js"), *VENDORED.rglob("*.css")]:
        assert "sourceMappingURL" not in path.read_text(encoding="utf-8")


def test_our_style_and_scripts_load_nothing_from_elsewhere() -> None:
    files = [*(ROOT / "static" / "css").iterdir(), *(ROOT / "static" / "js").rglob("*.js")]

    assert files
    for path in files:
        assert not re.search(r"https?://|@import", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("path", OWN_TEMPLATES, ids=lambda path: path.name)
def test_templates_have_nothing_inline(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
