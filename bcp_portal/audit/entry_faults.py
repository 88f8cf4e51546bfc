"""Compares entries with what they were written as, so that no page shows an altered log silently."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice, pairwise
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.chain import rows_digest
from bcp_portal.audit.emptied_entries import EmptiedEntries, disposal_doubts
from bcp_portal.audit.entry_proofs import chained, is_altered, is_as_written
from bcp_portal.audit.models import ChainHead, Entry, ShownRow
from bcp_portal.ui.errors import DomainError

ALTERED = "この記録は、書かれたときの内容と一致しません"
GAPS = "操作記録に、抜けた番号があります"
LINES = (
    "「個人情報を見せた行」の一覧が、書かれたときの行数と一致しません。"
    "行を見た人の記録に、抜けたものがあるおそれがあります。"
)
REFUSED = "そのため、何も保存していません。"
WHAT_TO_DO = (
    "システムの担当者に連絡してください。"
    "担当者は、操作記録の検証（verify_audit）で、書き換えられた所を確かめます。"
)
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
    emptied = EmptiedEntries()
    return frozenset(
        entry.sequence
        for entry in entries
        if not is_as_written(entry)
        or emptied.are_in_doubt(entry)
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


@dataclass
class LogWatch:
    """Collects what is wrong with the log while somebody reads it."""

    altered: set[int] = field(default_factory=set)
    missing: dict[str, None] = field(default_factory=dict)
    emptied: EmptiedEntries = field(default_factory=EmptiedEntries)

    def look_at(self, entry: Entry) -> None:
        """Note one of the `chained` entries where it is not what was written."""
        if is_altered(entry) or self.emptied.are_in_doubt(entry):
            self.altered.add(entry.sequence)

    def found(self) -> EntryFaults:
        """Return what was found up to now."""
        return EntryFaults(frozenset(self.altered), tuple(self.missing))


_watch: ContextVar[LogWatch | None] = ContextVar("log_watch", default=None)


@contextmanager
def altered_noted() -> Iterator[LogWatch]:
    """Collect what is wrong with the log as far as it is read within the block."""
    watch = LogWatch()
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


@contextmanager
def warning_of_altered(request: MemberRequest) -> Iterator[None]:
    """Warn above the page that answers a request if an altered entry is read within the block.

    For what is told by reading the log without showing an entry: who wrote what, what a field was.
    Readers pass `chained` entries to `note_if_altered`, read with `read_noted`, or ask for `note_log_since`. The page is
    rendered after the block.
    """
    with altered_noted() as watch:
        yield
    warning = watch.found().warning()
    if warning:
        shown = getattr(request, "proof_warnings", [])
        request.proof_warnings = list(dict.fromkeys([*shown, warning]))


@contextmanager
def refusing_altered() -> Iterator[None]:
    """Raise DomainError (409) behind a block that decides by the log, if what it read was altered."""
    with altered_noted() as watch:
        yield
    if faults := watch.found().faults():
        raise DomainError(f"{faults}{REFUSED}{WHAT_TO_DO}", status=409)


def are_noted() -> bool:
    """Tell whether somebody wants to know of altered entries."""
    return _watch.get() is not None


def note_if_altered(entry: Entry) -> None:
    """Note one of the `chained` entries where it is not what was written, if anybody wants to know."""
    watch = _watch.get()
    if watch is not None:
        watch.look_at(entry)


def note_log_since(moment: datetime | None) -> None:
    """Note all that is wrong with the log since a moment (ever, without one), if anybody wants to know.

    For who looks up entries by what they tell: an altered one may be hidden from them.
    """
    watch = _watch.get()
    if watch is not None:
        watch.altered |= altered_since(moment)
        watch.missing |= dict.fromkeys(missing_in_log())


def note_doubts_since(moment: datetime) -> None:
    """Note the same, and what disposals emptied without proof: it could have told of any time."""
    note_log_since(moment)
    watch = _watch.get()
    if watch is not None:
        watch.missing |= dict.fromkeys(sentence for _, sentence in disposal_doubts())


def read_noted(entries: QuerySet[Entry], *names: str) -> Iterator[tuple[Any, ...]]:
    """Yield these fields of entries, some hundreds at a time; altered ones are noted if anybody wants to know."""
    if not are_noted():
        yield from entries.values_list(*names).iterator(chunk_size=_READ_AT_ONCE)
        return
    for entry in chained(entries).iterator(chunk_size=_READ_AT_ONCE):
        note_if_altered(entry)
        yield tuple(getattr(entry, name) for name in names)


def altered_since(moment: datetime | None) -> frozenset[int]:
    """Return the numbers of altered entries since a moment (ever, without one), whatever they tell.

    Who alters an entry can also hide it from those who look for its kind, its target or its time. So all
    are looked at, and those before the moment as far back as they are altered.
    """
    watch = LogWatch()
    since = Entry.objects.filter(at__gte=moment) if moment else Entry.objects.all()
    first = since.order_by("sequence").values_list("sequence", flat=True).first()
    if first is None:
        first = (Entry.objects.aggregate(last=Max("sequence"))["last"] or 0) + 1
    later = Entry.objects.filter(sequence__gte=first).order_by("sequence")
    for entry in chained(later).iterator(chunk_size=_READ_AT_ONCE):
        watch.look_at(entry)
    before = Entry.objects.filter(sequence__lt=first).order_by("-sequence")
    for entry in chained(before).iterator(chunk_size=10):
        watch.look_at(entry)
        if entry.sequence not in watch.altered:
            break
    return frozenset(watch.altered)


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
