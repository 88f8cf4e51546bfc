"""The tables of contents, with first texts, from which a municipality starts; every sentence is our own."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from plans.outlines.guideline import with_references
from plans.outlines.reading import read_outline
from plans.outlines.template import OutlineTemplate

FILES = Path(__file__).parent / "files"
SIMPLE = read_outline(FILES, "simple")
KASHIWAZAKI = read_outline(FILES, "kashiwazaki")
KATSUSHIKA = read_outline(FILES, "katsushika")
_NISC = read_outline(FILES, "nisc")
NISC = replace(_NISC, chapters=with_references(_NISC.chapters))
MUSASHINO = read_outline(FILES, "musashino")

OUTLINES: Mapping[str, OutlineTemplate] = MappingProxyType(
    {each.profile: each for each in (SIMPLE, KASHIWAZAKI, KATSUSHIKA, NISC, MUSASHINO)}
)
"""Every outline by its profile, in the order in which they are offered."""
