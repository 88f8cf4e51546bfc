"""Reads the operation log: what matches a search, and one entry as a reader may see it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from bcp_portal.audit.models import ChainHead, Entry, ShownRow
from bcp_portal.audit.viewing_log import told_changes
from bcp_portal.spelling.letters import readable
from bcp_portal.ui.text import lasting_key


def last_digest() -> str:
    """Return the digest of the last entry of the municipality in scope; "" before the first.

    It changes with every entry, and so with every write: a cheap way to notice one.
    """
    found: str | None = ChainHead.objects.values_list("digest", flat=True).first()
    return found or ""


def last_link() -> tuple[int, str]:
    """Return number and digest of the last entry of the municipality in scope; (0, "") before it."""
    found: tuple[int, str] | None = ChainHead.objects.values_list("sequence", "digest").first()
    return found if found and found[0] else (0, "")


@dataclass(frozen=True)
class LogMark:
    """Where the log of the municipality in scope ended, and on which day."""

    sequence: int
    day: date

    @classmethod
    def now(cls) -> "LogMark":
        return cls(last_link()[0], timezone.localdate())

    def is_past(self) -> bool:
        """Tell whether a plan read at this mark may be another one now.

        Whoever writes also writes the log, and some tables ask for the day. Entries that tell
        only that somebody looked do not count.
        """
        only_looks = Q(shown_count__gt=0, changes=[], told=[], sealed=[])
        since = Entry.objects.filter(sequence__gt=self.sequence).exclude(only_looks)
        return self.day != timezone.localdate() or since.exists()


def is_link(sequence: int, digest: str) -> bool:
    """Tell whether the log has an entry of this number with this digest now."""
    return Entry.objects.filter(sequence=sequence, digest=digest).exists()


@dataclass(frozen=True)
class Search:
    """What the reader asks for; an empty field does not restrict.

    target is the uid of a record, or its kind and uid as in Entry.target_key; entries that say
    its personal values were shown are found too.
    """

    text: str = ""
    actor: str = ""
    action: str = ""
    date_from: date | None = None
    date_to: date | None = None
    target: str = ""


@dataclass(frozen=True)
class ShownChange:
    """One changed field as this reader may see it; hidden means the values were left out."""

    label: str
    before: str
    after: str
    hidden: bool


def entries_matching(search: Search) -> QuerySet[Entry]:
    """Return the entries, newest first; every word of the text must occur."""
    entries = Entry.objects.select_related("municipality", "actor").order_by("-sequence")
    for word in search.text.split():
        entries = entries.filter(search_text__contains=lasting_key(word))
    if search.actor:
        entries = entries.filter(_done_by(search.actor))
    if search.action:
        entries = entries.filter(action=search.action)
    if search.date_from:
        entries = entries.filter(at__gte=_midnight(search.date_from))
    if search.date_to:
        entries = entries.filter(at__lt=_midnight(search.date_to + timedelta(days=1)))
    if search.target:
        kind, _, uid = search.target.strip().rpartition(":")
        itself = Q(target_uid=uid, target_type=kind) if kind else Q(target_uid=uid)
        shown = ShownRow.objects.filter(row_uid=uid).values("sequence")
        entries = entries.filter(itself | Q(sequence__in=shown))
    return entries


def _done_by(text: str) -> Q:
    """Return the entries of who is called so, however it is spelled: no database folds 髙﨑 to 高崎."""
    wanted = readable(text)
    actors = Entry.objects.order_by().values_list("actor_name", "actor_username").distinct()
    names = [pair for pair in actors if wanted and any(wanted in readable(each) for each in pair)]
    return Q(
        actor_name__in={name for name, _ in names}, actor_username__in={key for _, key in names}
    )


def actions() -> list[str]:
    """Return every kind of operation that was ever recorded here."""
    return list(Entry.objects.order_by("action").values_list("action", flat=True).distinct())


def shown_changes(entry: Entry, *, sees_personal: bool) -> list[ShownChange]:
    """Return the changes; personal values are taken out here, before any page could show them."""
    return [
        ShownChange(change["label"], "", "", hidden=True)
        if change["personal"] and not sees_personal
        else ShownChange(change["label"], change["before"], change["after"], hidden=False)
        for change in told_changes(entry)
    ]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
