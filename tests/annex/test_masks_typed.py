"""A mask that somebody copies out of a list is not stored as if it were the value behind it."""

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.forms import MASK_IS_NO_VALUE, AnnexForm
from bcp_portal.annex.kinds import MASK
from bcp_portal.annex.sheet import Sheet

COLUMNS = [("9", "person_name"), ("9", "kana"), ("9", "sns"), ("11-2", "surveyor_text")]


@pytest.mark.parametrize(("code", "column"), COLUMNS)
def test_a_mask_is_refused_in_a_personal_column(
    in_scope: Municipality, code: str, column: str
) -> None:
    spec = registry.spec(code)
    assert spec is not None
    sheet = Sheet.of(spec, in_scope)
    items = [item for item in sheet.items if item.name == column]
    assert items and items[0].column.personal

    def problems(text: str) -> list[str]:
        row = spec.model(municipality=in_scope)
        form = AnnexForm({column: text, "version": "0"}, sheet=sheet, row=row, items=items)
        return list(form.errors.get(column, []))

    assert MASK_IS_NO_VALUE in problems(MASK)
    assert MASK_IS_NO_VALUE not in problems("見本")
