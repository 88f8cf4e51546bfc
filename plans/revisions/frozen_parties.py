"""Who had a hand in a submission besides those who filed it, and how its sheet looks, frozen at submit."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Hand:
    """One human being by account and entry in the list of persons, and the parts they wrote.

    The account is named by its user name, which an archive carries into another database.
    """

    username: str
    person_uid: str = ""
    name: str = ""
    parts: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Return name and parts as a page says them."""
        return f"{self.name}（{'、'.join(self.parts)}）" if self.parts else self.name


@dataclass(frozen=True)
class FrozenParties:
    """What of the people is frozen at submit.

    alike are other entries and accounts of those who filed or wrote; authors wrote what changes;
    also did only what excludes nobody; deciders could decide a step when it was submitted, by role
    or by name, so that it is seen when they no longer can. wait_hours is how long an account waits that somebody else
    set; with wait_off it does not wait, and that is printed with the decision. date_style and
    comparison_layout are how the approval sheet and its 新旧対照表 were laid out.
    """

    alike: tuple[Hand, ...] = ()
    authors: tuple[Hand, ...] = ()
    also: tuple[Hand, ...] = ()
    deciders: tuple[Hand, ...] = ()
    wait_hours: int = 24
    wait_off: bool = False
    date_style: str = ""
    comparison_layout: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data from which `from_json` makes an equal value."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FrozenParties | None":
        """Rebuild what was frozen; None for a submission of a release that froze nothing."""
        if not data:
            return None
        return cls(
            alike=_hands(data.get("alike", ())),
            authors=_hands(data.get("authors", ())),
            also=_hands(data.get("also", ())),
            deciders=_hands(data.get("deciders", ())),
            wait_hours=int(data.get("wait_hours", 24)),
            wait_off=bool(data.get("wait_off", False)),
            date_style=str(data.get("date_style", "")),
            comparison_layout=dict(data.get("comparison_layout", {})),
        )


def _hands(data: Iterable[Mapping[str, Any]]) -> tuple[Hand, ...]:
    return tuple(
        Hand(
            str(each.get("username", "")),
            str(each.get("person_uid", "")),
            str(each.get("name", "")),
            tuple(each.get("parts", ())),
        )
        for each in data
    )
