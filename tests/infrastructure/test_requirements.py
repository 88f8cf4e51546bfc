"""What is installed is pinned, hashed, and tested in the version that runs in service."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
FILES = ["requirements.txt", "requirements-dev.txt", "scripts/requirements-uv.txt"]
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==(\S+)", re.MULTILINE | re.IGNORECASE)


def pinned(name: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_pinned_with_a_hash(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    without_hash = [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block]
    assert len(blocks) == len(pinned(name)) > 0
    assert without_hash == []


@pytest.mark.parametrize("name", FILES)
def test_no_download_address_is_written_down(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_tests_use_the_versions_that_run_in_service() -> None:
    service, development = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert "django" in service
    assert {name: development.get(name) for name in service} == service


@pytest.mark.parametrize(
    ("source", "compiled"),
    [("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")],
)
def test_every_wanted_package_is_compiled(source: str, compiled: str) -> None:
    lines = (ROOT / source).read_text(encoding="utf-8").splitlines()
    wanted = {re.split(r"[\s~=<>\[#]", line)[0] for line in lines if line[:1].isalpha()}
    assert "django" in wanted or "pytest" in wanted
    assert wanted - set(pinned(compiled)) == set()
