"""Importing what was exported changes nothing, in every annex and with awkward text."""

from io import BytesIO
from typing import Any

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.fields import WordsField
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.importing.import_outcome import ImportedCell, LineOutcome
from systems.models import Site
from tests.cases import cases
from tests.importing.desk import Desk, bytes_of, outcomes, reasons, workbook_of
from tests.plans.rows import a_role
from tests.rows import make_row

SPECS = registry.specs()
AWKWARD = st.sampled_from(
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "'0123",
        "〃",
        "同上",
        "－",
        "＊＊＊",
        "行の\n途中\r\nで改行",
        " 前後に空白　",
        "ＡＢＣ１２３",
        "葛\U000e0100飾",
        "髙𠮷﨑",
        "_x000D_",
        "uid",
        "bcp-portal:1:3",
        "※注",
        "合計",
        "a,b;c、d",
        '"引用"',
        "\t",
        "-5%",
        "2026/4/1",
        "TRUE",
        "\ue000",
    ]
) | st.text(max_size=30)


@pytest.mark.parametrize("spec", SPECS, ids=[spec.code for spec in SPECS])
def test_full_rows_come_back_unchanged(spec: AnnexSpec, in_scope: Municipality, desk: Desk) -> None:
    for number in (1, 2):
        make_row(spec, in_scope, number, full=True)
    found = desk.check(desk.export(spec.code), spec.code).plan.entries
    unchanged = [(LineOutcome.UNCHANGED, (), ())] * spec.model.objects.count()
    assert [(e.outcome, e.changes, e.problems) for e in found] == unchanged


@pytest.mark.long_form
@pytest.mark.parametrize("spec", SPECS, ids=[spec.code for spec in SPECS])
@settings(
    max_examples=cases(3, 40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_awkward_text_comes_back_unchanged(
    spec: AnnexSpec, in_scope: Municipality, desk: Desk, data: Any
) -> None:
    with transaction.atomic():
        row = make_row(spec, in_scope, 1, full=True)
        for item in Sheet.of(spec, in_scope).editable_items:
            _spoil(row, item, data)
        type(row).objects.bulk_update([row], [f.name for f in _texts(type(row))] or ["note"])
        found = desk.check(desk.export(spec.code), spec.code).plan.entries
        transaction.set_rollback(True)
    assert {entry.outcome for entry in found} == {LineOutcome.UNCHANGED}, found


def _texts(model: Any) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField | WordsField)
        or (type(field) is models.CharField and not field.choices)
    ]


def _spoil(row: Any, item: Any, data: Any) -> None:
    """Store what no form would let through, as an older release might have."""
    field = item.model_field
    if field not in _texts(type(row)):
        return
    text = data.draw(AWKWARD).replace("\x00", "")
    text = text.encode("utf-8", "ignore").decode()[: field.max_length or 1000]
    setattr(row, item.name, [text] if item.column.kind is Kind.WORDS else text)


def test_an_emptied_cell_is_the_only_change(desk: Desk) -> None:
    lines = (("庁舎（建物）名", "拠点区分", "所在地"), ("本庁舎", "本庁舎", "中央1-1"))
    desk.bring_in(workbook_of(*lines), "3")
    workbook = load_workbook(BytesIO(desk.export("3")))
    sheet = workbook[workbook.sheetnames[1]]
    names = {cell.value: cell.column for cell in sheet[4]}
    line = next(cell.row for cell in sheet["A"] if len(str(cell.value)) == 36)
    sheet.cell(line, names["address"]).value = None
    [entry] = desk.check(bytes_of(workbook), "3").plan.entries
    assert entry.changes == (ImportedCell("所在地", "中央1-1", "", name="address"),)


@pytest.mark.quick
def test_an_unknown_uid_is_refused_and_a_missing_row_stays(
    in_scope: Municipality, desk: Desk
) -> None:
    spec = registry.spec("departments")
    assert spec is not None
    gone, kept = make_row(spec, in_scope, 1), make_row(spec, in_scope, 2)
    content = desk.export("departments")
    gone.delete()
    late = make_row(spec, in_scope, 3)
    checked = desk.bring_in(content, "departments")
    found = {entry.uid: entry.outcome for entry in checked.plan.entries}
    assert found == {str(gone.uid): LineOutcome.REFUSED, str(kept.uid): LineOutcome.UNCHANGED}
    assert set(spec.model.objects.values_list("uid", flat=True)) == {kept.uid, late.uid}


def test_two_lines_with_one_identifier_are_one_row_and_the_second_is_refused(desk: Desk) -> None:
    desk.bring_in(
        workbook_of(("建物名", "拠点区分", "所在地"), ("本庁舎", "本庁舎", "中央1-1")), "3"
    )
    workbook = load_workbook(BytesIO(desk.export("3")))
    sheet = workbook[workbook.sheetnames[1]]
    names = {cell.value: cell.column_letter for cell in sheet[4]}
    for name in ("uid", "name", "site_kind"):
        sheet[f"{names[name]}8"].value = sheet[f"{names[name]}7"].value
    sheet[f"{names['address']}7"].value = "中央2-2"
    sheet[f"{names['address']}8"].value = "中央3-3"
    checked = desk.bring_in(bytes_of(workbook))
    assert outcomes(checked) == {7: "changed", 8: "refused"}
    assert reasons(checked) == ["7行目と同じ行を指しています。どちらか一方にしてください。"]
    assert Site.objects.get().address == "中央2-2"


def test_a_sheet_that_lacks_a_part_of_the_key_finds_no_row_by_the_rest(
    in_scope: Municipality, desk: Desk
) -> None:
    """Without its 体制 a 役割 of the same name may be another one."""
    role = a_role(in_scope, "本部長", post="市長")
    checked = desk.bring_in(workbook_of(("役割名", "充てる職"), ("本部長", "副市長")), "8")
    assert outcomes(checked) == {2: "refused"}
    role.refresh_from_db()
    assert role.post == "市長"


def test_a_workbook_of_another_municipality_adds_rows_and_empties_nothing(
    desk: Desk, in_scope: Municipality
) -> None:
    lines = (("本庁舎", "本庁舎", "中央1-1"), ("別館", "その他", "中央1-2"))
    desk.bring_in(workbook_of(("建物名", "拠点区分", "所在地"), *lines), "3")
    workbook = load_workbook(BytesIO(desk.export("3")))
    identity = workbook["_bcp_portal"]
    ours, theirs = identity["B2"].value, "011002"
    identity["B2"].value = theirs
    sheet = workbook[workbook.sheetnames[1]]
    sheet["A2"].value = sheet["A2"].value.replace(ours, theirs)
    names = {cell.value: cell.column_letter for cell in sheet[4]}
    sheet[f"{names['address']}7"].value = None
    sheet[f"{names['name']}8"].value = "新館"
    found = desk.check(bytes_of(workbook)).plan.entries
    assert [(e.name.split("　")[0], e.outcome) for e in found] == [
        ("本庁舎", LineOutcome.UNCHANGED),
        ("新館", LineOutcome.NEW),
    ]
