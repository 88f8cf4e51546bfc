"""Brings what an older release wrote to the present format, one step a version.

A field or table that an archive lacks because it came later needs no step: it takes its default.
A step is needed where something was renamed, moved or is written differently.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bcp_portal.archive.parts import archive_parts

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class UpgradeStep:
    """What changes from one version to the next.

    `manifest` rewrites the manifest's JSON; `model` returns today's label of a model ('' for one
    that is gone); `row` rewrites a raw row, given the label of its model.
    """

    manifest: Callable[[Raw], Raw] = lambda data: data
    model: Callable[[str], str] = lambda label: label
    row: Callable[[str, Raw], Raw] = lambda label, raw: raw


def _members_without_sizes(data: Raw) -> Raw:
    members = data.get("members")
    if not isinstance(members, Mapping):
        return data
    return {**data, "members": {path: {"sha256": said} for path, said in members.items()}}


def _keys_of_accounts_named(label: str, raw: Raw) -> Raw:
    """Version 1 wrote keys of its own database, which say nothing here: as of former accounts."""
    written = {name for of, name in archive_parts.account_keys if of == label}
    return {
        name: {"former": abs(value)} if name in written and isinstance(value, int) else value
        for name, value in raw.items()
    }


STEPS: dict[int, UpgradeStep] = {
    1: UpgradeStep(manifest=_members_without_sizes, row=_keys_of_accounts_named),
}
"""By the version a step starts from."""


@dataclass(frozen=True)
class Steps:
    """All steps from the version of one archive to the present one, in their order."""

    steps: tuple[UpgradeStep, ...] = ()

    def manifest(self, data: Raw) -> Raw:
        for step in self.steps:
            data = step.manifest(data)
        return data

    def model(self, label: str) -> str:
        for step in self.steps:
            label = step.model(label)
        return label

    def row(self, label: str, raw: Raw) -> Raw:
        """Rewrite a row whose model was called `label` when it was written."""
        for step in self.steps:
            label, raw = step.model(label), step.row(label, raw)
        return raw


def steps_from(version: int) -> Steps:
    """Return the steps that an archive of this version needs."""
    return Steps(tuple(STEPS[each] for each in sorted(STEPS) if each >= version))
