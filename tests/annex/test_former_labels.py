"""What a setting keeps of the names before: the last ten, each once, with the day on which it was given up."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bcp_portal.annex.former_labels import (
    MOST_KEPT,
    former_labels,
    labels_after_renaming,
    labels_without,
    said_labels,
)

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def renamed(*labels: str, kept: object = None) -> object:
    """Return what is kept after something was called all of these, one after another."""
    for hours, (before, after) in enumerate(pairwise(labels)):
        kept = labels_after_renaming(kept, before, after, NOON + timedelta(hours=hours))
    return kept


def test_each_name_is_kept_once_with_when_it_was_given_up() -> None:
    kept = renamed("", "場所", "位置", "場所", "所在")
    shipped, place, where = sorted(former_labels(kept, "所在", "所在地"), key=lambda e: e.label)
    assert [shipped.label, place.label, where.label] == ["位置", "場所", "所在地"]
    assert place.until == NOON + timedelta(hours=3)
    assert place.was_in_use(NOON) and not place.was_in_use(NOON + timedelta(hours=3))
    assert not place.was_in_use(None)


def test_a_name_that_is_taken_again_is_none_of_before() -> None:
    assert said_labels(renamed("", "場所", ""), "") == "場所"
    assert said_labels(renamed("ＡＢＣ", "甲", "ABC", kept=[]), "ABC") == "甲"


def test_the_oldest_names_are_dropped() -> None:
    kept = renamed(*(f"名{number}" for number in range(MOST_KEPT + 4)))
    found = [each.label for each in former_labels(kept, "名13")]
    assert found == [f"名{number}" for number in range(3, MOST_KEPT + 3)]


def test_a_setting_of_before_gave_up_the_shipped_name_at_an_unknown_time() -> None:
    [only] = former_labels(None, "場所", "所在地")
    assert (only.label, only.until) == ("所在地", None)
    assert former_labels(None, "", "所在地") == ()
    kept = labels_after_renaming(None, "場所", "位置", NOON)
    assert [each.label for each in former_labels(kept, "位置", "所在地")] == ["所在地", "場所"]


def test_forgetting_holds_also_for_a_setting_of_before() -> None:
    assert labels_without(None, "場所", {""}) == []
    assert former_labels([], "場所", "所在地") == ()
    assert said_labels(labels_without(renamed("", "甲", "乙"), "乙", {"甲"}), "乙") == "（標準）"


def test_an_added_option_never_had_a_shipped_name() -> None:
    assert former_labels([{"label": ""}], "共同", "") == ()


def test_what_no_release_wrote_is_read_as_nothing() -> None:
    for odd in ("甲", {"label": "甲"}, [1, None, {"label": 3, "until": "昨日"}], 7):
        assert all(each.until is None for each in former_labels(odd, "乙", "丙"))
