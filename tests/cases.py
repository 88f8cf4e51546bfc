"""How many random cases a property is tried with: few in `make test`, many in `make rehearse`."""

import os

MANY = bool(os.environ.get("BCP_MANY_CASES"))


def cases(few: int, many: int) -> int:
    """Return how many to try now; a test that asks is marked `long_form`."""
    return many if MANY else few
