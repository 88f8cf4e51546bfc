"""Two places that would be lost together."""

import pytest

from systems.arithmetic.disaster_groups import hit_together


@pytest.mark.parametrize(
    ("first", "second", "first_group", "second_group", "expected"),
    [
        pytest.param(1, 1, "", "", "yes", id="the same site"),
        pytest.param(1, 2, "市中心部", "市中心部", "yes", id="the same group"),
        pytest.param(1, 2, "市中心部", "県外", "no", id="different groups"),
        pytest.param(1, 2, "", "県外", "unknown", id="first group not known"),
        pytest.param(1, 2, "市中心部", "", "unknown", id="second group not known"),
        pytest.param(1, 2, "", "", "unknown", id="two blanks are not the same group"),
        pytest.param(1, None, "市中心部", "", "", id="no backup site"),
        pytest.param(None, 2, "", "県外", "", id="no original site"),
    ],
)
def test_hit_together(first, second, first_group, second_group, expected):
    assert hit_together(first, second, first_group, second_group) == expected
