"""What was found in a Word file, as plain data that one process writes and another reads."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

BEFORE_HEADINGS = "最初の見出しより前"
WHOLE_FILE = "文書全体"


@dataclass
class WordPiece:
    """A heading and what stands below it up to the next one; level 0 stands before the first."""

    title: str
    level: int
    number: str = ""
    html: str = ""


@dataclass
class Findings:
    """The pieces of a file in order, its pictures by their place in it, and what was not read.

    A picture stands in the text as src="word:<number>" and here as base64.
    """

    pieces: list[WordPiece] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Findings":
        """Rebuild what another process wrote."""
        return cls(
            [WordPiece(**piece) for piece in data.get("pieces", ())],
            list(data.get("pictures", ())),
            list(data.get("notes", ())),
            str(data.get("refused", "")),
        )


class Unread:
    """Counts what could not be read, and where, so that nothing is dropped in silence."""

    def __init__(self) -> None:
        self._found: Counter[tuple[str, str]] = Counter()

    def add(self, what: str, where: str) -> None:
        self._found[(what, where)] += 1

    def lines(self) -> list[str]:
        """Return one sentence for each kind of thing and place."""
        return [
            f"「{where}」：{what}" + (f"（{count}件）" if count > 1 else "")
            for (what, where), count in self._found.items()
        ]
