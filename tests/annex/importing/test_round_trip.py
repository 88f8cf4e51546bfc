"""Importing what was exported changes nothing, in every annex and with awkward text."""

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.spec import AnnexSpec
from tests.annex.importing.desk import Desk
from tests.rows import make_row

SPECS = registry.specs()


@pytest.mark.parametrize("spec", SPECS, ids=[spec.code for spec in SPECS])
def test_full_rows_come_back_unchanged(spec: AnnexSpec, in_scope: Municipality, desk: Desk) -> None:
    for number in (1, 2):
        make_row(spec, in_scope, number, full=True)
    checked = desk.check(desk.export(spec.code), spec.code)
    found = checked.plan.entries
    assert [(e.outcome.value, e.changes, e.problems) for e in found] == [
        ("unchanged", (), ())
    ] * spec.model.objects.count()
