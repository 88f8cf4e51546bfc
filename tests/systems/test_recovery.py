"""Every boundary of needs, bands and 翌始業時."""

import pytest

from systems.arithmetic import recovery
from systems.choice_lists import RLO

HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60


@pytest.mark.parametrize(
    ("biz_rto", "has_alt", "alt_time", "expected"),
    [
        pytest.param(3 * HOUR, "yes", 12 * HOUR, 15 * HOUR, id="printed case"),
        pytest.param(3 * HOUR, "no", None, 3 * HOUR, id="no workaround"),
        pytest.param(3 * HOUR, "no", 12 * HOUR, 3 * HOUR, id="a time beside 無 is ignored"),
        pytest.param(3 * HOUR, "unknown", None, 3 * HOUR, id="unknown workaround"),
        pytest.param(3 * HOUR, "yes", None, None, id="workaround without a time"),
        pytest.param(3 * HOUR, "yes", 0, 3 * HOUR, id="workaround of no time"),
        pytest.param(3 * HOUR, "", 12 * HOUR, None, id="workaround not surveyed"),
        pytest.param(0, "no", None, 0, id="the system must not stop"),
        pytest.param(None, "yes", 12 * HOUR, None, id="business without RTO"),
        pytest.param(None, "no", None, None, id="business without RTO or workaround"),
    ],
)
def test_need_of_one_business_d1(biz_rto, has_alt, alt_time, expected):
    assert recovery.need_minutes(biz_rto, has_alt, alt_time) == expected


def test_next_opening_is_converted_before_the_need_is_computed_d1_d6():
    converted = recovery.clock_minutes(None, next_opening=True)
    assert recovery.need_minutes(converted, "yes", HOUR) == 16 * HOUR + 15


@pytest.mark.parametrize(
    ("rto", "letter"),
    [
        (0, "S"),
        (3 * HOUR, "S"),
        (3 * HOUR + 1, "A"),
        (15 * HOUR, "A"),
        (DAY, "A"),
        (DAY + 1, "B"),
        (72 * HOUR, "B"),
        (3 * DAY, "B"),
        (3 * DAY + 1, "C"),
        (WEEK, "C"),
        (WEEK + 1, "D"),
        (2 * WEEK, "D"),
        (2 * WEEK + 1, "E"),
        (30 * DAY, "E"),
        (None, ""),
    ],
)
def test_priority_bands_d2(rto, letter):
    assert recovery.priority_of(rto) == letter


def test_highest_priority_leaves_out_blanks():
    assert recovery.highest_priority(["C", "", "A", "E"]) == "A"
    assert recovery.highest_priority(["E", "S"]) == "S"
    assert recovery.highest_priority(["", ""]) == ""


def test_the_overnight_gap_is_fifteen_hours_and_a_quarter_d6():
    assert recovery.OVERNIGHT_MINUTES == 15 * HOUR + 15
    assert recovery.priority_of(recovery.OVERNIGHT_MINUTES) == "A"


@pytest.mark.parametrize(
    ("rto", "next_opening", "expected"),
    [
        (WEEK, False, True),
        (WEEK + 1, False, False),
        (0, False, True),
        (None, False, False),
        (None, True, True),
    ],
)
def test_priority_business_in_disaster_d6(rto, next_opening, expected):
    assert recovery.is_priority_in_disaster(rto, next_opening) is expected


@pytest.mark.parametrize(
    ("rto", "next_opening", "expected"),
    [
        (None, True, True),
        (15 * HOUR + 15, False, True),
        (15 * HOUR + 16, False, False),
        (None, False, False),
    ],
)
def test_priority_business_in_normal_times_d6(rto, next_opening, expected):
    assert recovery.is_priority_in_normal_times(rto, next_opening) is expected


@pytest.mark.parametrize(
    ("rlo", "percent", "text", "expected"),
    [
        ("percent", 70, "", "平時の70%まで復旧"),
        ("percent", None, "", "平時の一定割合まで復旧"),
        ("other", None, "閲覧だけできる状態", "閲覧だけできる状態"),
        ("other", None, "", "その他"),
        ("offline", None, "", "オフラインで利用可能な状態"),
        ("", None, "", ""),
    ],
)
def test_recovery_level_as_printed(rlo, percent, text, expected):
    assert recovery.rlo_text(rlo, percent, text, dict(RLO.options)) == expected
