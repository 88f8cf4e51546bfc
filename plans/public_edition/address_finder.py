"""Finds postal and e-mail addresses in texts that are read on, however their parts are put together; pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from bcp_portal.spelling.numerals import normal
from plans.public_edition.hidden_addresses import Address, Numbered, numbered, plain_ways
from plans.public_edition.hidden_mails import Mail
from plans.public_edition.hidden_values import HiddenValue

_BETWEEN_TEXTS = " "


class AddressFinder:
    """Looks for the addresses of many values at once."""

    def __init__(self, values: Iterable[HiddenValue]) -> None:
        self._by_lot: dict[tuple[int, ...], list[tuple[Address, HiddenValue]]] = defaultdict(list)
        self._mails: list[tuple[Mail, HiddenValue]] = []
        for value in values:
            if value.mail is not None:
                self._mails.append((value.mail, value))
            for address in value.addresses:
                self._by_lot[address.numbers].append((address, value))

    def find(self, texts: Sequence[str]) -> Iterator[tuple[HiddenValue, int]]:
        """Yield each value with the number of the text in which its address begins."""
        if self._by_lot:
            yield from self._lots(texts)
        if self._mails:
            yield from self._mails_apart(texts)

    def mails_together(self, folded: str) -> Iterator[tuple[HiddenValue, int]]:
        """Yield each value whose e-mail address stands in a folded text, and where it begins."""
        for mail, value in self._mails:
            for found in mail.together.finditer(folded):
                yield value, found.start()

    def _lots(self, texts: Sequence[str]) -> Iterator[tuple[HiddenValue, int]]:
        """Find addresses by their numbers first, then by the place in front of these."""
        said = [plain_texts(text) for text in texts]
        plain = [ways[0] for ways in said]
        starts = _starts(plain)
        for each in numbered(_BETWEEN_TEXTS.join(plain)):
            at = bisect_right(starts, each.start) - 1
            yield from ((value, at) for value in self._at(each, in_one_text=False))
        for number, ways in enumerate(said):
            for each in (each for way in ways for each in numbered(way)):
                yield from ((value, number) for value in self._at(each, in_one_text=True))

    def _at(self, each: Numbered, *, in_one_text: bool) -> Iterator[HiddenValue]:
        """Yield the addresses whose numbers these begin with, behind their place."""
        for numbers in each.openings(in_one_text=in_one_text):
            for address, value in self._by_lot.get(numbers, ()):
                if address.stands_at_end_of(each.before):
                    yield value

    def _mails_apart(self, texts: Sequence[str]) -> Iterator[tuple[HiddenValue, int]]:
        said = [normal(text) for text in texts]
        starts, whole = _starts(said), _BETWEEN_TEXTS.join(said)
        for mail, value in self._mails:
            for at in mail.apart(whole):
                yield value, bisect_right(starts, at) - 1


def _starts(texts: Sequence[str]) -> list[int]:
    """Return where each text begins in all of them joined."""
    return [0, *accumulate(len(text) + len(_BETWEEN_TEXTS) for text in texts)]


@lru_cache(maxsize=50_000)
def plain_texts(text: str) -> tuple[str, ...]:
    """Return a text in the ways in which addresses are found."""
    return plain_ways(text)
