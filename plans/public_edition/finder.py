"""Finds hidden values in texts that are read on, in every spelling, all values in one pass; pure.

Letters are found in the folded text, wherever lines, cells or marks break it, and in two parts with
a few other cells between them. Addresses are found in their parts (`address_finder`). Numbers are
found by their digits: a long one although words or other cells stand between its parts, a short one
only where a number begins and ends with it.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from bcp_portal.spelling.letters import fold
from bcp_portal.spelling.numerals import NumeralRun, normal, runs_of
from plans.public_edition.address_finder import AddressFinder
from plans.public_edition.hidden_numbers import LONG, NumberKey
from plans.public_edition.hidden_values import HiddenValue

_WIDEST = 160
"""So many characters may lie between the first and the last digit of one number."""
_HEAD = 3
_SHORTEST_BLOCK = 2
_MOST_BLOCKS = 5
_MOST_PARTS = 4
"""In so many parts a short number may stand apart."""
_SHORTEST_PART = 3
"""So many letters each part of a value has that stands in two cells; shorter ones mean nothing."""
_LONGEST_PART = 60
_CELLS_BETWEEN = 3
_BREAK = "\n"
_BLOCK = re.compile("[0-9]+")
_WRITTEN = re.compile("[0-9]+(?:[-()][0-9]+)+|[0-9]{9,15}")

Found = tuple[HiddenValue, int]
"""A value, and the number of the text in which it begins."""


class Finder:
    """Looks for many values at once; made once for all texts of an edition."""

    def __init__(self, values: Iterable[HiddenValue]) -> None:
        values = tuple(values)
        self._of_addresses = AddressFinder(values)
        self._by_head: dict[str, list[tuple[str, HiddenValue]]] = defaultdict(list)
        self._by_digits: dict[str, list[HiddenValue]] = defaultdict(list)
        self._tight: dict[str, list[HiddenValue]] = defaultdict(list)
        for value in values:
            if value.is_long and not value.is_number:
                for spelling in value.spellings:
                    self._by_head[spelling[:_HEAD]].append((spelling, value))
            for key in value.numbers:
                self._add(key, value)
        self._lengths = sorted({len(digits) for digits in self._by_digits})
        self._longest_tight = max(map(len, self._tight), default=0)
        self._openings = {d[:n] for d in self._by_digits for n in range(1, len(d))}

    def _add(self, key: NumberKey, value: HiddenValue) -> None:
        (self._tight if key.tight else self._by_digits)[key.digits].append(value)

    def find(self, texts: Sequence[str], *, only_written: bool = False) -> list[Found]:
        """Return each value once for each of the texts, read on one behind the other, it begins in.

        With `only_written` numbers count only as they are usually written: the bytes of a file are
        full of digits that nobody reads on.
        """
        numbers = self._written_numbers(texts) if only_written else self._numbers(texts)
        addresses = () if only_written else self._of_addresses.find(texts)
        apart = () if only_written else self._letters_apart(texts)
        return list(dict.fromkeys([*self._letters(texts), *apart, *numbers, *addresses]))

    def _written_numbers(self, texts: Sequence[str]) -> Iterator[Found]:
        for number, text in enumerate(texts):
            for found in _WRITTEN.finditer(text):
                digits = "".join(_BLOCK.findall(found.group()))
                for length in self._lengths:
                    for at in range(len(digits) - length + 1):
                        for value in self._by_digits.get(digits[at : at + length], ()):
                            yield value, number

    def _letters(self, texts: Sequence[str]) -> Iterator[Found]:
        folded = [folded_text(text) for text in texts]
        starts = [0, *accumulate(map(len, folded))]
        whole = "".join(folded)
        heads = self._by_head
        for at in range(len(whole) - _HEAD + 1):
            for spelling, value in heads.get(whole[at : at + _HEAD], ()):
                if whole.startswith(spelling, at):
                    yield value, bisect_right(starts, at) - 1
        for value, at in self._of_addresses.mails_together(whole):
            yield value, bisect_right(starts, at) - 1

    def _letters_apart(self, texts: Sequence[str]) -> Iterator[Found]:
        """Find values whose first part ends one cell and whose rest begins another further on."""
        kept = [(number, folded_text(text)) for number, text in enumerate(texts)]
        kept = [(number, folded) for number, folded in kept if folded]
        for at, (number, folded) in enumerate(kept):
            for value, rest in self._begun_in(folded[-_LONGEST_PART:]):
                for _, later in kept[at + 2 : at + 2 + _CELLS_BETWEEN]:
                    if later.startswith(rest):
                        yield value, number

    def _begun_in(self, end: str) -> Iterator[tuple[HiddenValue, str]]:
        """Yield the values that begin in the end of a cell, each with what is still to come."""
        for start in range(len(end) - _SHORTEST_PART + 1):
            part = end[start:]
            for spelling, value in self._by_head.get(part[:_HEAD], ()):
                rest = spelling[len(part) :]
                if len(rest) >= _SHORTEST_PART and spelling.startswith(part):
                    yield value, rest

    def _numbers(self, texts: Sequence[str]) -> Iterator[Found]:
        if not self._by_digits and not self._tight:
            return
        runs = list(_placed(texts))
        for placed in runs:
            for digits in _whole_numbers(placed.run):
                for value in self._tight.get(digits, ()):
                    yield value, placed.text
        yield from self._joined(runs)
        for stream in _streams(runs):
            yield from self._in_stream(stream)
        yield from self._in_blocks(runs)

    def _joined(self, runs: "Sequence[_Placed]") -> Iterator[Found]:
        """Find short numbers whose parts stand alone, with words or cells without numbers between."""
        for reading in (_certain, _whole):
            parts = [(placed, reading(placed.run)) for placed in runs]
            parts = [(placed, digits) for placed, digits in parts if digits]
            for at, (placed, digits) in enumerate(parts):
                for later, more in parts[at + 1 : at + _MOST_PARTS]:
                    digits += more
                    if later.start - placed.start > _WIDEST or len(digits) > self._longest_tight:
                        break
                    for value in (*self._tight.get(digits, ()), *self._tight.get(f"0{digits}", ())):
                        yield value, placed.text

    def _in_stream(self, stream: "_Stream") -> Iterator[Found]:
        digits = stream.digits
        for length in self._lengths:
            for at in range(len(digits) - length + 1):
                values = self._by_digits.get(digits[at : at + length])
                if values and stream.width(at, at + length - 1) <= _WIDEST:
                    yield from ((value, stream.text_at(at)) for value in values)

    def _in_blocks(self, runs: "Sequence[_Placed]") -> Iterator[Found]:
        """Find numbers whose blocks stand apart with other numbers between them."""
        for at, placed in enumerate(runs):
            if len(placed.run.plain) < _SHORTEST_BLOCK:
                continue
            for opening in {placed.run.plain, placed.run.plain.lstrip("0")}:
                if opening in self._openings:
                    for digits in self._continued(opening, runs, at + 1, placed.start + _WIDEST):
                        yield from ((value, placed.text) for value in self._by_digits[digits])

    def _continued(
        self, begun: str, runs: "Sequence[_Placed]", at: int, limit: int
    ) -> Iterator[str]:
        for later in range(at, len(runs)):
            if runs[later].start > limit:
                return
            block = runs[later].run.plain
            longer = begun + block
            if len(block) < _SHORTEST_BLOCK:
                continue
            if longer in self._by_digits:
                yield longer
            elif longer in self._openings:
                yield from self._continued(longer, runs, later + 1, limit)


def _whole_numbers(run: NumeralRun) -> set[str]:
    """Return every number a run may be meant as: of all its digits, or of some blocks side by side."""
    found = set(run.readings)
    blocks = run.blocks
    for first in range(len(blocks)):
        for last in range(first + 1, min(first + _MOST_BLOCKS, len(blocks)) + 1):
            found.add("".join(blocks[first:last]))
    return found | {f"0{digits}" for digits in found}


@dataclass(frozen=True)
class _Placed:
    """A run of numerals: in which text, and where in all of them read on."""

    run: NumeralRun
    text: int
    start: int


@dataclass(frozen=True)
class _Stream:
    """The digits of all runs in one way of reading, and where each stands."""

    digits: str
    starts: tuple[int, ...]
    runs: tuple[_Placed, ...]

    def _run_at(self, at: int) -> _Placed:
        return self.runs[bisect_right(self.starts, at) - 1]

    def width(self, first: int, last: int) -> int:
        return self._run_at(last).start - self._run_at(first).start

    def text_at(self, at: int) -> int:
        return self._run_at(at).text


def _placed(texts: Sequence[str]) -> Iterator[_Placed]:
    """Yield the runs of all texts; one that a break between two texts divides is read as two."""
    offset = 0
    for number, text in enumerate(texts):
        length, runs = runs_in_text(text)
        for run in runs:
            yield _Placed(run, number, offset + run.start)
        offset += length + len(_BREAK)


def _streams(runs: Sequence[_Placed]) -> Iterator[_Stream]:
    """Yield the ways of reading that matter: certain digits, all numerals, 一 as a bar, and each mixture."""
    yield _stream([(placed, placed.run.plain) for placed in runs])
    words = [p for p in runs if p.run.readings and p.run.readings != (p.run.plain,)]
    if not words:
        return
    yield _stream([(p, _whole(p.run)) for p in runs])
    yield _stream([(p, p.run.readings[-1]) for p in runs])
    for placed in words:
        for reading in placed.run.readings:
            if len(reading) >= LONG:
                yield _stream([(placed, reading)])


def _certain(run: NumeralRun) -> str:
    return run.plain


def _whole(run: NumeralRun) -> str:
    return max(run.readings, key=len)


def _stream(parts: Iterable[tuple[_Placed, str]]) -> _Stream:
    kept = [(placed, digits) for placed, digits in parts if digits]
    starts = tuple(accumulate((len(digits) for _, digits in kept[:-1]), initial=0))
    return _Stream("".join(d for _, d in kept), starts, tuple(p for p, _ in kept))


@lru_cache(maxsize=50_000)
def folded_text(text: str) -> str:
    """Return a folded text; files of one edition say the same texts again and again."""
    return fold(text)


@lru_cache(maxsize=50_000)
def runs_in_text(text: str) -> tuple[int, tuple[NumeralRun, ...]]:
    """Return the length and the numbers of a text."""
    plain = normal(text)
    return len(plain), tuple(runs_of(plain))
