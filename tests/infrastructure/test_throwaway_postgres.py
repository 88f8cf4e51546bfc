"""The tests' PostgreSQL is private, sorts Japanese as in service, and leaves nothing behind."""

import subprocess
from pathlib import Path

import pytest

from scripts.throwaway_postgres import throwaway_postgres

LOCALE = "SELECT daticulocale FROM pg_database WHERE datname = 'bcp'"


def ask(variables: dict[str, str], question: str) -> str:
    host, user = variables["BCP_POSTGRES_HOST"], variables["BCP_POSTGRES_USER"]
    words = ["psql", "-h", host, "-U", user, "-At", "-c", question, variables["BCP_POSTGRES_DB"]]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def test_it_answers_on_a_private_socket_only_and_is_removed() -> None:
    with throwaway_postgres() as variables:
        folder = Path(variables["BCP_POSTGRES_HOST"])
        assert folder.stat().st_mode & 0o077 == 0
        assert ask(variables, "SHOW listen_addresses") == ""
        assert ask(variables, "SHOW unix_socket_directories") == str(folder)
        assert ask(variables, LOCALE) == "ja-JP"
    assert not folder.exists()


def test_it_is_removed_when_its_user_fails() -> None:
    with pytest.raises(ZeroDivisionError), throwaway_postgres() as variables:
        folder = Path(variables["BCP_POSTGRES_HOST"])
        raise ZeroDivisionError
    assert not folder.exists()
