"""The first person of a new town can work."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.members.first_person import become_editor, enter_person
from bcp_portal.members.services import change_member, open_municipality
from bcp_portal.ui.errors import DomainError
from plans.annexes.due.reviews import reviews_due
from plans.models import Plan
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from tests.conftest import MemberFactory


@pytest.fixture
def first(db: None) -> Membership:
    membership = open_municipality(
        code="993018",
        name="ためし町",
        prefecture="新潟県",
        administrator_username="kanri",
        administrator_name="試 太郎",
        initial_password="abcd-2345-efgh",
    )
    membership.user.password_is_initial = False
    membership.user.save()
    return membership


@pytest.fixture
def town(first: Membership) -> Municipality:
    return first.municipality


@pytest.fixture
def client(first: Membership) -> Client:
    client = Client()
    client.force_login(first.user)
    return client


def url(name: str, *args: object) -> str:
    return reverse(name, args=["993018", *args])


def own(town: Municipality) -> Membership:
    with scope(municipality=town):
        return Membership.objects.select_related("user").get(user__username="kanri")


def test_from_the_dead_end_to_a_plan_in_two_presses(client: Client, town: Municipality) -> None:
    page = client.get(url("plan:overview")).text
    assert "自分に編集者を加える" in page
    then = url("plan:overview")
    answer = client.post(url("members:own-editor"), {"next": then}, follow=True)
    assert answer.redirect_chain == [(then, 302)]
    assert "自分に編集者を加える" not in answer.text
    started = client.post(url("plan:start"), {"outline": "simple"}, follow=True)
    assert started.status_code == 200
    with scope(municipality=town):
        assert Plan.objects.count() == 1
    assert own(town).roles == ["admin", "editor"]


@pytest.mark.parametrize("page", ["list", "change"])
def test_the_pages_of_members_offer_it_while_he_is_alone(
    client: Client, first: Membership, page: str
) -> None:
    address = url(f"members:{page}", *([first.pk] if page == "change" else []))
    assert "自分に編集者を加える" in client.get(address).text
    client.post(url("members:own-editor"))
    assert "自分に編集者を加える" not in client.get(address).text


def test_it_is_written_into_the_log(client: Client, town: Municipality) -> None:
    client.post(url("members:own-editor"))
    with scope(municipality=town):
        entry = Entry.objects.latest("sequence")
    assert (entry.action, entry.actor_username) == ("利用者の変更", "kanri")
    assert [(c["before"], c["after"]) for c in entry.changes] == [
        ("団体管理者", "編集者、団体管理者")
    ] or [(c["before"], c["after"]) for c in entry.changes] == [
        ("団体管理者", "団体管理者、編集者")
    ]
    assert "ほかに団体管理者がいない" in entry.note


def test_he_is_refused_where_somebody_else_could_be_asked_and_keeps_what_he_had(
    first: Membership, town: Municipality, member: MemberFactory
) -> None:
    with scope(municipality=town):
        become_editor(membership=first, actor=first.user)
    other = member(Role.ADMIN, municipality=town, username="second")
    assert own(town).roles == ["admin", "editor"]
    with scope(municipality=town):
        with pytest.raises(DomainError, match="ほかの団体管理者に依頼"):
            become_editor(membership=other, actor=other.user)
        Membership.objects.filter(pk=other.pk).update(is_active=False)
        other.refresh_from_db()
        with pytest.raises(DomainError):
            become_editor(membership=other, actor=other.user)
        with pytest.raises(DomainError, match="自分の役割は変更できません"):
            change_member(
                membership=first,
                actor=first.user,
                display_name="試 太郎",
                roles=["editor"],
                department=None,
                person=first.person,
            )


def test_one_press_never_gives_a_role_to_somebody_else(
    first: Membership, town: Municipality, member: MemberFactory
) -> None:
    viewer = member(Role.VIEWER, municipality=town)
    with scope(municipality=town):
        for membership, actor in ((viewer, first.user), (viewer, viewer.user)):
            with pytest.raises(DomainError):
                become_editor(membership=membership, actor=actor)
    guest = Client()
    guest.force_login(viewer.user)
    assert guest.post(url("members:own-editor")).status_code == 403


def test_a_stranger_s_address_is_no_place_to_go_on(client: Client) -> None:
    answer = client.post(url("members:own-editor"), {"next": "//evil.example/"})
    assert answer["Location"] == url("members:list")


def test_the_opened_town_has_its_first_person_and_a_second_entry_is_asked_about(
    client: Client, town: Municipality
) -> None:
    typed = {"name": "試　太郎", "username": "taro2", "roles": ["editor"]}
    refused = client.post(url("members:add"), typed)
    assert "職員・関係者の一覧にいます" in refused.text and "利用者ID「kanri」" in refused.text
    with scope(municipality=town):
        assert Person.objects.count() == 1
    accepted = client.post(url("members:add"), {**typed, "is_namesake": "on"})
    assert "初期パスワード" in accepted.text
    with scope(municipality=town):
        assert Person.objects.count() == 2


def test_somebody_of_the_list_without_account_is_chosen_not_typed_again(
    client: Client, town: Municipality
) -> None:
    with scope(municipality=town):
        Person.objects.create(municipality=town, name="山田 花子")
    typed = {"name": "山田花子", "username": "hanako", "roles": ["editor"]}
    refused = client.post(url("members:add"), typed).text
    assert "「職員・関係者」で選んでください" in refused


@pytest.mark.parametrize("entries", [0, 1])
def test_a_member_is_tied_to_the_list_without_typing_and_without_a_double(
    client: Client, first: Membership, town: Municipality, entries: int
) -> None:
    with scope(municipality=town):
        Membership.objects.filter(pk=first.pk).update(person=None)
        Person.objects.all().delete()
        for _ in range(entries):
            Person.objects.create(municipality=town, name="試　太郎")
    assert "結び付いていません" in client.get(url("members:list")).text
    page = client.get(url("members:change", first.pk)).text
    assert "職員・関係者に登録して結び付ける" in page
    client.post(url("members:enter-person", first.pk))
    client.post(url("members:enter-person", first.pk))
    with scope(municipality=town):
        person = Person.objects.get()
        assert Membership.objects.get(pk=first.pk).person == person
        assert Entry.objects.latest("sequence").action == "利用者の変更"


def test_two_of_one_name_are_not_guessed_at(first: Membership, town: Municipality) -> None:
    with scope(municipality=town):
        Membership.objects.filter(pk=first.pk).update(person=None)
        Person.objects.create(municipality=town, name="試 太郎")
        with pytest.raises(DomainError, match="2人います"):
            enter_person(membership=first, actor=first.user)


def test_a_town_without_a_plan_is_told_of_nothing_that_is_due_in_it(
    client: Client, town: Municipality
) -> None:
    page = client.get(url("home")).text
    assert "点検（様式13）" not in page and "計画全体の見直し" not in page
    assert "近く期限が来るものはありません" not in page
    assert "様式1 " not in page.partition("記入が済んでいない様式")[2]
    with scope(municipality=town):
        assert list(reviews_due(town, date(2026, 11, 30))) == []
        create_plan(municipality=town, actor=None, outline=OUTLINES["simple"])
        assert len(list(reviews_due(town, date(2026, 11, 30)))) == 2


def test_what_the_first_page_leaves_out_is_one_press_away(
    client: Client, town: Municipality
) -> None:
    with scope(municipality=town):
        create_plan(municipality=town, actor=None, outline=OUTLINES["ksw"])
    page = client.get(url("home")).text
    progress = url("plan:progress")
    target = client.get(progress).text
    for place in ("by-annex", "by-chapter"):
        if f"{progress}#{place}" in page:
            assert f'id="{place}"' in target
    assert f'{progress}#by-annex">ほかに' in page
