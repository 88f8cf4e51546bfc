"""An installation with a folder of its own, and a passphrase for its backups."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def here(settings: Settings, tmp_path: Path) -> Path:
    """The data folder of the installation that is backed up."""
    folder = tmp_path / "here"
    folder.mkdir()
    settings.DATA_DIR = folder
    settings.MEDIA_ROOT = folder / "files"
    settings.PRINT_CACHE_DIR = folder / "print-cache"
    return folder
