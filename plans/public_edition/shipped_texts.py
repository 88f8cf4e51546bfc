"""Knows the sentences and words that the program ships: what every installation has is no secret."""

import re
from collections.abc import Iterator
from functools import cache

from bcp_portal.annex import choices
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.spelling.letters import fold
from plans.annexes import choice_lists as plan_lists
from plans.outlines import OUTLINES
from systems import choice_lists as system_lists

_LONGEST_WORDS = 9
"""So many letters may stand anywhere in a text of the program; what is longer is a whole part of it."""
_CLAUSE = re.compile("[、，]")
_SENTENCE = re.compile("[。\n]+")
_NOTATION = re.compile(r"^[・＃|]\s*|\[\[.*?\]\]|\{\{.*?\}\}")


def is_shipped(text: str) -> bool:
    """Tell whether an outline or a choice list of the program says these words.

    A few words may stand anywhere in them; what is longer is a whole line, sentence or clause.
    """
    folded = fold(text)
    if len(folded) <= _LONGEST_WORDS:
        return folded in _words()
    return folded in _shipped()


@cache
def _shipped() -> frozenset[str]:
    lines = (_NOTATION.sub("", text) for text in _texts())
    return frozenset(fold(part) for line in lines for part in (line, *_CLAUSE.split(line)))


@cache
def _words() -> str:
    return "\n".join(sorted(_shipped()))


def _texts() -> Iterator[str]:
    for outline in OUTLINES.values():
        yield outline.plan_title
        for chapter in outline.walk():
            yield chapter.title
            for text in (chapter.body, chapter.guidance):
                yield from _SENTENCE.split(text)
                for line in text.split("\n"):
                    yield from line.strip("|").split("|")
    for module in (choices, system_lists, plan_lists):
        for listed in vars(module).values():
            if isinstance(listed, ChoiceList):
                yield from (label for _, label in listed.options)
