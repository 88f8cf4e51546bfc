"""Declares the annexes of this room; the application configuration registers them at start."""

from types import ModuleType

from systems.annexes import (
    alternate_sites,
    departments,
    locations,
    people,
    sites,
    systems,
    utilities,
    vendors,
)

MODULES: tuple[ModuleType, ...] = (
    alternate_sites,
    departments,
    locations,
    people,
    sites,
    systems,
    utilities,
    vendors,
)
