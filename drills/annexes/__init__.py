"""Declares the annexes of this room; the application configuration registers them at start."""

from types import ModuleType

from drills.annexes import derived, programme

MODULES: tuple[ModuleType, ...] = (derived, programme)
