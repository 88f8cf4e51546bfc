"""Reads organisation, contacts and muster rules into carry cards (別表2), one for each person."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.accounts.reading_order import by_reading
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.derived_table_builder import active_rows, choice_labels
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.audit.services import SeenRow
from bcp_portal.ui.durations import format_duration
from bcp_portal.ui.errors import DomainError
from plans.annexes.draft_marks import MARK, marked_name, name_marked, named
from plans.annexes.models.muster import MusterPlace, MusterRule
from plans.annexes.models.organisation import ResponseRole, RoleDeputy
from plans.chapters.models.plan import Plan
from plans.leaflets.card_content import Card, HeldRole, Issue, MusterLine, MusterSpot
from plans.leaflets.carry_card_calls import CallBook
from plans.printing.front_parts import title_alone
from plans.working_copy.builder import cover
from systems.models import EmergencyContact

NORMAL = "normal"
# The order in which a person looks for their own role in an emergency.
_STRUCTURES = ("disaster", "security", "infection", NORMAL)


class NobodyChosenError(DomainError):
    """A print of cards for nobody."""

    def __init__(self) -> None:
        super().__init__(
            "携行カードを作る人がいません。様式8で役割に人を当てるか、別の部署・職員を選んでください。"
        )


def present_people() -> QuerySet[Person]:
    """Return everybody who may get a card: who has left gets none."""
    today = timezone.localdate()
    return (
        Person.objects.filter(row_status__in=counted_statuses())
        .filter(Q(left_on=None) | Q(left_on__gte=today))
        .select_related("department")
    )


def people_with_role(people: QuerySet[Person]) -> QuerySet[Person]:
    """Return those of the people who hold a role or stand in for one."""
    holders = ResponseRole.objects.filter(row_status__in=counted_statuses()).values("person_id")
    deputies = RoleDeputy.objects.filter(
        row_status__in=counted_statuses(), role__row_status__in=counted_statuses()
    ).values("person_id")
    return people.filter(Q(pk__in=holders) | Q(pk__in=deputies))


def in_departments(people: Iterable[Person]) -> list[Person]:
    """Return the people by department in the order of departments, in 五十音順 within each."""
    return sorted(by_reading(people), key=lambda each: _place_of(each.department))


def _place_of(department: Department | None) -> tuple[bool, int]:
    return (department is None, department.row_no if department else 0)


def chosen_people(options: Mapping[str, Any]) -> list[Person]:
    """Return who gets a card: everybody with a role, those of departments, or those named.

    Raises NobodyChosenError when that is nobody.
    """
    people = present_people()
    if options.get("people"):
        people = people.filter(uid__in=options["people"])
    else:
        people = people_with_role(people)
        if options.get("departments"):
            people = people.filter(department__uid__in=options["departments"])
    found = in_departments(people)
    if not found:
        raise NobodyChosenError
    return found


def card_issue(
    municipality: Municipality, *, first_steps: Sequence[str], safety_words: Sequence[str]
) -> Issue:
    """Return what every card says about plan and edition."""
    plan = Plan.objects.first()
    presentation = Presentation.load(municipality)
    sheet = cover(municipality, plan, presentation.date_style)
    desk = " ".join(filter(None, (plan.department, plan.telephone))) if plan else ""
    return Issue(
        municipality=municipality.name,
        plan_title=title_alone(sheet),
        edition=sheet.edition,
        date_text=sheet.date_text,
        desk=desk,
        first_steps=tuple(first_steps),
        safety_words=tuple(safety_words),
    )


@dataclass(frozen=True)
class CardDesk:
    """Everything the cards are written from, read once."""

    presentation: Presentation
    roles: Sequence[ResponseRole]
    deputies: Sequence[RoleDeputy]
    contacts: Sequence[EmergencyContact]
    rules: Sequence[MusterRule]
    places: Sequence[MusterPlace]

    @classmethod
    def load(cls, municipality: Municipality) -> "CardDesk":
        presentation = Presentation.load(municipality)
        # Joined whether or not the municipality shows the columns.
        roles = list(
            active_rows(Sheet.named("8", presentation)).select_related(
                "person__department", "place1", "place2"
            )
        )
        roles.sort(key=lambda role: _rank_of(role.structure))
        deputies = RoleDeputy.objects.filter(role__in=roles, row_status__in=counted_statuses())
        return cls(
            presentation,
            roles,
            list(deputies.select_related("person__department", "role").order_by("order", "pk")),
            list(active_rows(Sheet.named("9", presentation))),
            list(
                active_rows(Sheet.named("c-7", presentation))
                .select_related("decider")
                .prefetch_related("roles")
            ),
            list(
                active_rows(Sheet.named("b-5", presentation)).select_related(
                    "place1", "place2", "system"
                )
            ),
        )

    def card(self, person: Person) -> Card:
        """Return the card of one person."""
        held = self.held_roles(person)
        acting = [role for role, rank in held if rank == 0] or [role for role, _ in held]
        lines = [(rule, self._line(rule, acting)) for rule in self.rules if _concerns(rule, acting)]
        contact = self.call_book.contact(person)
        return Card(
            name=named(person, person.name),
            position=" ".join(filter(None, (str(person.department or ""), person.post))),
            roles=tuple(
                HeldRole(
                    self.structures.get(role.structure, ""),
                    self._role_name(role, person),
                    rank,
                )
                for role, rank in held
            ),
            automatic=tuple(line for rule, line in lines if rule.trigger == "automatic"),
            instructed=tuple(line for rule, line in lines if rule.trigger != "automatic"),
            spots=tuple(self._spots(acting)),
            arrival=_arrival(contact),
            calls=self.call_book.lists(person, held),
            safety_calls=self.call_book.safety_calls(person),
            safety_means=self._means(contact),
        )

    def _role_name(self, role: ResponseRole, person: Person) -> str:
        """Return the role; where it, or the line that makes the person its deputy, is 作成中, so marked."""
        own = (d for d in self.deputies if d.role_id == role.pk and d.person_id == person.pk)
        behind = None if role.person_id == person.pk else next(own, None)
        is_draft = RowStatus.DRAFT in (role.row_status, behind and behind.row_status)
        return f"{MARK}{role.role_name}" if is_draft else role.role_name

    def rows_shown(self, cards: Iterable[Card]) -> list[SeenRow]:
        """Return the rows of which these cards show a name or a mobile number."""
        names, numbers = set[str](), set[str]()
        for card in cards:
            names.add(card.name)
            for call in (*(c for part in card.calls for c in part.calls), *card.safety_calls):
                names.add(call.name)
                numbers.update(call.numbers)
        named: list[tuple[ResponseRole | RoleDeputy, str]] = []
        named += [(role, role.role_name) for role in self.roles]
        named += [(deputy, deputy.role.role_name) for deputy in self.deputies]
        called = [
            contact
            for contact in self.contacts
            if contact.mobile and any(contact.mobile in number for number in numbers)
        ]
        return [
            *(_seen(row, name) for row, name in named if _is_named(row.person, names)),
            *(_seen(contact, str(contact)) for contact in called),
        ]

    def held_roles(self, person: Person) -> list[tuple[ResponseRole, int]]:
        """Return the person's roles with the rank as deputy, 0 for their own roles, which come first.

        What somebody does on quiet days is left out when there is a role for an emergency.
        """
        own = [(role, 0) for role in self.roles if role.person_id == person.pk]
        by_key = {role.pk: role for role in self.roles}
        others = [
            (by_key[deputy.role_id], deputy.order)
            for deputy in self.deputies
            if deputy.person_id == person.pk
        ]
        others.sort(key=lambda pair: (_rank_of(pair[0].structure), pair[1]))
        held = own + others
        urgent = [(role, rank) for role, rank in held if role.structure != NORMAL]
        return urgent or held

    @cached_property
    def structures(self) -> dict[str, str]:
        return choice_labels(Sheet.named("8", self.presentation), "structure")

    @cached_property
    def call_book(self) -> CallBook:
        return CallBook(self.roles, self.deputies, self.contacts)

    @cached_property
    def _rule_labels(self) -> dict[str, dict[str, str]]:
        sheet = Sheet.named("c-7", self.presentation)
        names = ("event_detail", "condition_kind", "who", "mode", "with_headquarters")
        return {name: choice_labels(sheet, name) for name in names}

    def _line(self, rule: MusterRule, acting: Sequence[ResponseRole]) -> MusterLine:
        labels = self._rule_labels
        condition = rule.threshold or labels["condition_kind"].get(rule.condition_kind, "")
        if rule.with_headquarters == "set_up" and rule.condition_kind != "headquarters":
            condition += f"（{labels['with_headquarters']['set_up']}）"
        who = labels["who"].get(rule.who, "")
        if rule.who == "part" and rule.ratio:
            who = f"職員の{rule.ratio}%"
        if rule.who == "roles":
            called = {role.pk for role in rule.roles.all()}
            who = "、".join(role.role_name for role in acting if role.pk in called)
        return MusterLine(
            event=named(rule, labels["event_detail"].get(rule.event_detail, "")),
            condition=condition,
            who=who + _online(rule),
            decider=name_marked(rule.decider, rule.decider.role_name) if rule.decider else "",
        )

    def _spots(self, acting: Iterable[ResponseRole]) -> list[MusterSpot]:
        """Return the places of the roles, each once: those of B-5, else those of 様式8."""
        spots: dict[tuple[str, str, str], MusterSpot] = {}
        for role in acting:
            listed: list[MusterPlace | ResponseRole] = [
                place for place in self.places if place.role_id == role.pk
            ]
            for place in listed or [role]:
                if place.place1_id:
                    spot = _spot(place)
                    spots.setdefault((spot.subject, spot.first, spot.second), spot)
        return list(spots.values())

    def _means(self, contact: EmergencyContact | None) -> str:
        labels = choice_labels(Sheet.named("9", self.presentation), "safety_means")
        chosen = contact.safety_means if contact else ()
        return "、".join(labels.get(code, code) for code in chosen)


def _is_named(person: Person | None, names: Iterable[str]) -> bool:
    """Tell whether one of the names on a card, perhaps marked, is that of the person."""
    return person is not None and any(person.name in name for name in names)


def _seen(row: Any, name: str) -> SeenRow:
    return SeenRow(row._meta.label_lower, str(row.uid), name)


def _rank_of(structure: str) -> int:
    return _STRUCTURES.index(structure) if structure in _STRUCTURES else len(_STRUCTURES)


def _concerns(rule: MusterRule, acting: Collection[ResponseRole]) -> bool:
    """Tell whether the rule may call a person with these roles."""
    if rule.who != "roles":
        return True
    held = {role.pk for role in acting}
    return any(role.pk in held for role in rule.roles.all())


def _online(rule: MusterRule) -> str:
    if list(rule.mode) == ["online"]:
        return "（オンライン）"
    return "（オンライン可）" if "online" in rule.mode else ""


def _spot(place: MusterPlace | ResponseRole) -> MusterSpot:
    system = getattr(place, "system", None)
    online = getattr(place, "online_means", "") if getattr(place, "online", None) else ""
    return MusterSpot(
        subject=marked_name(system),
        first=named(place, f"{marked_name(place.place1)} {place.place1_room}".strip()),
        second=f"{marked_name(place.place2)} {place.place2_room}".strip()
        if place.place2_id
        else "",
        online=online,
    )


def _arrival(contact: EmergencyContact | None) -> str:
    if contact is None or contact.arrival_minutes is None:
        return ""
    time = format_duration(contact.arrival_minutes, contact.arrival_unit or "minute")
    return named(contact, time)
