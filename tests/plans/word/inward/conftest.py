"""A Word file that begins with a heading, to which tests add what they ask about."""

import pytest

from tests.plans.word.inward.making import Made


@pytest.fixture
def made() -> Made:
    made = Made()
    made.word.add_heading("第1章　総則", 1)
    return made
