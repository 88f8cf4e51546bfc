"""A file may bring rows that name each other, across lines and sheets, in any order."""

from typing import Any

import pytest
from openpyxl import Workbook

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.importing.import_writer import RefusedAtSavingError
from systems.models import Site
from systems.models.locations import EquipmentLocation
from tests.conftest import MemberFactory
from tests.importing.desk import Desk, bytes_of, outcomes, reasons, workbook_of
from tests.rows import make_row

DEPARTMENTS = ("部署名", "上位の部署")


def two_sheets(*sheets: tuple[str, tuple[tuple[Any, ...], ...]]) -> bytes:
    workbook = Workbook()
    assert workbook.active is not None
    workbook.remove(workbook.active)
    for title, lines in sheets:
        sheet = workbook.create_sheet(title)
        for line in lines:
            sheet.append(line)
    return bytes_of(workbook)


def test_a_line_may_name_a_later_line(desk: Desk) -> None:
    lines = (("情報係", "情報政策課"), ("情報政策課", "総務部"), ("総務部", None))
    desk.bring_in(workbook_of(DEPARTMENTS, *lines), "departments")
    section = Department.objects.get(name="情報係")
    assert section.parent.name == "情報政策課" and section.parent.parent.name == "総務部"
    assert set(Department.objects.values_list("row_status", flat=True)) == {RowStatus.ACTIVE}
    again = desk.check(workbook_of(DEPARTMENTS, *lines), "departments")
    assert set(outcomes(again).values()) == {"unchanged"}


def test_a_circle_is_refused_and_nothing_is_written(desk: Desk) -> None:
    content = workbook_of(DEPARTMENTS, ("甲課", "乙課"), ("乙課", "甲課"))
    with pytest.raises(RefusedAtSavingError) as refused:
        desk.bring_in(content, "departments")
    assert any("循環" in each.reason for found in refused.value.problems.values() for each in found)
    assert not Department.objects.exists()


def test_a_sheet_may_name_rows_of_another_sheet(desk: Desk) -> None:
    rooms = (("設置場所名", "建物", "階", "機器区分"), ("電算室", "本庁舎", "2階", "サーバ"))
    sites = (("庁舎（建物）名", "拠点区分"), ("本庁舎", "本庁舎"))
    desk.bring_in(two_sheets(("様式4 システム機器設置場所の状況把握結果", rooms), ("庁舎", sites)))
    assert {each.target.code for each in desk.assigned.taken} == {"3", "4"}
    assert EquipmentLocation.objects.get().site == Site.objects.get(name="本庁舎")


def test_who_names_a_refused_row_is_refused_too(desk: Desk) -> None:
    rooms = (("設置場所名", "建物", "階", "機器区分"), ("電算室", "本庁舎", "2階", "サーバ"))
    sites = (("庁舎（建物）名", "拠点区分"), ("本庁舎", "知らない区分"))
    checked = desk.check(
        two_sheets(("様式4 システム機器設置場所の状況把握結果", rooms), ("庁舎", sites))
    )
    assert {entry.outcome.value for entry in checked.plan.entries} == {"refused"}
    assert any("本庁舎」の行が取り込めない" in reason for reason in reasons(checked))


def test_a_renamed_row_is_found_by_its_new_name(desk: Desk) -> None:
    desk.bring_in(workbook_of(DEPARTMENTS, ("総務部", None), ("情報課", None)), "departments")
    from io import BytesIO

    from openpyxl import load_workbook

    workbook = load_workbook(BytesIO(desk.export("departments")))
    sheet = workbook[workbook.sheetnames[1]]
    names = {cell.value: cell.column for cell in sheet[4]}
    for line in sheet.iter_rows():
        if line[names["name"] - 1].value == "総務部":
            line[names["name"] - 1].value = "経営部"
        elif line[names["name"] - 1].value == "情報課":
            line[names["parent"] - 1].value = "経営部"
    desk.bring_in(bytes_of(workbook), "departments")
    assert Department.objects.get(name="情報課").parent.name == "経営部"


def test_a_department_fills_only_its_own_rows(
    desk: Desk, in_scope: Municipality, member: MemberFactory
) -> None:
    heads = ("業務名", "主管部門", "業務の概要", "業務区分")
    desk.bring_in(workbook_of(DEPARTMENTS, ("市民課", None), ("税務課", None)), "departments")
    desk.bring_in(
        workbook_of(
            heads, ("証明", "市民課", "古", "窓口業務"), ("賦課", "税務課", "古", "窓口業務")
        ),
        "15",
    )
    home = Department.objects.get(name="市民課")
    desk.membership = member(Role.CONTRIBUTOR, department=home)
    lines = (("証明", "新"), ("賦課", "新"), ("新しい業務", "新"))
    checked = desk.check(workbook_of(("業務名", "業務の概要"), *lines), "15")
    assert outcomes(checked) == {2: "changed", 3: "refused", 4: "refused"}, reasons(checked)


def test_a_row_that_names_several_others_can_be_changed(desk: Desk, in_scope: Municipality) -> None:
    spec = registry.spec("1")
    assert spec is not None
    row = make_row(spec, in_scope, 1, full=True)
    other = make_row(spec, in_scope, 2)
    row.networks.set([other])
    lines = (("システム名称", "利用ネットワーク"), (row.name, f"{row.name}、{other.name}"))
    [entry] = desk.check(workbook_of(*lines), "1").plan.entries
    assert entry.uid == str(row.uid)
    assert entry.outcome.value in ("changed", "refused")
