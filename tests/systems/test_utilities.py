"""様式5: power and communication."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from systems.annexes.utilities import UTILITIES
from tests.systems.facilities import (
    make_location,
    make_measure,
    make_site,
    new_utility,
    required,
    said,
)


def test_a_missing_means_needs_nothing_more(in_scope):
    assert said(UTILITIES, new_utility(make_site(in_scope))) == []


@pytest.mark.parametrize(
    ("utility", "means", "message"),
    [
        (
            "power",
            "lgwan",
            "「LGWAN」は「電力供給」の種類ではありません。区分か種類を選び直してください。",
        ),
        (
            "communication",
            "ups",
            "「UPS」は「通信手段」の種類ではありません。区分か種類を選び直してください。",
        ),
    ],
)
def test_the_kind_fits_the_utility(in_scope, utility, means, message):
    row = new_utility(make_site(in_scope), utility=utility, means=means)
    assert said(UTILITIES, row) == [("means", message)]


def test_a_kind_the_municipality_added_fits_both(in_scope):
    site = make_site(in_scope)
    for utility in ("power", "communication"):
        assert said(UTILITIES, new_utility(site, utility=utility, means="solar")) == []


def test_a_generator_tells_everything(in_scope):
    row = new_utility(make_site(in_scope), utility="power", means="generator", exists="yes")
    there = required("「有無」が「有」のときは")
    assert said(UTILITIES, row) == [
        ("capacity", there),
        ("capacity_unit", there),
        ("covers", required("「区分」が「電力供給」で「有無」が「有」のときは")),
        (
            "runtime_minutes",
            required("「種類」が「UPS」または「自家発電」で「有無」が「有」のときは"),
        ),
        ("fuel", required("「種類」が「自家発電」で「有無」が「有」のときは")),
    ]


def test_an_uninterruptible_supply_needs_a_runtime_but_no_fuel(in_scope):
    row = new_utility(
        make_site(in_scope),
        utility="power",
        means="ups",
        exists="yes",
        capacity=Decimal(5),
        capacity_unit="kVA",
        covers=["server_room"],
    )
    assert [column for column, _ in said(UTILITIES, row)] == ["runtime_minutes"]
    row.runtime_minutes = 30
    assert said(UTILITIES, row) == []


def test_communication_supplies_nothing(in_scope):
    row = new_utility(make_site(in_scope), covers=["aircon"])
    assert said(UTILITIES, row) == [
        (
            "covers",
            "「供給・利用の対象」は「電力供給」のときだけ選びます。選択を外してください。",
        )
    ]


def test_a_high_risk_needs_a_measure(in_scope):
    row = new_utility(make_site(in_scope), risk_level="high", redundancy=["none", "routes"])
    assert said(UTILITIES, row, measures=[]) == [
        (
            "redundancy",
            "「なし」と「ルートの分散」を同時には選べません。どちらかを外してください。",
        ),
        ("measures", required("「リスクの大きさ」が「高」のときは")),
    ]
    row.redundancy = ["none"]
    assert said(UTILITIES, row, measures=[make_measure(in_scope)]) == []


def test_the_place_of_a_supply_is_given_once(in_scope):
    site = make_site(in_scope)
    row = new_utility(site, location=make_location(in_scope, site), location_text="地下電気室")
    assert [column for column, _ in said(UTILITIES, row)] == ["location_text"]


def test_whether_it_exists_must_be_answered(in_scope):
    with pytest.raises(ValidationError) as caught:
        new_utility(make_site(in_scope), exists="").clean_fields()
    assert "exists" in caught.value.message_dict
