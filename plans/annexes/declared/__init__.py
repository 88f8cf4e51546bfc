"""Declares the annexes of this room; the application configuration registers them at start."""

from types import ModuleType

from plans.annexes.declared import (
    actions,
    carry_cards,
    derived,
    detail_checks,
    event_reports,
    glossary,
    manuals,
    muster,
    organisation,
    policies,
    quick_checks,
    reviews,
    scope_reviews,
    storage,
)

MODULES: tuple[ModuleType, ...] = (
    actions,
    carry_cards,
    derived,
    detail_checks,
    event_reports,
    glossary,
    manuals,
    muster,
    organisation,
    policies,
    quick_checks,
    reviews,
    scope_reviews,
    storage,
)
