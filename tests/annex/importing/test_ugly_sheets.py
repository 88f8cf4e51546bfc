"""Every ugly sheet becomes what its maker says, line by line and value by value."""

import pytest

from systems.models import Site
from tests.annex.importing.desk import Desk, outcomes, reasons
from tests.annex.importing.ugly.sheets import UGLY, Ugly


@pytest.mark.parametrize("ugly", UGLY, ids=[ugly.name for ugly in UGLY])
def test_an_ugly_sheet_is_read_as_a_person_would(ugly: Ugly, desk: Desk) -> None:
    checked = desk.bring_in(ugly.make(), "3")
    assert outcomes(checked) == dict(ugly.outcomes), reasons(checked)
    assert any(ugly.reason in reason for reason in reasons(checked)) or not ugly.reason
    for name, values in ugly.stored.items():
        row = Site.objects.get(name=name)
        assert {column: str(getattr(row, column)) for column in values} == dict(values)
    new = [name for name, outcome in ugly.outcomes.items() if outcome == "new"]
    assert Site.objects.count() == len(new)


def test_there_are_at_least_twelve_kinds() -> None:
    assert len({ugly.name for ugly in UGLY}) >= 12
