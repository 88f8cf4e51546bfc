"""What organisation, contacts and muster rules make of a carry card, and who gets one."""

from datetime import date, timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bcp_portal.accounts.models import Department, Municipality, Person
from plans.chapters.models.plan import Plan
from plans.leaflets import card_content
from plans.leaflets.carry_cards import (
    CardDesk,
    NobodyChosenError,
    card_issue,
    chosen_people,
    present_people,
)
from plans.models import MusterPlace, MusterRule, ResponseRole, RoleDeputy
from systems.models import EmergencyContact, Site


class Office:
    """A small office: a head, the manager below, two who stand in, and the secretariat."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        self.department = self.make(Department, name="情報政策課")
        self.head = self.person("高橋 正和", "副市長", "090-0000-0001")
        self.manager = self.person("見本 確", "課長", "090-0000-0002")
        self.first = self.person("佐々木 由紀", "課長補佐", "090-0000-0003")
        self.second = self.person("中村 大輔", "係長", "")
        self.clerk = self.person("見本 連", "主査", "090-0000-0005")
        self.building = self.make(Site, name="本庁舎")
        self.annex_building = self.make(Site, name="東分館")
        self.head_role = self.role("ICT部門責任者", self.head, post="副市長")
        self.role_of_manager = self.role(
            "電算機管理者", self.manager, post="情報政策課長", reports_to=self.head_role
        )
        self.role("事務局", self.clerk, team="secretariat", reports_to=self.role_of_manager)
        for order, person in enumerate((self.first, self.second), start=1):
            self.make(RoleDeputy, role=self.role_of_manager, order=order, person=person)
        self.make(RoleDeputy, role=self.role_of_manager, order=3, post="指名する職員")

    def make(self, model: type[models.Model], **values: object) -> object:
        number = model._default_manager.count() + 1
        return model._default_manager.create(
            municipality=self.municipality, row_no=number, **values
        )

    def person(self, name: str, post: str, mobile: str) -> Person:
        person = self.make(Person, name=name, post=post, department=self.department)
        if mobile:
            self.make(
                EmergencyContact,
                kind="staff",
                person=person,
                role="復旧",
                mobile=mobile,
                arrival_minutes=40,
                arrival_unit="minute",
                safety_means=["mail"],
            )
        return person

    def role(self, name: str, person: Person | None, **values: object) -> ResponseRole:
        values = {"structure": "disaster", "duties": "指揮", **values}
        return self.make(ResponseRole, role_name=name, person=person, **values)

    def rule(self, **values: object) -> MusterRule:
        values = {
            "event_detail": "earthquake",
            "condition_kind": "intensity",
            "trigger": "automatic",
            "who": "all",
            **values,
        }
        return self.make(MusterRule, **values)

    def card(self, person: Person) -> card_content.Card:
        return CardDesk.load(self.municipality).card(person)


@pytest.fixture
def office(in_scope: Municipality) -> Office:
    return Office(in_scope)


def test_calls_go_up_then_to_the_deputies_in_their_order_then_down(office: Office) -> None:
    lists = office.card(office.manager).calls
    assert [(group.title, [call.name for call in group.calls]) for group in lists] == [
        ("指示を受け、報告する：ICT部門責任者", ["高橋 正和"]),
        ("自分が動けないときに代わる人：電算機管理者", ["佐々木 由紀", "中村 大輔", ""]),
        ("指示を伝える相手", ["見本 連"]),
    ]
    deputies = lists[1].calls
    assert deputies[0].numbers == ("携090-0000-0003",)
    assert deputies[1].numbers == ()
    assert deputies[2].post == "指名する職員"


def test_a_deputy_is_told_whom_to_replace_and_the_rank(office: Office) -> None:
    card = office.card(office.first)
    assert [(role.name, role.rank) for role in card.roles] == [("電算機管理者", 1)]
    assert card.roles[0].text == "災害時：電算機管理者（代行第1順位）"
    titles = [group.title for group in card.calls]
    assert "代わって務める役割の本人：電算機管理者" in titles


def test_the_post_leaves_out_the_department_but_stays_a_word(office: Office) -> None:
    calls = office.card(office.clerk).calls
    assert (calls[0].calls[0].name, calls[0].calls[0].post) == ("見本 確", "課長")


def test_everybody_stands_on_a_card_once_and_never_the_person(office: Office) -> None:
    office.role(
        "業務継続責任者", office.manager, structure="infection", reports_to=office.head_role
    )
    names = [call.name for group in office.card(office.manager).calls for call in group.calls]
    named = [name for name in names if name]
    assert len(named) == len(set(named))
    assert "見本 確" not in named


def test_rules_of_all_and_of_the_own_role_are_on_the_card_and_those_of_others_not(
    office: Office,
) -> None:
    office.rule(threshold="震度6弱以上")
    office.rule(threshold="震度5強以上", who="part", ratio=40, with_headquarters="set_up")
    mine = office.rule(threshold="震度5弱", who="roles", mode=["on_site", "online"])
    mine.roles.set([office.role_of_manager])
    other = office.rule(threshold="震度4", who="roles")
    other.roles.set([office.head_role])
    office.rule(
        event_detail="storm",
        condition_kind="headquarters",
        trigger="instructed",
        decider=office.head_role,
    )
    card = office.card(office.manager)
    assert [(line.condition, line.who) for line in card.automatic] == [
        ("震度6弱以上", "全職員"),
        ("震度5強以上（本部設置時）", "職員の40%"),
        ("震度5弱", "電算機管理者（オンライン可）"),
    ]
    assert [line.decider for line in card.instructed] == ["ICT部門責任者"]
    assert "震度4" in [line.condition for line in office.card(office.head).automatic]


def test_places_come_from_their_table_else_from_the_role(office: Office) -> None:
    office.role_of_manager.place1 = office.building
    office.role_of_manager.place1_room = "4階"
    office.role_of_manager.place2 = office.annex_building
    office.role_of_manager.save()
    assert office.card(office.manager).spots == (
        card_content.MusterSpot("", "本庁舎 4階", "東分館"),
    )
    office.make(
        MusterPlace,
        role=office.role_of_manager,
        place1=office.annex_building,
        place1_room="2階",
        online=True,
        online_means="Web会議",
    )
    (spot,) = office.card(office.manager).spots
    assert (spot.first, spot.second, spot.online) == ("東分館 2階", "", "Web会議")


def test_arrival_and_safety_come_from_the_own_contact(office: Office) -> None:
    card = office.card(office.manager)
    assert card.arrival == "40分"
    assert card.safety_means == "メール"
    assert [call.name for call in card.safety_calls] == ["見本 連"]
    without = office.card(office.second)
    assert (without.arrival, without.safety_means) == ("", "")


def test_quiet_days_are_left_out_when_there_is_a_role_for_an_emergency(office: Office) -> None:
    office.role("計画事務局", office.manager, structure="normal")
    assert [role.name for role in office.card(office.manager).roles] == ["電算機管理者"]
    only = office.person("見本 編", "主査", "")
    office.role("点検担当", only, structure="normal")
    assert [role.name for role in office.card(only).roles] == ["点検担当"]


def test_who_gets_a_card(office: Office) -> None:
    bystander = office.person("見本 業平", "主査", "090-0000-0099")
    assert bystander not in chosen_people({})
    assert len(chosen_people({})) == 5
    assert chosen_people({"people": [str(bystander.uid)]}) == [bystander]
    other = office.make(Department, name="総務課")
    with pytest.raises(NobodyChosenError):
        chosen_people({"departments": [str(other.uid)]})
    assert len(chosen_people({"departments": [str(office.department.uid)]})) == 5


def test_who_has_left_gets_none_from_the_day_after(office: Office) -> None:
    today = timezone.localdate()
    office.first.left_on = today
    office.first.save()
    assert office.first in present_people()
    office.first.left_on = today - timedelta(days=1)
    office.first.save()
    assert office.first not in present_people()


def test_people_of_another_municipality_get_none(
    office: Office, other_municipality: Municipality
) -> None:
    stranger = Person(municipality=other_municipality, name="隣の人", row_no=1)
    stranger.save()
    with pytest.raises(NobodyChosenError):
        chosen_people({"people": [str(stranger.uid)]})


def test_queries_do_not_grow_with_people(office: Office, in_scope: Municipality) -> None:
    office.rule(threshold="震度6弱以上")
    counts = []
    for people in ([office.head], [office.head, office.manager, office.first, office.clerk]):
        with CaptureQueriesContext(connection) as queries:
            desk = CardDesk.load(in_scope)
            _ = [desk.card(person) for person in people]
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_issue_names_plan_edition_and_day(office: Office, in_scope: Municipality) -> None:
    Plan.objects.create(
        municipality=in_scope, title="見本市 ICT業務継続計画書", department="情報政策課",
        telephone="0000-21-0000",
    )  # fmt: skip
    issue = card_issue(in_scope, first_steps=["身を守る。"], safety_words=["無事"])
    assert (issue.municipality, issue.plan_title) == ("見本市", "ICT業務継続計画書")
    assert issue.desk == "情報政策課 0000-21-0000"
    assert issue.edition
    assert str(date.today().year - 2018) in issue.date_text


def test_neither_model_nor_card_knows_home_address_or_insurance() -> None:
    names = {field.name for model in (Person, EmergencyContact) for field in model._meta.fields}
    assert "mobile" in names
    assert not [name for name in names if "address" in name or "insur" in name]
    fields = {*card_content.Card.__dataclass_fields__, *card_content.Call.__dataclass_fields__}
    assert not [name for name in fields if "address" in name or "insur" in name]
