"""The image and the compose file say what the tested processes do, and keep secrets out."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from scripts import processes
from scripts.try_image_steps import build_context, instructions, is_ignored

ROOT: Path = settings.BASE_DIR
ENVIRONMENT = {
    "BCP_ALLOWED_HOSTS": "bcp.example.lg.jp",
    "BCP_TRUSTED_ORIGINS": "https://bcp.example.lg.jp",
}
# docker-compose comes with this interpreter's yaml; our own environment has no use for one.
YAML_TO_JSON = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)"


def compose_config(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    program = shutil.which("docker-compose")
    assert program, "docker-compose is not installed: `make test` installs it"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BCP_")}
    return subprocess.run(
        [program, "--file", str(ROOT / "docker-compose.yml"), "config"],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The compose file as docker-compose itself understands it."""
    return understood(compose_config(ENVIRONMENT))


def understood(result: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert result.returncode == 0, result.stderr
    converted = subprocess.run(
        ["/usr/bin/python3", "-c", YAML_TO_JSON],
        input=result.stdout,
        capture_output=True,
        text=True,
        check=True,
    )
    config: dict[str, Any] = json.loads(converted.stdout)
    return config


def test_compose_runs_the_processes_that_are_tested(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"database", "migrate", "web", "worker"}
    assert services["web"]["command"] == processes.WEB
    assert services["worker"]["command"] == processes.WORKER
    assert services["migrate"]["command"] == processes.MIGRATE


def test_compose_starts_in_order(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert (
        services["web"]["depends_on"]["migrate"]
        == services["worker"]["depends_on"]["migrate"]
        == {"condition": "service_completed_successfully"}
    )
    for name in ("database", "web", "worker"):
        assert services[name]["healthcheck"]["test"][0] == "CMD"
        assert services[name]["restart"] == "unless-stopped"


def test_compose_stops_the_database_after_all_who_use_it(compose: dict[str, Any]) -> None:
    """Containers that nothing running depends on are stopped at once, and migrate does not run."""
    for name, service in compose["services"].items():
        if name != "database":
            assert service["depends_on"]["database"] == {"condition": "service_healthy"}


def test_compose_takes_a_database_that_is_still_being_made_for_unhealthy(
    compose: dict[str, Any],
) -> None:
    """The image of PostgreSQL makes it with a server that hears on its socket only."""
    asked = compose["services"]["database"]["healthcheck"]["test"]
    assert asked[asked.index("-h") + 1] == "127.0.0.1"


def test_compose_takes_secrets_from_files_only(compose: dict[str, Any]) -> None:
    assert set(compose["secrets"]) == {"secret_key", "database_password"}
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            if "SECRET" in name or "PASSWORD" in name:
                assert name.endswith("_FILE")
                assert value.startswith("/run/secrets/")


def test_compose_hands_on_every_setting_that_an_operator_may_change() -> None:
    """A setting in .env that no container gets would change nothing, and nobody would be told."""
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    fixed = {"BCP_DATA_DIR", "BCP_STATIC_ROOT", "BCP_DEBUG", "BCP_HTTPS"}
    named = set(re.findall(r"^\| `(BCP_[A-Z_]+)` \|", page, re.MULTILINE)) - fixed
    wanted = {name: "35" for name in named if not re.match("BCP_(POSTGRES|SECRET)_", name)}
    wanted |= ENVIRONMENT | {
        "BCP_WEB_WORKERS": "3",
        "BCP_WEB_THREADS": "3",
        "BCP_LOG_LEVEL": "info",
    }
    services = understood(compose_config(wanted))["services"]
    for name in ("migrate", "web", "worker"):
        assert services[name]["environment"].items() >= wanted.items()


def test_compose_opens_one_port_of_this_machine_and_none_of_the_database(
    compose: dict[str, Any],
) -> None:
    ports = {name: service.get("ports") for name, service in compose["services"].items()}
    assert ports == {
        "web": ["127.0.0.1:8000:8000/tcp"],
        "worker": None,
        "migrate": None,
        "database": None,
    }
    assert compose["networks"]["inside"] == {"internal": True}


def test_compose_keeps_data_in_volumes_that_web_and_worker_share(compose: dict[str, Any]) -> None:
    assert set(compose["volumes"]) == {"database", "data"}
    for name in ("migrate", "web", "worker"):
        assert compose["services"][name]["volumes"] == ["data:/var/lib/bcp:rw"]
        assert compose["services"][name]["read_only"] is True


def test_compose_asks_for_the_host_name() -> None:
    result = compose_config({})
    assert result.returncode != 0
    assert "set it to the host name of the site" in result.stderr


def test_image_runs_the_tested_command_as_an_ordinary_user() -> None:
    steps = list(instructions((ROOT / "Dockerfile").read_text(encoding="utf-8")))
    assert steps[0] == ("FROM", "debian:bookworm-slim")
    users = [argument for name, argument in steps if name == "USER"]
    command = [json.loads(argument) for name, argument in steps if name == "CMD"]
    assert users == ["bcp"]
    assert command == [processes.WEB]
    installs = [argument for name, argument in steps if name == "RUN" and "install" in argument]
    assert all("--require-hashes" in step for step in installs if "requirements" in step)


def step_after_copying() -> list[str]:
    """Return the commands of the step that follows the copying of the program."""
    steps = list(instructions((ROOT / "Dockerfile").read_text(encoding="utf-8")))
    name, argument = steps[steps.index(("COPY", ". .")) + 1]
    assert name == "RUN"
    return [command.strip() for command in argument.split("&&")]


def test_image_is_readable_whatever_permissions_the_sources_have(tmp_path: Path) -> None:
    """As after `git clone` by an administrator whose umask is 077."""
    (tmp_path / "room").mkdir()
    for name in ("manage.py", "room/models.py"):
        (tmp_path / name).touch()
    (tmp_path / "manage.py").chmod(0o700)
    (tmp_path / "room/models.py").chmod(0o600)
    (tmp_path / "room").chmod(0o700)
    subprocess.run(["sh", "-c", step_after_copying()[0]], cwd=tmp_path, check=True)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes == {"manage.py": 0o755, "room": 0o755, "models.py": 0o644}


def test_image_holds_our_own_programs_compiled(tmp_path: Path) -> None:
    (tmp_path / "room.py").touch()
    [command] = [each for each in step_after_copying() if "compileall" in each]
    python = [sys.executable, *shlex.split(command)[1:]]
    subprocess.run(
        python, cwd=tmp_path, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, check=True
    )
    assert list(tmp_path.glob("__pycache__/room.*.pyc"))


def test_image_holds_the_program_without_tests_secrets_or_data() -> None:
    files = build_context()
    assert "manage.py" in files
    assert "scripts/gunicorn_settings.py" in files
    assert [path for path in files if path.startswith(("tests/", "var/", ".git", "docs/"))] == []


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("var/secrets/secret_key", True),
        ("variants.py", False),
        ("systems/__pycache__/a.pyc", True),
        ("systems/models.py", False),
    ],
)
def test_dockerignore_patterns(path: str, ignored: bool) -> None:
    assert is_ignored(path, ["var", "**/__pycache__", "**/*.pyc"]) is ignored
