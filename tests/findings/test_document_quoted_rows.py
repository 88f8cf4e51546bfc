"""What quotes a row of another 様式 quotes all of it, sign by sign."""

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.references import References
from bcp_portal.annex.table_builder import build_table
from systems.models import Measure, MeasureStep, OpenProblem
from tests.rows import make_row

LONG = "クラウドに予備の環境を契約し、庁舎が使えないときに切り替え、手順を年に二度、全員で試す。"
QUOTING = [
    (spec.code, column.name)
    for spec in registry.specs()
    for column in spec.columns
    if column.compute is None
    and spec.model._meta.get_field(column.name).related_model in (Measure, MeasureStep, OpenProblem)
]


def _measure(owner: Municipality, target: str, text: str) -> Measure:
    return Measure.objects.create(
        municipality=owner, target=target, measure=text, fiscal_years=[2026]
    )


@pytest.mark.parametrize(("code", "name"), QUOTING, ids=[f"{c}.{n}" for c, n in QUOTING])
def test_a_quoted_measure_is_neither_cut_nor_altered(
    in_scope: Municipality, code: str, name: str
) -> None:
    spec = registry.spec(code)
    assert spec is not None
    row = make_row(spec, in_scope, full=True)
    quoted = getattr(row, name)
    target = quoted.first() if hasattr(quoted, "first") else quoted
    field = {Measure: "measure", MeasureStep: "content", OpenProblem: "problem"}[type(target)]
    setattr(target, field, LONG)
    target.save()
    table = build_table(spec, municipality=in_scope, include_personal=True)
    column = table.column(name)
    assert column is not None
    assert LONG in table.text(table.rows[0], column)


def test_names_that_hold_the_separator_are_found_again_in_a_list(in_scope: Municipality) -> None:
    first = _measure(in_scope, "電算室、書庫", LONG)
    second = _measure(in_scope, "電算室", "棚を固定する、\n床に留める")
    third = _measure(in_scope, "電算室", "棚を固定する")
    text = "、".join(map(str, (second, third, first)))
    assert set(References(Measure).find_many(text)) == {first, second, third}


def test_a_workbook_exported_before_still_names_its_rows(in_scope: Municipality) -> None:
    """The names were cut at 30 characters then, and 「、」 had become 「・」."""
    first = _measure(in_scope, "電算室、書庫", LONG)
    second = _measure(in_scope, "電算室", "棚を固定する")
    text = "電算室・書庫：クラウドに予備の環境を契約し・庁舎が使えないときに切り替え…、電算室：棚を固定する"
    assert References(Measure).find_many(text) == [first, second]
