"""The printed views of documents (C-4), contacts (B-8, B-9) and response steps (B-10)."""

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.models import AnnexSetting
from bcp_portal.annex.table import Table, select
from plans.document.annex_numbers import ANNEX_NUMBERS
from plans.document.masking import masked_table
from plans.models import ActionStep, Plan
from systems.models import EmergencyContact, Vendor
from tests.plans.rows import a_department, a_document, a_person, a_plan, built


def test_all_twenty_annexes_are_listed_with_their_department(in_scope: Municipality) -> None:
    table = built("c-4-annexes", in_scope)

    assert [row.cells["number"] for row in table.rows] == [str(n) for n in ANNEX_NUMBERS]
    assert table.rows[7].cells["title"] == "緊急時対応体制"
    assert {row.cells["manager"] for row in table.rows} == {"ICT部門"}


def test_the_department_is_that_of_the_settings_then_the_list(in_scope: Municipality) -> None:
    a_department(in_scope, "旧情報課", is_ict=True, row_status="retired")
    a_department(in_scope, "情報政策課", is_ict=True)
    assert built("c-4-annexes", in_scope).rows[0].cells["manager"] == "情報政策課"

    in_scope.ict_department_name = "デジタル推進課"
    AnnexSetting.objects.create(
        municipality=in_scope,
        code="8",
        title="非常時の体制",
        reference_note="計画書5(2)参照",
        managing_department="危機管理課",
        confidentiality="public",
    )
    rows = built("c-4-annexes", in_scope).rows
    assert rows[0].cells["manager"] == "デジタル推進課"
    assert rows[7].cells == {
        "number": "8",
        "title": "非常時の体制（計画書5(2)参照）",
        "manager": "危機管理課",
    }
    assert (rows[0].confidentiality, rows[7].confidentiality) == ("internal", "public")


def test_the_overview_begins_with_the_plan_itself(in_scope: Municipality) -> None:
    assert built("c-4-documents", in_scope).rows[0].cells["title"] == "ICT業務継続計画書"
    Plan.objects.create(municipality=in_scope, title="見本市 ICT-BCP")

    titles = [row.cells["title"] for row in built("c-4-documents", in_scope).rows]

    drills = registry.annex(12)
    assert drills is not None
    assert titles[:2] == ["見本市 ICT-BCP", f"{drills.title}\n（附属資料・様式12）"]
    assert len(titles) == 4


def test_documents_are_listed_by_kind(in_scope: Municipality) -> None:
    department = a_department(in_scope)
    for number, (title, kind) in enumerate(
        [
            ("策定ガイドライン", "reference"),
            ("保守契約書", "contract"),
            ("復旧手順書", "procedure"),
            ("地域防災計画", "upper_plan"),
            ("対策基準", "regulation"),
            ("区分のない資料", ""),
        ]
    ):
        a_document(in_scope, title, kind=kind, row_no=number, manager_department=department)

    def titles(code: str) -> list[str]:
        return [row.cells["title"] for row in built(code, in_scope).rows]

    assert titles("c-4-references") == ["策定ガイドライン"]
    assert titles("c-4-contracts") == ["保守契約書"]
    assert titles("c-4-others") == ["保守契約書", "復旧手順書"]
    assert titles("c-4-related") == ["地域防災計画", "対策基準"]
    related = built("c-4-related", in_scope)
    assert related.texts()[0] == ["上位計画・関連計画", "地域防災計画", "情報政策課"]
    assert [column.label for column in related.columns] == ["区分", "文書名", "管理部門"]


@pytest.fixture
def contacts(in_scope: Municipality) -> None:
    vendor = Vendor.objects.create(municipality=in_scope, name="見本システム", kinds=["operator"])
    person = a_person(in_scope, "秘密 花子")
    for number, values in enumerate(
        [
            {"kind": "staff", "department": a_department(in_scope), "person": person},
            {"kind": "vendor", "vendor": vendor, "person_name": "秘密 窓口"},
            {"kind": "agency", "organisation": "電力会社", "person_name": "窓口"},
            {"kind": "headquarters", "organisation": "本部", "person_name": "本部室"},
        ],
        start=1,
    ):
        EmergencyContact.objects.create(
            municipality=in_scope,
            row_no=number,
            role=f"役割{number}",
            tel="025-000-0000",
            mobile="090-0000-0000",
            **values,
        )


def column(table: Table, name: str) -> list[str]:
    return [row.cells[name] for row in table.rows]


def test_contacts_are_parted_into_own_and_outside(in_scope: Municipality, contacts: None) -> None:
    own, outside = built("b-8", in_scope), built("b-9", in_scope)

    assert column(own, "organisation") == ["情報政策課", "本部"]
    assert column(own, "person") == ["秘密 花子", "本部室"]
    assert column(outside, "organisation") == ["見本システム", "電力会社"]
    assert column(outside, "person") == ["秘密 窓口", "窓口"]
    assert [item.label for item in own.columns] == [
        "部局名",
        "責任者・担当者",
        "役割",
        "電話",
        "代替拠点の電話",
        "携帯電話",
        "メール",
    ]
    assert [item.label for item in outside.columns][:2] == ["会社名", "担当者"]


def test_names_and_mobile_numbers_are_personal(in_scope: Municipality, contacts: None) -> None:
    table = built("b-9", in_scope)
    assert "秘密" in str(table.texts()) and "090-" in str(table.texts())

    masked = str(masked_table(table).texts())

    assert "秘密" not in masked and "090-" not in masked
    assert "025-000-0000" in masked


def test_steps_stand_plan_by_plan_in_the_order_of_their_numbers(in_scope: Municipality) -> None:
    night, day = a_plan(in_scope, "夜間の計画"), a_plan(in_scope, "昼間の計画")
    old = a_plan(in_scope, "昔の計画")
    old.row_status = "retired"
    old.save()
    document = a_document(in_scope, "安否確認基準")
    for row_no, (plan, seq) in enumerate([(night, 2), (day, 1), (night, 1), (old, 1)], start=1):
        step = ActionStep.objects.create(
            municipality=in_scope,
            row_no=row_no,
            plan=plan,
            seq=seq,
            phase="initial",
            title=f"項目{seq}",
            body="内容",
        )
    first = ActionStep.objects.get(plan=night, seq=1)
    first.documents.add(document)

    table = built("b-10", in_scope)

    assert [row[:3] for row in table.texts()] == [
        ["夜間の計画", "1", "項目1\n内容"],
        ["夜間の計画", "2", "項目2\n内容"],
        ["昼間の計画", "1", "項目1\n内容"],
    ]
    assert table.texts()[0][3] == "安否確認基準"
    assert step.plan == old
    only_day = select(table, columns=("seq", "content"), filters={"plan": "昼間の計画"})
    assert only_day.texts() == [["1", "項目1\n内容"]]
