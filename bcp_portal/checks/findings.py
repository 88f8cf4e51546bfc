"""What a check says: a Japanese sentence, how much it weighs, and the places where it is mended."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bcp_portal.accounts.permissions import Permission
from bcp_portal.ui.errors import DomainError


class Severity(StrEnum):
    """What follows from a finding: only an error refuses."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Where:
    """A page, row or passage where something is mended: label, name in the URLs, who may open it.

    otherwise tells those who may not open it whom to ask.
    """

    label: str
    name: str
    args: tuple[str, ...] = ()
    fragment: str = ""
    permission: Permission = Permission.READ_PLAN
    otherwise: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold; which check said it, and its severity, are noted when it is asked."""

    sentence: str
    where: tuple[Where, ...] = ()
    severity: Severity = Severity.ERROR
    check: str = ""


class NotReady(DomainError):
    """What cannot be submitted, issued or printed yet, with everything that was found, each once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(dict.fromkeys(findings))
        super().__init__("".join(each.sentence for each in self.refusals))

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """Return what stands in the way; the rest is only to be known."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)


def refused_by(guard: Callable[[], object], *where: Where) -> Iterator[Finding]:
    """Yield what a guard refuses, which raises a DomainError; what names no place is mended at `where`.

    That somebody else was first (409) is nothing to mend, and is raised.
    """
    try:
        guard()
    except NotReady as several:
        yield from (replace(each, where=each.where or where) for each in several.findings)
    except DomainError as error:
        if error.status == 409:
            raise
        yield Finding(error.message, where)
