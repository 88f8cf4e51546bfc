"""The way a revision takes, as plain data: ordered steps, who sits in each, who acts for them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from bcp_portal.accounts.permissions import Role


class StepAction(StrEnum):
    """What is asked of the people of a step; nobody waits for a report."""

    CHECK = "check"
    APPROVE = "approve"
    REPORT = "report"

    @property
    def label(self) -> str:
        return {"check": "確認", "approve": "承認", "report": "報告"}[self.value]


class Quorum(StrEnum):
    """How many of a step must decide."""

    ONE = "one"
    ALL = "all"

    @property
    def label(self) -> str:
        return {"one": "だれか1人", "all": "全員"}[self.value]


@dataclass(frozen=True)
class Holder:
    """One 職員 as they are named on paper, by an identity that stays when the account goes."""

    person_uid: str
    name: str
    post: str = ""

    def __str__(self) -> str:
        return f"{self.post} {self.name}".strip()


@dataclass(frozen=True)
class Seat:
    """Who decides: a role, or one person; deputies come in order.

    chosen_on (ISO) is the day the person was chosen for the post: who moves after it has left it.
    """

    role: str = ""
    holder: Holder | None = None
    post_label: str = ""
    deputies: tuple[Holder, ...] = ()
    chosen_on: str = ""

    @property
    def label(self) -> str:
        """Return who sits here, as the page and the approval sheet say it."""
        if self.holder:
            return f"{self.post_label} {self.holder.name}" if self.post_label else str(self.holder)
        return self.post_label or (str(Role(self.role).label) if self.role in Role.values else "")


@dataclass(frozen=True)
class RouteStep:
    """One step: what is asked, of whom, by when, and whether a meeting decides."""

    name: str
    action: StepAction
    seats: tuple[Seat, ...]
    quorum: Quorum = Quorum.ONE
    days: int = 7
    due_on: str = ""
    meeting_body: str = ""

    @property
    def blocks(self) -> bool:
        """Tell whether the next step waits for this one."""
        return self.action is not StepAction.REPORT

    @property
    def by_meeting(self) -> bool:
        return bool(self.meeting_body)


@dataclass(frozen=True)
class Route:
    """The steps of one kind of revision, in order."""

    steps: tuple[RouteStep, ...] = ()

    def to_json(self) -> list[dict[str, Any]]:
        """Return plain JSON data from which `from_json` makes an equal route."""
        return [asdict(step) for step in self.steps]

    @classmethod
    def from_json(cls, data: list[Mapping[str, Any]]) -> "Route":
        return cls(tuple(_step(item) for item in data))

    @property
    def has_approval(self) -> bool:
        return any(step.action is StepAction.APPROVE for step in self.steps)


def _step(data: Mapping[str, Any]) -> RouteStep:
    return RouteStep(
        **{
            **data,
            "action": StepAction(data["action"]),
            "quorum": Quorum(data["quorum"]),
            "seats": tuple(_seat(item) for item in data["seats"]),
        }
    )


def _seat(data: Mapping[str, Any]) -> Seat:
    holder = data["holder"]
    return Seat(
        **{
            **data,
            "holder": Holder(**holder) if holder else None,
            "deputies": tuple(Holder(**item) for item in data["deputies"]),
        }
    )
