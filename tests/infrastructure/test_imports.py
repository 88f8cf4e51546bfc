"""Imports stand at the top of a module, or say which of a few reasons keeps them from there."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bcp_portal", "systems", "plans", "drills")
REASONS = {
    "ready": "Django has loaded the models by then: the registries of the rooms are filled in ready()",
    "models": "Django asks for it while it loads the models",
    "heavy": "takes long to load, and few processes need it",
    "task": "the queue imports the module of a task, and the task what it does",
}
"""What `# late: …` behind an import within a function may name."""
# Rooms that draw, lay out or compare plain values.
WITHOUT_ROWS = ("plans/document", "plans/printing", "bcp_portal/figures")


def modules(*folders: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def late_imports(text: str) -> Iterator[str]:
    """Yield the lines of imports within functions and classes."""
    lines = text.splitlines()
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef | ast.ClassDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield lines[node.lineno - 1].strip()


def reason_of(line: str) -> str:
    return line.partition("# late: ")[2].strip()


def test_an_import_within_a_function_is_seen() -> None:
    assert list(late_imports("def f():\n    import os  # late: heavy\n")) == [
        "import os  # late: heavy"
    ]
    assert reason_of("import os  # late: heavy") == "heavy"
    assert reason_of("import os") == ""


def test_every_late_import_has_one_of_a_few_reasons() -> None:
    unexplained = [
        f"{name}: {line}"
        for name, text in modules(*ROOMS)
        if not name.endswith("/apps.py")
        for line in late_imports(text)
        if reason_of(line) not in REASONS
    ]
    assert unexplained == []


def test_what_draws_and_folds_reads_no_rows_and_no_request() -> None:
    """import-linter names Django as a whole, whose templates and safe texts these rooms do use."""
    known = ("django.db.models", "django.db", "django.http", "django.shortcuts")
    found = [
        f"{name}: {ast.unparse(node)}"
        for name, text in modules(*WITHOUT_ROWS)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module in known
    ]
    # The kinds of a revision are choices of a field; the class of choices stands there in Django.
    assert found == ["plans/document/revision_kind.py: from django.db import models"]
