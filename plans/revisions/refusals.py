"""Collects everything that stands in the way of a submission, so that it is said at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bcp_portal.accounts.permissions import Permission
from bcp_portal.ui.errors import DomainError

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Where:
    """A page on which something is mended: its label, its name in the URLs, and who may open it.

    otherwise tells those who may not open it whom to ask.
    """

    label: str
    name: str
    args: tuple[str, ...] = ()
    fragment: str = ""
    permission: Permission = Permission.READ_PLAN
    otherwise: str = ""


@dataclass(frozen=True)
class Refusal:
    """One thing that stands in the way, as a Japanese sentence, and where it is mended."""

    sentence: str
    where: Where | None = None


class NotReady(DomainError):
    """A submission that cannot be made yet, with everything that stands in its way."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("".join(refusal.sentence for refusal in self.refusals))


class Refusals:
    """Asks one question after another, and keeps what each refuses instead of ending there."""

    def __init__(self) -> None:
        self.found: list[Refusal] = []

    def ask(
        self, question: Callable[..., Answer], *args: Any, where: Where | None = None, **given: Any
    ) -> Answer | None:
        """Return the answer; None for one that refused, which is kept.

        What came second (409) is no question of what stands in the way, and ends everything.
        """
        try:
            return question(*args, **given)
        except NotReady as several:
            self.found += (replace(each, where=each.where or where) for each in several.refusals)
        except DomainError as error:
            if error.status == 409:
                raise
            self.found.append(Refusal(error.message, where))
        return None

    def add(self, refusals: Iterable[Refusal]) -> None:
        """Keep what was found otherwise."""
        self.found += refusals

    def end(self) -> None:
        """Raise NotReady with everything that was kept, each sentence once."""
        if self.found:
            raise NotReady(dict.fromkeys(self.found))
