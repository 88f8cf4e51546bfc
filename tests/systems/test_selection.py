"""Which businesses are proposed as critical, at and beside each threshold."""

import pytest

from systems.arithmetic.selection import (
    SurveyedBusiness,
    is_deep,
    is_frequent,
    proposed_reasons,
    shown_depth,
)

WEEK = 7 * 24 * 60


@pytest.mark.parametrize(
    ("depth", "reported", "expected"),
    [(3, None, True), (2, None, False), (1, 3, True), (None, 8, True), (None, None, False)],
)
def test_three_levels_and_more_are_deep(depth, reported, expected):
    assert is_deep(depth, reported) is expected


@pytest.mark.parametrize(
    ("cases", "expected"), [(2000, True), (1999, False), (63105, True), (0, False), (None, False)]
)
def test_two_thousand_cases_and_more_are_frequent(cases, expected):
    assert is_frequent(cases) is expected


@pytest.mark.parametrize(
    ("depth", "reported", "has_dependencies", "expected"),
    [
        pytest.param(1, 8, False, 8, id="surveyed until dependencies are entered"),
        pytest.param(2, 8, True, 2, id="computed once they are"),
        pytest.param(None, 8, True, 8, id="a cycle has no computed depth"),
        pytest.param(1, None, False, 1, id="nothing surveyed"),
        pytest.param(None, None, True, None, id="cycle and nothing surveyed"),
    ],
)
def test_depth_to_rank_by(depth, reported, has_dependencies, expected):
    assert shown_depth(depth, reported, has_dependencies) == expected


def test_reasons_come_in_printed_order_and_only_when_they_hold():
    business = SurveyedBusiness(
        depth=3, yearly_cases=2000, rto_disaster=WEEK, rto_normal_next_open=True
    )
    assert proposed_reasons(business) == ["depth", "volume", "within_week", "next_opening"]
    below = SurveyedBusiness(
        depth=2, yearly_cases=1999, rto_disaster=WEEK + 1, rto_normal=15 * 60 + 16
    )
    assert proposed_reasons(below) == []
    assert proposed_reasons(SurveyedBusiness()) == []
