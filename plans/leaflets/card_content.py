"""What one carry card (別表2) says, as plain data; no home address and no insurance number."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class HeldRole:
    """A role in one structure; `rank` is 0 for its holder, 1 for the first deputy and so on."""

    structure: str
    name: str
    rank: int = 0

    @property
    def text(self) -> str:
        standing_in = f"（代行第{self.rank}順位）" if self.rank else ""
        return f"{self.structure}：{self.name}{standing_in}"


@dataclass(frozen=True)
class MusterLine:
    """When to come: what happened, and who then comes; `decider` gives the order if one is needed."""

    event: str
    condition: str
    who: str
    decider: str = ""


@dataclass(frozen=True)
class MusterSpot:
    """Where to come, first and second choice; `subject` is empty for the usual place."""

    subject: str
    first: str
    second: str = ""
    online: str = ""


@dataclass(frozen=True)
class Call:
    """Somebody to call; empty `name` and `numbers` leave room for handwriting."""

    name: str
    post: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class CallList:
    """People who are tried one after the other, and why they are called."""

    title: str
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class Issue:
    """What all cards of one print share."""

    municipality: str
    plan_title: str
    edition: str
    date_text: str
    desk: str = ""
    first_steps: tuple[str, ...] = ()
    safety_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """What one person needs in the first hour."""

    name: str
    position: str
    roles: tuple[HeldRole, ...] = ()
    automatic: tuple[MusterLine, ...] = ()
    instructed: tuple[MusterLine, ...] = ()
    spots: tuple[MusterSpot, ...] = ()
    arrival: str = ""
    calls: tuple[CallList, ...] = ()
    safety_calls: tuple[Call, ...] = ()
    safety_means: str = ""


def by_order(lines: Sequence[MusterLine]) -> dict[tuple[str, str], list[str]]:
    """Return the events that wait for an order, by who gives it under which condition."""
    groups: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        events = groups.setdefault((line.decider, line.condition), [])
        if line.event not in events:
            events.append(line.event)
    return groups
