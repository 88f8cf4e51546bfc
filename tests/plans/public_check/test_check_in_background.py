"""The leak check is made by the worker: once for everybody, and what is said of it waits for no second one."""

from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest import MonkeyPatch, fixture

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.services import record
from bcp_portal.jobs.models import Preparation
from plans.public_edition import prepared
from tests.conftest import ClientFactory
from tests.jobs.by_hand import carry_out
from tests.jobs.conftest import queue  # noqa: F401 - a fixture
from tests.plans.editions.making import a_plan


@fixture
def address(in_scope: Municipality) -> str:
    a_plan(in_scope)
    return reverse("public:check", args=[in_scope.code])


def test_the_page_waits_for_one_check_of_all_and_then_shows_it(
    queue: None,  # noqa: F811
    municipality: Municipality,
    address: str,
    client_for: ClientFactory,
) -> None:
    first, second = client_for(Role.VIEWER), client_for(Role.EDITOR)
    waiting = str(first.get(address).headers["Location"])
    assert second.get(address).headers["Location"] == waiting
    assert "できると、この画面は自動で進みます" in first.get(waiting).content.decode()
    assert "HX-Redirect" not in first.get(f"{waiting}progress/").headers
    with scope(municipality=municipality):
        job = Preparation.objects.get()
    carry_out(job)
    shown = f"{address}?of={job.uid}"
    assert first.get(f"{waiting}progress/").headers["HX-Redirect"] == shown
    assert second.get(waiting).headers["Location"] == shown
    assert "見つかりませんでした" in second.get(shown).content.decode()
    assert second.get(address).status_code == 200, "nothing was written since"


def test_a_check_of_before_says_so_and_is_shown_all_the_same(
    municipality: Municipality, address: str, client_for: ClientFactory, monkeypatch: MonkeyPatch
) -> None:
    client: Client = client_for(Role.VIEWER)
    assert "新しい記録があります" not in client.get(address).content.decode()
    with scope(municipality=municipality):
        record(municipality=municipality, actor=None, action="変更")
        job = Preparation.objects.get()
    monkeypatch.delattr(prepared, "maker_of_working_copy")
    assert "新しい記録があります" in client.get(f"{address}?of={job.uid}").content.decode()


def test_what_no_check_names_is_asked_anew(address: str, client_for: ClientFactory) -> None:
    client = client_for(Role.VIEWER)
    for of in ("x", "9b0f63a5-58a1-4b1f-8d79-000000000000"):
        assert client.get(f"{address}?of={of}").status_code == 200
