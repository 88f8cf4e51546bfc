"""The printed views of 様式8 and C-5: who is shown, in which table, and who stands in for whom."""

from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.counted_rows import as_in_edition
from bcp_portal.annex.models import ChoiceSetting
from bcp_portal.annex.table import Public
from plans.document.masking import masked_table
from plans.models import Authority, RoleDeputy
from tests.plans.rows import a_department, a_person, a_role, built


def names(table: Any) -> list[str]:
    return [row.cells["role_name"] for row in table.rows]


def test_everyday_roles_are_parted_into_inside_and_outside(in_scope: Municipality) -> None:
    a_role(in_scope, "最高責任者", structure="normal", team="head", row_no=1)
    a_role(in_scope, "担当者", structure="normal", row_no=2)
    a_role(in_scope, "庁舎管理課", structure="normal", team="other", row_no=3)
    a_role(in_scope, "B株式会社", structure="normal", team="vendor", row_no=4)
    a_role(in_scope, "本部長", structure="disaster", team="head", row_no=5)

    assert names(built("b-2", in_scope)) == ["最高責任者", "担当者"]
    assert names(built("b-3", in_scope)) == ["庁舎管理課", "B株式会社"]
    assert names(built("b-4", in_scope)) == ["本部長"]


def test_each_emergency_has_its_own_table(in_scope: Municipality) -> None:
    a_role(in_scope, "CSIRT", structure="security")
    a_role(in_scope, "保健師", structure="infection")

    assert names(built("b-4-security", in_scope)) == ["CSIRT"]
    assert names(built("b-4-infection", in_scope)) == ["保健師"]
    assert names(built("b-4", in_scope)) == []


def test_the_heads_are_those_of_the_published_tables(in_scope: Municipality) -> None:
    def heads(code: str) -> list[str]:
        return [column.label for column in built(code, in_scope).columns]

    assert heads("b-2") == heads("b-4") == ["担当者", "所属・氏名", "役割の概要"]
    assert heads("b-3") == ["区分", "部署・氏名", "役割の概要"]


def test_the_holder_is_named_with_department_and_post_and_is_personal(
    in_scope: Municipality,
) -> None:
    person = a_person(in_scope, "秘密 花子", department=a_department(in_scope))
    a_role(in_scope, "責任者", post="課長", person=person, row_no=1)
    a_role(in_scope, "事務局", post="管理係長", row_no=2)

    table = built("b-4", in_scope)

    assert [row.cells["holder"] for row in table.rows] == [
        "情報政策課\n課長 秘密 花子",
        "管理係長",
    ]
    assert "秘密" not in str(masked_table(table).texts())


def test_an_edition_holds_neither_retired_roles_nor_drafts(in_scope: Municipality) -> None:
    a_role(in_scope, "現在の役割")
    a_role(in_scope, "昔の役割", row_status="retired")
    a_role(in_scope, "書きかけの役割", row_status="draft")

    with as_in_edition():
        assert names(built("b-4", in_scope)) == ["現在の役割"]
    assert names(built("b-4", in_scope)) == ["現在の役割", "書きかけの役割"]


def test_everyday_duties_include_what_the_role_may_approve(in_scope: Municipality) -> None:
    role = a_role(in_scope, "電算機管理者", structure="normal", duties="日常の運用を担う。")
    values = {"municipality": in_scope, "role": role, "action": "approve"}
    Authority.objects.create(subject="manual", content="マニュアルを承認する。", **values)
    Authority.objects.create(subject="drill_plan", row_no=2, **values)
    Authority.objects.create(subject="plan", row_status="retired", **values)

    row = built("c-5-list", in_scope).rows[0]

    assert row.cells["content"] == (
        "日常の運用を担う。\nマニュアルを承認する。\n訓練計画の承認を行う。"
    )


def line_of_katsushika(owner: Municipality) -> None:
    """The deputies printed by 葛飾区 5(1), entered out of order."""
    role = a_role(
        owner, "電算機管理者", post="情報システム課長", person=a_person(owner, "秘密 一郎")
    )
    deputies = [
        (3, "電算機管理者があらかじめ指名する職員", "active"),
        (1, "調整係長", "active"),
        (2, "管理係長", "active"),
        (4, "昔の係長", "retired"),
    ]
    for order, post, status in deputies:
        RoleDeputy.objects.create(
            municipality=owner, role=role, order=order, post=post, row_status=status
        )
    a_role(owner, "代行者のいない役割", row_no=9)


def test_the_order_of_deputies_is_that_of_katsushika(in_scope: Municipality) -> None:
    line_of_katsushika(in_scope)

    table = built("c-6", in_scope)

    assert [(row.cells["rank"], row.cells["post"]) for row in table.rows] == [
        ("本人", "情報システム課長"),
        ("代行者1", "調整係長"),
        ("代行者2", "管理係長"),
        ("代行者3", "電算機管理者があらかじめ指名する職員"),
    ]
    assert {row.cells["role"] for row in table.rows} == {"電算機管理者"}
    assert {row.cells["structure"] for row in table.rows} == {"災害時"}
    assert [row.cells["condition"] for row in table.rows[:2]] == ["", "連絡が取れない場合"]


def test_names_in_the_order_of_deputies_are_personal(in_scope: Municipality) -> None:
    line_of_katsushika(in_scope)
    table = built("c-6", in_scope)
    person = table.column("person")

    assert "秘密 一郎" in str(table.texts())
    assert person.personal and person.public is Public.HIDE
    assert "秘密" not in str(masked_table(table).texts())


def test_a_renamed_structure_is_printed_under_its_new_name(in_scope: Municipality) -> None:
    line_of_katsushika(in_scope)
    ChoiceSetting.objects.create(
        municipality=in_scope, list_code="response_structure", value="disaster", label="震災時"
    )

    assert built("c-6", in_scope).rows[0].cells["structure"] == "震災時"
