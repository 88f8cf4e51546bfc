"""B-17b: which cards were handed out, and which of them have grown old."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from plans.annexes.rules.card_register import (
    CURRENT,
    OUTDATED,
    REPLACED,
    TO_COLLECT,
    last_change,
    state_of,
    states,
)
from plans.chapters.models.plan import Plan
from plans.models import CarryCard
from tests.plans.rows import a_person, a_role, problems

APRIL, MAY, JUNE = date(2026, 4, 10), date(2026, 5, 11), date(2026, 6, 12)


@pytest.mark.parametrize(
    ("issued", "latest", "changed", "left", "state"),
    [
        (MAY, MAY, None, None, CURRENT),
        (MAY, MAY, APRIL, None, CURRENT),
        (MAY, MAY, MAY, None, CURRENT),
        (APRIL, APRIL, MAY, None, OUTDATED),
        (APRIL, MAY, None, None, REPLACED),
        (APRIL, MAY, JUNE, None, REPLACED),
        (MAY, MAY, None, APRIL, TO_COLLECT),
        (MAY, MAY, None, JUNE, CURRENT),
    ],
)
def test_a_card_is_old_when_roles_or_contacts_changed_after_it(
    issued: date, latest: date, changed: date | None, left: date | None, state: str
) -> None:
    found = state_of(issued, latest=latest, changed_on=changed, left_on=left, today=JUNE)
    assert found == state


def test_a_change_of_the_organisation_makes_cards_old(in_scope: Municipality) -> None:
    today = timezone.localdate()
    person = a_person(in_scope)
    card = CarryCard.objects.create(
        municipality=in_scope,
        person=person,
        issued_on=today - timedelta(days=1),
        edition="第2版",
    )
    assert last_change() is None
    assert states([card]) == {card.pk: CURRENT}

    a_role(in_scope, "責任者", person=person)
    assert last_change() == today
    assert states([card]) == {card.pk: OUTDATED}

    newer = CarryCard.objects.create(
        municipality=in_scope, person=person, issued_on=today, edition="第3版"
    )
    assert states([card, newer]) == {card.pk: REPLACED, newer.pk: CURRENT}


def test_the_page_of_cards_tells_who_has_none_that_is_true(
    client_for: Callable[..., Client], in_scope: Municipality
) -> None:
    today = timezone.localdate()
    Plan.objects.create(municipality=in_scope, title="見本市 ICT業務継続計画書")
    people = [a_person(in_scope, f"見本 {number}", row_no=number) for number in range(1, 4)]
    for person in people:
        a_role(in_scope, f"{person.name}の役割", person=person)
    CarryCard.objects.create(
        municipality=in_scope, person=people[0], issued_on=today, edition="第2版"
    )
    CarryCard.objects.create(
        municipality=in_scope, person=people[1], issued_on=APRIL, edition="第2版"
    )
    page = client_for(Role.EDITOR).get("/139998/prints/cards/").content.decode()

    assert "最新のカード：1枚（うち受領の確認待ち 1枚）" in page
    assert "作り直しが必要なカード：1枚" in page
    assert "最新のカードを持たない人：2人" in page
    assert 'href="/139998/annex/b-17b/"' in page


def test_nobody_confirms_a_card_before_it_is_handed_out(in_scope: Municipality) -> None:
    card = CarryCard(municipality=in_scope, issued_on=MAY, acknowledged_on=APRIL)
    assert [column for column, _ in problems("b-17b", card)] == ["acknowledged_on"]


def test_home_address_and_insurance_number_have_no_column() -> None:
    spec = registry.spec("b-17b")
    assert spec is not None
    names = [column.name for column in spec.columns]
    assert names == ["person", "issued_on", "edition", "acknowledged_on", "state"]
    stored = {field.name for field in CarryCard._meta.get_fields()}
    assert not {name for name in stored if "address" in name or "insurance" in name}
