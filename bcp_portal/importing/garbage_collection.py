"""Has Python look for garbage seldom while what is made for each of thousands of lines mostly stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# As often as Python does it by itself, it took a sixth of the time.
_SELDOM = (50_000, 20, 100)


@contextmanager
def looked_for_seldom() -> Iterator[None]:
    """Change it for the whole process: for the worker, which does one thing at a time."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
