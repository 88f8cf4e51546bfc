"""Reads the criterion of a step (様式10 判断の基準): when what else is to be done.

People write one sentence: 「柱にひびがあるときは入らず、代替拠点へ移る。」 What stands before 「ときは」 is the
condition, what follows is done instead. A sentence without such a turn is a criterion, not a branch.
"""

import re
from dataclasses import dataclass

_TURN = re.compile(
    r"(?<=とき)は、?|(?<=うち)は、?|(?<=場合)は、?|(?<=場合)には、?|(?<=[たな]ら)、|(?<=れば)、"
)
_SENTENCE = re.compile(r"[^。\n]+。?")
_TARGET = re.compile(r"(?:項番|手順)\s*([0-9０-９]{1,3})")


@dataclass(frozen=True)
class Branch:
    """What is done instead when a condition holds; `target` is the number of a step it leads to."""

    condition: str
    action: str
    target: int | None = None


@dataclass(frozen=True)
class DecisionBranches:
    """The branches of one decision, and criteria that name no branch."""

    branches: tuple[Branch, ...] = ()
    criteria: tuple[str, ...] = ()


def read_decision(text: str) -> DecisionBranches:
    """Return the branches that a text describes, sentence by sentence."""
    branches: list[Branch] = []
    criteria: list[str] = []
    for found in _SENTENCE.findall(text):
        sentence = found.strip()
        turn = _TURN.search(sentence)
        if turn and sentence[turn.end() :].strip("。 　"):
            condition, action = sentence[: turn.start()], sentence[turn.end() :]
            branches.append(Branch(condition, action, _target(action)))
        elif sentence:
            criteria.append(sentence)
    return DecisionBranches(tuple(branches), tuple(criteria))


def _target(text: str) -> int | None:
    found = _TARGET.search(text)
    return int(found.group(1)) if found else None
