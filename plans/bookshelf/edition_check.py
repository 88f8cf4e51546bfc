"""Answers anybody who holds a page whether its edition is in force, and strangers nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from django.core.cache import cache
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from bcp_portal.audit.tampering import note_fault
from plans.editions.chain_proof import chain_fault
from plans.editions.disposed_editions import gone_editions
from plans.editions.models.edition import Edition
from plans.editions.queries import HEAVY
from plans.editions.short_codes import ALPHABET, LENGTH, as_typed

MOST_MISSES = 30
MISSES_KEPT_SECONDS = 600
SECONDS_BETWEEN = 3
_MOST_READINGS = 32
_HYPHENS = str.maketrans("", "", "-‐‑‒–—―−ーｰ_")
# What stands on no page, and what somebody who types it may have read.
_LOOK_ALIKES = {
    "0": "DQ",
    "O": "DQ",
    "1": "7T",
    "I": "7T",
    "L": "7T",
    "2": "7",
    "Z": "7",
    "5": "6",
    "S": "6",
    "8": "3",
    "B": "3",
    "U": "Y",
    "V": "Y",
}


@dataclass(frozen=True)
class EditionStatus:
    """What an edition is today; `superseded_on` is the day the next one came into force.

    Without an edition the code is unknown, or (`is_gone`) that of one disposed of. `fault` says what of the records of the editions is not
    what was issued; nothing can be said of any of them then.
    """

    edition: Edition | None = None
    superseded_on: date | None = None
    awaited: bool = False
    fault: str = ""
    is_gone: bool = False

    @property
    def in_force(self) -> bool:
        known = self.edition is not None and not self.fault
        return known and self.superseded_on is None and not self.awaited


def verdict_on(typed: str) -> EditionStatus:
    """Look a code up in all municipalities, however it was typed."""
    with scopes_disabled():
        found = list(
            Edition.objects.filter(short_code__in=readings(typed))
            .select_related("municipality")
            .defer(*HEAVY)[:2]
        )
        if len(found) != 1:
            return EditionStatus(is_gone=not found and _is_gone(readings(typed)))
    edition = found[0]
    with scope(municipality=edition.municipality):
        fault = chain_fault(edition.municipality)
        if fault:
            note_fault(edition.municipality, edition, fault)
            return EditionStatus(edition, fault=fault)
        return _verdict(edition, timezone.localdate())


def _verdict(edition: Edition, today: date) -> EditionStatus:
    later = Edition.objects.filter(sequence__gt=edition.sequence, effective_on__lte=today)
    superseded_on = later.order_by("effective_on").values_list("effective_on", flat=True).first()
    return EditionStatus(edition, superseded_on, awaited=not edition.is_effective(today))


def _is_gone(codes: Sequence[str]) -> bool:
    """Tell whether one of the codes is that of an edition that was disposed of."""
    return bool(codes) and any(each.short_code in codes for each in gone_editions())


def readings(typed: str) -> list[str]:
    """Return the codes that somebody may have had before them; none for what can be no code."""
    code = as_typed(typed).translate(_HYPHENS)
    return list(_readings(code)) if len(code) == LENGTH else []


def _readings(code: str) -> Iterator[str]:
    choices = [_LOOK_ALIKES.get(sign, sign) for sign in code]
    count = 1
    for options in choices:
        count *= len(options)
    if count > _MOST_READINGS or any(set(options) - set(ALPHABET) for options in choices):
        return
    yield from ("".join(signs) for signs in product(*choices))


def may_ask(asker: str) -> bool:
    """Tell whether an answer may be given now: after many misses, one in SECONDS_BETWEEN.

    An office often has one address: on the day on which it is needed, thirty mistyped codes must not
    lock it out, and a guesser still needs longer than a plan is in force.
    """
    if int(cache.get(_key(asker), 0)) < MOST_MISSES:
        return True
    return cache.add(f"check-turn:{asker}", 1, SECONDS_BETWEEN)


def note_miss(asker: str, typed: str) -> None:
    """Count a code that does not exist; what can be no code is a slip, and guesses nothing."""
    if not readings(typed):
        return
    cache.add(_key(asker), 0, MISSES_KEPT_SECONDS)
    try:
        cache.incr(_key(asker))
    except ValueError:  # it ran out between the two
        cache.set(_key(asker), 1, MISSES_KEPT_SECONDS)


def _key(asker: str) -> str:
    return f"check-misses:{asker}"
