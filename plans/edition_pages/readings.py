"""Remembers which edition a person read last, and says what changed since."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.models import Municipality, User
from plans.comparison.changes import STATUS_LABELS
from plans.comparison.compared_pair import Pair
from plans.editions.models.edition import Edition
from plans.editions.models.edition_reading import EditionReading
from plans.editions.queries import HEAVY
from plans.issuing.comparables import edition_code

OTHERWISE_WRITTEN = "書き方の変更"
_UNREAD = [f"{side}__{name}" for side in ("edition", "former") for name in HEAVY]


@dataclass(frozen=True)
class LastRead:
    """The edition a person had read before the one they look at."""

    edition: Edition
    read_at: datetime

    @property
    def read_on(self) -> date:
        """Return the day of the reading where the municipality is."""
        return timezone.localdate(self.read_at)


def reading_of(user: User) -> EditionReading | None:
    """Return what this person read last in the municipality in scope."""
    readings = EditionReading.objects.select_related("edition", "former").defer(*_UNREAD)
    found: EditionReading | None = readings.filter(user=user).first()
    return found


@transaction.atomic
def note_reading(*, municipality: Municipality, user: User, edition: Edition) -> None:
    """Note that somebody opened or took an edition; going back to an older one changes nothing."""
    reading = EditionReading.objects.select_for_update().filter(user=user).first()
    now = timezone.now()
    if reading is None:
        EditionReading.objects.get_or_create(
            municipality=municipality, user=user, defaults={"edition": edition, "read_at": now}
        )
        return
    if reading.edition_id == edition.pk:
        reading.read_at = now
    elif edition.sequence > _sequence(reading.edition_id):
        reading.former_id, reading.former_read_at = reading.edition_id, reading.read_at
        reading.edition_id, reading.read_at = edition.pk, now
    else:
        return
    reading.save()


def _sequence(pk: int) -> int:
    sequence: int = Edition.objects.values_list("sequence", flat=True).get(pk=pk)
    return sequence


def last_read(reading: EditionReading | None, edition: Edition) -> LastRead | None:
    """Return what this person had read before this edition; None for a first reading."""
    if reading is None:
        return None
    if reading.edition.sequence < edition.sequence:
        return LastRead(reading.edition, reading.read_at)
    if reading.edition_id == edition.pk and reading.former and reading.former_read_at:
        return LastRead(reading.former, reading.former_read_at)
    return None


def changed_parts(municipality: Municipality, old: Edition, new: Edition) -> list[tuple[str, str]]:
    """Return what became of each part that differs: (heading, 変更 and so on), nothing personal.

    Sections whose words are the same and stand in another form follow at the end.
    """
    pair = Pair.of(municipality, edition_code(old.uid), edition_code(new.uid))
    comparison = pair.comparison(with_personal=False)
    parts = list(comparison.changed_parts())
    told = {part.heading for part in parts}
    forms = (heading for heading in comparison.otherwise_written if heading not in told)
    return [
        *((part.heading or "表紙", STATUS_LABELS[part.status]) for part in parts),
        *((heading, OTHERWISE_WRITTEN) for heading in forms),
    ]
