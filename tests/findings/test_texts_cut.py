"""What is shown of a long text ends between two letters, and 「…」 says that it goes on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import Context, Template

from bcp_portal.importing.heading import Head
from bcp_portal.importing.sheet_remarks import remarks_on
from bcp_portal.importing.sources import SourceLine, SourceSheet
from bcp_portal.ui.counted_letters import letters
from plans.glossary.marks import Word, WordFinder
from plans.text.cleaning import CleaningError, clean_body

ROOT = Path(__file__).parents[2]
KATSU = "葛\U000e0100"


def test_no_template_cuts_inside_a_letter() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*truncate", path.read_text())
    ]
    assert found == []
    shown = Template("{% load ui %}{{ text|shortened:4 }}").render(Context({"text": KATSU * 5}))
    assert shown == KATSU * 3 + "…"


# Hashes and codes have no letters of more than one sign; lists are cut between their items; the
# names that older workbooks hold are those of that time.
NO_SHOWN_TEXT = re.compile(
    r"sha256|digest|self\.code\[|^(marked|named|names|key)\[|MAX_KEY_LENGTH|_PICTURE_DIGITS|first|^lines\[|^ascii\("
)


def test_no_sentence_quotes_a_raw_piece_of_text() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {piece}"
        for package in ("bcp_portal", "plans", "systems", "drills")
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
        for piece in _pieces_in_sentences(ast.parse(path.read_text()))
        if not NO_SHOWN_TEXT.search(piece)
    ]
    assert found == []


def _pieces_in_sentences(tree: ast.AST) -> Iterator[str]:
    """Yield each slice that stands in an f-string, in what `format` gets, or on a joined text."""
    for node in ast.walk(tree):
        parts: list[ast.AST] = []
        if isinstance(node, ast.FormattedValue):
            parts = [node.value]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "format":
                parts = [*node.args, *node.keywords]
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            joined = node.value
            if isinstance(joined, ast.Call) and isinstance(joined.func, ast.Attribute):
                parts = [node] if joined.func.attr == "join" else []
        for part in parts:
            for each in ast.walk(part):
                if isinstance(each, ast.Subscript) and isinstance(each.slice, ast.Slice):
                    yield ast.unparse(each)


def test_a_quoted_comment_or_struck_text_ends_between_letters() -> None:
    sheet = SourceSheet(
        name="様式1",
        lines=[SourceLine(2, ("住民記録",), struck={1: KATSU * 30})],
        comments=[("A2", "あ" * 30)],
    )
    said = "".join(remarks_on(sheet, Head(1, {1: "名称"}), {1: "name"}))
    assert f"「{KATSU * 19}…」" in said and f"「{'あ' * 19}…」" in said


def test_what_stands_around_a_refused_character_is_whole_letters() -> None:
    with pytest.raises(CleaningError, match=f"「…{KATSU * 12}\ue000{KATSU * 11}…」"):
        clean_body(f"<p>{KATSU * 20}\ue000{KATSU * 20}</p>")


def test_an_excerpt_around_a_word_is_whole_letters() -> None:
    html = f"<p>あ{KATSU * 20}幹線{KATSU * 20}</p>"
    [found] = WordFinder([Word("u", "幹線")]).occurrences(html)
    assert set(letters(found.before)) == set(letters(found.after)) == {KATSU}
