"""Proves on the finished files that a public edition says nothing but its public document; pure.

Two questions are asked of every string that the readers found in a file:

1. Does the public document, or the program itself, say it? A cell must say a whole text of the
   document; a line of a page may say a part of one. Anything else is refused, hidden or not.
2. Does it hold a hidden value that is not itself public elsewhere, in any spelling?

A short hidden value ("3", "有", a family name of two characters) stands on every page inside other
words, so question 2 looks for it only where it stands alone: as a whole cell, line, bookmark or
property. What "short" means is said by HiddenValue.is_long. The check stays on for short values all
the same: one that the public document says nowhere fails question 1 wherever it stands alone, and
one that the document does say elsewhere tells the reader nothing new.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bcp_portal.spelling.letters import fold
from bcp_portal.ui.text import shortened
from plans.public_edition.file_texts import FileReading, FileText
from plans.public_edition.finder import Finder
from plans.public_edition.hidden_values import HiddenValue, Weight
from plans.public_edition.public_texts import PublicTexts

_SHOWN_LENGTH = 16
_DIGIT = re.compile(r"\d")
# As plans/printing/navigation.py describes links to those who cannot see them.
_SPOKEN = (re.compile(r"(.*)（[^（）]*ページ）へ移動"), re.compile(r"(.*)を開く"))


@dataclass(frozen=True)
class Leak:
    """One thing that may not be where it is: the place, and the hidden value, if it is one.

    `sentence` says so in Japanese, without the value itself.
    """

    place: str
    value: HiddenValue | None = None
    fault: str = ""

    @property
    def sentence(self) -> str:
        if self.value is None:
            return self.fault
        return f"{self.place}に、公開しない値（{self.value.source}）があります。"


def find_leaks(
    reading: FileReading,
    public: PublicTexts,
    finder: Finder,
    hidden: Iterable[HiddenValue],
    *,
    strangers: bool = True,
) -> list[Leak]:
    """Return what a finished file holds that it may not, each place and source once.

    `finder` looks for the long ones of the hidden values. Names are none that a file may not hold.
    Without `strangers` the file may say more than the document: a summary counts and shortens.
    """
    pieces = [(piece, fold(piece.text)) for piece in reading.pieces]
    pieces = [each for each in pieces if not _is_page_number(*each, reading.own_words)]
    heavy = [value for value in hidden if value.weight is not Weight.NAME and not value.is_long]
    leaks = [
        *(Leak("", fault=fault) for fault in reading.faults),
        *_in_flows([piece for piece, folded in pieces if folded], finder),
        *_alone(pieces, public, heavy),
        *(_strangers(pieces, public, reading.own_words) if strangers else ()),
    ]
    return list(dict.fromkeys(leaks))


def _strangers(
    pieces: Iterable[tuple[FileText, str]], public: PublicTexts, own_words: Collection[str]
) -> Iterator[Leak]:
    for piece, folded in pieces:
        if not folded or not piece.said or folded in own_words:
            continue
        known = public.has_whole if piece.whole else public.may_be_said
        if not known(folded) and not _is_spoken_link(piece.text, public):
            shown = _shown(piece.text)
            fault = f"{piece.place}に、公開版の文書にない文字「{shown}」があります。"
            yield Leak(piece.place, fault=fault)


def _is_spoken_link(text: str, public: PublicTexts) -> bool:
    matches = (pattern.fullmatch(text) for pattern in _SPOKEN)
    return any(match and public.may_be_said(fold(match[1])) for match in matches)


def _alone(
    pieces: Iterable[tuple[FileText, str]], public: PublicTexts, hidden: Iterable[HiddenValue]
) -> Iterator[Leak]:
    values = {value.folded: value for value in hidden}
    for piece, folded in pieces:
        if not piece.said or folded not in values or public.has_whole(folded):
            continue
        # The last line of a public paragraph may be as short as that.
        if piece.whole or not public.has(folded):
            yield Leak(piece.place, values[folded])


def _is_page_number(piece: FileText, folded: str, own_words: Collection[str]) -> bool:
    """Tell a stamp like 10／20 or 8-3 from a value: folded, it might be read as 1020 or 83.

    A stamp of digits alone is read on with the text around it, as a part of a broken value.
    """
    return folded in own_words and not piece.text.strip().isdigit()


def _in_flows(pieces: Iterable[FileText], finder: Finder) -> Iterator[Leak]:
    flows: dict[str, list[FileText]] = {}
    for number, piece in enumerate(pieces):
        flows.setdefault(piece.flow or f"alone-{number}", []).append(piece)
    for flow in flows.values():
        texts = [piece.text for piece in flow]
        for value, at in finder.find(texts, only_written=not flow[0].said):
            if value.weight is not Weight.NAME:
                yield Leak(flow[at].place, value)


def _shown(text: str) -> str:
    """Return the beginning of a text that nobody knows; a number in it might be somebody's."""
    return shortened(_DIGIT.sub("＊", text), _SHOWN_LENGTH)
