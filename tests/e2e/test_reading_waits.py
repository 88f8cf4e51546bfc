"""No browser test reads, or opens another page, before it has waited for the result of its last click.

A click returns while the browser is still on its way: what is asked next meets the old page, the new
one or none. An `expect(...)` of something that only the new state has belongs between the two.
The tests are read here, not run; a call of a helper stands for the steps of the helper.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
ACTS = {"click", "dblclick", "press", "press_sequentially", "type", "insert_text"}
LEAVES = {"clear_cookies", "close", "go_back", "goto", "reload"}
READS = {
    *("all", "all_inner_texts", "all_text_contents", "bounding_box", "content", "count"),
    *("evaluate", "get_attribute", "inner_html", "inner_text", "input_value", "is_checked"),
    *("is_visible", "objects", "refresh_from_db", "screenshot", "text_content", "title", "url"),
    "expect_no_sideways_scroll",  # waits, but the old page will do
}
ARRIVES = {"expect", "go_back", "goto", "reload", "wait_for", "wait_for_function"}
HASTY = """def test_it(page):
    page.click("a"); expect(page).to_have_title("b"); read(page)
    page.click("b"); read(page)
def read(page): page.evaluate("1")"""


class Script:
    """The functions of a test file and of the helpers it imports."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)
        names = ["conftest", *(getattr(node, "module", "") or "" for node in self.tree.body)]
        files = [FOLDER / f"{name.removeprefix('tests.e2e.')}.py" for name in names]
        top = [
            node
            for file in files
            if file.exists()
            for node in ast.parse(file.read_text("utf-8")).body
        ]
        methods = [each for node in top if isinstance(node, ast.ClassDef) for each in node.body]
        known = [*top, *methods, *ast.walk(self.tree)]
        self.functions = {each.name: each for each in known if isinstance(each, ast.FunctionDef)}

    def steps(self, node: ast.AST, inside: tuple[str, ...] = ()) -> Iterator[tuple[str, int]]:
        """Yield what is called, with its line; what a `with` waits for comes after its block."""
        parts = [] if isinstance(node, ast.Lambda) else list(ast.iter_child_nodes(node))
        if isinstance(node, ast.With):
            parts = [*node.body, *node.items]
        elif isinstance(node, ast.For | ast.While):
            parts += node.body  # the second round follows the first
        for part in parts:
            yield from self.steps(part, inside)
        name = name_of(node)
        if name in self.functions.keys() - {*inside, *READS} and isinstance(node, ast.Call):
            for step, _ in self.steps(self.functions[name], (*inside, name)):
                yield step, node.lineno
        elif name:
            yield name, getattr(node, "lineno", 0)

    def hasty_lines(self) -> Iterator[int]:
        """Yield the lines of the tests that do not wait for what was done before them."""
        for test in (node for node in self.tree.body if isinstance(node, ast.FunctionDef)):
            acted = False
            for step, line in self.steps(test):
                if acted and step in READS | LEAVES:
                    yield line
                acted = step in ACTS or (acted and step not in ARRIVES and step[:7] != "expect_")


def name_of(node: ast.AST) -> str:
    """Return what a node calls or asks for; the tabulator has moved the focus when it returns."""
    text = ast.unparse(node) if isinstance(node, ast.Call | ast.Attribute) else ""
    if isinstance(node, ast.Call) and not text.endswith("('Tab')"):
        return getattr(node.func, "attr", getattr(node.func, "id", ""))
    return text.rpartition(".")[2] if text.endswith(("page.url", ".objects")) else ""


def test_haste_is_noticed() -> None:
    assert set(Script(HASTY).hasty_lines()) == {3}


@pytest.mark.parametrize("file", sorted(FOLDER.glob("test_*.py")), ids=lambda file: file.stem)
def test_every_reading_waits_for_what_was_done_before(file: Path) -> None:
    lines = sorted({*Script(file.read_text("utf-8")).hasty_lines()})
    assert not lines, f"{file.name}: first wait with expect(...) in lines {lines}"
