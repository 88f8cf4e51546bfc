"""Compares how long recovery took with how long it was allowed to take (NISC 4.2.2③); pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from bcp_portal.ui.durations import Duration, format_duration

MET = "目標どおり"
NO_TARGET = "目標なし"


@dataclass(frozen=True)
class PremiseTarget:
    """The recovery target of a system under one premise."""

    rto: Duration
    level: str = ""


def target_for(targets: Mapping[str, PremiseTarget], premise: str) -> PremiseTarget | None:
    """Return the target of the premise; when there is one target only, that one."""
    if premise in targets:
        return targets[premise]
    return next(iter(targets.values())) if len(targets) == 1 else None


def rto_gap(actual_minutes: int | None, target: PremiseTarget | None) -> int | None:
    """Return actual minus target in minutes, negative when it was faster; None when one is unset."""
    if actual_minutes is None or target is None:
        return None
    return actual_minutes - target.rto.minutes


def gap_text(actual_minutes: int | None, unit: str, target: PremiseTarget | None) -> str:
    """Return the gap in words, in the unit in which the actual time was typed."""
    if actual_minutes is None:
        return ""
    gap = rto_gap(actual_minutes, target)
    if gap is None:
        return NO_TARGET
    if gap == 0:
        return MET
    return f"{format_duration(abs(gap), unit or 'minute')}{'超過' if gap > 0 else '短い'}"
