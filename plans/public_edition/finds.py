"""Finds hidden values in a public document, each with the place where it is printed; pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bcp_portal.spelling.numerals import normal, pattern_of
from plans.document.document import Document
from plans.public_edition.finder import Finder
from plans.public_edition.hidden_values import HiddenValue, Weight
from plans.public_edition.printed_texts import PrintedText, flows_of

_REACH = 8
"""So many characters may stand between the name of a column and a short number."""
_SPOKEN_BEFORE = ("内線", "暗証番号", "番号", "パスワード", "鍵")


@dataclass(frozen=True)
class Find:
    """One hidden value at one place of the public edition."""

    value: HiddenValue
    place: PrintedText

    @property
    def key(self) -> tuple[str, str]:
        """Return what a statement names: the value and the place."""
        return self.value.key, self.place.key

    @property
    def sentence(self) -> str:
        """Return in Japanese where it is printed and where it is hidden, without the value."""
        return f"{self.place.place}{self.told}"

    @property
    def told(self) -> str:
        """Return the sentence without its place."""
        return f"に、公開しない値（{self.value.source}）があります。"


def finds_in(document: Document, finder: Finder, hidden: Iterable[HiddenValue]) -> list[Find]:
    """Return every hidden value that a public document says, in printed order."""
    spoken = [value for value in hidden if value.spoken_digits]
    finds: list[Find] = []
    for flow in flows_of(document):
        texts = [text.text for text in flow]
        finds += [
            Find(value, flow[at])
            for value, at in finder.find(texts)
            if not (flow[at].is_label and value.weight is Weight.NAME)
        ]
        finds += _spoken(spoken, flow)
    return list(dict.fromkeys(finds))


def refusing(finds: Iterable[Find], claimed: Collection[tuple[str, str]]) -> list[Find]:
    """Return the finds that refuse the edition: no names, and no secrets that two people released."""
    return [
        find
        for find in finds
        if find.value.weight is Weight.PERSONAL
        or (find.value.weight is Weight.SECRET and find.key not in claimed)
    ]


def _spoken(values: Iterable[HiddenValue], flow: Iterable[PrintedText]) -> Iterable[Find]:
    """Yield short numbers that stand behind the name of their column, as 内線2345."""
    plain = [(normal(text.text), text) for text in flow]
    for value in values:
        names = (normal(value.said), *_SPOKEN_BEFORE)
        written = pattern_of(value.spoken_digits)
        for said, text in plain:
            if any(name in said for name in names) and _stands_behind(written, names, said):
                yield Find(value, text)


def _stands_behind(written: re.Pattern[str], names: Iterable[str], said: str) -> bool:
    for found in written.finditer(said):
        at = found.start()
        before = re.split("[。\n]", said[max(at - _REACH - 12, 0) : at])[-1]
        if any(
            before.rfind(name) >= 0 and len(before) - before.rfind(name) - len(name) <= _REACH
            for name in names
        ):
            return True
    return False
