"""Durations: what people type, what is stored, and the unit that comes back on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp_portal.ui.durations import (
    MAX_MINUTES,
    Duration,
    DurationError,
    Unit,
    format_duration,
    parse_duration,
)


@pytest.mark.parametrize(
    ("typed", "minutes", "unit", "shown"),
    [
        ("即時", 0, Unit.IMMEDIATE, "即時"),
        ("30分", 30, Unit.MINUTE, "30分"),
        ("30分間", 30, Unit.MINUTE, "30分"),
        ("0時間", 0, Unit.HOUR, "0時間"),
        ("72時間", 4320, Unit.HOUR, "72時間"),
        ("７２　時間", 4320, Unit.HOUR, "72時間"),
        ("72時間以内", 4320, Unit.HOUR, "72時間"),
        (" 3 日 以内 ", 4320, Unit.DAY, "3日"),
        ("3日間", 4320, Unit.DAY, "3日"),
        ("1週間", 10080, Unit.WEEK, "1週間"),
        ("1週", 10080, Unit.WEEK, "1週間"),
        ("2か月", 86400, Unit.MONTH, "2か月"),
        ("2ヶ月", 86400, Unit.MONTH, "2か月"),
        ("2ヵ月", 86400, Unit.MONTH, "2か月"),
        ("2カ月", 86400, Unit.MONTH, "2か月"),
        ("2ｶ月", 86400, Unit.MONTH, "2か月"),
        ("2箇月", 86400, Unit.MONTH, "2か月"),
        ("1日6時間", 1800, Unit.DAY, "1日6時間"),
        ("1.5時間", 90, Unit.HOUR, "1時間30分"),
        ("1時間半", 90, Unit.HOUR, "1時間30分"),
        ("1．5日", 2160, Unit.DAY, "1日12時間"),
        ("半日", 720, Unit.DAY, "12時間"),
        ("1,000時間", 60000, Unit.HOUR, "1000時間"),
        ("120か月", MAX_MINUTES, Unit.MONTH, "120か月"),
    ],
)
def test_typed_durations(typed: str, minutes: int, unit: Unit, shown: str) -> None:
    duration = parse_duration(typed)

    assert duration == Duration(minutes, unit)
    assert str(duration) == shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "期間を入力してください"),
        ("　", "期間を入力してください"),
        ("72", "「72」には単位がありません"),
        ("１．５", "「１．５」には単位がありません"),
        ("-3日", "「-3日」は負の値です"),
        ("－3日", "は負の値です"),
        ("▲3日", "は負の値です"),
        ("0.3分", "1分より細かい"),
        ("6時間1日", "単位の順"),
        ("1日1日", "単位の順"),
        ("121か月", "長すぎます"),
        ("9" * 59 + "日", "長すぎます"),
        ("9" * 5000 + "日", "期間として読み取れません"),
        ("翌始業時", "期間として読み取れません"),
        ("数時間", "期間として読み取れません"),
        ("3日くらい", "期間として読み取れません"),
        ("1年", "期間として読み取れません"),
        ("日", "期間として読み取れません"),
    ],
)
def test_refused_durations_say_what_to_type(typed: str, sentence: str) -> None:
    with pytest.raises(DurationError) as refused:
        parse_duration(typed)

    assert sentence in str(refused.value)
    assert str(refused.value).endswith("。")
    assert len(str(refused.value)) < 150


@pytest.mark.parametrize(
    ("minutes", "unit", "shown"),
    [
        (4320, "hour", "72時間"),
        (4320, "day", "3日"),
        (4320, "minute", "4320分"),
        (1800, "day", "1日6時間"),
        (90, "day", "1時間30分"),
        (10080 + 1440 + 61, "week", "1週間1日1時間1分"),
        (45 * 1440, "month", "1か月15日"),
        (0, "day", "0日"),
        (0, "immediate", "即時"),
        (90, "immediate", "1時間30分"),
    ],
)
def test_shown_in_the_stored_unit(minutes: int, unit: str, shown: str) -> None:
    assert format_duration(minutes, unit) == shown


@given(st.integers(0, MAX_MINUTES), st.sampled_from(Unit))
def test_what_is_shown_reads_back_as_the_same_time(minutes: int, unit: Unit) -> None:
    assert parse_duration(format_duration(minutes, unit)).minutes == minutes


@given(st.integers(1, 60), st.sampled_from([unit for unit in Unit if unit is not Unit.IMMEDIATE]))
def test_whole_multiples_keep_their_unit(count: int, unit: Unit) -> None:
    shown = format_duration(count * parse_duration(_one(unit)).minutes, unit)

    assert parse_duration(shown).unit is unit
    assert shown.startswith(str(count))


@given(st.text(max_size=40) | st.text("0123456789.半即時間日分週かヶ月以内-,０１", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        duration = parse_duration(text)
    except DurationError as refused:
        assert str(refused)
    else:
        assert 0 <= duration.minutes <= MAX_MINUTES


def _one(unit: Unit) -> str:
    return format_duration(
        {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43200}[unit], unit
    )
