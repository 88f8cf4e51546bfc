"""The workbook of a check says what its page says, notes and remarks among it."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.importing.models import ImportJob
from bcp_portal.importing.report import report_bytes
from tests.findings.test_excel_files import content
from tests.importing.desk import Desk, bytes_of, workbook_of


def report(desk: Desk, file: bytes, code: str) -> dict[str, list[tuple[Any, ...]]]:
    plan = desk.check(file, code).plan
    plan.sheets = desk.assigned.reports()
    job = ImportJob(municipality=desk.municipality, file_name="表.xlsx", summary=plan.summary())
    workbook = load_workbook(BytesIO(report_bytes(job, plan.entries)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in workbook}


def test_two_values_of_a_cell_and_like_names_are_in_the_workbook(
    desk: Desk, in_scope: Municipality
) -> None:
    Department.objects.create(municipality=in_scope, name="髙田支所", row_no=1)
    known = Department.objects.create(municipality=in_scope, name="総務課", note="旧", row_no=2)
    file = workbook_of(("部署名", "備考"), ("高田支所", None), (known.name, 1.25))
    workbook = load_workbook(BytesIO(file))
    workbook.active["B3"].number_format = "0.0"
    found = report(desk, bytes_of(workbook), "departments")
    said = "似た名称がすでにあります：髙田支所"
    assert ("Sheet1", "2", "高田支所", "名称", None, "高田支所", said) in found["新規"]
    assert found["変更"][0][6] == "注意"
    assert found["変更"][1][3:] == (
        "備考", "旧", "1.3", "Excelの表示は「1.3」、保存されている値は「1.25」"
    )  # fmt: skip


def test_remarks_of_sheets_are_in_the_workbook(desk: Desk) -> None:
    found = report(desk, content("13_hidden_filtered_protected_comment.xlsx"), "1")
    texts = [line[2] for line in found["シートについて"]]
    assert texts[0] == "注意" and any("コメントは取り込みません（1件）" in text for text in texts)
    assert "シートについて" not in report(
        desk, workbook_of(("部署名", "備考"), ("甲課", None)), "departments"
    )
