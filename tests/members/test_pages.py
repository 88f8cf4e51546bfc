"""The administrator's pages."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from bcp_portal.accounts.models import Department, Membership, Municipality, Person, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.members.passwords import new_initial_password
from tests.conftest import ClientFactory, MemberFactory


@pytest.fixture
def administrator(client_for: ClientFactory) -> Client:
    return client_for(Role.ADMIN)


def page_of(client: Client, municipality: Municipality, path: str = "") -> str:
    response = client.get(f"/{municipality.code}/people/{path}")
    assert response.status_code == 200
    return response.content.decode()


def stored(username: str) -> Membership:
    with scopes_disabled():
        return Membership.objects.select_related("user", "person", "department").get(
            user__username=username
        )


def test_the_list_shows_members_of_this_municipality_only(
    municipality: Municipality,
    other_municipality: Municipality,
    member: MemberFactory,
    administrator: Client,
) -> None:
    member(Role.EDITOR, Role.CHECKER, username="hensyu")
    member(Role.EDITOR, username="tonari", municipality=other_municipality)
    page = page_of(administrator, municipality)
    assert "hensyu" in page
    assert "編集者、確認者" in page
    assert "tonari" not in page


def test_the_list_tells_whose_account_should_be_stopped(
    municipality: Municipality, member: MemberFactory, administrator: Client
) -> None:
    membership = member(Role.EDITOR, username="hensyu")
    with scope(municipality=municipality):
        person = Person.objects.create(municipality=municipality, name="編集")
        Membership.objects.filter(pk=membership.pk).update(person=person)
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    for left_on, warned in [(None, False), (today, False), (yesterday, True)]:
        with scope(municipality=municipality):
            Person.objects.update(left_on=left_on)
        assert ("異動・退職後も有効" in page_of(administrator, municipality)) is warned


def test_who_moved_is_told_only_while_the_account_stays_behind(
    municipality: Municipality, member: MemberFactory, administrator: Client
) -> None:
    membership = member(Role.EDITOR, username="hensyu")
    with scope(municipality=municipality):
        left, joined = (
            Department.objects.create(municipality=municipality, name=name)
            for name in ("総務課", "財政課")
        )
        person = Person.objects.create(
            municipality=municipality,
            name="編集",
            department=joined,
            moved_on=timezone.localdate(),
        )
    for department, warned in [(left, True), (joined, False)]:
        with scope(municipality=municipality):
            Membership.objects.filter(pk=membership.pk).update(person=person, department=department)
        assert ("異動・退職後も有効" in page_of(administrator, municipality)) is warned


def test_an_account_of_no_department_made_after_the_move_is_in_order(
    municipality: Municipality, member: MemberFactory, administrator: Client
) -> None:
    membership = member(Role.EDITOR, username="hensyu")
    today = timezone.localdate()
    with scope(municipality=municipality):
        office = Department.objects.create(municipality=municipality, name="財政課")
        person = Person.objects.create(municipality=municipality, name="編集", department=office)
        Membership.objects.filter(pk=membership.pk).update(person=person)
    User.objects.filter(pk=membership.user_id).update(
        date_joined=timezone.now() - timedelta(days=9)
    )
    for moved_on, warned in [(today - timedelta(days=90), False), (today, True)]:
        with scope(municipality=municipality):
            Person.objects.update(moved_on=moved_on)
        page = page_of(administrator, municipality)
        assert ("異動・退職後も有効" in page) is warned
        assert '<td data-label="所属">財政課</td>' in page


def test_the_list_costs_the_same_for_two_and_four(
    municipality: Municipality, member: MemberFactory, administrator: Client
) -> None:
    with scope(municipality=municipality):
        department = Department.objects.create(municipality=municipality, name="総務課")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(administrator, municipality)
        return len(captured)

    def add_members(*names: str) -> None:
        for name in names:
            membership = member(Role.EDITOR, department=department)
            with scope(municipality=municipality):
                membership.person = Person.objects.create(municipality=municipality, name=name)
                membership.save()

    # Without anybody else the log is not asked whether the only administrator stopped others.
    add_members("甲0")
    two = queries()
    add_members("甲1", "甲2")
    assert queries() == two


def add(client: Client, municipality: Municipality, **values: object):
    data = {"username": "yamada", "name": "山田 太郎", "roles": ["editor"]}
    return client.post(f"/{municipality.code}/people/add/", {**data, **values})


def password_on(response: HttpResponse) -> str:
    return re.search(r"<code[^>]*>((?:[a-z2-9]{4}-?){3})</code>", response.content.decode())[1]


def test_a_new_member_can_sign_in_with_what_the_page_shows_once(
    municipality: Municipality, administrator: Client
) -> None:
    response = add(administrator, municipality, roles=["editor", "checker"])
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    password = password_on(response)
    assert stored("yamada").roles == ["editor", "checker"]
    assert password not in page_of(administrator, municipality)
    client = Client()
    client.post("/sign-in/", {"username": "yamada", "password": password})
    assert client.get("/")["Location"] == "/password/"


def test_a_person_of_the_list_can_be_chosen_once(
    municipality: Municipality, other_municipality: Municipality, administrator: Client
) -> None:
    with scopes_disabled():
        tanaka = Person.objects.create(municipality=municipality, name="田中")
        foreign = Person.objects.create(municipality=other_municipality, name="よその人")
    page = page_of(administrator, municipality, "add/")
    assert "田中</option>" in page
    assert "よその人" not in page
    refused = add(administrator, municipality, person=str(foreign.pk), name="")
    assert "正しく選択してください" in refused.content.decode()
    assert add(administrator, municipality, person=str(tanaka.pk), name="").status_code == 200
    assert stored("yamada").person == tanaka
    assert "田中</option>" not in page_of(administrator, municipality, "add/")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "職員・関係者を選ぶか、氏名を入力してください"),
        ({"name": "山\ue000田"}, "U+E000"),
        ({"username": ""}, "利用者IDを入力してください"),
        ({"username": "山田"}, "「山田」は利用者IDにできません"),
        ({"username": "a"}, "「a」は利用者IDにできません"),
        ({"username": "-abc"}, "「-abc」は利用者IDにできません"),
        ({"username": "a" * 41}, "利用者IDにできません"),
        ({"username": "ADMIN-1"}, "利用者ID「admin-1」はすでに使われています"),
        ({"roles": []}, "役割を1つ以上選んでください"),
        ({"roles": ["emperor"]}, "正しく選択してください"),
    ],
)
def test_a_mistake_is_explained_and_nothing_typed_is_lost(
    municipality: Municipality, administrator: Client, values: dict[str, object], sentence: str
) -> None:
    users = User.objects.count()
    with scope(municipality=municipality):
        department = Department.objects.create(municipality=municipality, name="総務課")
    response = add(administrator, municipality, department=str(department.pk), **values)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert f'<option value="{department.pk}" selected>総務課' in page
    assert User.objects.count() == users
    with scope(municipality=municipality):
        assert not Person.objects.exists()


def test_the_id_is_stored_as_everybody_can_type_it(
    municipality: Municipality, administrator: Client
) -> None:
    add(administrator, municipality, username="　Ｙａｍａｄａ．01 ")
    assert stored("yamada.01").user.display_name == "山田 太郎"


def test_roles_and_department_are_changed(
    municipality: Municipality, member: MemberFactory, administrator: Client
) -> None:
    membership = member(Role.EDITOR, username="hensyu")
    url = f"/{municipality.code}/people/{membership.pk}/"
    page = administrator.get(url).content.decode()
    assert re.search(r'value="editor"[^>]*checked', page)
    response = administrator.post(url, {"display_name": "編集 花子", "roles": ["head"]})
    assert response["Location"] == f"/{municipality.code}/people/"
    after = stored("hensyu")
    assert (after.user.display_name, after.roles) == ("編集 花子", ["head"])


def test_a_refused_change_keeps_what_was_typed(
    municipality: Municipality,
    other_municipality: Municipality,
    member: MemberFactory,
    administrator: Client,
) -> None:
    membership = member(Role.EDITOR, username="hensyu")
    with scopes_disabled():
        Membership.objects.create(
            municipality=other_municipality, user=membership.user, roles=["admin"]
        )
    url = f"/{municipality.code}/people/{membership.pk}/"
    response = administrator.post(url, {"display_name": "のっとり", "roles": ["head"]})
    page = response.content.decode()
    assert "ほかの団体でも使われている" in page
    assert 'value="のっとり"' in page
    with scope(municipality=municipality):
        assert Membership.objects.get(pk=membership.pk).roles == ["editor"]


def test_ones_own_page_changes_neither_roles_nor_state(
    municipality: Municipality, administrator: Client
) -> None:
    own = stored("admin-1")
    url = f"/{municipality.code}/people/{own.pk}/"
    page = administrator.get(url).content.decode()
    assert "自分の役割は変更できません" in page
    assert "利用を停止する" not in page
    administrator.post(url, {"display_name": "管理 花子", "roles": ["admin", "approver"]})
    assert (stored("admin-1").user.display_name, stored("admin-1").roles) == (
        "管理 花子",
        ["admin"],
    )
    response = administrator.post(f"{url}deactivate/")
    assert response.status_code == 422
    assert "自分の利用者は停止できません" in response.content.decode()
    assert stored("admin-1").is_active


def test_a_member_is_stopped_and_opened_again(
    municipality: Municipality, member: MemberFactory, administrator: Client
) -> None:
    membership = member(Role.EDITOR, username="hensyu")
    url = f"/{municipality.code}/people/{membership.pk}/"
    for address in (f"{url}deactivate/", f"{url}reactivate/", f"{url}initial-password/"):
        assert administrator.get(address).status_code == 405
    administrator.post(f"{url}deactivate/")
    assert not stored("hensyu").is_active
    assert "停止中" in page_of(administrator, municipality)
    assert "利用を再開する" in administrator.get(url).content.decode()
    administrator.post(f"{url}reactivate/")
    assert stored("hensyu").is_active


def test_a_forgotten_password_is_replaced(
    municipality: Municipality, member: MemberFactory, administrator: Client
) -> None:
    membership = member(Role.EDITOR, username="hensyu")
    session = Client()
    session.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
    assert session.get("/password/").status_code == 200
    response = administrator.post(f"/{municipality.code}/people/{membership.pk}/initial-password/")
    password = password_on(response)
    assert stored("hensyu").user.check_password(password)
    assert session.get("/password/").status_code == 302


def test_initial_passwords_can_be_read_from_paper() -> None:
    passwords = {new_initial_password() for _ in range(200)}
    assert len(passwords) == 200
    for password in passwords:
        assert re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}", password)
        assert re.search("[a-z]", password)
        assert re.search("[2-9]", password)


def save(client: Client, municipality: Municipality, **values: str):
    data = {
        "name": "見本町",
        "postal_address": "見本県見本町1-2",
        "telephone": "03-0000-0000",
        "ict_department_name": "情報政策課",
        "date_style": "seireki",
    }
    return client.post(f"/{municipality.code}/municipality/", {**data, **values})


def test_the_municipality_is_saved(municipality: Municipality, administrator: Client) -> None:
    assert save(administrator, municipality).status_code == 302
    municipality.refresh_from_db()
    assert (
        municipality.name,
        municipality.postal_address,
        municipality.telephone,
        municipality.ict_department_name,
        municipality.date_style,
    ) == ("見本町", "見本県見本町1-2", "03-0000-0000", "情報政策課", "seireki")
    page = administrator.get(f"/{municipality.code}/municipality/").content.decode()
    assert 'value="情報政策課"' in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "必須"),
        ({"name": "\ue001市"}, "U+E001"),
        ({"date_style": "julian"}, "正しく選択してください"),
    ],
)
def test_a_wrong_municipality_is_not_saved(
    municipality: Municipality, administrator: Client, values: dict[str, str], sentence: str
) -> None:
    response = save(administrator, municipality, **values)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert 'value="情報政策課"' in page
    assert "見本市" in page  # the heading keeps the stored name
    municipality.refresh_from_db()
    assert (municipality.name, municipality.telephone) == ("見本市", "")


def test_code_and_prefecture_are_shown_but_not_changed(
    municipality: Municipality, administrator: Client
) -> None:
    page = administrator.get(f"/{municipality.code}/municipality/").content.decode()
    assert "139998" in page
    assert "東京都" in page
    save(administrator, municipality, code="131016", prefecture="大阪府")
    municipality.refresh_from_db()
    assert (municipality.code, municipality.prefecture) == ("139998", "東京都")


def test_every_page_but_its_own_leads_to_the_own_password(
    administrator: Client, municipality: Municipality
) -> None:
    link = 'href="/password/"'
    assert link in page_of(administrator, municipality)
    assert link not in administrator.get("/password/").content.decode()
