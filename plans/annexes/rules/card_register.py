"""Tells which carry cards still say what is true, for all rows of a page at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.utils import timezone

from bcp_portal.accounts.models import Person
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.kinds import CellValue
from plans.annexes.models.carry_cards import CarryCard
from plans.annexes.models.organisation import ResponseRole, RoleDeputy
from systems.models import EmergencyContact

CURRENT = "最新"
REPLACED = "新しいカードを渡し済み"
OUTDATED = "作り直しが必要"
TO_COLLECT = "回収が必要"

_SOURCES = (ResponseRole, RoleDeputy, EmergencyContact)


def state_of(
    issued_on: date, *, latest: date, changed_on: date | None, left_on: date | None, today: date
) -> str:
    """Return the state of a card; `latest` is when its person was last given one.

    A card made on the day of a change of 様式8 or 9 may be older than the change or not; it counts
    as current, or nobody could ever finish handing them out.
    """
    if left_on and left_on < today:
        return TO_COLLECT
    if issued_on < latest:
        return REPLACED
    return OUTDATED if changed_on and issued_on < changed_on else CURRENT


def states(rows: Sequence[CarryCard]) -> Mapping[int, CellValue]:
    """Return the state of each card (5 queries)."""
    if not rows:
        return {}
    changed_on, today = last_change(), timezone.localdate()
    found = (
        CarryCard.objects.exclude(row_status=RowStatus.RETIRED)
        .filter(person_id__in={row.person_id for row in rows})
        .values_list("person_id", "person__left_on")
        .annotate(latest=Max("issued_on"))
    )
    people = {person: (left_on, latest) for person, left_on, latest in found.order_by()}
    texts = {}
    for row in rows:
        left_on, latest = people.get(row.person_id, (None, row.issued_on))
        texts[row.pk] = state_of(
            row.issued_on, latest=latest, changed_on=changed_on, left_on=left_on, today=today
        )
    return texts


def last_change() -> date | None:
    """Return the day on which roles, deputies or contacts were last changed (3 queries)."""
    moments = [model.objects.aggregate(last=Max("updated_at"))["last"] for model in _SOURCES]
    known = [moment for moment in moments if moment]
    return timezone.localtime(max(known)).date() if known else None


@dataclass(frozen=True)
class RegisterSummary:
    """How far the cards in people's pockets can be relied on.

    `without` counts those among the given people who hold no card that is still true.
    """

    current: int
    unacknowledged: int
    outdated: int
    to_collect: int
    without: int


def summary_of(people: QuerySet[Person]) -> RegisterSummary:
    """Return the state of all cards, and of these people (7 queries for any number of cards)."""
    cards = list(CarryCard.objects.exclude(row_status=RowStatus.RETIRED))
    found = states(cards)
    current = [card for card in cards if found[card.pk] == CURRENT]
    tally = Counter(found.values())
    holders = {card.person_id for card in current}
    return RegisterSummary(
        current=len(current),
        unacknowledged=sum(card.acknowledged_on is None for card in current),
        outdated=tally[OUTDATED],
        to_collect=tally[TO_COLLECT],
        without=people.exclude(pk__in=holders).count(),
    )
