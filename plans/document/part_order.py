"""Orders the parts of an edition: those a revision covers among the others; pure."""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

Part = TypeVar("Part")
Key = TypeVar("Key", str, int)


def merged(
    working: Sequence[Part],
    base: Sequence[Part],
    key_of: Callable[[Part], Key],
    covers: Callable[[Key], bool],
) -> tuple[Part, ...]:
    """Keep the order of the base; a covered part stands behind its neighbour in the working copy."""
    result = [part for part in base if not covers(key_of(part))]
    earliest = 0
    for place, part in enumerate(working):
        if not covers(key_of(part)):
            continue
        before = {key_of(other) for other in working[:place]}
        index = max(_behind_last(result, key_of, working[:place], before), earliest)
        result.insert(index, part)
        earliest = index + 1
    return tuple(result)


def _behind_last(
    result: Sequence[Part],
    key_of: Callable[[Part], Key],
    preceding: Sequence[Part],
    before: Collection[Key],
) -> int:
    """Return the place behind the nearest preceding part that is in the result, else the first."""
    places = {key_of(part): index for index, part in enumerate(result) if key_of(part) in before}
    for part in reversed(preceding):
        if key_of(part) in places:
            return places[key_of(part)] + 1
    return 0
