"""Reads the register of copies: which are kept, and who still holds an old edition."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from bcp_portal.spelling.letters import readable
from plans.bookshelf.models import PlanCopy
from plans.editions.models.edition import Edition
from plans.editions.queries import HEAVY, edition_in_force

# A copy that nobody has looked at for a year may be lost.
CONFIRMED_FOR = timedelta(days=365)
_UNREAD = [f"{side}__{name}" for side in ("edition", "former") for name in HEAVY]

OUTDATED, DOUBTFUL, REMAINS, UNCONFIRMED, CURRENT, RETIRED = (
    "outdated",
    "doubtful",
    "remains",
    "unconfirmed",
    "current",
    "retired",
)
STATES = (
    (OUTDATED, "施行中の版ではないもの"),
    (DOUBTFUL, "置いた日が発行の前のもの"),
    (REMAINS, "旧版が残っているもの"),
    (UNCONFIRMED, "1年以上確認していないもの"),
    (CURRENT, "施行中の版のもの"),
    (RETIRED, "廃止したもの"),
)


@dataclass(frozen=True)
class Shelved:
    """One copy as the register shows it today."""

    copy: PlanCopy
    in_force: Edition | None
    today: date

    @property
    def is_outdated(self) -> bool:
        """Tell whether the copy lacks the edition in force; one that comes into force later is fine."""
        if self.in_force is None or self.copy.retired_on:
            return False
        held = self.copy.edition
        return held is None or held.sequence < self.in_force.sequence

    @property
    def is_ahead(self) -> bool:
        """Tell whether the copy is of an edition that comes into force later."""
        held = self.copy.edition
        return bool(self.in_force and held and held.sequence > self.in_force.sequence)

    @property
    def is_doubtful(self) -> bool:
        """Tell whether the copy is said to have been put there before its edition was issued."""
        held, placed = self.copy.edition, self.copy.placed_on
        return bool(held and placed and not self.copy.retired_on and placed < held.issued_on)

    @property
    def is_in_force(self) -> bool:
        """Tell whether the copy is of the edition in force, as far as the register can know."""
        if self.in_force is None or self.copy.retired_on:
            return False
        return not (self.is_outdated or self.is_ahead or self.is_doubtful)

    @property
    def old_remains(self) -> bool:
        """Tell whether nobody has said that the edition before was taken away."""
        return bool(
            self.copy.former_id
            and self.copy.old_removed_on is None
            and not self.copy.retired_on
            and not self.is_outdated
        )

    @property
    def is_unconfirmed(self) -> bool:
        if self.copy.retired_on:
            return False
        seen = self.copy.confirmed_on
        return seen is None or seen < self.today - CONFIRMED_FOR

    @property
    def state(self) -> tuple[str, str]:
        """Return what the list says of the copy: kind of badge, words."""
        if self.copy.retired_on:
            return "neutral", "廃止"
        if self.is_outdated:
            return "danger", self._why_outdated
        if self.is_doubtful:
            return "warning", "置いた日が発行の前"
        if self.old_remains:
            return "warning", "旧版が残っている"
        if self.in_force is None:
            return "neutral", "施行中の版なし"
        if self.is_ahead:
            return "neutral", "施行待ちの版"
        return "success", "施行中の版"

    @property
    def _why_outdated(self) -> str:
        if self.copy.edition_id:
            return "旧版のまま"
        return "版が分からない" if self.copy.placed_on else "まだ置いていない"


_STATE_OF: dict[str, Callable[[Shelved], bool]] = {
    OUTDATED: lambda each: each.is_outdated,
    REMAINS: lambda each: each.old_remains,
    UNCONFIRMED: lambda each: each.is_unconfirmed,
    DOUBTFUL: lambda each: each.is_doubtful,
    CURRENT: lambda each: each.is_in_force,
}


def shelf(copies: Iterable[PlanCopy], in_force: Edition | None) -> list[Shelved]:
    """Say of each copy what it is today."""
    today = timezone.localdate()
    return [Shelved(copy, in_force, today) for copy in copies]


def copies(text: str = "", medium: str = "", state: str = "") -> list[Shelved]:
    """Return the copies of the municipality in scope that match, in two queries."""
    found = all_copies().filter(retired_on__isnull=state != RETIRED)
    if medium:
        found = found.filter(medium=medium)
    shelved = shelf([each for each in found if _says(each, text)], edition_in_force())
    keep = _STATE_OF.get(state)
    return [each for each in shelved if keep is None or keep(each)]


def _says(copy: PlanCopy, text: str) -> bool:
    """Tell whether a copy says a text, however it is spelled."""
    wanted = readable(text)
    said = (copy.place, copy.holder, copy.note)
    return not text or (bool(wanted) and any(wanted in readable(each) for each in said))


def all_copies() -> QuerySet[PlanCopy]:
    """Return every copy, kept or retired, with its editions but without their text."""
    return PlanCopy.objects.select_related("edition", "former", "municipality").defer(*_UNREAD)


@dataclass(frozen=True)
class CopyCounts:
    """How many copies need a hand: they lack the edition in force, or an old one lies beside it.

    `in_force` are of the edition in force, `ahead` of one that comes into force later, `doubtful`
    said to lie there since before their edition was issued.
    """

    total: int
    in_force: int
    ahead: int
    doubtful: int
    outdated: int
    remaining: int


def counted(shelved: Sequence[Shelved]) -> CopyCounts:
    """Count what needs a hand."""
    return CopyCounts(
        len(shelved),
        sum(each.is_in_force for each in shelved),
        sum(each.is_ahead for each in shelved),
        sum(each.is_doubtful for each in shelved),
        sum(each.is_outdated for each in shelved),
        sum(each.old_remains for each in shelved),
    )


def outdated_count(in_force: Edition | None) -> int:
    """Return how many kept copies lack the edition in force."""
    if in_force is None:
        return 0
    held = Q(edition__isnull=True) | Q(edition__sequence__lt=in_force.sequence)
    return PlanCopy.objects.filter(held, retired_on__isnull=True).count()
