"""Each command and option, unit and setting that the docs and the units name is there."""

import getpass
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from scripts import processes

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "scripts" / "systemd"
TEXTS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *UNITS.iterdir()]
AFTER_MANAGE = re.compile(r"(?:manage\.py|manage\.sh) +(\w+)([^`&|>#;\n]*)")
IN_BACKTICKS = re.compile(r"`(\w+)((?: [^`\n]*)?)`")
OURS = {name for name, app in get_commands().items() if not str(app).startswith("django")}
Use = tuple[str, str, str]


def uses() -> Iterator[Use]:
    """Yield file, command and what stands behind it, for each time one is named."""
    for path in TEXTS:
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        found = AFTER_MANAGE.findall(text)
        found += [each for each in IN_BACKTICKS.findall(text) if each[0] in OURS]
        for command, rest in found:
            yield path.name, command, rest


@cache
def options_of(command: str) -> frozenset[str]:
    app = get_commands()[command]
    loaded = app if not isinstance(app, str) else load_command_class(app, command)
    parser = loaded.create_parser("manage.py", command)
    return frozenset(option for action in parser._actions for option in action.option_strings)


def test_every_named_command_has_the_options_named() -> None:
    named = set(uses())
    assert {"backup", "restore", "keep_house", "open_administrator", "verify_audit"} <= {
        command for _, command, _ in named
    }
    unknown = [use for use in named if use[1] not in get_commands()]
    assert unknown == []
    missing = [
        (file, command, option)
        for file, command, rest in named
        for option in re.findall(r"--[a-z-]+", rest)
        if option not in options_of(command)
    ]
    assert missing == []


def test_every_named_unit_is_there_and_every_unit_is_named() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bbcp-[a-z]+\.(?:service|timer)\b", text))
    there = {path.name for path in UNITS.iterdir()}
    assert named <= there
    # A service that a timer starts is named by the timer.
    assert {name for name in there if name.replace("service", "timer") not in named} <= named


def test_units_start_what_is_tested() -> None:
    started = {}
    for path in UNITS.glob("*.service"):
        lines = re.findall(r"^ExecStart=(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        started[path.stem] = [
            [word.removeprefix("/opt/bcp/.venv/bin/") for word in shlex.split(line)]
            for line in lines
        ]
    assert started["bcp-web"] == [processes.WEB]
    assert started["bcp-worker"] == [processes.WORKER]
    health = [["python", "-m", "scripts.check_health", what] for what in ("web", "worker")]
    assert started["bcp-health"] == health
    for name in ("web", "worker", "backup", "verify", "health"):
        assert started[f"bcp-{name}"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_named_setting_is_read_somewhere(path: Path) -> None:
    sources = [*(ROOT / "bcp_portal").rglob("*.py"), *(ROOT / "scripts").glob("*.*")]
    read = "\n".join(each.read_text(encoding="utf-8") for each in sources)
    read += (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"\bBCP_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
    unread = {
        name
        for name in named
        if name.removesuffix("_FILE") not in read and not name.startswith("BCP_POSTGRES_")
    }
    assert unread <= {"BCP_MANY_CASES", "BCP_CHROMIUM"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may run a command as another account")
def test_manage_sh_runs_commands_and_programs_with_the_settings_of_the_services(
    tmp_path: Path,
) -> None:
    """Without its settings a check of health would look at another, empty portal."""
    environment = tmp_path / "bcp.env"
    data = tmp_path / "data"
    data.mkdir()
    environment.write_text(f"BCP_DATA_DIR={data}\nBCP_SECRET_KEY={settings.SECRET_KEY}\n")

    def manage(*words: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name[:4] != "BCP_"}
        return subprocess.run(
            [ROOT / "scripts" / "manage.sh", *words],
            env=kept | {"BCP_ENVIRONMENT": str(environment), "BCP_ACCOUNT": getpass.getuser()},
            capture_output=True,
            text=True,
            check=False,
        )

    shown = manage("shell", "--command", "from django.conf import settings as s; print(s.DATA_DIR)")
    assert str(data) in shown.stdout, shown.stderr
    ready = manage("-m", "scripts.check_health", "ready")
    assert (ready.returncode, "worker: none runs" in ready.stderr) == (1, True), ready.stderr
    assert (data / "bcp_portal.sqlite3").exists()
