"""Declares the annexes of this room; the application configuration registers them at start."""

from types import ModuleType

from systems.annexes import (
    alternate_sites,
    backups,
    businesses,
    contacts,
    critical_businesses,
    departments,
    derived,
    locations,
    measures,
    people,
    recovery_targets,
    references,
    resources,
    risk_narratives,
    scenarios,
    sites,
    systems,
    threat_levels,
    utilities,
    vendors,
)

MODULES: tuple[ModuleType, ...] = (
    alternate_sites,
    backups,
    businesses,
    contacts,
    critical_businesses,
    departments,
    derived,
    locations,
    measures,
    people,
    recovery_targets,
    references,
    resources,
    risk_narratives,
    scenarios,
    sites,
    systems,
    threat_levels,
    utilities,
    vendors,
)
