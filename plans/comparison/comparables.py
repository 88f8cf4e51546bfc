"""What can be compared: the working copy, and whatever frozen documents a subject brings at start."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.ui.errors import DomainError
from plans.document.document import Document
from plans.document.public_choices import PublicChoices
from plans.document.sort_words import SortWords
from plans.editions.personal_rows import NamedPerson


class BothForms(Protocol):
    """One document as it is, and as somebody reads it who may not see personal values.

    `choices` are what goes with it for the public edition, `sort_words` what its sorted views are
    sorted by without printing it.
    """

    @property
    def full(self) -> Document: ...

    @property
    def masked(self) -> Document: ...

    @property
    def choices(self) -> PublicChoices: ...

    @property
    def sort_words(self) -> SortWords: ...


class Readable(BothForms, Protocol):
    """Both forms, and who is named in them outside their tables."""

    @property
    def people(self) -> Sequence[NamedPerson]: ...


def nobody(membership: Membership, beside: str) -> bool:
    """Open nothing: personal values are seen by those who may see them anyway."""
    return False


@dataclass(frozen=True)
class Comparable:
    """One side of a comparison.

    `code` is its place in addresses. Whatever `read` returns under the same `version` says the
    same. `is_decided` says that it was approved, `group` under which head it stands in lists.
    `fault` says what of it is not what was stored, "" for nothing. `opens` tells whether a member
    sees personal values of it beside that of another code although the role does not say so.
    """

    code: str
    label: str
    version: Callable[[], str]
    read: Callable[[], Readable]
    is_decided: bool = False
    group: str = ""
    fault: Callable[[], str] = str
    opens: Callable[[Membership, str], bool] = nobody


Source = Callable[[Municipality], Iterable[Comparable]]
"""Returns everything of one kind that the municipality in scope has, the newest first, unloaded."""

_sources: list[Source] = []


def register_comparables(source: Source) -> None:
    """Add a source; called at start."""
    if source not in _sources:
        _sources.append(source)


def comparables(municipality: Municipality) -> list[Comparable]:
    """Return everything that can be compared in the municipality in scope."""
    return [comparable for source in _sources for comparable in source(municipality)]


def comparable_of(municipality: Municipality, code: str) -> Comparable:
    """Return one of them; DomainError 404 when there is none of this code."""
    for comparable in comparables(municipality):
        if comparable.code == code:
            return comparable
    raise DomainError(
        "比べようとした版または改定が見つかりません。一覧から選び直してください。", status=404
    )
