"""様式4: rooms with equipment."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.annex.table_builder import build_table
from systems.annexes.locations import LOCATIONS
from systems.models import EquipmentLocation
from tests.systems.facilities import (
    make_location,
    make_measure,
    make_site,
    make_system,
    required,
    said,
)


@pytest.mark.parametrize("floor", [-5, -1, 1, 60])
def test_floors_that_exist(in_scope, floor):
    site = make_site(in_scope)
    row = EquipmentLocation(municipality=in_scope, site=site, name="室", floor=floor)
    assert said(LOCATIONS, row) == []


@pytest.mark.parametrize("floor", [-6, 0, 61])
def test_floors_that_do_not(in_scope, floor):
    site = make_site(in_scope)
    row = EquipmentLocation(municipality=in_scope, site=site, name="室", floor=floor)
    assert said(LOCATIONS, row) == [
        (
            "floor",
            f"「階」（{floor}）は、地上は1～60、地下は-1～-5で入力してください。0階はありません。",
        )
    ]


def test_no_protection_stands_alone_and_action_needs_a_measure(in_scope):
    row = make_location(
        in_scope,
        make_site(in_scope),
        fire=["none", "gas"],
        water=["cover", "none"],
        verdict="action",
    )
    assert said(LOCATIONS, row, measures=[]) == [
        ("fire", "「なし」と「ガス系消火」を同時には選べません。どちらかを外してください。"),
        ("water", "「なし」と「防水カバー」を同時には選べません。どちらかを外してください。"),
        ("measures", required("「判定」が「要対策」のときは")),
    ]
    row.fire, row.water = ["gas"], []
    assert said(LOCATIONS, row, measures=[make_measure(in_scope)]) == []


def location_cells(owner, name="電算センター"):
    table = build_table(LOCATIONS, municipality=owner)
    return next(row.cells for row in table.rows if row.cells["name"] == name)


@pytest.mark.parametrize(
    ("floor", "depth", "answer"), [(1, "3.0", "はい"), (2, "3.5", "いいえ"), (-1, "0.5", "はい")]
)
def test_a_room_is_compared_with_the_flood_of_its_building(in_scope, floor, depth, answer):
    site = make_site(in_scope, flood_risk="yes", flood_depth_m=Decimal(depth), new_seismic="no")
    make_location(in_scope, site, floor=floor)
    row = location_cells(in_scope)
    assert (row["below_flood"], row["building_seismic"]) == (answer, "非対応")


def test_a_room_in_a_building_never_surveyed_shows_nothing(in_scope):
    make_location(in_scope, make_site(in_scope))
    row = location_cells(in_scope)
    assert (row["below_flood"], row["building_seismic"]) == ("", "")


def test_a_room_lists_systems_placed_there_and_those_added_once(in_scope):
    room = make_location(in_scope, make_site(in_scope))
    placed = make_system(in_scope, "戸籍", hosting="onprem", location=room, row_no=1)
    make_system(in_scope, "旧税", location=room, row_status="retired")
    added = make_system(in_scope, "庁内LAN", row_no=2)
    room.extra_systems.set([placed, added, make_system(in_scope, "旧網", row_status="retired")])
    assert location_cells(in_scope)["systems"] == [
        {"uid": str(placed.uid), "text": "戸籍"},
        {"uid": str(added.uid), "text": "庁内LAN"},
    ]


def test_queries_do_not_grow_with_the_rooms(in_scope):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            build_table(LOCATIONS, municipality=in_scope)
        return len(captured)

    def room(name):
        made = make_location(in_scope, make_site(in_scope, f"{name}号館"), name)
        make_system(in_scope, f"{name}系", location=made)
        made.extra_systems.add(make_system(in_scope, f"{name}網"))

    room("一")
    alone = queries()
    room("二")
    room("三")
    assert queries() == alone
