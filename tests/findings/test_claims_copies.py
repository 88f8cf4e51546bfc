"""What the register of copies says of itself: which are in force, how many were recorded."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.bookshelf import register
from plans.bookshelf.models import PlanCopy
from plans.editions.models.edition import Edition
from tests.conftest import ClientFactory
from tests.plans.editions.making import a_plan, issued

ALL_IN_FORCE = "全て施行中の版です"
TODAY = timezone.localdate()
APRIL = date(2026, 4, 1)


@pytest.fixture
def edition(in_scope: Municipality) -> Edition:
    a_plan(in_scope)
    return issued(in_scope, kind="enactment", effective_on=APRIL)


def a_copy(municipality: Municipality, place: str, **values: Any) -> PlanCopy:
    copy: PlanCopy = PlanCopy.objects.create(
        municipality=municipality, place=place, holder="課長", **values
    )
    return copy


def listed(client: Any, code: str) -> str:
    return str(client.get(reverse("bookshelf:list", args=[code])).content.decode())


def test_all_are_in_force_only_if_each_is(
    in_scope: Municipality, edition: Edition, client_for: ClientFactory
) -> None:
    client, code = client_for(Role.EDITOR), in_scope.code
    assert ALL_IN_FORCE not in listed(client, code)
    a_copy(in_scope, "本部", edition=edition, placed_on=TODAY)
    assert ALL_IN_FORCE in listed(client, code)
    early = a_copy(in_scope, "支所", edition=edition, placed_on=APRIL)
    page = listed(client, code)
    assert ALL_IN_FORCE not in page
    assert "版の発行より前に置いたことになっている写しが" in page
    assert [e.copy.place for e in register.copies(state=register.DOUBTFUL)] == ["支所"]
    assert [e.copy.place for e in register.copies(state=register.CURRENT)] == ["本部"]
    early.delete()
    later = issued(in_scope, effective_on=TODAY + timedelta(days=30))
    a_copy(in_scope, "金庫", edition=later, placed_on=TODAY)
    page = listed(client, code)
    assert ALL_IN_FORCE not in page
    assert "まだ施行されていない版の写しが1件" in page
    assert {e.copy.place: e.state[1] for e in register.copies()}["金庫"] == "施行待ちの版"


def test_no_edition_was_put_anywhere_before_it_was_issued(
    in_scope: Municipality, edition: Edition, client_for: ClientFactory
) -> None:
    client, code = client_for(Role.EDITOR), in_scope.code
    form = {
        "place": "本部",
        "holder": "課長",
        "medium": "paper",
        "edition": str(edition.pk),
        "placed_on": "令和8年4月1日",
    }
    url = reverse("bookshelf:add", args=[code])
    refused = client.post(url, form)
    assert refused.status_code == 422
    assert "に発行された版です" in refused.content.decode()
    assert not PlanCopy.objects.exists()
    today = f"{TODAY:%Y-%m-%d}"
    assert client.post(url, {**form, "placed_on": today}).status_code == 302
    kept = PlanCopy.objects.get()
    refused = mark(client, code, "placed", [kept.uid], day="2026-04-01", edition=str(edition.pk))
    assert refused.status_code == 422
    assert "に発行された版です" in refused.content.decode()


def mark(client: Any, code: str, action: str, uids: list[UUID], **more: str) -> Any:
    data = {"action": action, "copies": [str(uid) for uid in uids], **more}
    return client.post(reverse("bookshelf:mark", args=[code]), data, follow=True)


def test_only_what_was_recorded_is_counted(
    in_scope: Municipality, edition: Edition, client_for: ClientFactory
) -> None:
    client, day = client_for(Role.EDITOR), f"{TODAY:%Y-%m-%d}"
    one = a_copy(in_scope, "本部", edition=edition, placed_on=TODAY, confirmed_on=TODAY)
    two = a_copy(in_scope, "支所", edition=edition, placed_on=TODAY)
    said = mark(client, in_scope.code, "confirmed", [one.uid, two.uid], day=day)
    text = said.content.decode()
    assert "1件を、確認したと記録しました。ほかの1件は、すでにそのとおりです。" in text
    again = mark(client, in_scope.code, "confirmed", [one.uid, two.uid], day=day)
    assert "変更はありません" in again.content.decode()
    assert "確認したと記録しました" not in again.content.decode()
    placed = mark(client, in_scope.code, "placed", [one.uid], day=day, edition=str(edition.pk))
    assert "差し替えたと記録しました" not in placed.content.decode()
