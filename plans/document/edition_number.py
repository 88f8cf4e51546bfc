"""Gives the next edition its number: 初版, 第2版, 第2.1版, 第2版・一部改定1; pure."""

from dataclasses import dataclass
from enum import StrEnum


class NumberStep(StrEnum):
    """What an issue does to the number of the edition before it."""

    EDITION = "edition"  # 第2版 -> 第3版
    SUB = "sub"  # 第2版 -> 第2.1版
    PART = "part"  # 第2版 -> 第2版・一部改定1


STEP_LABELS = {
    NumberStep.EDITION: "次の版とする（第2版→第3版）",
    NumberStep.SUB: "枝番を付ける（第2版→第2.1版）",
    NumberStep.PART: "同じ版のままとする（第2版→第2版・一部改定1）",
}
# 柏崎市 14 approves separately: the plan itself, small changes of it, and its attachments.
_WHOLE_STEP_KINDS = frozenset({"enactment", "major"})
_MINOR_KINDS = frozenset({"minor"})


@dataclass(frozen=True)
class NumberingRule:
    """How a municipality counts 軽微な改定, and changes of annexes, contacts, drills and manuals."""

    minor: NumberStep = NumberStep.SUB
    supplement: NumberStep = NumberStep.SUB

    def step(self, kind: str) -> NumberStep:
        """Return what a revision of this kind does; 策定 and 重要な改定 always make a new edition."""
        if kind in _WHOLE_STEP_KINDS:
            return NumberStep.EDITION
        return self.minor if kind in _MINOR_KINDS else self.supplement


@dataclass(frozen=True, order=True)
class EditionNumber:
    """One number: major from 1, minor and part from 0, where 0 is not said."""

    major: int
    minor: int = 0
    part: int = 0

    @property
    def label(self) -> str:
        if self.major == 1 and not self.minor:
            label = "初版"
        else:
            label = f"第{self.major}.{self.minor}版" if self.minor else f"第{self.major}版"
        return f"{label}・一部改定{self.part}" if self.part else label


def next_number(previous: EditionNumber | None, kind: str, rule: NumberingRule) -> EditionNumber:
    """Return the number after the latest one; the very first edition is 初版, of any kind."""
    if previous is None:
        return EditionNumber(1)
    step = rule.step(kind)
    if step is NumberStep.EDITION:
        return EditionNumber(previous.major + 1)
    if step is NumberStep.SUB:
        return EditionNumber(previous.major, previous.minor + 1)
    return EditionNumber(previous.major, previous.minor, previous.part + 1)
