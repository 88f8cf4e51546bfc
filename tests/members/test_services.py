"""Rules about members that no page can get around."""

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django_scopes import scope, scopes_disabled

from bcp_portal.accounts.models import Department, Membership, Municipality, Person, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.members import services
from bcp_portal.ui.errors import DomainError
from tests.conftest import PASSWORD, MemberFactory

INITIAL = "abcd-2345-efgh"


@pytest.fixture
def administrator(in_scope: Municipality, member: MemberFactory) -> Membership:
    return member(Role.ADMIN, username="kanri")


@pytest.fixture
def editor(administrator: Membership, member: MemberFactory) -> Membership:
    return member(Role.EDITOR, username="hensyu")


def added(administrator: Membership, **values: object) -> Membership:
    """Add 山田 with the ID yamada, unless values say otherwise."""
    defaults = {
        "municipality": administrator.municipality,
        "actor": administrator.user,
        "username": "yamada",
        "initial_password": INITIAL,
        "roles": [Role.CHECKER.value],
        "department": None,
        "name": "山田 太郎",
    }
    return services.add_member(**{**defaults, **values})


def changed(membership: Membership, actor: User, **values: object) -> Membership:
    defaults = {
        "display_name": membership.user.display_name,
        "roles": membership.roles,
        "department": membership.department,
        "person": membership.person,
    }
    return services.change_member(membership=membership, actor=actor, **{**defaults, **values})


def last_entry() -> Entry:
    return Entry.objects.order_by("sequence").last()


def opens(username: str, password: str) -> bool:
    return (
        authenticate(RequestFactory().post("/"), username=username, password=password) is not None
    )


def test_adding_makes_account_person_and_membership(administrator: Membership) -> None:
    department = Department.objects.create(municipality=administrator.municipality, name="総務課")
    membership = added(administrator, department=department)
    assert membership.person.name == membership.user.display_name == "山田 太郎"
    assert membership.person.department == department
    assert membership.person.created_by == administrator.user
    assert membership.roles == ["checker"]
    assert membership.user.password_is_initial
    assert opens("yamada", INITIAL)
    entries = Entry.objects.order_by("sequence")
    assert [(entry.action, entry.actor_username) for entry in entries] == [
        ("追加", "kanri"),
        ("利用者の追加", "kanri"),
    ]
    shown = {change["label"]: change["after"] for change in last_entry().changes}
    assert shown == {
        "氏名": "山田 太郎",
        "役割": "確認者",
        "所属": "総務課",
        "職員": "山田 太郎",
        "状態": "有効",
    }


def test_another_person_of_the_same_name_is_told_to_the_log_and_to_the_member(
    administrator: Membership,
) -> None:
    membership = added(administrator)
    namesake = Person.objects.create(
        municipality=administrator.municipality, name="山田 太郎", row_no=9
    )

    changed(membership, administrator.user, person=namesake)

    membership.refresh_from_db()
    assert membership.person == namesake
    entry = last_entry()
    assert (entry.action, [change["label"] for change in entry.changes]) == (
        "利用者の変更",
        ["職員"],
    )
    assert entry.changes[0]["after"] == "山田 太郎（同じ名称の別の行）"
    assert [told["values"].keys() for told in entry.told] == [{"person": ""}.keys()]


def test_roles_in_another_order_are_no_change(
    administrator: Membership, editor: Membership
) -> None:
    both = [Role.EDITOR.value, Role.CHECKER.value]
    changed(editor, administrator.user, roles=both)
    count = Entry.objects.count()

    changed(editor, administrator.user, roles=both[::-1])

    assert Entry.objects.count() == count


def test_no_password_is_ever_in_the_log(administrator: Membership) -> None:
    membership = added(administrator)
    services.issue_initial_password(
        membership=membership, actor=administrator.user, initial_password="wxyz-6789-mnpq"
    )
    services.change_password(user=membership.user, new_password="of-my-own-77", address="")
    text = "".join(
        f"{entry.changes}{entry.note}{entry.search_text}" for entry in Entry.objects.all()
    )
    assert "山田太郎" in text
    for password in (INITIAL, "wxyz-6789-mnpq", "of-my-own-77"):
        assert password not in text


def test_a_person_of_the_list_gets_the_account(administrator: Membership) -> None:
    person = Person.objects.create(municipality=administrator.municipality, name="田中")
    assert added(administrator, person=person, name="").person == person
    assert Person.objects.count() == 1


def test_one_person_one_account(administrator: Membership, editor: Membership) -> None:
    membership = added(administrator)
    with pytest.raises(DomainError, match="「山田 太郎」の利用者はすでに"):
        added(administrator, person=membership.person, username="yamada2")
    with pytest.raises(DomainError, match="「山田 太郎」の利用者はすでに"):
        changed(editor, administrator.user, person=membership.person)
    assert not User.objects.filter(username="yamada2").exists()
    assert Membership.objects.get(pk=editor.pk).person is None


def test_one_id_one_account_in_all_municipalities(
    administrator: Membership, other_municipality: Municipality
) -> None:
    added(administrator)
    with (
        scope(municipality=other_municipality),
        pytest.raises(DomainError, match="利用者ID「yamada」はすでに使われています"),
    ):
        added(administrator, municipality=other_municipality, name="別の山田")
    with scopes_disabled():
        assert not Person.objects.filter(name="別の山田").exists()


def test_a_change_is_recorded_with_before_and_after(
    administrator: Membership, editor: Membership
) -> None:
    department = Department.objects.create(municipality=administrator.municipality, name="総務課")
    after = changed(
        editor,
        administrator.user,
        roles=["checker", "auditor"],
        department=department,
        display_name="編集 花子",
    )
    stored = Membership.objects.select_related("user").get(pk=editor.pk)
    assert after == stored
    assert (stored.roles, stored.user.display_name) == (["checker", "auditor"], "編集 花子")
    assert [
        (change["label"], change["before"], change["after"]) for change in last_entry().changes
    ] == [
        ("氏名", "hensyu", "編集 花子"),
        ("役割", "編集者", "確認者、監査者"),
        ("所属", "", "総務課"),
    ]


def test_saving_without_a_change_writes_nothing(
    administrator: Membership, editor: Membership
) -> None:
    changed(editor, administrator.user)
    assert not Entry.objects.exists()


def test_nobody_changes_their_own_roles(administrator: Membership) -> None:
    with pytest.raises(DomainError, match="自分の役割は変更できません"):
        changed(administrator, administrator.user, roles=["admin", "approver"])
    changed(administrator, administrator.user, display_name="管理 花子")
    stored = Membership.objects.get(pk=administrator.pk)
    assert stored.roles == ["admin"]
    assert stored.user.display_name == "管理 花子"


def test_nobody_stops_themselves(administrator: Membership) -> None:
    with pytest.raises(DomainError, match="自分の利用者は停止できません"):
        services.deactivate_member(membership=administrator, actor=administrator.user)
    assert Membership.objects.get(pk=administrator.pk).is_active


def test_the_last_administrator_stays(administrator: Membership, editor: Membership) -> None:
    """Two administrators deactivate each other at the same time: the second one is refused."""
    with pytest.raises(DomainError, match="団体管理者が一人もいなくなる"):
        services.deactivate_member(membership=administrator, actor=editor.user)
    with pytest.raises(DomainError, match="団体管理者が一人もいなくなる"):
        changed(administrator, editor.user, roles=["viewer"])
    stored = Membership.objects.get(pk=administrator.pk)
    assert (stored.is_active, stored.roles) == (True, ["admin"])
    assert not Entry.objects.exists()


def test_stopping_and_opening_again_keep_the_roles(
    administrator: Membership, editor: Membership
) -> None:
    services.deactivate_member(membership=editor, actor=administrator.user)
    assert not Membership.objects.get(pk=editor.pk).is_active
    assert last_entry().action == "利用者の停止"
    services.reactivate_member(membership=editor, actor=administrator.user)
    stored = Membership.objects.get(pk=editor.pk)
    assert (stored.is_active, stored.roles) == (True, ["editor"])
    assert last_entry().action == "利用者の再開"
    services.reactivate_member(membership=editor, actor=administrator.user)
    assert Entry.objects.count() == 2


def test_a_new_initial_password_replaces_the_old_one(
    administrator: Membership, editor: Membership
) -> None:
    assert opens("hensyu", PASSWORD)
    services.issue_initial_password(
        membership=editor, actor=administrator.user, initial_password=INITIAL
    )
    assert not opens("hensyu", PASSWORD)
    assert opens("hensyu", INITIAL)
    assert User.objects.get(username="hensyu").password_is_initial
    assert last_entry().action == "初期パスワードの発行"


def test_one_does_not_issue_a_password_to_oneself(administrator: Membership) -> None:
    with pytest.raises(DomainError, match="「パスワードの変更」"):
        services.issue_initial_password(
            membership=administrator, actor=administrator.user, initial_password=INITIAL
        )


@pytest.mark.parametrize("stopped_here", [False, True])
def test_the_account_of_two_municipalities_cannot_be_taken_over(
    administrator: Membership,
    editor: Membership,
    other_municipality: Municipality,
    stopped_here: bool,
) -> None:
    with scopes_disabled():
        Membership.objects.create(
            municipality=other_municipality, user=editor.user, roles=["admin"]
        )
        Membership.objects.filter(pk=editor.pk).update(is_active=not stopped_here)
    with pytest.raises(DomainError, match="ほかの団体でも使われている"):
        services.issue_initial_password(
            membership=editor, actor=administrator.user, initial_password=INITIAL
        )
    with pytest.raises(DomainError, match="ほかの団体でも使われている"):
        changed(editor, administrator.user, display_name="のっとり")
    assert opens("hensyu", PASSWORD)
    changed(editor, administrator.user, roles=["viewer"])
    with scopes_disabled():
        roles = {
            each.municipality.name: each.roles
            for each in Membership.objects.filter(user=editor.user).select_related("municipality")
        }
    assert roles == {"見本市": ["viewer"], "隣町": ["admin"]}


def test_the_municipality_is_changed_and_recorded(administrator: Membership) -> None:
    values = {"name": "見本町", "telephone": "03-0000-0000", "date_style": "seireki"}
    municipality = administrator.municipality
    services.save_municipality(municipality=municipality, actor=administrator.user, values=values)
    municipality.refresh_from_db()
    assert (municipality.name, municipality.date_style) == ("見本町", "seireki")
    assert [
        (change["label"], change["before"], change["after"]) for change in last_entry().changes
    ] == [
        ("団体名", "見本市", "見本町"),
        ("代表電話", "", "03-0000-0000"),
        ("日付の表記", "和暦", "西暦"),
    ]
    services.save_municipality(municipality=municipality, actor=administrator.user, values=values)
    assert Entry.objects.count() == 1
