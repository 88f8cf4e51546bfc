"""Whatever cells a sheet holds, checking and saving it ends in outcomes and sentences, never in an error."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Sheet
from bcp_portal.importing.import_writer import RefusedAtSavingError
from tests.cases import cases
from tests.importing.desk import Desk, workbook_of

CELLS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.datetimes(datetime(1901, 1, 1), datetime(2300, 1, 1))
    | st.sampled_from(
        [
            "〃",
            "同上",
            "○",
            "×",
            "有",
            "無",
            "－",
            "#REF!",
            "即時",
            "3日",
            "50%",
            "令和99年",
            "はい",
        ]
    )
    | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
)
CODES = ("1", "9", "10-2", "15", "17", "12", "19-3", "6-1", "departments", "people")


@pytest.mark.long_form
@pytest.mark.parametrize("code", CODES)
@settings(
    max_examples=cases(6, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_cells_end_in_outcomes(
    code: str, in_scope: Municipality, desk: Desk, data: Any
) -> None:
    spec = registry.spec(code)
    assert spec is not None
    labels = [item.column.label for item in Sheet.of(spec, in_scope).editable_items]
    line = st.lists(CELLS, min_size=len(labels), max_size=len(labels))
    lines = data.draw(st.lists(line, min_size=1, max_size=4))
    with transaction.atomic():
        try:
            checked = desk.bring_in(workbook_of(labels, *map(_storable, lines)), code)
        except RefusedAtSavingError as refused:
            assert refused.problems
        else:
            for entry in checked.plan.entries:
                assert all(problem.reason for problem in entry.problems)
        transaction.set_rollback(True)


def _storable(line: list[Any]) -> list[Any]:
    return [v.replace(tzinfo=None) if isinstance(v, datetime) else _plain(v) for v in line]


def _plain(value: Any) -> Any:
    return value.lstrip("=") if isinstance(value, str) else value


def test_moments_are_storable() -> None:
    assert _storable([datetime(2026, 1, 1, tzinfo=UTC)]) == [datetime(2026, 1, 1)]
