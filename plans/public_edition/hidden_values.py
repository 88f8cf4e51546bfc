"""Says what a hidden value is: how it is found, where it is hidden, and how heavy it weighs; pure."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from bcp_portal.spelling.kana import to_katakana
from bcp_portal.spelling.letters import fold
from bcp_portal.spelling.numerals import normal
from plans.public_edition.hidden_addresses import Address, addresses_in
from plans.public_edition.hidden_mails import Mail, mail_in
from plans.public_edition.hidden_numbers import NumberKey, number_keys, without_days

_SHORTEST_LETTERS = 6
_SHORTEST_TEXT = 5
_SHORTEST_NAME = 3
_SHORTEST_SENTENCE = 8
_SPOKEN_DIGITS = range(3, 6)
_PARTS_OF_A_NAME = 2
_READ_TWO_WAYS = re.compile("[一丨]|(?<=[ァ-ヶー])1|(?<=[ぁ-ゖ])ー")
_ONE_OR_BAR = re.compile("(?<=[ァ-ヶー])1|(?<=[ぁ-ゖ])ー")


class Weight(Enum):
    """How heavy a value weighs where it is found in public.

    A NAME (of a system, a department, a role, a building) stands all over a plan: it is told, and
    refuses nothing. A SECRET refuses the edition until two people say that here it is none. For a
    PERSONAL value there is no such way.
    """

    NAME = 1
    SECRET = 2
    PERSONAL = 3


@dataclass(frozen=True)
class Cell:
    """Where a value is hidden: table, row and column; all empty where it stands in no table."""

    table: str = ""
    uid: str = ""
    column: str = ""


@dataclass(frozen=True)
class HiddenValue:
    """One value that is not public: as it is written, and the row and column it comes from.

    `said` is the name of its column: a number of three to five digits is found behind it.
    `is_sentence` tells running text from the content of a field: a few words of it tell nothing.
    """

    text: str
    source: str
    weight: Weight = Weight.SECRET
    cell: Cell = Cell()
    said: str = ""
    is_sentence: bool = False

    @property
    def personal(self) -> bool:
        return self.weight is Weight.PERSONAL

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def numbers(self) -> frozenset[NumberKey]:
        """Return by which digits the numbers in it are found; a name is found by its letters."""
        return frozenset() if self.weight is Weight.NAME else frozenset(number_keys(self.text))

    @cached_property
    def addresses(self) -> frozenset[Address]:
        """Return the addresses in it, which are found in every spelling of their numbers."""
        return frozenset() if self.weight is Weight.NAME else addresses_in(self.text)

    @cached_property
    def mail(self) -> Mail | None:
        """Return what finds it where it is an e-mail address."""
        return mail_in(unicodedata.normalize("NFKC", self.text))

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Return the folded text, and what differs from it in other kana or in another order of names.

        一 behind katakana is read as a bar, behind hiragana as a number.
        """
        written = (self.folded, *(fold(kana) for kana in _in_other_kana(self.text)))
        parts = self.text.split()
        if self.weight is Weight.PERSONAL and len(parts) == _PARTS_OF_A_NAME:
            swapped = fold(parts[1] + parts[0])
            if not swapped.isdigit():
                written = (*written, swapped)
        return tuple(dict.fromkeys(written))

    @property
    def is_number(self) -> bool:
        return self.folded.isdigit()

    @property
    def spoken_digits(self) -> str:
        """Return the digits of a short number, which is found only behind the name of its column."""
        short = self.is_number and len(self.folded) in _SPOKEN_DIGITS and len(self.said) > 1
        return self.folded if short and self.weight is not Weight.NAME else ""

    @cached_property
    def is_long(self) -> bool:
        """Tell whether it can be searched for inside other text.

        Every page has a 3 and a 有: a short value is only looked for where it stands alone.
        """
        length = len(self.folded)
        if self.is_number:
            return bool(self.numbers)
        if not self.numbers and self._telling < _SHORTEST_NAME:
            return False
        if self.personal and not self.is_sentence:
            return length >= _SHORTEST_NAME
        if self.folded.isascii():
            return length >= _SHORTEST_LETTERS
        return length >= (_SHORTEST_SENTENCE if self.is_sentence else _SHORTEST_TEXT)

    @cached_property
    def _telling(self) -> int:
        """Return how many characters are left without days, amounts and references to 様式."""
        left = fold(without_days(normal(self.text)))
        return len(left.removesuffix(fold("のとおり")))

    @cached_property
    def key(self) -> str:
        """Return what names this value, whatever its spelling, without saying it."""
        return hashlib.sha256(self.folded.encode()).hexdigest()


def _in_other_kana(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", text)
    if not _READ_TWO_WAYS.search(plain):
        return ()
    as_bar = _ONE_OR_BAR.sub("一", plain)
    as_number = re.sub("[一丨]", "1", plain)
    return as_number, to_katakana(plain), as_bar
