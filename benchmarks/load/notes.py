"""What all people of a run noted together: answers, accepted saves, and what should not have happened."""

import re
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from benchmarks.load.browser import NO_ANSWER, Answer
from benchmarks.load.saves import Save

# Somebody was faster; too much is under way; the database is busy. Each must say so.
REFUSALS = {409, 429, 503}
BUSY = "混み合って"
FOREIGN = "foreign"
_LEAST_WORDS = 10
_SENTENCE = re.compile(r"[^。]+。")


@dataclass(frozen=True)
class Timing:
    """How long an answer took, and when it came, in seconds since the first request."""

    kind: str
    status: int
    seconds: float
    at: float


@dataclass
class Notes:
    """Written by all threads of the people."""

    timings: list[Timing] = field(default_factory=list)
    accepted: list[Save] = field(default_factory=list)
    unanswered: Counter[str] = field(default_factory=Counter)
    drafts: dict[tuple[str, str], str] = field(default_factory=dict)
    """By user ID and key: the mark that stands in a draft which is to be there at the end."""
    prints: set[str] = field(default_factory=set)
    refusals: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    faults: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _began: float = field(default_factory=time.monotonic)

    def hear(self, answer: Answer, foreign: tuple[str, ...]) -> None:
        """Note an answer; `foreign` are words that no page of this person's town has."""
        timing = Timing(answer.kind, answer.status, answer.seconds, time.monotonic() - self._began)
        said = answer.said if answer.status in REFUSALS else ""
        seen = [words for words in foreign if words in answer.text]
        with self._lock:
            self.timings.append(timing)
            if fault := fault_of(answer, said):
                self.faults[fault] += 1
            elif answer.status in REFUSALS:
                self.refusals[answer.kind, answer.status, _first_sentence(said)] += 1
            for words in seen if answer.kind != FOREIGN else []:
                self.faults[f"{answer.kind} {answer.path} shows {words!r} of another town"] += 1

    def save(self, save: Save) -> None:
        with self._lock:
            self.accepted.append(save)

    def give_up(self, fault: str) -> None:
        with self._lock:
            self.faults[fault] += 1

    def leave_open(self, uid: str) -> None:
        """Note a save of which nobody knows whether it was accepted."""
        with self._lock:
            self.unanswered[uid] += 1


def fault_of(answer: Answer, said: str) -> str:
    """Return what is wrong with an answer, "" where nothing is."""
    place = f"{answer.kind} {answer.path}"
    if answer.status == NO_ANSWER:
        return f"{place}: no answer, {answer.text}"
    if answer.kind == FOREIGN:
        return "" if answer.status in {403, 404} else f"{place}: {answer.status} for a stranger"
    if answer.status in REFUSALS:
        is_said = len(said) >= _LEAST_WORDS and (answer.status != 503 or BUSY in said)
        return "" if is_said else f"{place}: {answer.status} without words: {said!r}"
    if answer.status >= 400:
        return f"{place}: {answer.status} {answer.said[:200]}"
    return f"{place}: was signed out" if "/sign-in/" in answer.location else ""


def _first_sentence(said: str) -> str:
    found = _SENTENCE.match(said)
    return (found.group() if found else said)[:80].strip()
