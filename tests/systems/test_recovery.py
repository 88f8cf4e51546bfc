"""Every boundary of needs, bands, shortest times, 翌始業時, service levels and clock starts."""

from datetime import time
from decimal import Decimal

import pytest

from systems.arithmetic import recovery
from systems.arithmetic.recovery import RtoFit
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


def test_allowed_rto_is_the_earliest_need_and_unset_when_nothing_is_known_d1():
    assert recovery.earliest([15 * HOUR, 4 * HOUR, None]) == 4 * HOUR
    assert recovery.earliest([15 * HOUR, 0]) == 0
    assert recovery.earliest([None, None]) is None
    assert recovery.earliest([]) is None


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


@pytest.mark.parametrize(
    ("declared", "minimum", "allowed", "expected"),
    [
        pytest.param(3 * HOUR, 3 * HOUR, 15 * HOUR, RtoFit.SAFE, id="equal to the minimum"),
        pytest.param(3 * HOUR + 1, 3 * HOUR, 15 * HOUR, RtoFit.WORKAROUND, id="just above"),
        pytest.param(15 * HOUR, 3 * HOUR, 15 * HOUR, RtoFit.WORKAROUND, id="printed mail case"),
        pytest.param(15 * HOUR + 1, 3 * HOUR, 15 * HOUR, RtoFit.LATE, id="above the allowed"),
        pytest.param(None, 3 * HOUR, 15 * HOUR, RtoFit.UNKNOWN, id="no declared RTO"),
        pytest.param(HOUR, 3 * HOUR, None, RtoFit.SAFE, id="safe whatever the workaround"),
        pytest.param(4 * HOUR, 3 * HOUR, None, RtoFit.UNKNOWN, id="workaround not known"),
        pytest.param(4 * HOUR, None, 3 * HOUR, RtoFit.LATE, id="late without a minimum"),
        pytest.param(2 * HOUR, None, 3 * HOUR, RtoFit.UNKNOWN, id="no minimum"),
        pytest.param(HOUR, None, None, RtoFit.UNKNOWN, id="nothing needs the system"),
    ],
)
def test_standing_of_a_declared_rto_d3(declared, minimum, allowed, expected):
    assert recovery.standing(declared, minimum, allowed) is expected


def test_the_overnight_gap_is_fifteen_hours_and_a_quarter_d6():
    assert recovery.overnight_minutes() == 15 * HOUR + 15
    assert recovery.priority_of(recovery.overnight_minutes()) == "A"
    assert recovery.overnight_minutes(time(18, 0), time(9, 0)) == 15 * HOUR
    assert recovery.overnight_minutes(time(0, 0), time(0, 0)) == DAY


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
    ("rto", "next_opening", "gap", "expected"),
    [
        (None, True, None, True),
        (15 * HOUR + 15, False, None, True),
        (15 * HOUR + 16, False, None, False),
        (None, False, None, False),
        (14 * HOUR, False, 14 * HOUR, True),
        (14 * HOUR + 1, False, 14 * HOUR, False),
    ],
)
def test_priority_business_in_normal_times_d6(rto, next_opening, gap, expected):
    assert recovery.is_priority_in_normal_times(rto, next_opening, gap) is expected


@pytest.mark.parametrize(
    ("rate", "period", "minutes"),
    [
        ("99.5", recovery.MONTH, 3 * HOUR + 36),
        ("100", recovery.MONTH, 0),
        ("0", recovery.MONTH, recovery.MONTH),
        ("99.999", recovery.MONTH, 0),
        ("99.9", 3 * recovery.MONTH, 129),
    ],
)
def test_sla_rate_as_a_time_d7(rate, period, minutes):
    assert recovery.sla_rto_minutes(Decimal(rate), period) == minutes


@pytest.mark.parametrize("rate", ["-0.001", "100.001"])
def test_a_rate_that_is_no_percentage_is_refused_d7(rate):
    with pytest.raises(ValueError, match="no percentage"):
        recovery.sla_rto_minutes(Decimal(rate))


def test_times_of_one_clock_are_compared_as_they_are_d13():
    assert recovery.is_later(5, "alt_site_decided", 4, "alt_site_decided", {}) is True
    assert recovery.is_later(4, "alt_site_decided", 4, "alt_site_decided", {}) is False


def test_times_of_different_clocks_cannot_be_compared_without_the_assumed_delay_d13():
    assert recovery.is_later(HOUR, "event", DAY, "alt_site_decided", {}) is None
    assert recovery.is_later(DAY, "alt_site_decided", HOUR, "event", {"plan_activated": 5}) is None


def test_times_of_different_clocks_are_compared_from_the_event_d13():
    delays = {"alt_site_decided": DAY}
    assert recovery.is_later(HOUR, "alt_site_decided", DAY, "event", delays) is True
    assert recovery.is_later(HOUR, "alt_site_decided", DAY + HOUR, "event", delays) is False
    assert recovery.on_event_clock(HOUR, "alt_site_decided", delays) == DAY + HOUR
    assert recovery.on_event_clock(HOUR, "event", {}) == HOUR
    assert recovery.on_event_clock(HOUR, "plan_activated", delays) is None


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
