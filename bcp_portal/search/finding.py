"""Finds the lines that answer a question, the best first; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bcp_portal.search.lines import Group, Line, number_key
from bcp_portal.spelling.letters import readable

LONGEST_QUESTION = 100
"""Letters that a question may have."""

_BY_NUMBER, _BY_NAME, _BEGINS, _IN_A_NAME, _IN_NAMES, _IN_TEXT = range(6)


@dataclass(frozen=True)
class SearchQuestion:
    """What somebody typed: words between blanks, all of which a line must say."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the words as they are searched; what folds to nothing is none."""
        return tuple(dict.fromkeys(word for each in self.text.split() if (word := readable(each))))

    @cached_property
    def whole(self) -> str:
        return readable(self.text)

    @cached_property
    def number(self) -> str:
        return number_key(self.text)

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > LONGEST_QUESTION


@dataclass(frozen=True)
class Found:
    """The lines of one group that answer, the best first."""

    group: Group
    lines: tuple[Line, ...]


def find(question: SearchQuestion, groups: Iterable[Group]) -> list[Found]:
    """Return the groups with lines that answer, those with the best line first."""
    if not question.words:
        return []
    ranked = [(group, _answers(question, group)) for group in groups]
    hits = [(group, lines) for group, lines in ranked if lines]
    hits.sort(key=lambda hit: hit[1][0][0])
    return [Found(group, tuple(line for _, line in lines)) for group, lines in hits]


Rank = tuple[bool, int]


def _answers(question: SearchQuestion, group: Group) -> Sequence[tuple[Rank, Line]]:
    own = [word for word in question.words if word not in group.folded]
    found = []
    for line in group.lines:
        rank = _rank(question, line, own)
        if rank is not None:
            found.append(((line.past, rank), line))
    return sorted(found, key=lambda each: each[0])


def _rank(question: SearchQuestion, line: Line, own: Sequence[str]) -> int | None:
    """Return how well a line answers, None where it does not; `own` are the words its group does not say.

    A line has to say one word itself: what only its group says would be said by all of its lines.
    """
    if question.number in line.numbers:
        return _BY_NUMBER
    said = line.folded
    if not all(word in said for word in own):
        return None
    if not own and not any(word in said for word in question.words):
        return None
    return _rank_by_name(question, line.names)


def _rank_by_name(question: SearchQuestion, names: Sequence[str]) -> int:
    if question.whole in names:
        return _BY_NAME
    if any(name.startswith(question.whole) for name in names):
        return _BEGINS
    if any(all(word in name for word in question.words) for name in names):
        return _IN_A_NAME
    together = "\n".join(names)
    return _IN_NAMES if all(word in together for word in question.words) else _IN_TEXT
