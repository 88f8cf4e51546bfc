"""What code, tests and docs name can be looked up: documents, files of the program, codes of tables."""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bcp_portal.annex import registry

ROOT = Path(__file__).parents[2]
NOT_OURS = {".git", ".venv", "var", "node_modules", "staticfiles", "__pycache__"}
OF_OTHERS = re.compile(r"(^|/)(vendored|migrations)/|package-lock")
DOCUMENT = re.compile(r"[\w./-]+\.md\b")
# In backticks and with an ending, as docs name a file of the program: `plans/x.py`, `x.html`.
FILE = re.compile(r"`([\w./-]+\.(?:py|js|html|mjs|sh|toml|yml))`")
TABLE = re.compile(r"\b([BC]-\d{1,2}[ab]?)(?![\w-])")
# The form of numbers that a list of rules outside of the repository would give them.
NUMBER_OF_NO_LIST = re.compile(r"\b(?:[DQR]-\d{1,4}|(?:RULES|FORMS) \d[\d.]*)\b")


@cache
def present() -> tuple[str, ...]:
    """Return all files of the program by their paths; what it writes itself does not belong to it."""
    found = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [each for each in below if each not in NOT_OURS]
        found += [(Path(folder) / name).relative_to(ROOT).as_posix() for name in names]
    return tuple(found)


def texts(*endings: str) -> Iterator[tuple[str, str]]:
    for name in present():
        if name.endswith(endings) and not OF_OTHERS.search(name) and name != own_name():
            yield name, (ROOT / name).read_text(encoding="utf-8")


def own_name() -> str:
    return Path(__file__).relative_to(ROOT).as_posix()


def is_there(named: str) -> bool:
    wanted = re.sub(r"^(\.\.?/)+", "", named)
    return any(name == wanted or name.endswith(f"/{wanted}") for name in present())


def test_every_document_that_is_named_exists() -> None:
    everywhere = texts(".py", ".md", ".js", ".html", ".css", ".sh", ".toml", ".yml")
    gone = {
        (name, doc) for name, text in everywhere if ".md" in text for doc in DOCUMENT.findall(text)
    }
    assert sorted(each for each in gone if not is_there(each[1])) == []


def test_every_file_that_the_docs_name_exists() -> None:
    named = {(name, file) for name, text in texts(".md") for file in FILE.findall(text)}
    assert len(named) > 50
    assert sorted(each for each in named if not is_there(each[1])) == []


def test_every_number_of_a_rule_or_table_can_be_looked_up() -> None:
    codes = {
        *(spec.code for spec in registry.specs()),
        *(view.code for view in registry.derived_tables()),
    }
    # c-10, the table of revisions, is made of editions and declared by no room.
    known = {"c-10"} | {"-".join(code.split("-")[:2]) for code in codes}
    found = set()
    for name, text in texts(".py", ".md"):
        found |= {(name, number) for number in NUMBER_OF_NO_LIST.findall(text)}
        found |= {(name, code) for code in TABLE.findall(text) if code.lower() not in known}
    assert sorted(found) == []
