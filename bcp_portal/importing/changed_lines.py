"""Finds the lines that are no longer what a person was shown, and those that hang together with them.

Each entry is compared with the one that was shown. What differs is held back, and the file is checked
again without it, until all that is left is exactly as it was shown.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bcp_portal.importing.check_result import CheckedFile
from bcp_portal.importing.import_outcome import ImportLine, LineOutcome, Namesake
from bcp_portal.importing.meanings import lines_meant
from bcp_portal.importing.standins import Place

Check = Callable[[Mapping[Place, ImportLine]], CheckedFile]
"""Checks the file while some lines are held back."""

# Lines hang together over a few others, seldom over many; what still moves then waits as well.
_MOST_ROUNDS = 6
_OF_STORED_ROWS = {LineOutcome.CHANGED, LineOutcome.UNCHANGED}


@dataclass(frozen=True)
class HeldBack:
    """One line that is not saved: as it was shown, as it would be now, and why it is held.

    `because` are the lines that it hangs together with, where it is as it was shown itself.
    """

    place: int
    shown: ImportLine
    now: ImportLine
    because: tuple[ImportLine, ...] = ()


@dataclass
class ImportComparison:
    """What may be saved of a file, and what is held back.

    `same_now` lines would have changed what others have set to the values of the file meanwhile.
    """

    checked: CheckedFile
    held: list[HeldBack] = field(default_factory=list)
    same_now: int = 0


def are_of_one_file(shown: Sequence[ImportLine], now: Sequence[ImportLine]) -> bool:
    """Tell whether two lists tell of the same lines, so that each can be put beside the other."""
    return [entry.key for entry in shown] == [entry.key for entry in now]


def compare(
    shown: Sequence[ImportLine], checked: CheckedFile, check: Check, also: Collection[int] = ()
) -> ImportComparison:
    """Hold back what is no longer as it was shown; `also` are places that cannot be saved beside it.

    What is left to be written is, line by line, what `shown` says.
    """
    first = list(checked.plan.entries)
    held: dict[int, tuple[ImportLine, ...]] = {}
    new: dict[int, tuple[ImportLine, ...]] = {
        place: () for place, now in enumerate(first) if _must_wait(shown[place], now)
    }
    rounds = 0
    while new:
        held |= new
        held |= {place: _some_of(held, first) for place in also if place not in held}
        held |= _bound(shown, first, held)
        rounds += 1
        if rounds >= _MOST_ROUNDS:
            writing = (w.place for w in checked.writes if w.place not in held)
            held |= {place: _some_of(held, first) for place in writing}
        checked = check({first[place].place: _left_out(first[place]) for place in held})
        new = {
            place: _some_of(held, first)
            for place, now in enumerate(checked.plan.entries)
            if place not in held and _is_moved(shown[place], first[place], now)
        }
    _keep_what_writes_nothing(checked, first, held)
    found = [HeldBack(p, shown[p], first[p], held[p]) for p in sorted(held)]
    same_now = _same_now(shown, checked, held)
    _keep_what_was_asked(checked, shown, held)
    return ImportComparison(checked, found, same_now)


def _must_wait(shown: ImportLine, now: ImportLine) -> bool:
    """Tell whether a person must look again; what somebody else saved alike needs nobody."""
    if shown.settled or _is_as_shown(shown, now):
        return False
    return now.writes or (shown.writes and not _is_same_now(shown, now))


def _is_same_now(shown: ImportLine, now: ImportLine) -> bool:
    """Tell whether all cells that a line was to change hold by now what the file says.

    A cell that is not taken, because somebody else changed it to another value, does not.
    """
    if now.outcome is not LineOutcome.UNCHANGED or shown.uid.lower() not in {"", now.uid.lower()}:
        return False
    withheld = {cell.name for cell in now.withheld}
    return all(change.name not in withheld for change in shown.changes)


def _is_moved(shown: ImportLine, first: ImportLine, now: ImportLine) -> bool:
    """Tell whether a line is another one because lines are held back that it needs."""
    if shown.settled or _is_as_shown(shown, now):
        return False
    return now.writes or (shown.writes and first.writes)


def _is_as_shown(shown: ImportLine, now: ImportLine) -> bool:
    """Tell whether an entry writes and means what was shown.

    Fewer names that read alike or are the same are no matter, nor are more cells of which nothing is taken.
    """
    if not set(now.alike) <= set(shown.alike) or new_namesakes(shown, now):
        return False
    return _bare(now) == _bare(shown)


def new_namesakes(shown: ImportLine, now: ImportLine) -> tuple[Namesake, ...]:
    """Return the stored rows of the same name that were not shown."""
    known = {uid for uid, _ in shown.namesakes}
    return tuple(each for each in now.namesakes if each[0] and each[0] not in known)


def _bare(entry: ImportLine) -> ImportLine:
    return replace(
        entry, alike=(), namesakes=(), gives=(), takes=(), since=(), cells=(), held=(), withheld=()
    )


def _left_out(entry: ImportLine) -> ImportLine:
    return replace(entry, outcome=LineOutcome.REFUSED, changes=(), meant=())


def _bound(
    shown: Sequence[ImportLine],
    first: Sequence[ImportLine],
    held: Mapping[int, tuple[ImportLine, ...]],
) -> dict[int, tuple[ImportLine, ...]]:
    """Return the lines that name rows of held lines, or pass names on to them or from them."""
    found: dict[int, tuple[ImportLine, ...]] = {}
    reached = list(held)
    while reached:
        by_tie: dict[str, list[ImportLine]] = {}
        for place in reached:
            for tie in _ties_of_held(shown[place], first[place]):
                by_tie.setdefault(tie, []).append(first[place])
        reached = []
        for place, entry in enumerate(first):
            if place in held or place in found or entry.settled or not entry.writes:
                continue
            causes = [each for tie in _ties(entry) for each in by_tie.get(tie, ())]
            if causes:
                found[place] = tuple(dict.fromkeys(causes))
                reached.append(place)
    return found


def _ties_of_held(*entries: ImportLine) -> Iterator[str]:
    for entry in entries:
        yield from (f"gives {name}" for name in entry.gives)
        yield from (f"takes {name}" for name in entry.takes)
        yield f"line {entry.key}"


def _ties(entry: ImportLine) -> Iterator[str]:
    """Yield what holds an entry back: who gives the names that it takes, and the other way round."""
    yield from (f"gives {name}" for name in entry.takes)
    yield from (f"takes {name}" for name in entry.gives)
    yield from (f"line {key}" for key in sorted(lines_meant(entry)))


def _some_of(
    held: Mapping[int, tuple[ImportLine, ...]], first: Sequence[ImportLine]
) -> tuple[ImportLine, ...]:
    return tuple(first[place] for place in sorted(held))


def _keep_what_writes_nothing(
    checked: CheckedFile, first: Sequence[ImportLine], held: Collection[int]
) -> None:
    """Tell lines that write nothing as they are beside the held ones, not as they are without them."""
    entries = checked.plan.entries
    for place, entry in enumerate(entries):
        if place not in held and not entry.writes and not first[place].writes:
            entries[place] = first[place]


def _keep_what_was_asked(
    checked: CheckedFile, shown: Sequence[ImportLine], held: Collection[int]
) -> None:
    """Tell of the other lines what a person was asked of them, and no question that came later."""
    entries = checked.plan.entries
    for place, (asked, entry) in enumerate(zip(shown, entries, strict=True)):
        both = {asked.outcome, entry.outcome}
        if place not in held and both <= _OF_STORED_ROWS:
            entries[place] = replace(entry, held=asked.held, withheld=asked.withheld)


def _same_now(shown: Sequence[ImportLine], checked: CheckedFile, held: Collection[int]) -> int:
    pairs = enumerate(zip(shown, checked.plan.entries, strict=True))
    return sum(
        before.writes and not before.settled and _is_same_now(before, now)
        for place, (before, now) in pairs
        if place not in held
    )
