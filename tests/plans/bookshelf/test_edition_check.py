"""Anybody may ask whether a page is of the edition in force, and learns nothing else."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import models
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.audit.tampering import FOUND
from plans.bookshelf.edition_check import MOST_MISSES, readings
from plans.editions.models.edition import Edition
from tests.conftest import ClientFactory
from tests.plans.editions.making import a_plan, issued

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_guessed() -> None:
    cache.clear()


@pytest.fixture
def first(municipality: Municipality) -> Edition:
    with scope(municipality=municipality):
        a_plan(municipality)
        return issued(municipality, kind="enactment", effective_on=date(2026, 4, 1))


OFFICE = "192.0.2.7"


def answer(code: str, client: Client | None = None) -> str:
    return (client or Client()).get(f"/check/{code}/").content.decode()


def test_each_state_is_said_without_naming_anybody(
    municipality: Municipality, first: Edition
) -> None:
    assert "施行中" in answer(first.short_code)
    with scope(municipality=municipality):
        second = issued(municipality, effective_on=date(2026, 5, 1))
        third = issued(municipality, effective_on=date(2026, 6, 1))
        awaited = issued(municipality, effective_on=date(2300, 4, 1))
    old = answer(first.short_code)
    assert "旧版" in old
    assert "令和8年5月1日から新しい版が施行されています" in old
    assert "令和8年6月1日" in answer(second.short_code)
    assert "施行中" in answer(third.short_code)
    assert "施行待ち" in answer(awaited.short_code)
    unknown = answer("AAAAAAAA")
    assert "不明" in unknown and "見つかりません" in unknown
    for page in (old, answer(third.short_code), answer(awaited.short_code), unknown):
        for secret in (municipality.name, municipality.code, "第2版", "初版", str(first.uid)):
            assert secret not in page


def test_codes_are_read_however_they_were_typed(first: Edition) -> None:
    code = first.short_code
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (code.lower(), wide, f" {code[:4]}-{code[4:]} ", f"{wide[:4]}ー{wide[4:]}"):
        page = Client().get("/check/", {"code": typed}).content.decode()
        assert "今の計画です" in page, typed


def test_signs_that_stand_on_no_page_are_read_as_what_they_look_like() -> None:
    assert readings("AC0E3467") == ["ACDE3467", "ACQE3467"]
    assert readings("acde-vvvv") == ["ACDEYYYY"]
    assert readings("00000000") == [], "a pattern is no code"
    assert readings("ACDE346") == []
    assert readings("ACDE346漢") == []


def test_a_member_is_led_to_the_edition_and_a_neighbour_is_not(
    first: Edition, other_municipality: Municipality, client_for: ClientFactory
) -> None:
    link = f"/{first.municipality.code}/editions/{first.uid}/"
    assert link in answer(first.short_code, client_for(Role.VIEWER))
    neighbour = answer(first.short_code, client_for(Role.VIEWER, municipality=other_municipality))
    assert "施行中" in neighbour
    assert link not in neighbour and first.municipality.name not in neighbour


def test_who_guesses_too_often_waits_and_who_asks_rightly_does_not(first: Edition) -> None:
    for _ in range(MOST_MISSES + 5):
        assert "施行中" in answer(first.short_code)
    office = Client(REMOTE_ADDR=OFFICE)
    miss(office)
    assert "施行中" in answer(first.short_code, office), "an office is not locked out"
    refused = office.get(f"/check/{first.short_code}/")
    assert (refused.status_code, refused["Retry-After"]) == (429, "3")
    assert "施行中" not in refused.content.decode()
    assert "3秒ほどたってから" in refused.content.decode()
    cache.delete(f"check-turn:{OFFICE}")  # as time does
    assert "施行中" in answer(first.short_code, office)
    assert "施行中" in answer(first.short_code), "another terminal"


def test_slips_of_the_keyboard_are_no_guesses(first: Edition) -> None:
    office = Client(REMOTE_ADDR=OFFICE)
    for _ in range(MOST_MISSES + 1):
        assert office.get(f"/check/{first.short_code[:-1]}/").status_code == 200
    assert "施行中" in answer(first.short_code, office)
    assert "施行中" in answer(first.short_code, office)


def test_who_is_signed_in_does_not_wait_for_others_of_the_office(
    first: Edition, client_for: ClientFactory
) -> None:
    miss(Client(REMOTE_ADDR=OFFICE))
    colleague = client_for(Role.VIEWER)
    for _ in range(3):
        page = colleague.get(f"/check/{first.short_code}/", REMOTE_ADDR=OFFICE)
        assert "施行中" in page.content.decode()


def miss(client: Client) -> None:
    for _ in range(MOST_MISSES):
        assert client.get("/check/AAAAAAAA/").status_code == 200


def test_the_page_asks_for_a_code_and_takes_anything() -> None:
    page = Client().get("/check/")
    assert page.status_code == 200
    assert "照会番号" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    for odd in ("%00", "🐟" * 50, "<b>", "' OR 1=1"):
        assert Client().get("/check/", {"code": odd}).status_code == 200


@pytest.mark.parametrize(
    "change", [{"effective_on": date(2026, 3, 1)}, {"label": "初版の偽"}, {"sequence": 7}]
)
def test_an_edition_that_was_altered_is_not_called_in_force(
    municipality: Municipality, first: Edition, change: dict[str, object]
) -> None:
    with scope(municipality=municipality):
        models.QuerySet(Edition).filter(pk=first.pk).update(**change)
    for _ in range(2):
        page = answer(first.short_code)
        assert "確かめられません" in page and "今の計画です" not in page
        assert municipality.name not in page and "初版" not in page
    with scope(municipality=municipality):
        assert Entry.objects.filter(action=FOUND).count() == 1


def test_an_old_edition_is_not_called_in_force_because_a_later_one_is_gone(
    municipality: Municipality, first: Edition
) -> None:
    with scope(municipality=municipality):
        second = issued(municipality, effective_on=date(2026, 5, 1))
        third = issued(municipality, effective_on=date(2026, 6, 1))
        models.QuerySet(Edition).filter(pk=third.pk).update(effective_on=date(2300, 1, 1))
    for code in (first.short_code, second.short_code):
        assert "確かめられません" in answer(code)
    with scope(municipality=municipality):
        models.QuerySet(Edition).filter(pk=third.pk)._raw_delete("default")
    assert "確かめられません" in answer(second.short_code)
