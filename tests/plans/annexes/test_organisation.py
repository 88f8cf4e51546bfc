"""様式8, its deputies and C-5: lines of command, places of muster, ranks without gaps."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import SAVE_AS_DRAFT
from bcp_portal.annex.table_builder import build_table
from plans.models import Authority, ResponseRole, RoleDeputy
from tests.plans.rows import a_person, a_role, a_site, columns_complained_of, problems, sheet

DRAFT_HINT = f"入力してください。{SAVE_AS_DRAFT}"


def a_deputy(role: ResponseRole, order: int, **values: object) -> RoleDeputy:
    values = {"post": f"代行する職{order}", **values}
    return RoleDeputy(municipality=role.municipality, role=role, order=order, **values)


def test_a_role_reports_within_its_own_structure(in_scope: Municipality) -> None:
    everyday = a_role(in_scope, "推進責任者", structure="normal")
    role = a_role(in_scope, "班長")
    role.reports_to = everyday

    assert problems("8", role) == [
        (
            "reports_to",
            "上位の役割「推進責任者（平常時）」は別の体制の役割です。同じ体制から選んでください。",
        )
    ]
    role.reports_to = a_role(in_scope, "本部長")
    assert problems("8", role) == []


def test_a_role_with_subordinates_stays_in_its_structure(in_scope: Municipality) -> None:
    head = a_role(in_scope)
    a_role(in_scope, "班長", reports_to=head)
    head.structure = "security"

    assert problems("8", head) == [
        (
            "structure",
            "「班長」がこの役割を上位としているため、体制の区分を変えられません。"
            "先に「上位の役割」を直してください。",
        )
    ]


def test_a_circle_of_command_is_named_link_by_link(in_scope: Municipality) -> None:
    head = a_role(in_scope)
    leader = a_role(in_scope, "班長", reports_to=head)
    member = a_role(in_scope, "班員", reports_to=leader)
    head.reports_to = member

    assert problems("8", head) == [
        (
            "reports_to",
            "上位の役割が一巡しています（責任者→班員→班長→責任者）。上位の役割を選び直してください。",
        )
    ]


def test_nobody_reports_to_themselves(in_scope: Municipality) -> None:
    head = a_role(in_scope)
    head.reports_to = head

    assert columns_complained_of("8", head) == ["reports_to"]


@pytest.mark.parametrize("muster", ["automatic", "instructed", "online"])
def test_who_gathers_needs_two_places(in_scope: Municipality, muster: str) -> None:
    role = a_role(in_scope, muster=muster)
    because = f"「参集区分」が「参集不要」でないときは、{DRAFT_HINT}"

    assert problems("8", role) == [("place1", because), ("place2", because)]


@pytest.mark.parametrize("muster", ["", "none"])
def test_who_does_not_gather_needs_no_place(in_scope: Municipality, muster: str) -> None:
    assert problems("8", a_role(in_scope, muster=muster)) == []


def test_the_second_place_is_not_the_first_room_again(in_scope: Municipality) -> None:
    office = a_site(in_scope)
    role = a_role(
        in_scope, muster="automatic", place1=office, place1_room="3階 会議室", place2=office
    )
    role.place2_room = "３階会議室"

    assert problems("8", role) == [
        (
            "place2",
            "参集場所の第2順位が第1順位と同じ場所（本庁舎 3階 会議室）です。"
            "別の建物を選んでください。ほかに建物がないときは、別の部屋を入力してください。",
        )
    ]
    role.place2_room = "5階 講堂"
    assert problems("8", role) == []


def test_a_name_is_used_once_in_a_structure(in_scope: Municipality) -> None:
    a_role(in_scope, "事務局")
    again = ResponseRole(
        municipality=in_scope, structure="disaster", role_name="事務局", duties="同じ"
    )

    with pytest.raises(ValidationError, match="同じ体制に同じ名前の役割がすでにあります。"):
        again.validate_constraints()
    again.structure = "normal"
    again.validate_constraints()


def test_a_role_of_another_structure_says_so_where_it_is_referred_to(
    in_scope: Municipality,
) -> None:
    assert str(a_role(in_scope, "事務局")) == "事務局"
    assert str(a_role(in_scope, "事務局", structure="normal")) == "事務局（平常時）"


def test_a_deputy_is_a_post_or_a_person(in_scope: Municipality) -> None:
    deputy = a_deputy(a_role(in_scope), 1, post="")

    assert problems("8-deputies", deputy) == [
        ("post", "代行する職か、代行者の氏名のどちらかを入力してください。")
    ]
    deputy.person = a_person(in_scope)
    assert problems("8-deputies", deputy) == []


def test_ranks_are_given_one_after_the_other(in_scope: Municipality) -> None:
    role = a_role(in_scope)
    a_deputy(role, 1).save()

    assert problems("8-deputies", a_deputy(role, 2)) == []
    assert problems("8-deputies", a_deputy(role, 3)) == [
        (
            "order",
            "代行順位は1から続けて付けます。「責任者」の代行者はほかに1人です。"
            "3ではなく2以下を入力してください。",
        )
    ]


def test_two_deputies_change_places_through_the_next_free_rank(in_scope: Municipality) -> None:
    role = a_role(in_scope)
    first, second = a_deputy(role, 1), a_deputy(role, 2)
    first.save()
    second.save()

    for deputy, order in ((first, 3), (second, 1), (first, 2)):
        deputy.order = order
        assert problems("8-deputies", deputy) == []
        deputy.validate_constraints()
        deputy.save()
    first.order = 4
    assert columns_complained_of("8-deputies", first) == ["order"]


def test_a_rank_is_held_once_and_counts_from_one(in_scope: Municipality) -> None:
    role = a_role(in_scope)
    a_deputy(role, 1).save()

    with pytest.raises(ValidationError, match="同じ代行順位の代行者がすでにいます。"):
        a_deputy(role, 1).validate_constraints()
    with pytest.raises(ValidationError, match="代行順位は1以上で入力してください。"):
        a_deputy(role, 0).full_clean()


def test_nobody_stands_in_for_themselves(in_scope: Municipality) -> None:
    person = a_person(in_scope)
    role = a_role(in_scope, post="情報政策課長", person=person)

    assert problems("8-deputies", a_deputy(role, 1, post="", person=person)) == [
        ("person", "「責任者」の本人を、その代行者にすることはできません。")
    ]
    assert problems("8-deputies", a_deputy(role, 1, post="情報政策 課長")) == [
        ("post", "「情報政策 課長」は「責任者」に充てる職です。別の職を入力してください。")
    ]


def test_nobody_stands_in_the_line_twice(in_scope: Municipality) -> None:
    role, person = a_role(in_scope), a_person(in_scope)
    a_deputy(role, 1, post="調整係長").save()
    a_deputy(role, 2, post="", person=person).save()

    assert problems("8-deputies", a_deputy(role, 3, post="調整係長")) == [
        ("post", "「調整係長」はすでに代行順位1の代行者です。")
    ]
    assert problems("8-deputies", a_deputy(role, 3, post="", person=person)) == [
        ("person", "この人はすでに代行順位2の代行者です。")
    ]


def test_the_table_shows_the_line_of_deputies_by_post(in_scope: Municipality) -> None:
    role = a_role(in_scope)
    a_deputy(role, 2, post="", person=a_person(in_scope, "秘密 花子", post="管理係長")).save()
    a_deputy(role, 1, post="調整係長").save()
    a_deputy(role, 3, post="", person=a_person(in_scope, "秘密 次郎")).save()

    table = build_table(sheet("8", in_scope), municipality=in_scope, include_personal=True)

    column = table.column("deputies")
    assert column is not None and column.kind is Kind.LONG_TEXT
    assert table.rows[0].cells["deputies"] == "1 調整係長\n2 管理係長\n3 職の記載なし"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_line_of_deputies_costs_one_query(in_scope: Municipality, rows: int) -> None:
    for number in range(rows):
        role = a_role(in_scope, f"役割{number}", person=a_person(in_scope, f"職員{number}"))
        a_deputy(role, 1).save()
    source = sheet("8", in_scope)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        build_table(source, municipality=in_scope)

    assert len(queries) == 2


def test_an_authority_is_registered_once(in_scope: Municipality) -> None:
    role = a_role(in_scope, structure="normal")
    values = {"municipality": in_scope, "role": role, "subject": "manual", "action": "approve"}
    first = Authority.objects.create(**values)

    assert str(first) == "マニュアルの承認"
    with pytest.raises(ValidationError, match="この役割の同じ権限がすでに登録されています。"):
        Authority(**values).validate_constraints()
