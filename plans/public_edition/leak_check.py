"""Proves on the finished files that a public edition says nothing but its public document; pure.

Two questions are asked of every string that the readers found in a file:

1. Does the public document, or the program itself, say it? A cell must say a whole text of the
   document; a line of a page may say a part of one. Anything else is refused, hidden or not.
2. Does it hold a hidden value that is not itself public elsewhere, in any spelling (full width,
   without hyphens or spaces, with variants of characters, broken across lines, cells or pages)?

A short hidden value ("3", "有", a family name of two characters) stands on every page inside other
words, so question 2 looks for it only where it stands alone: as a whole cell, line, bookmark or
property. What "short" means is said by HiddenValue.is_long. The check stays on for short values all
the same: one that the public document says nowhere fails question 1 wherever it stands alone, and
one that the document does say elsewhere tells the reader nothing new.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from plans.public_edition.hidden_values import HiddenValue
from plans.public_edition.pieces import FileReading, Piece
from plans.public_edition.public_texts import PublicTexts
from plans.public_edition.spelling import fold

_SHOWN_LENGTH = 16
_DIGIT = re.compile(r"\d")
# As plans/printing/navigation.py describes links to those who cannot see them.
_SPOKEN = (re.compile(r"(.*)（[^（）]*ページ）へ移動"), re.compile(r"(.*)を開く"))


@dataclass(frozen=True)
class Leak:
    """One thing that may not be where it is: a Japanese sentence, without the value itself."""

    sentence: str


def find_leaks(
    reading: FileReading, public: PublicTexts, hidden: Iterable[HiddenValue]
) -> list[Leak]:
    """Return what a finished file holds that it may not, each place and source once."""
    folded = [(piece, fold(piece.text)) for piece in reading.pieces]
    folded = [each for each in folded if not _is_page_number(*each, reading.own_words)]
    hidden = list(hidden)
    sentences = [
        *reading.faults,
        *_hidden_in_flows(folded, [value for value in hidden if value.is_long]),
        *_hidden_alone(folded, public, [value for value in hidden if not value.is_long]),
        *_strangers(folded, public, reading.own_words),
    ]
    return [Leak(sentence) for sentence in dict.fromkeys(sentences)]


def _strangers(
    pieces: Iterable[tuple[Piece, str]], public: PublicTexts, own_words: Collection[str]
) -> Iterator[str]:
    for piece, folded in pieces:
        if not folded or not piece.said or folded in own_words:
            continue
        known = public.has_whole if piece.whole else public.may_be_said
        if not known(folded) and not _is_spoken_link(piece.text, public):
            yield f"{piece.place}に、公開版の文書にない文字「{_shown(piece.text)}」があります。"


def _is_spoken_link(text: str, public: PublicTexts) -> bool:
    matches = (pattern.fullmatch(text) for pattern in _SPOKEN)
    return any(match and public.may_be_said(fold(match[1])) for match in matches)


def _hidden_alone(
    pieces: Iterable[tuple[Piece, str]], public: PublicTexts, hidden: Iterable[HiddenValue]
) -> Iterator[str]:
    values = {value.folded: value for value in hidden}
    for piece, folded in pieces:
        if not piece.said or folded not in values:
            continue
        # The last line of a public paragraph may be as short as that.
        if piece.whole or not public.has(folded):
            yield _found(values[folded], piece.place)


def _is_page_number(piece: Piece, folded: str, own_words: Collection[str]) -> bool:
    """Tell a stamp like 10／20 or 8-3 from a value: folded, it might be read as 1020 or 83.

    A stamp of digits alone is read on with the text around it, as a part of a broken value.
    """
    return folded in own_words and not piece.text.strip().isdigit()


def _hidden_in_flows(
    pieces: Iterable[tuple[Piece, str]], hidden: Iterable[HiddenValue]
) -> Iterator[str]:
    flows: dict[str, list[tuple[str, str]]] = {}
    for number, (piece, folded) in enumerate(pieces):
        if folded:
            flow = piece.flow or f"alone-{number}"
            flows.setdefault(flow, []).append((piece.place, folded))
    # One text for all flows: a hidden value never spans the breaks between them.
    everything = "\n".join("".join(text for _, text in flow) for flow in flows.values())
    for value in hidden:
        at = everything.find(value.folded)
        while at >= 0:
            yield _found(value, _place_at(flows, at))
            at = everything.find(value.folded, at + len(value.folded))


def _place_at(flows: Mapping[str, list[tuple[str, str]]], at: int) -> str:
    """Return the place of the piece in which a position of the joined text lies."""
    for flow in flows.values():
        for place, text in flow:
            if at < len(text):
                return place
            at -= len(text)
        at -= 1
    raise IndexError(at)


def _found(value: HiddenValue, place: str) -> str:
    return f"{place}に、公開しない値（{value.source}）があります。"


def _shown(text: str) -> str:
    """Return the beginning of a text that nobody knows; a number in it might be somebody's."""
    return _DIGIT.sub("＊", " ".join(text.split()))[:_SHOWN_LENGTH]
