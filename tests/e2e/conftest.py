"""In which order the tests of a browser are handed out."""

import pytest

# Takes the longest: begun first, it does not keep one worker busy when the other has ended.
FIRST = "test_walk.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name != FIRST)
