"""Works out whom one person calls, and in which order: holders first, then their deputies."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bcp_portal.accounts.models import Person
from plans.annexes.draft_marks import name_marked, named
from plans.annexes.models.organisation import ResponseRole, RoleDeputy
from plans.leaflets.card_content import Call, CallList
from systems.models import EmergencyContact

# Who collects whether people are safe.
_COLLECTORS = ("liaison", "secretariat")
_MOBILE, _DESK, _SATELLITE = "携", "電", "衛"
_MOST_NUMBERS = 2

Held = Sequence[tuple[ResponseRole, int]]


@dataclass(frozen=True)
class CallBook:
    """Roles, deputies and contacts of a municipality, read once for all cards."""

    roles: Sequence[ResponseRole]
    deputies: Sequence[RoleDeputy]
    contacts: Sequence[EmergencyContact]

    def contact(self, person: Person | None) -> EmergencyContact | None:
        """Return the person's own line of 様式9."""
        return self._by_person.get(person.pk) if person else None

    def lists(self, person: Person, held: Held) -> tuple[CallList, ...]:
        """Return whom to call with these roles; everybody stands there once, the person never."""
        listed = {person.pk}
        found = []
        for title, roles, with_deputies in self._asked(held):
            calls = tuple(self._line_of(roles, listed, with_deputies=with_deputies))
            if calls:
                found.append(CallList(title, calls))
        return tuple(found)

    def safety_calls(self, person: Person) -> tuple[Call, ...]:
        """Return to whom the person reports being safe: those who collect it, else the head."""
        listed = {person.pk}
        disaster = [role for role in self.roles if role.structure == "disaster"]
        roles = [role for team in _COLLECTORS for role in disaster if role.team == team]
        heads = [role for role in disaster if role.reports_to_id is None]
        for role in roles or heads:
            calls = tuple(self._line_of([role], listed, with_deputies=True))
            if calls:
                return calls
        return ()

    def _asked(self, held: Held) -> Iterator[tuple[str, Sequence[ResponseRole], bool]]:
        """Yield (why, roles, with deputies): those above, those who stand in, those below."""
        own = [role for role, rank in held if rank == 0]
        acting = own or [role for role, _ in held]
        by_key = {role.pk: role for role in self.roles}
        for role in acting:
            above = by_key.get(role.reports_to_id) if role.reports_to_id else None
            if above:
                yield f"指示を受け、報告する：{above.role_name}", [above], True
        for role in own:
            yield f"自分が動けないときに代わる人：{role.role_name}", [role], True
        for role, rank in held:
            if rank:
                yield f"代わって務める役割の本人：{role.role_name}", [role], False
        own_keys = {role.pk for role in own}
        below = [role for role in self.roles if role.reports_to_id in own_keys]
        if below:
            yield "指示を伝える相手", below, False

    def _line_of(
        self, roles: Iterable[ResponseRole], listed: set[int], *, with_deputies: bool
    ) -> Iterator[Call]:
        """Yield holders and deputies in order of rank; notes in `listed` who was named."""
        for role in roles:
            posts = [(role.person, named(role, role.post or role.role_name))]
            if with_deputies:
                posts += [
                    (deputy.person, named(deputy, deputy.post or _post_of(deputy.person)))
                    for deputy in self._deputies.get(role.pk, ())
                ]
            for person, post in posts:
                if person is None or person.pk not in listed:
                    yield self._call(person, post, listed)

    def _call(self, person: Person | None, post: str, listed: set[int]) -> Call:
        if person is None:
            return Call("", post)
        listed.add(person.pk)
        contact = self.contact(person)
        numbers = tuple(_numbers(contact))[:_MOST_NUMBERS]
        name = named(contact, person.name) if contact else name_marked(person, person.name)
        return Call(name, _short_post(post or person.post, person), numbers)

    @cached_property
    def _by_person(self) -> dict[int, EmergencyContact]:
        found: dict[int, EmergencyContact] = {}
        for contact in self.contacts:
            if contact.person_id:
                found.setdefault(contact.person_id, contact)
        return found

    @cached_property
    def _deputies(self) -> dict[int, list[RoleDeputy]]:
        lines: dict[int, list[RoleDeputy]] = {}
        for deputy in self.deputies:
            lines.setdefault(deputy.role_id, []).append(deputy)
        return lines


def _post_of(person: Person | None) -> str:
    return person.post if person else ""


def _short_post(post: str, person: Person) -> str:
    """Return the post without the department that everybody there has in common."""
    department = str(person.department or "")
    if not department or not post.startswith(department):
        return post
    rest = post.removeprefix(department).strip()
    # 情報政策課長 is 課長 there, not 長.
    return department[-1] + rest if rest.startswith("長") else rest or post


def _numbers(contact: EmergencyContact | None) -> Iterator[str]:
    """Yield the numbers that work away from the desk first."""
    if contact is None:
        return
    for label, number in (
        (_MOBILE, contact.mobile),
        (_DESK, contact.tel),
        (_SATELLITE, contact.sat_tel),
    ):
        if number:
            yield f"{label}{number}"
