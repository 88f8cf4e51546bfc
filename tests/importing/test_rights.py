"""Who may not edit a row or a table cannot do it by a file either."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.importing.line_checks import MAY_NOT_ADD, MAY_NOT_CHANGE
from tests.conftest import MemberFactory
from tests.importing.desk import Desk, bytes_of, outcomes, reasons
from tests.rows import make_row, value_for


def test_a_department_changes_its_own_rows_and_adds_none(
    in_scope: Municipality, member: MemberFactory, tmp_path: Path
) -> None:
    spec = registry.spec("15")
    assert spec is not None
    own, other = (
        Department.objects.create(municipality=in_scope, name=name) for name in ("税務課", "総務課")
    )
    for number, department in enumerate((own, other), 1):
        row = make_row(spec, in_scope, number)
        row.owner_department = department
        row.biz_class = value_for(row._meta.get_field("biz_class"), 1)
        row.save()
    desk = Desk(in_scope, member(Role.CONTRIBUTOR, department=own), tmp_path)
    workbook = load_workbook(BytesIO(desk.export("15")))
    sheet = workbook[workbook.sheetnames[1]]
    names = {cell.value: cell.column_letter for cell in sheet[4]}
    for line in (7, 8):
        sheet[f"{names['note']}{line}"].value = "書き足した"
    sheet[f"{names['name']}9"].value = "新しい業務"
    checked = desk.bring_in(bytes_of(workbook))
    assert outcomes(checked) == {7: "changed", 8: "refused", 9: "refused"}
    assert reasons(checked) == [MAY_NOT_CHANGE, MAY_NOT_ADD]
    notes = spec.model.objects.order_by("row_no").values_list("note", flat=True)
    assert [note == "書き足した" for note in notes] == [True, False]
