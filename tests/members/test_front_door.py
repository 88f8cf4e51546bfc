"""Signing in and out, one's own password, and the choice of municipality."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from bcp_portal.accounts.models import Membership, Municipality, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from tests.conftest import PASSWORD, MemberFactory

NEW_PASSWORD = "brand-new-horse-9"


@pytest.fixture
def sato(member: MemberFactory) -> User:
    return member(Role.VIEWER, username="sato").user


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def logged(municipality: Municipality) -> list[tuple[str, str]]:
    """Return (user ID of the actor, action) of the log, oldest first."""
    with scope(municipality=municipality):
        entries = Entry.objects.order_by("sequence")
        return [(entry.actor_username, entry.action) for entry in entries]


def test_signing_in_leads_to_the_only_municipality(
    municipality: Municipality, sato: User, client: Client
) -> None:
    response = sign_in(client, "sato")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/")["Location"] == f"/{municipality.code}/"
    assert logged(municipality) == [("sato", "サインイン")]


def test_the_page_one_wanted_opens_after_signing_in(
    municipality: Municipality, sato: User, client: Client
) -> None:
    wanted = f"/{municipality.code}/people/"
    page = client.get("/sign-in/", {"next": wanted}).content.decode()
    assert f'name="next" value="{wanted}"' in page
    assert sign_in(client, "sato", next=wanted)["Location"] == wanted


@pytest.mark.parametrize("foreign", ["https://example.com/", "//example.com/", "javascript:x"])
def test_nobody_is_led_to_another_site(sato: User, client: Client, foreign: str) -> None:
    assert sign_in(client, "sato", next=foreign)["Location"] == "/"


@pytest.mark.parametrize("typed", ["SATO", "ｓａｔｏ", " sato "])
def test_the_id_may_be_typed_as_the_keyboard_gives_it(
    sato: User, client: Client, typed: str
) -> None:
    sign_in(client, typed)
    assert is_signed_in(client)


def test_a_wrong_password_is_refused_explained_and_noted(
    municipality: Municipality, sato: User, client: Client
) -> None:
    response = sign_in(client, "sato", "wrong-horse")
    page = response.content.decode()
    assert "利用者IDまたはパスワードが違います" in page
    assert 'value="sato"' in page
    assert "wrong-horse" not in page
    assert not is_signed_in(client)
    with scope(municipality=municipality):
        entry = Entry.objects.get()
        assert (entry.action, entry.actor, entry.target_label) == ("サインイン失敗", None, "sato")
        assert entry.address == "127.0.0.1"


def test_an_unknown_id_gets_the_same_answer_and_is_not_written_down(
    municipality: Municipality, sato: User, client: Client
) -> None:
    known = sign_in(client, "sato", "wrong-horse").content.decode()
    unknown = sign_in(client, "my-secret-password", "x").content.decode()
    assert "利用者IDまたはパスワードが違います" in known
    assert "利用者IDまたはパスワードが違います" in unknown
    assert logged(municipality) == [("", "サインイン失敗")]


def test_many_failures_lock_this_terminal_for_a_while(
    municipality: Municipality, sato: User, client: Client
) -> None:
    for _ in range(10):
        response = sign_in(client, "sato", "wrong-horse")
    assert response.status_code == 429
    assert "15分待ち" in response.content.decode()
    assert sign_in(client, "sato").status_code == 429
    assert not is_signed_in(client)
    elsewhere = Client(REMOTE_ADDR="192.0.2.50")
    sign_in(elsewhere, "sato")
    assert is_signed_in(elsewhere)
    with scope(municipality=municipality):
        notes = list(Entry.objects.order_by("sequence").values_list("note", flat=True))
    assert ["一時止めました" in note for note in notes] == [False] * 9 + [True, True, False]


def test_the_lock_opens_by_itself(sato: User, client: Client) -> None:
    for _ in range(10):
        sign_in(client, "sato", "wrong-horse")
    assert sign_in(client, "sato").status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    sign_in(client, "sato")
    assert is_signed_in(client)


def test_a_success_forgets_earlier_failures(sato: User, client: Client) -> None:
    for _ in range(3):
        for _ in range(9):
            sign_in(client, "sato", "wrong-horse")
        assert sign_in(client, "sato").status_code == 302
        client.post("/sign-out/")


def test_a_stopped_account_cannot_sign_in(sato: User, client: Client) -> None:
    User.objects.update(is_active=False)
    assert sign_in(client, "sato").status_code == 200
    assert not is_signed_in(client)


def test_signing_out_is_a_post_and_is_noted(
    municipality: Municipality, sato: User, client: Client
) -> None:
    sign_in(client, "sato")
    assert client.get("/sign-out/").status_code == 405
    assert is_signed_in(client)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert not is_signed_in(client)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert logged(municipality) == [("sato", "サインイン"), ("sato", "サインアウト")]


def test_changing_users_comes_back_to_the_same_page(
    municipality: Municipality, sato: User, client: Client
) -> None:
    sign_in(client, "sato")
    back = f"/sign-in/?next=/{municipality.code}/audit/"
    assert client.post("/sign-out/", {"next": back})["Location"] == back


def test_everything_is_noted_in_each_municipality_of_the_person(
    municipality: Municipality, other_municipality: Municipality, sato: User, client: Client
) -> None:
    with scopes_disabled():
        Membership.objects.create(municipality=other_municipality, user=sato, roles=["viewer"])
    sign_in(client, "sato")
    assert logged(municipality) == logged(other_municipality) == [("sato", "サインイン")]


def test_the_entrance_asks_for_a_name(client: Client, db: None) -> None:
    assert client.get("/")["Location"] == "/sign-in/?next=/"


def test_the_entrance_offers_the_municipalities_of_the_person(
    municipality: Municipality, other_municipality: Municipality, sato: User, client: Client
) -> None:
    third = Municipality.objects.create(code="131016", name="よその区", prefecture="東京都")
    with scopes_disabled():
        Membership.objects.create(municipality=other_municipality, user=sato, roles=["editor"])
        Membership.objects.create(municipality=third, user=sato, roles=["admin"], is_active=False)
    sign_in(client, "sato")
    page = client.get("/").content.decode()
    assert f'href="/{municipality.code}/"' in page
    assert f'href="/{other_municipality.code}/"' in page
    assert "編集者" in page
    assert "よその区" not in page


def test_the_entrance_says_when_there_is_nowhere_to_go(sato: User, client: Client) -> None:
    with scopes_disabled():
        Membership.objects.all().delete()
    sign_in(client, "sato")
    assert "どの団体にも登録されていません" in client.get("/").content.decode()


def test_there_is_no_self_registration(client: Client, db: None) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "団体管理者が発行します" in page
    for guess in ("register", "sign-up", "signup", "password/reset", "admin"):
        assert client.get(f"/{guess}/").status_code == 404


def change_password(client: Client, old: str = PASSWORD, new: str = NEW_PASSWORD, again: str = ""):
    return client.post(
        "/password/",
        {"old_password": old, "new_password1": new, "new_password2": again or new},
    )


def test_changing_the_password_ends_other_sessions_and_is_noted(
    municipality: Municipality, sato: User, client: Client
) -> None:
    elsewhere = Client()
    sign_in(client, "sato")
    sign_in(elsewhere, "sato")
    assert elsewhere.get("/password/").status_code == 200
    assert change_password(client)["Location"] == "/"
    assert client.get("/password/").status_code == 200
    assert elsewhere.get("/password/").status_code == 302
    assert logged(municipality)[-1] == ("sato", "パスワードの変更")
    sato.refresh_from_db()
    assert sato.check_password(NEW_PASSWORD)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"old": "wrong-horse"}, "元のパスワードが間違っています"),
        ({"again": "another-horse-9"}, "一致しません"),
        ({"new": "short1"}, "短すぎます"),
        ({"new": "password123"}, "一般的すぎます"),
        ({"new": PASSWORD}, "今のパスワードと違うパスワード"),
    ],
)
def test_a_bad_new_password_is_explained(
    municipality: Municipality, sato: User, client: Client, values: dict[str, str], sentence: str
) -> None:
    sign_in(client, "sato")
    response = change_password(client, **values)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    sato.refresh_from_db()
    assert sato.check_password(PASSWORD)
    assert logged(municipality) == [("sato", "サインイン")]


def test_each_field_says_what_is_wrong_with_itself(sato: User, client: Client) -> None:
    sign_in(client, "sato")
    errors = change_password(client, new="short1", again="short2").context["form"].errors
    assert "短すぎます" in str(errors["new_password1"])
    assert "一致しません" in str(errors["new_password2"])
    assert "短すぎます" not in str(errors["new_password2"])
    same = change_password(client, new="short1").context["form"].errors
    assert set(same) == {"new_password1"}


def test_with_an_initial_password_nothing_else_opens(
    municipality: Municipality, member: MemberFactory, client: Client
) -> None:
    user = member(Role.ADMIN, username="kato").user
    pages = [f"/{municipality.code}/people/", f"/{municipality.code}/municipality/"]
    sign_in(client, "kato")
    assert [client.get(page).status_code for page in pages] == [200, 200]
    User.objects.filter(pk=user.pk).update(password_is_initial=True)
    for page in ["/", *pages]:
        assert client.get(page)["Location"] == "/password/"
    assert client.post(pages[1], {"name": "のっとり市"})["Location"] == "/password/"
    assert "初期パスワードのままです" in client.get("/password/").content.decode()
    change_password(client)
    assert [client.get(page).status_code for page in pages] == [200, 200]
