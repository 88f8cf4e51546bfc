"""A row of a file is called as the stored row will be, whatever its name is made of, in any order."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from openpyxl import load_workbook

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.annex import registry
from bcp_portal.importing.pending_rows import ComingRow, ComingRows
from plans.models import ResponseRole, RoleDeputy
from systems.models import EmergencyContact, EquipmentLocation, Site
from systems.models.utilities import UtilityRisk
from tests.importing.desk import Desk, bytes_of, outcomes, reasons, workbook_of
from tests.importing.test_rows_that_name_rows import DEPARTMENTS, two_sheets
from tests.rows import make_row

ROLES = ("体制の区分", "役割名", "上位の役割", "役割の概要・権限")
DEPUTIES = ("役割", "代行順位", "代行する職")
POWER = ("建物", "区分", "種類", "有無")
CHECKS = ("対象（電力・通信）", "区分", "点検項目")


def deputies(*ranks: int) -> bytes:
    roles = (ROLES, ("平常時（運用推進）", "推進本部長", None, "指揮"))
    lines = tuple(("推進本部長（平常時）", rank, f"職{rank}") for rank in ranks)
    return two_sheets(("代行順位", (DEPUTIES, *lines)), ("緊急時対応体制", roles))


def test_a_name_may_be_made_of_a_choice(desk: Desk) -> None:
    lines = (
        ("平常時（運用推進）", "係長", "課長（平常時）", "指揮"),
        ("平常時（運用推進）", "課長", None, "指揮"),
        ("災害時", "課長", None, "指揮"),
    )
    desk.bring_in(workbook_of(ROLES, *lines), "8")
    superior = ResponseRole.objects.get(role_name="係長").reports_to
    assert superior is not None and superior.structure == "normal"


@pytest.mark.parametrize("ranks", [(1, 2, 3), (3, 1, 2)])
def test_lines_of_one_role_count_for_each_other(desk: Desk, ranks: tuple[int, ...]) -> None:
    desk.bring_in(deputies(*ranks))
    assert list(RoleDeputy.objects.order_by("row_no").values_list("order", flat=True)) == [*ranks]


def test_a_rank_that_nobody_reaches_is_refused(desk: Desk) -> None:
    checked = desk.check(deputies(1, 3))
    assert "「推進本部長」の代行者はほかに1人です。3ではなく2以下" in reasons(checked)[0]


def test_a_name_may_be_made_of_the_name_of_another_new_row(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EquipmentLocation, "__str__", lambda room: f"{room.site}／{room.name}")
    monkeypatch.setattr(Site, "__str__", lambda site: f"庁舎{site.name}")
    systems = (
        (
            "システム名称",
            "設置場所",
            "システムの概要（関連する業務）",
            "主管部門",
            "種別",
            "提供形態",
        ),
        ("住民記録", "庁舎東／電算室", "住民の記録", "市民課", "ネットワーク", "庁舎内"),
    )
    rooms = (
        ("設置場所名", "建物", "階", "機器区分"),
        ("電算室", "庁舎西", "1階", "サーバ"),
        ("電算室", "庁舎東", "1階", "サーバ"),
    )
    sites = (("庁舎（建物）名", "拠点区分"), ("西", "本庁舎"), ("東", "本庁舎"))
    content = two_sheets(
        ("情報システム一覧", systems),
        ("システム機器設置場所の状況把握結果", rooms),
        ("庁舎", sites),
        ("部署", (DEPARTMENTS, ("市民課", None))),
    )
    checked = desk.check(content)
    assert {e.outcome.value for e in checked.plan.entries} == {"new"}, reasons(checked)


def test_names_made_of_names_of_the_same_table(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def path(department: Department) -> str:
        return f"{department.parent}／{department.name}" if department.parent else department.name

    monkeypatch.setattr(Department, "__str__", path)
    lines = (("係", "部／課"), ("課", "部"), ("部", None), ("甲", "乙／甲"), ("乙", "甲／乙"))
    people = (("氏名", "所属"), ("山田太郎", "部／課／係"))
    checked = desk.check(two_sheets(("職員・関係者", people), ("部署", (DEPARTMENTS, *lines))))
    assert outcomes_of(checked, "people") == ["new"], reasons(checked)
    expected = ["new", "new", "new", "refused", "refused"]
    assert outcomes_of(checked, "departments") == expected, reasons(checked)
    assert "「乙／甲」は部署に登録されていません" in reasons(checked)[0]


class Link:
    """A row whose name can be made when the row before it has one."""

    def __init__(self, name: str, before: str, coming: ComingRows) -> None:
        self.name, self.before, self.coming = name, before, coming

    def __str__(self) -> str:
        if self.before and not self.coming.find(Site, self.before):
            raise ObjectDoesNotExist
        return self.name


def test_one_look_names_every_row_that_can_be_named() -> None:
    coming = ComingRows()
    for name, before in (("丙", "乙"), ("乙", "甲"), ("甲", ""), ("丁", "戊"), ("戊", "丁")):
        link = Link(name, before, coming)
        coming.add(Site, lambda link=link: ComingRow(link, link))  # type: ignore[misc]
    [found] = coming.find(Site, "丙")
    assert str(found.row) == "丙" and not coming.find(Site, "丁")


def test_rows_keep_the_order_of_the_file(desk: Desk) -> None:
    lines = (("情報係", "情報課"), ("情報課", "総務部"), ("総務部", None))
    desk.bring_in(workbook_of(DEPARTMENTS, *lines), "departments")
    desk.bring_in(workbook_of(DEPARTMENTS, ("税務課", "財務部"), ("財務部", None)), "departments")
    names = Department.objects.order_by("row_no").values_list("name", flat=True)
    assert list(names) == ["情報係", "情報課", "総務部", "税務課", "財務部"]


@pytest.mark.parametrize("number", ["（様式9のNo.2）", "（様式9のNo.9）", ""])
def test_a_number_in_a_name_may_be_wrong_where_the_name_says_enough(
    desk: Desk, number: str
) -> None:
    heads = ("区分", "機関名（その他）", "役割", "担当者名", "代理者")
    lines = (
        ("関係機関（電力・通信・県・国等）", "県", "受付", "窓口", f"夜間の受付{number}"),
        ("関係機関（電力・通信・県・国等）", "県", "夜間の受付", "窓口", None),
    )
    desk.bring_in(workbook_of(heads, *lines), "9")
    alternate = EmergencyContact.objects.get(role="受付").alternate
    assert alternate is not None and alternate.role == "夜間の受付"


def power_and_checks(*named: str) -> bytes:
    sites = (("庁舎（建物）名", "拠点区分"), ("東", "本庁舎"), ("西", "本庁舎"))
    power = (POWER, *((site, "電力供給", "商用電源", "有") for site in ("東", "西")))
    checks = (CHECKS, *((name, "設置環境", f"点検{n}") for n, name in enumerate(named)))
    return two_sheets(
        ("被害チェックシート 詳細版", checks),
        ("電力供給、通信手段に関するリスクの把握結果", power),
        ("庁舎", sites),
    )


def test_namesakes_of_a_file_are_told_apart_by_their_key(desk: Desk) -> None:
    checked = desk.check(power_and_checks("商用電源（西）", "商用電源"))
    assert outcomes_of(checked, "19-1") == ["new", "refused"], reasons(checked)
    assert "2件あります。「商用電源（東）」のように" in " ".join(reasons(checked))


def outcomes_of(checked: Any, code: str) -> list[str]:
    return [each.outcome.value for each in checked.plan.entries if each.code == code]


def test_an_export_names_namesakes_so_that_they_are_found_again(
    desk: Desk, in_scope: Municipality
) -> None:
    desk.bring_in(power_and_checks("商用電源（西）"))
    exported = desk.export("19-1")
    workbook = load_workbook(BytesIO(exported))
    sheet = workbook[workbook.sheetnames[1]]
    [cell] = [c for line in sheet.iter_rows(min_row=6) for c in line if c.value == "商用電源（西）"]
    assert set(outcomes(desk.check(exported)).values()) == {"unchanged"}
    cell.value = "商用電源（東）"
    [entry] = desk.check(bytes_of(workbook)).plan.entries
    assert [(c.old, c.new) for c in entry.changes] == [("商用電源（西）", "商用電源（東）")]
    # Without its hidden uid the row is found by its key, which names a namesake.
    for line in sheet.iter_rows(min_row=6):
        line[0].value = None
    assert outcomes_of(desk.check(bytes_of(workbook)), "19-1") == ["new"]
    assert UtilityRisk.objects.count() == 2


def test_a_moment_is_part_of_a_key(desk: Desk, in_scope: Municipality) -> None:
    spec = registry.spec("11-2")
    assert spec is not None
    make_row(spec, in_scope, 1, full=True)
    workbook = load_workbook(BytesIO(desk.export("11-2")))
    for line in workbook[workbook.sheetnames[1]].iter_rows(min_row=6):
        line[0].value = None
    checked = desk.check(bytes_of(workbook))
    assert outcomes_of(checked, "11-2") == ["unchanged"], reasons(checked)
