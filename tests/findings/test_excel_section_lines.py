"""The name of a department alone on its line heads a section: it is no person and no system."""

import pytest

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.importing.data_lines import A_SECTION
from bcp_portal.importing.department_names import UnitNames
from tests.importing.desk import Desk, outcomes, reasons, workbook_of

PEOPLE = ("氏名", "役職", "電話番号")
ONE = ("例示 一郎", "課長", "0256-00-0001")


@pytest.mark.parametrize(
    "name",
    [
        "総務部", "健康福祉部", "総務課", "会計室", "庶務係", "議会事務局", "農業委員会", "災害対策本部",
        "総務部 総務課", "総務部（12名）", "総務課　5名", "情報政策グループ", "北支所", "消防署", "総務班",
    ],
)  # fmt: skip
def test_a_department_is_known_by_its_ending(name: str) -> None:
    assert UnitNames(among_people=True).has(name)


@pytest.mark.parametrize(
    "name",
    [
        "阿部",
        "服部",
        "日下部",
        "長谷部",
        "南部",
        "小室",
        "例示 一郎",
        "阿部 課長代理",
        "部長",
        "5名",
    ],
)
def test_a_surname_is_no_department(name: str) -> None:
    assert not UnitNames(among_people=True).has(name)


def test_a_name_that_is_known_needs_no_ending() -> None:
    assert UnitNames(frozenset({"契約検査"})).has("契約検査")
    assert not UnitNames().has("データセンター")


def test_departments_among_people_are_no_people(desk: Desk, in_scope: Municipality) -> None:
    Department.objects.create(municipality=in_scope, name="契約検査")
    sections = [
        (name, None, None) for name in ("総務部", "総務課", "健康福祉部（3名）", "契約検査")
    ]
    file = workbook_of(PEOPLE, *sections, ONE, ("阿部", None, None), (None, "市民部", None))
    checked = desk.check(file, "people")
    skipped = dict.fromkeys((2, 3, 4, 5, 8), "skipped")
    assert outcomes(checked) == skipped | {6: "new", 7: "new"}
    assert set(reasons(checked)) == {A_SECTION}


def test_departments_among_systems_are_no_systems(desk: Desk) -> None:
    heads = ("システム名", "主管部門", "備考")
    lines = (("出納", None, None), ("財務会計", "出納", "庁内"), ("市民部", None, None))
    checked = desk.check(workbook_of(heads, *lines, ("データセンター", None, None)), "1")
    assert outcomes(checked) | {3: "", 5: ""} == {2: "skipped", 3: "", 4: "skipped", 5: ""}
    assert outcomes(checked)[5] != "skipped"


@pytest.mark.parametrize(("code", "head"), [("departments", "部署名"), ("3", "庁舎（建物）名")])
def test_rows_that_are_called_so_stay_rows(
    desk: Desk, in_scope: Municipality, code: str, head: str
) -> None:
    Department.objects.create(municipality=in_scope, name="北支所")
    checked = desk.check(workbook_of((head, "備考"), ("北支所", None), ("総務部", None)), code)
    assert "skipped" not in outcomes(checked).values()
