"""Reads an outline from its two files: what it is called and asks, and the chapters with their first texts."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from plans.outlines.template import ChapterTemplate, GuideStep, OutlineTemplate
from plans.text.outline import BODY_PLACE

_HEADING = re.compile(r"(#+) (.+)")
_FACT = re.compile(r"(key|placement): (\S+)")
GUIDANCE = "---"
"""The line between the first text of a chapter and the guidance for who writes it."""


class OutlineFileError(ValueError):
    """A file of an outline that cannot be read, with the line."""


@dataclass
class _Heading:
    """One chapter as it stands in the file, before it is known what lies below it."""

    depth: int
    title: str
    facts: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    guidance: list[str] = field(default_factory=list)
    in_guidance: bool = False

    def take(self, line: str) -> None:
        fact = _FACT.fullmatch(line)
        if fact and not self.lines and not self.in_guidance:
            self.facts[fact[1]] = fact[2]
        elif line == GUIDANCE and not self.in_guidance:
            self.in_guidance = True
        else:
            (self.guidance if self.in_guidance else self.lines).append(line)


def read_outline(folder: Path, name: str) -> OutlineTemplate:
    """Return the outline of `name`.toml and `name`.txt; OutlineFileError names what is wrong."""
    facts: dict[str, Any] = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    steps = tuple(_step(step) for step in facts.pop("steps", ()))
    if "annexes" in facts:
        facts["annexes"] = tuple(facts["annexes"])
    chapters = read_chapters((folder / f"{name}.txt").read_text(encoding="utf-8"))
    return OutlineTemplate(steps=steps, chapters=chapters, **facts)


def read_chapters(text: str) -> tuple[ChapterTemplate, ...]:
    """Return the chapters of a text: `# title`, facts, the first text, `---`, the guidance.

    As many # as a heading has, so deep it lies. OutlineFileError names the first line that does not
    fit.
    """
    return _below(_headings(text), 1)


def _headings(text: str) -> list[_Heading]:
    found: list[_Heading] = []
    for number, line in enumerate(text.splitlines(), 1):
        heading = _HEADING.fullmatch(line)
        if heading:
            depth = len(heading[1])
            if depth > (found[-1].depth if found else 0) + 1:
                raise OutlineFileError(f"line {number}: {line} lies too deep")
            found.append(_Heading(depth, heading[2]))
        elif found:
            found[-1].take(line)
        elif line.strip():
            raise OutlineFileError(f"line {number}: no heading stands above {line}")
    return found


def _below(headings: Sequence[_Heading], depth: int) -> tuple[ChapterTemplate, ...]:
    return tuple(_chapter(group, depth) for group in _groups(headings, depth))


def _groups(headings: Sequence[_Heading], depth: int) -> Iterator[Sequence[_Heading]]:
    """Yield each heading of this depth together with what lies below it."""
    starts = [place for place, heading in enumerate(headings) if heading.depth == depth]
    for start, end in pairwise([*starts, len(headings)]):
        yield headings[start:end]


def _chapter(group: Sequence[_Heading], depth: int) -> ChapterTemplate:
    heading = group[0]
    return ChapterTemplate(
        title=heading.title,
        body="\n".join(heading.lines).strip("\n"),
        guidance="\n".join(heading.guidance).strip("\n"),
        sections=_below(group[1:], depth + 1),
        key=heading.facts.get("key", ""),
        placement=heading.facts.get("placement", BODY_PLACE),
    )


def _step(said: dict[str, Any]) -> GuideStep:
    facts: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
    }
    return GuideStep(**facts)
