"""One word, one meaning: a public class name stands for one thing in the whole program."""

import ast
from collections import defaultdict
from pathlib import Path

from django.conf import settings

ROOMS = ("bcp_portal", "systems", "plans", "drills")
# What Django looks for by this name, in one module each.
ASKED_FOR_BY_DJANGO = {"Command", "DatabaseWrapper"}


def _names(source: str) -> list[str]:
    """Return the public classes that a module defines at its top level, in its order."""
    found = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
    return [
        node.name
        for node in found
        if not node.name.startswith("_")
        and node.name not in ASKED_FOR_BY_DJANGO
        and not any(ast.unparse(base).endswith("AppConfig") for base in node.bases)
    ]


def _places(root: Path) -> dict[str, list[str]]:
    places: dict[str, list[str]] = defaultdict(list)
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            if "migrations" not in path.parts:
                for name in _names(path.read_text()):
                    places[name].append(str(path.relative_to(root)))
    return places


def test_each_public_class_name_is_used_once():
    places = _places(Path(settings.BASE_DIR))

    assert len(places) > 500
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_a_name_used_twice_is_found(tmp_path):
    for room in ("plans", "drills"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "route.py").write_text(
            "class Step:\n    class Meta: ...\nclass _Own: ...\n"
        )
        (tmp_path / room / "apps.py").write_text("class Config(apps.AppConfig): ...\n")

    assert _places(tmp_path) == {"Step": ["plans/route.py", "drills/route.py"]}
