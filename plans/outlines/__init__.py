"""The tables of contents, with first texts, from which a municipality starts."""

from collections.abc import Mapping
from types import MappingProxyType

from plans.outlines import kashiwazaki, katsushika, musashino, nisc, simple
from plans.outlines.template import OutlineTemplate

OUTLINES: Mapping[str, OutlineTemplate] = MappingProxyType(
    {
        package.OUTLINE.profile: package.OUTLINE
        for package in (simple, kashiwazaki, katsushika, nisc, musashino)
    }
)
"""Every outline by its profile, in the order in which they are offered."""
