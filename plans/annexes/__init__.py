"""Declares the annexes of this room; the application configuration registers them at start."""

from types import ModuleType

from plans.annexes import (
    actions,
    derived,
    detail_checks,
    glossary,
    manuals,
    muster,
    organisation,
    policies,
    quick_checks,
    reviews,
    storage,
)

MODULES: tuple[ModuleType, ...] = (
    actions,
    derived,
    detail_checks,
    glossary,
    manuals,
    muster,
    organisation,
    policies,
    quick_checks,
    reviews,
    storage,
)
