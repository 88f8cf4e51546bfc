"""Holds templates to setting a variable in the block that uses it: Django forgets it at the block's end."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
BLOCK = re.compile(r"{%\s*(block|endblock)\b[^%]*%}")
SET = re.compile(r"\bas (\w+) %}")


def blocks_of(source: str) -> list[str]:
    """Return the text of each outermost block of a template."""
    found, depth, begin = [], 0, 0
    for tag in BLOCK.finditer(source):
        if tag[1] == "block":
            depth += 1
            begin = tag.end() if depth == 1 else begin
            continue
        depth -= 1
        if depth == 0:
            found.append(source[begin : tag.start()])
    return found


def lost_variables(source: str) -> list[str]:
    """Return what one block sets and another uses without setting it."""
    blocks = blocks_of(source)
    lost = set()
    for name in {name for block in blocks for name in SET.findall(block)}:
        used = re.compile(rf"{{[{{%][^}}]*?(?<![\w.]){name}\b")
        lost |= {name for block in blocks if used.search(block) and name not in SET.findall(block)}
    return sorted(lost)


def test_a_lost_variable_is_noticed() -> None:
    first = '{% block a %}{% url "x" as x_url %}{{ x_url }}{% endblock %}'
    assert lost_variables(first + '{% block b %}<a href="{{ x_url }}">{% endblock %}') == ["x_url"]
    assert lost_variables(first + "{% block b %}{% button href=x_url %}{% endblock %}") == ["x_url"]
    assert (
        lost_variables(first + '{% block b %}{% url "x" as x_url %}{{ x_url }}{% endblock %}') == []
    )


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_every_block_sets_what_it_uses(path: Path) -> None:
    assert lost_variables(path.read_text(encoding="utf-8")) == []
