"""Compares entries with what they were written as, so that no page shows an altered log silently."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, pairwise
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery, Sum

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.chain import entry_digest, rows_digest
from bcp_portal.audit.disposal import is_husk
from bcp_portal.audit.models import ChainHead, Entry, ShownRow
from bcp_portal.audit.services import entry_content, entry_search_text

ALTERED = "この記録は、書かれたときの内容と一致しません"
GAPS = "操作記録に、抜けた番号があります"
LINES = (
    "「個人情報を見せた行」の一覧が、書かれたときの行数と一致しません。"
    "行を見た人の記録に、抜けたものがあるおそれがあります。"
)
WHAT_TO_DO = (
    "システムの担当者に連絡してください。"
    "担当者は、操作記録の検証（verify_audit）で、書き換えられた所を確かめます。"
)
_altered: ContextVar[set[int] | None] = ContextVar("altered_entries", default=None)
_NAMED = 5
_AT_ONCE = 200
_READ_AT_ONCE = 500


@dataclass(frozen=True)
class EntryFaults:
    """What is wrong with entries that are about to be shown, and with the log they stand in."""

    altered: frozenset[int] = frozenset()
    missing: tuple[str, ...] = ()

    def faults(self) -> str:
        """Return what is wrong, in Japanese; "" for nothing."""
        said = "".join(self.missing)
        if self.altered:
            said = f"{ALTERED}（{_few([f'{n}番' for n in sorted(self.altered)])}）。{said}"
        return said

    def warning(self) -> str:
        """Return what a reader must know before anything else, in Japanese; "" for nothing."""
        said = self.faults()
        return said and f"{said}この画面の内容は使わず、{WHAT_TO_DO}"


def is_as_written(entry: Entry) -> bool:
    """Tell whether an entry holds what it was written with; its shown rows are not looked at.

    One that was disposed of has to be empty; what is left of it is proven together with all others.
    """
    if entry.disposed_in:
        return is_husk(entry)
    if entry.digest != entry_digest(entry.previous_digest, entry_content(entry)):
        return False
    # A deleted account leaves no key; an account that does not match the name was inserted.
    if entry.actor is not None and entry.actor.username != entry.actor_username:
        return False
    return entry.search_text == entry_search_text(entry)


def altered_among(entries: Sequence[Entry]) -> frozenset[int]:
    """Return the numbers of those whose content, shown rows or next link say otherwise; 3 queries.

    Without municipality and actor selected, each entry costs queries of its own.
    """
    numbers = [entry.sequence for entry in entries]
    shown = _shown_digests(numbers)
    followers = Entry.objects.filter(sequence__in=[number + 1 for number in numbers])
    noted = {
        number - 1: digest
        for number, digest in followers.values_list("sequence", "previous_digest")
    }
    noted.update(ChainHead.objects.filter(sequence__in=numbers).values_list("sequence", "digest"))
    return frozenset(
        entry.sequence
        for entry in entries
        if not is_as_written(entry)
        or shown.get(entry.sequence, "") != entry.shown_digest
        or noted.get(entry.sequence, entry.digest) != entry.digest
    )


def missing_in_log() -> tuple[str, ...]:
    """Say in Japanese that entries, or lines of the rows they show, were taken out; 3 queries.

    It compares counts: a line that was written anew stands out only at its entry.
    """
    head = ChainHead.objects.values_list("sequence", flat=True).first() or 0
    log = Entry.objects.aggregate(
        count=Count("pk"), highest=Max("sequence"), shown=Sum("shown_count")
    )
    highest = log["highest"] or 0
    found = []
    if log["count"] != highest or highest < head:
        gaps = list(_gaps(max(head, highest)))
        found.append(f"{GAPS}（{_few(gaps)}）。" if gaps else f"{GAPS}。")
    # What is written meanwhile counts on neither side.
    if ShownRow.objects.filter(sequence__lte=highest).count() != (log["shown"] or 0):
        found.append(LINES)
    return tuple(found)


def check_shown(request: MemberRequest, entries: Iterable[Entry]) -> frozenset[int]:
    """Warn above the page that answers a request; return the numbers of its altered entries."""
    checked = EntryFaults(altered_among(list(entries)), missing_in_log())
    if checked.warning():
        shown = getattr(request, "proof_warnings", [])
        request.proof_warnings = [*shown, checked.warning()]
    return checked.altered


@contextmanager
def altered_noted() -> Iterator[set[int]]:
    """Collect the numbers of altered entries that are read within the block."""
    found: set[int] = set()
    token = _altered.set(found)
    try:
        yield found
    finally:
        _altered.reset(token)


@contextmanager
def warning_of_altered(request: MemberRequest) -> Iterator[None]:
    """Warn above the page that answers a request if an altered entry is read within the block.

    For what is told by reading the log without showing an entry: who wrote what, what a field was.
    Readers pass `chained` entries to `note_if_altered`, or read with `read_noted`. The page is
    rendered after the block.
    """
    with altered_noted() as found:
        yield
    if found:
        shown = getattr(request, "proof_warnings", [])
        warning = EntryFaults(frozenset(found)).warning()
        request.proof_warnings = list(dict.fromkeys([*shown, warning]))


def are_noted() -> bool:
    """Tell whether somebody wants to know of altered entries."""
    return _altered.get() is not None


def chained(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Return the same entries, each with what the next one noted of it; no further query."""
    behind = Entry.objects.filter(sequence=OuterRef("sequence") + 1)
    noted = Subquery(behind.values("previous_digest")[:1])
    return entries.select_related("municipality").annotate(noted=noted)


def note_if_altered(entry: Entry) -> None:
    """Note one of the `chained` entries where it is not what was written, if anybody wants to know."""
    found = _altered.get()
    if found is not None and is_altered(entry):
        found.add(entry.sequence)


def is_altered(entry: Entry) -> bool:
    """Tell whether one of the `chained` entries is not what was written; of one that was emptied, what is left."""
    noted = getattr(entry, "noted", None) or entry.digest
    if noted != entry.digest:
        return True
    if entry.disposed_in:
        return not is_husk(entry)
    return entry.digest != entry_digest(entry.previous_digest, entry_content(entry))


def read_noted(entries: QuerySet[Entry], *names: str) -> Iterator[tuple[Any, ...]]:
    """Yield these fields of entries, some hundreds at a time; altered ones are noted if anybody wants to know."""
    if not are_noted():
        yield from entries.values_list(*names).iterator(chunk_size=_READ_AT_ONCE)
        return
    for entry in chained(entries).iterator(chunk_size=_READ_AT_ONCE):
        note_if_altered(entry)
        yield tuple(getattr(entry, name) for name in names)


def altered_since(moment: datetime) -> frozenset[int]:
    """Return the numbers of altered entries since a moment, of every kind.

    Who alters an entry can also hide it from those who look for its kind, its target or its time. So all
    are looked at, and those before the moment as far back as they are altered.
    """
    since = Entry.objects.filter(at__gte=moment).order_by("sequence")
    first = since.values_list("sequence", flat=True).first()
    if first is None:
        first = (Entry.objects.aggregate(last=Max("sequence"))["last"] or 0) + 1
    found: set[int] = set()
    later = Entry.objects.filter(sequence__gte=first).order_by("sequence")
    for entry in chained(later).iterator(chunk_size=_READ_AT_ONCE):
        if is_altered(entry):
            found.add(entry.sequence)
    before = Entry.objects.filter(sequence__lt=first).order_by("-sequence")
    for entry in chained(before).iterator(chunk_size=10):
        if not is_altered(entry):
            break
        found.add(entry.sequence)
    head = ChainHead.objects.values_list("sequence", "digest").first()
    if head and Entry.objects.filter(sequence=head[0]).exclude(digest=head[1]).exists():
        found.add(head[0])
    return frozenset(found)


def checked_one_by_one(entries: Iterable[Entry]) -> Iterator[tuple[Entry, bool]]:
    """Yield entries, however many, each with whether it is altered; some hundreds at a time."""
    coming = iter(entries)
    while some := list(islice(coming, _AT_ONCE)):
        altered = altered_among(some)
        yield from ((entry, entry.sequence in altered) for entry in some)


def _shown_digests(numbers: Sequence[int]) -> dict[int, str]:
    lines: defaultdict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows = ShownRow.objects.filter(sequence__in=numbers).order_by()
    for number, *line in rows.values_list("sequence", "row_type", "row_uid", "row_label"):
        lines[number].append((line[0], line[1], line[2]))
    return {number: rows_digest(them) for number, them in lines.items()}


def _gaps(end: int) -> Iterator[str]:
    """Yield the numbers up to the end that no entry has, as a person reads them."""
    numbers = Entry.objects.order_by("sequence").values_list("sequence", flat=True)
    for before, after in pairwise([0, *numbers, end + 1]):
        if after - before == 2:
            yield f"{before + 1}番"
        elif after - before > 2:
            yield f"{before + 1}番から{after - 1}番まで"


def _few(named: Sequence[str]) -> str:
    return "、".join(named[:_NAMED]) + ("ほか" if len(named) > _NAMED else "")
