"""様式1: which system needs which, and that nothing runs in a circle."""

import pytest
from django.core.exceptions import ValidationError

from systems.annexes.systems import DEPENDENCIES
from systems.models import SystemDependency
from tests.systems.facilities import (
    make_dependency,
    make_system,
    said,
)


def link(system, depends_on, **values):
    values = {"kind": "auth", **values}
    return SystemDependency(
        municipality=system.municipality, system=system, depends_on=depends_on, **values
    )


def test_a_system_does_not_depend_on_itself(in_scope):
    gis = make_system(in_scope, "GIS")
    assert said(DEPENDENCIES, link(gis, gis)) == [
        ("depends_on", "「依存先のシステム」に自分自身「GIS」は選べません。")
    ]


def test_hard_dependencies_do_not_run_in_a_circle(in_scope):
    a, b, c = (make_system(in_scope, name) for name in "ABC")
    make_dependency(a, b)
    make_dependency(b, c)
    assert said(DEPENDENCIES, link(c, a)) == [
        (
            "depends_on",
            "必須の依存が循環しています：C→A→B→C。どれか一つを見直してください。",
        )
    ]
    assert said(DEPENDENCIES, link(c, a, hard=False)) == []


def test_a_soft_or_retired_link_closes_no_circle(in_scope):
    a, b, c = (make_system(in_scope, name) for name in "ABC")
    make_dependency(a, b, hard=False)
    make_dependency(b, c, row_status="retired")
    assert said(DEPENDENCIES, link(b, a)) == []
    assert said(DEPENDENCIES, link(c, b)) == []


def test_turning_a_stored_link_round_is_judged_without_its_old_direction(in_scope):
    a, b = make_system(in_scope, "A"), make_system(in_scope, "B")
    stored = make_dependency(a, b)
    stored.system, stored.depends_on = b, a
    assert said(DEPENDENCIES, stored) == []


def test_the_same_dependency_is_registered_once(in_scope):
    a, b = make_system(in_scope, "A"), make_system(in_scope, "B")
    make_dependency(a, b)
    with pytest.raises(ValidationError) as caught:
        link(a, b, kind="data").validate_constraints()
    assert caught.value.messages == ["このシステムには、同じ依存先がすでに登録されています。"]
