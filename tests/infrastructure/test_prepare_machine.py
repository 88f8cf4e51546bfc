"""A machine that lacks something gets one sentence that says what, not a trace of the shell."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
NOBODY = 65534
Prepare = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what prepare_machine.sh reads, where nothing is installed yet."""
    folder = tmp_path / "project"
    (folder / "scripts").mkdir(parents=True)
    for path in (ROOT / "scripts").glob("*.*"):
        shutil.copy(path, folder / "scripts")
    for name in ("requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture
def prepare(project: Path, tmp_path: Path) -> Prepare:
    """Run the script with some programs replaced by one-line shell scripts."""
    stubs = tmp_path / "stubs"
    stubs.mkdir()

    def run(programs: Mapping[str, str], profile: str = "run") -> subprocess.CompletedProcess[str]:
        for name, body in programs.items():
            stub = stubs / name
            stub.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
            stub.chmod(0o755)
        return subprocess.run(
            ["bash", str(project / "scripts" / "prepare_machine.sh"), profile],
            env={"PATH": f"{stubs}:/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


NOT_ROOT = {"id": "echo 1000", "sudo": "exit 1"}
NOTHING_INSTALLED = {"dpkg-query": "exit 1"}
ALL_INSTALLED = {"dpkg-query": "echo installed"}
OLD_PYTHON = 'if [ "$1" = --version ]; then echo "Python 3.9.2"; else exit 1; fi'
OLD_PYTHONS = dict.fromkeys(["python3.11", "python3", "python3.12", "python3.13"], OLD_PYTHON)


def test_without_root_the_missing_packages_are_named(prepare: Prepare) -> None:
    result = prepare(NOTHING_INSTALLED | NOT_ROOT)
    assert result.returncode == 1
    assert "管理者に次の実行を依頼してください" in result.stderr
    assert "apt-get install --no-install-recommends" in result.stderr
    assert "libpango-1.0-0" in result.stderr
    assert "chromium" not in result.stderr


def test_testing_asks_for_the_packages_of_tests_too(prepare: Prepare) -> None:
    result = prepare(NOTHING_INSTALLED | NOT_ROOT, profile="test")
    assert "libpango-1.0-0" in result.stderr
    assert "chromium" in result.stderr


def test_only_what_is_missing_is_installed_and_named(prepare: Prepare, project: Path) -> None:
    result = prepare(
        {
            "id": "echo 0",
            "dpkg-query": '[ "$3" = graphviz ] || echo installed',
            "apt-get": f'echo "$@" >> {project}/apt.log; [ "${{@: -1}}" = update ] || exit 7',
        }
    )
    assert "Installing packages: graphviz\n" in result.stdout
    calls = (project / "apt.log").read_text(encoding="utf-8").splitlines()
    assert calls[0].endswith("update")
    assert calls[1].endswith("install -y --no-install-recommends graphviz")
    assert result.returncode == 1
    assert "パッケージを入れられません" in result.stderr


def test_an_old_python_is_named(prepare: Prepare) -> None:
    result = prepare(ALL_INSTALLED | OLD_PYTHONS)
    assert result.returncode == 1
    assert "Python 3.11 以上が必要です（見つかったもの: Python 3.9.2）" in result.stderr


def test_a_folder_without_write_permission_is_named() -> None:
    as_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    # Not below tmp_path, which another user may not even enter.
    with TemporaryDirectory(prefix="bcp-read-only-") as name:
        script = Path(name) / "scripts" / "prepare_machine.sh"
        script.parent.mkdir(mode=0o755)
        shutil.copy(ROOT / "scripts" / "prepare_machine.sh", script)
        Path(name).chmod(0o555)
        result = subprocess.run(
            [*(as_nobody if os.geteuid() == 0 else []), "bash", str(script), "run"],
            capture_output=True,
            text=True,
            check=False,
        )
        Path(name).chmod(0o755)
    assert result.returncode == 1
    assert f"このフォルダー（{name}）に書き込めません" in result.stderr


def test_every_sentence_is_also_in_english_and_nothing_else_is_said(prepare: Prepare) -> None:
    result = prepare(ALL_INSTALLED | OLD_PYTHONS)
    japanese, english = result.stderr.strip().splitlines()
    assert japanese.startswith("Python 3.11 以上")
    assert english.startswith("Python 3.11 or newer")
