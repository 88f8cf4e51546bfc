"""docs/configuration.md names every setting, command and permission there is, and none besides."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.core.management import get_commands

from bcp_portal.accounts.permissions import Permission
from bcp_portal.settings import POSTGRES_SETTINGS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "bcp_portal" / "settings.py").read_text(encoding="utf-8")
ROOMS = ("bcp_portal", "systems", "plans", "drills")
NAME = re.compile(r"\bBCP_[A-Z]+(?:_[A-Z]+)*\b")
# Where what the portal's own settings do not know is read.
READERS = (
    "manage.py",
    "scripts/gunicorn_settings.py",
    "scripts/start_portal.py",
    "scripts/manage.sh",
)


def rows(section: str) -> dict[str, list[str]]:
    """Return the cells of a section's table by the name in their first cell."""
    text = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| `")]
    found = {line[0].strip(" `"): [cell.strip() for cell in line[1:]] for line in lines}
    assert len(found) == len(lines), "a name stands twice"
    return found


def calls_of_env() -> Iterator[tuple[str, ast.Call]]:
    """Yield what settings.py asks of `env` by a name that stands there: (setting, call)."""
    for node in ast.walk(ast.parse(SETTINGS)):
        if isinstance(node, ast.Call) and re.fullmatch(r"env\.\w+", ast.unparse(node.func)):
            name = node.args[0]
            if isinstance(name, ast.Constant):
                yield str(name.value), node


def whole_numbers() -> Iterator[tuple[str, int, int, int]]:
    """Yield (setting, default, least, most) of every setting that is a whole number."""
    for name, call in calls_of_env():
        if ast.unparse(call.func) == "env.whole_number":
            bounds = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
            yield name, ast.literal_eval(call.args[1]), bounds["least"], bounds["most"]


def test_every_setting_that_is_read_is_named_and_no_other() -> None:
    read = {name for name, _ in calls_of_env()} | {*POSTGRES_SETTINGS}
    spoken_of = {name.removesuffix("_FILE") for name in NAME.findall(SETTINGS)} - {"BCP_POSTGRES"}
    assert spoken_of <= read, "settings.py reads it in a way this test does not see"
    assert sorted(rows("Settings")) == sorted(read)


def test_numbers_have_the_default_and_the_bounds_that_the_page_says() -> None:
    said = rows("Settings")
    numbers = list(whole_numbers())
    assert len(numbers) > 10
    for name, default, least, most in numbers:
        assert said[name][0] == str(default), name
        assert f"({least:,} to {most:,})" in said[name][1], name


def test_what_other_programs_read_is_read_by_them() -> None:
    elsewhere = set(NAME.findall(PAGE)) - set(rows("Settings")) - {"BCP_KEEP"}
    readers = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in READERS)
    assert elsewhere == set(NAME.findall(readers)) & elsewhere
    gunicorn = (ROOT / "scripts" / "gunicorn_settings.py").read_text(encoding="utf-8")
    assert set(NAME.findall(gunicorn)) <= set(NAME.findall(PAGE))


def test_every_command_of_ours_is_named_and_no_other() -> None:
    ours = {name for name, app in get_commands().items() if str(app).split(".")[0] in ROOMS}
    assert sorted(rows("Commands")) == sorted(ours)


def test_every_permission_is_named_and_no_other() -> None:
    assert set(rows("Permissions")) == set(Permission.__members__)
