"""The choice lists of this room: one code, one meaning."""

from itertools import pairwise

from django.apps import apps

from bcp_portal.annex.choices import ChoiceList
from systems.choice_lists import (
    DISASTER_KIND,
    NATURAL_DISASTERS,
    PRIORITY,
    TIMEPOINT,
    TIMEPOINT_MINUTES,
)


def lists_in_use():
    fields = [
        field
        for model in apps.get_app_config("systems").get_models()
        for field in model._meta.get_fields()
    ]
    return [
        field.choice_list
        for field in fields
        if isinstance(getattr(field, "choice_list", None), ChoiceList)
    ]


def test_time_points_rise_strictly_and_all_have_minutes():
    minutes = [TIMEPOINT_MINUTES[code] for code, _label in TIMEPOINT.options]
    assert minutes == [0, 3 * 24 * 60, 7 * 24 * 60]
    assert all(earlier < later for earlier, later in pairwise(minutes))


def test_priorities_run_from_s_to_e():
    assert "".join(code for code, _label in PRIORITY.options) == "SABCDE"


def test_natural_disasters_are_kinds_of_disaster():
    labels = [DISASTER_KIND.label(code) for code in NATURAL_DISASTERS]
    assert labels == ["震災", "風水害", "火山災害", "雪害"]


def test_two_lists_never_share_a_code():
    options_by_code = {}
    for choice_list in lists_in_use():
        options = options_by_code.setdefault(choice_list.code, choice_list.options)
        assert options == choice_list.options, choice_list.code
    assert "" not in options_by_code
    assert len(options_by_code) > 30


def test_within_a_list_codes_and_labels_are_distinct_and_fit_the_database():
    for choice_list in lists_in_use():
        codes, labels = zip(*choice_list.options, strict=True)
        assert len(set(codes)) == len(codes), choice_list.code
        assert len(set(labels)) == len(labels), choice_list.code
        assert all(len(code) <= 40 for code in codes), choice_list.code
