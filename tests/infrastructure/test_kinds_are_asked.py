"""Nobody outside annex/kinds decides by which kind a cell is of: the kind itself is asked.

A kind that is named where a column is declared decides nothing; one that is compared, or listed with
others, is knowledge that the file of a new kind cannot bring along.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bcp_portal", "systems", "plans", "drills")
OWN = "bcp_portal/annex/kinds/"
KNOWN: dict[str, str] = {}
"""Module -> the reason why it has to compare kinds all the same; none has to."""
_LISTS = (ast.Tuple, ast.List, ast.Set)


def decisions(text: str) -> Iterator[str]:
    """Yield what compares kinds of cells, or lists nothing but kinds."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            parts = [node.value]
        elif isinstance(node, ast.Dict):
            parts = [key for key in node.keys if key is not None]
        elif isinstance(node, _LISTS) and node.elts and all(map(_is_kind, node.elts)):
            parts = list(node.elts)
        else:
            continue
        if any(map(_is_kind, parts)):
            yield ast.unparse(node)


def _is_kind(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Kind"
    )


def test_what_decides_by_kind_is_seen() -> None:
    found = decisions(
        "a = kind is Kind.TEXT\n"
        "b = {Kind.TEXT: 1}\n"
        "c = frozenset({Kind.TEXT, Kind.MONEY})\n"
        "match kind:\n    case Kind.DATE: pass\n"
        "d = Column('a', 'A', Kind.TEXT)\n"
        "e = ('a', 'A', Kind.TEXT)\n"
    )
    assert sorted(found) == sorted(
        ["kind is Kind.TEXT", "{Kind.TEXT: 1}", "{Kind.TEXT, Kind.MONEY}", "Kind.DATE"]
    )


def test_no_module_decides_by_the_kind_of_a_cell() -> None:
    found: dict[str, list[str]] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(OWN) and "migrations" not in path.parts:
                found[name] = list(decisions(path.read_text(encoding="utf-8")))
    assert {name: each for name, each in found.items() if each and name not in KNOWN} == {}
    assert [name for name in KNOWN if not found.get(name)] == []


def test_no_page_decides_by_the_kind_of_a_cell() -> None:
    found = [
        path.name
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"column\.kind\s*(==|!=|in\b)", path.read_text(encoding="utf-8"))
    ]
    assert found == []
