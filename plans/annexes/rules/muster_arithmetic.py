"""Works out the share of people who can be expected to gather (柏崎市 11(5))."""


def muster_rate(expected: int | None, needed: int | None) -> int | None:
    """Return the expected head-count as a whole percentage of the needed one, halves rounded up.

    Blank when either is unset or nobody is needed: there is nothing to be a share of.
    """
    if expected is None or not needed:
        return None
    return (200 * expected + needed) // (2 * needed)
