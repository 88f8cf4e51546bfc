"""How much is tried: few random cases and a part of all pages in `make test`, all in `make rehearse`."""

import os
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

MANY = bool(os.environ.get("BCP_MANY_CASES"))


def cases(few: int, many: int) -> int:
    """Return how many to try now; a test that asks is marked `long_form`."""
    return many if MANY else few


def portion(things: Sequence[Thing], *, one_in: int, start: int = 0) -> list[Thing]:
    """Return every so many of the things from `start` on; all of them in `make rehearse`."""
    return list(things) if MANY else list(things[start % one_in :: one_in])
