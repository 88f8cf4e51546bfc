"""What the readers of finished files hand to the leak check: strings, each with the place it was found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileText:
    """One string found in a file.

    `flow` joins pieces that are read on: a value may be broken between them. A `whole` piece stands
    for itself (a cell); a part of a text need not. A piece that is not `said` is something only
    programs read, as the bytes of a file: only long hidden values are looked for in it.
    """

    place: str
    text: str
    flow: str = ""
    whole: bool = False
    said: bool = True


@dataclass(frozen=True)
class FileReading:
    """Everything a reader found in one file.

    `faults` are sentences on what may not be there at all, whatever it says. `own_words` are texts
    that this file alone may hold: its page numbers.
    """

    pieces: tuple[FileText, ...] = ()
    faults: tuple[str, ...] = ()
    own_words: frozenset[str] = frozenset()
