"""様式18: shortages, the measures they ask for, and breakdowns that do not add up."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from systems.annexes.resources import RESOURCES
from tests.systems.business_rows import computed, make_item, make_resource, new_resource
from tests.systems.facilities import make_measure, required, said

SHORT = "確保済みの数量が必要数量に足りない時点があるときは"


def secured(t0, d3, w1):
    return {"secured_t0": t0, "secured_d3": d3, "secured_w1": w1}


def test_nothing_short_needs_no_measure(in_scope):
    row = new_resource(in_scope, "パソコン", (10, 30, 50), **secured(10, 30, 60))
    assert said(RESOURCES, row, measures=[]) == []


def test_what_was_not_counted_is_not_short(in_scope):
    row = new_resource(in_scope, "パソコン", (10, 30, 50), **secured(None, None, None))
    assert said(RESOURCES, row, measures=[]) == []


@pytest.mark.parametrize("have", [(9, 30, 50), (10, 29, 50), (10, 30, 49), (0, None, None)])
def test_anything_short_at_any_time_needs_a_measure(in_scope, have):
    row = new_resource(in_scope, "パソコン", (10, 30, 50), **secured(*have))
    assert said(RESOURCES, row, measures=[]) == [("measures", required(SHORT))]
    assert said(RESOURCES, row, measures=[make_measure(in_scope)]) == []


def test_shortages_are_shown_at_each_time(in_scope):
    row = make_resource(in_scope, "パソコン", (10, 30, 50), **secured(12, 20, None))
    found = [computed(RESOURCES, f"shortage_{time}", row)[0] for time in ("t0", "d3", "w1")]
    assert found == [0, 10, None]


def test_a_breakdown_that_differs_is_named_by_time(in_scope):
    servers = make_resource(in_scope, "サーバ", (0, 1, 2), has_breakdown=True)
    make_item(servers, "ホームページ", "t0", is_cloud=True)
    make_item(servers, "GIS", "d3")
    make_item(servers, "資産管理", "w1")
    make_item(servers, "旧サーバ", "t0", units=9, row_status="retired")
    media = make_resource(in_scope, "バックアップ媒体", (3, 3, 3), unit="piece", has_breakdown=True)
    for label in ("財務会計", "総合行政", "人給庶務"):
        make_item(media, label, "d3")
    without = make_resource(in_scope, "タブレット", (10, 10, 10))
    with CaptureQueriesContext(connection) as captured:
        found = computed(RESOURCES, "breakdown_difference", servers, media, without)
    assert found == ["", "即時：必要数量3、内訳の合計0", None]
    assert len(captured) == 2


def test_a_resource_stands_once(in_scope):
    make_resource(in_scope, "サーバ", (0, 29, 30))
    with pytest.raises(ValidationError, match="同じ名前の必要資源がすでにあります。"):
        new_resource(in_scope, "サーバ", (0, 0, 0)).validate_constraints()
