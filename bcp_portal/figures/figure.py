"""A figure as plain data: a clean SVG and the same content in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bcp_portal.annex.table import known_values


@dataclass(frozen=True)
class FigureLine:
    """One line of a text alternative, with the lines that belong below it."""

    text: str
    points: tuple["FigureLine", ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FigureLine":
        """Rebuild a line and everything below it."""
        return cls(data["text"], tuple(cls.from_json(item) for item in data["points"]))

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield this line and those below it, each level indented by one full-width space."""
        yield "　" * depth + self.text
        for point in self.points:
            yield from point.lines(depth + 1)


@dataclass(frozen=True)
class Figure:
    """One drawn figure: `svg` is empty when only the words can be shown, and `note` says why."""

    code: str
    title: str
    svg: str
    alternative: tuple[FigureLine, ...]
    legend: str = ""
    landscape: bool = False
    note: str = ""

    @property
    def alternative_text(self) -> str:
        """Return the text alternative as lines, for readers that know no lists."""
        return text_of(self.alternative)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data from which `from_json` makes an equal figure."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Figure":
        """Rebuild a frozen figure; keys that this release does not know are ignored."""
        points = tuple(FigureLine.from_json(item) for item in data["alternative"])
        return cls(**{**known_values(cls, data), "alternative": points})


def text_of(points: Iterable[FigureLine]) -> str:
    """Return the lines of a nested list, one below the other."""
    return "\n".join(line for point in points for line in point.lines())
