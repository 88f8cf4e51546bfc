"""Compares what the portal accepted with what it kept: pure, so that the comparing can be tested by itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Save:
    """One save that was accepted: of what, as which version, by whom, and the mark that was typed.

    `kind` is a code of a table, or "chapters". Each mark is typed once in the whole run.
    """

    town: str
    kind: str
    uid: str
    version: int
    username: str
    mark: str


@dataclass(frozen=True)
class LogLine:
    """One entry of the operation log about a row or chapter, with all that it says changed to."""

    sequence: int
    username: str
    text: str


@dataclass(frozen=True)
class Kept:
    """What the portal has of one row or chapter after the run, and its version before the run."""

    town: str
    version: int
    text: str
    version_before: int
    log: Sequence[LogLine] = ()


def faults(
    accepted: Iterable[Save], kept: Mapping[str, Kept], unanswered: Mapping[str, int]
) -> list[str]:
    """Return a sentence for each accepted save that is not wholly there, and for each that nobody made.

    `kept` is by uid. `unanswered` counts by uid the saves of which nobody knows whether they were
    accepted.
    """
    saves: dict[str, list[Save]] = defaultdict(list)
    for save in accepted:
        saves[save.uid].append(save)
    found: list[str] = []
    for uid, own in saves.items():
        found += _faults_of(uid, sorted(own, key=lambda save: save.version), kept, unanswered)
    untouched = [uid for uid in kept if uid not in saves]
    for uid in untouched:
        rest = kept[uid].version - kept[uid].version_before
        if not 0 <= rest <= unanswered.get(uid, 0):
            found.append(f"{uid}: {rest} versions more, and nobody saved it")
    return found


def _faults_of(
    uid: str, saves: Sequence[Save], kept: Mapping[str, Kept], unanswered: Mapping[str, int]
) -> Iterator[str]:
    name = f"{saves[0].kind} {uid}"
    now = kept.get(uid)
    if now is None:
        yield f"{name}: is gone, after {len(saves)} accepted saves"
        return
    for one, other in pairwise(saves):
        if one.version == other.version:
            yield f"{name}: version {one.version} was accepted twice, {one.mark} and {other.mark}"
    yield from _faults_of_versions(name, saves, now, unanswered.get(uid, 0))
    last = saves[-1]
    if now.version == last.version and last.mark not in now.text:
        yield f"{name}: {last.mark}, the last that was accepted, does not stand in it"
    yield from _faults_of_log(name, saves, now)


def _faults_of_versions(
    name: str, saves: Sequence[Save], now: Kept, unanswered: int
) -> Iterator[str]:
    if {save.town for save in saves} != {now.town}:
        yield f"{name}: belongs to {now.town}, but was saved in another town"
    if now.version < saves[-1].version:
        yield f"{name}: version {saves[-1].version} was accepted, version {now.version} is stored"
    more = now.version - now.version_before - len(saves)
    if not 0 <= more <= unanswered:
        yield f"{name}: {len(saves)} saves were accepted, {len(saves) + more} versions were made"


def _faults_of_log(name: str, saves: Sequence[Save], now: Kept) -> Iterator[str]:
    places = []
    for save in saves:
        lines = [line for line in now.log if save.mark in line.text]
        if len(lines) != 1:
            yield f"{name}: {save.mark} stands in {len(lines)} entries of the log"
            continue
        if lines[0].username != save.username:
            yield f"{name}: {save.mark} of {save.username} is {lines[0].username}'s in the log"
        places.append(lines[0].sequence)
    if places != sorted(places):
        yield f"{name}: the log tells its saves in another order than their versions"
