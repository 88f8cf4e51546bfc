"""Every ugly sheet becomes what its maker says, line by line and value by value."""

import pytest

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.annex import registry
from tests.importing.desk import Desk, outcomes, reasons
from tests.importing.ugly.sheets import UGLY, Ugly


@pytest.mark.quick
@pytest.mark.parametrize("ugly", UGLY, ids=[ugly.name for ugly in UGLY])
def test_an_ugly_sheet_is_read_as_a_person_would(
    ugly: Ugly, desk: Desk, in_scope: Municipality
) -> None:
    for name in ugly.departments:
        Department.objects.create(municipality=in_scope, name=name)
    checked = desk.bring_in(ugly.make(), ugly.code)
    assert outcomes(checked) == dict(ugly.outcomes), reasons(checked)
    assert any(ugly.reason in reason for reason in reasons(checked)) or not ugly.reason
    spec = registry.spec(ugly.code)
    assert spec is not None
    rows = {str(row): row for row in spec.model.objects.all()}
    for name, values in ugly.stored.items():
        assert {column: str(getattr(rows[name], column)) for column in values} == dict(values)
    assert len(rows) == sum(outcome == "new" for outcome in ugly.outcomes.values())


def test_there_are_at_least_twelve_kinds() -> None:
    assert len({ugly.name for ugly in UGLY}) >= 12
