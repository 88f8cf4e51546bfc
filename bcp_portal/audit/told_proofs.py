"""Compares what records say now with what the log last told of them, column by column."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Max, Q

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.entry_proofs import chained, is_altered
from bcp_portal.audit.models import Entry
from bcp_portal.audit.seal_proofs import ALTERED
from bcp_portal.audit.services import Event, record_all
from bcp_portal.audit.told_values import NOT_TOLD, Told, ToldKind, told_registry, value_hash
from bcp_portal.ui.counted_letters import ended

NOTED = "値の控え"
DELETED = "削除"
_BEHIND = "操作記録に残らない方法で変えられています。"
_SHOWN_LETTERS = 60
_UNREADABLE = {"": "unreadable"}
_OF_ANOTHER_SHAPE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
_PARTS = {"kind", "key", "place", "values"}
_TRIES = 3
_AN_ENTRY = 200

Last = dict[str, tuple[str, int]]
"""By column the hash that was told last, and the number of that entry."""

Lines = Iterable[tuple[int, Any]]
"""Number of the log and what is told there, in the order of the log."""

DeletedRows = Callable[[], frozenset[str]]
"""Reads the log once, when the first cell is empty that was not."""


@dataclass
class ToldVerdict:
    """What the comparison found: faults by number of the log, and of how many records nothing was told."""

    faults: list[tuple[int, str]] = field(default_factory=list)
    untold: int = 0


@dataclass
class _Known:
    place: str
    sequence: int
    columns: Last | None


def verify_told() -> ToldVerdict:
    """Compare all records of the municipality in scope; log and tables are each read once.

    Who writes meanwhile makes no fault: what differs is compared again with the log as it is then.
    """
    for _ in range(_TRIES):
        end = _end()
        verdict = _compare(told_registry.kinds(), _lines_of(Entry.objects.exclude(told=[])))
        if not verdict.faults or _end() == end:
            break
    return verdict


def told_faults_of(kind: ToldKind, names: Collection[str] | None = None) -> list[str]:
    """Return what is wrong with the records of a kind that has few, in these columns or all; cheap."""
    entries = Entry.objects.filter(Q(target_type=kind.code) | Q(action=NOTED)).exclude(told=[])
    read = list(chained(entries).order_by("sequence"))
    altered = [ALTERED.format(number=each.sequence) for each in read if is_altered(each)]
    verdict = _compare({kind.code: kind}, [(each.sequence, each.told) for each in read], names)
    return [*altered, *(sentence for _, sentence in verdict.faults)]


def note_untold(municipality: Municipality) -> int:
    """Let the log tell of every record and column it never told of, as they are now; return the records.

    What was changed before cannot be found then: this is for records of before the log kept values.
    """
    known = _last_told(_lines_of(Entry.objects.exclude(told=[])))
    untold: list[Told] = []
    for kind in told_registry.kinds().values():
        for record in kind.read():
            last = known.get((kind.code, kind.key(record)))
            told = (last.columns or {}).keys() if last else ()
            if names := [name for name in kind.columns if name not in told]:
                untold.append(Told(record, names))
    batches = [untold[start : start + _AN_ENTRY] for start in range(0, len(untold), _AN_ENTRY)]
    note = "操作記録が値を控えていなかったものを、今のとおりに控えました（{count}件）。"
    events = [Event(NOTED, note=note.format(count=len(batch)), told=batch) for batch in batches]
    if events:
        record_all(municipality=municipality, actor=None, events=events)
    return len(untold)


def _end() -> int:
    return Entry.objects.aggregate(end=Max("sequence"))["end"] or 0


def _lines_of(entries: Any) -> Lines:
    lines: Lines = entries.order_by("sequence").values_list("sequence", "told").iterator(500)
    return lines


def _last_told(lines: Lines) -> dict[tuple[str, str], _Known]:
    known: dict[tuple[str, str], _Known] = {}
    for sequence, told in lines:
        for each in told:
            if not (isinstance(each, dict) and each.keys() >= _PARTS):
                continue  # the chain of the log tells that this entry was altered
            key = (each["kind"], each["key"])
            if each["values"] is None:
                known[key] = _Known(each["place"], sequence, None)
                continue
            last = known.setdefault(key, _Known(each["place"], sequence, {}))
            last.place, last.sequence = each["place"], sequence
            last.columns = last.columns or {}
            last.columns.update({name: (value, sequence) for name, value in each["values"].items()})
    return known


def _compare(
    kinds: Mapping[str, ToldKind], lines: Lines, names: Collection[str] | None = None
) -> ToldVerdict:
    known = _last_told(lines)
    verdict, gone = ToldVerdict(), cache(_deleted_rows)
    for kind in kinds.values():
        try:
            _compare_kind(kind, known, names, verdict, gone)
        except ValueError:  # an invalid date or number, which SQLite accepts
            sentence = f"「{kind.title}」に、書き換えられて読み取れないものがあります。"
            verdict.faults.append((0, sentence))
            known = {key: last for key, last in known.items() if key[0] != kind.code}
    for (code, key), last in known.items():
        kind_left = kinds.get(code)
        if kind_left and last.columns is not None and not kind_left.went_rightly(key):
            sentence = f"{last.place}は、操作記録（{last.sequence}番）にあるのに削除されています。"
            verdict.faults.append((last.sequence, sentence))
    return verdict


def _compare_kind(
    kind: ToldKind,
    known: dict[tuple[str, str], _Known],
    names: Collection[str] | None,
    verdict: ToldVerdict,
    gone: DeletedRows,
) -> None:
    for record in kind.read():
        last = known.pop((kind.code, kind.key(record)), None)
        if last is None:
            verdict.untold += 1
        elif last.columns is None:
            number = last.sequence
            sentence = f"{kind.place(record)}は、操作記録の{number}番で取り除かれた後に、{_BEHIND}"
            verdict.faults.append((number, sentence))
        else:
            verdict.faults += _altered(kind, record, last.columns, names, gone)


def _altered(
    kind: ToldKind, record: Any, columns: Last, names: Collection[str] | None, gone: DeletedRows
) -> Iterator[tuple[int, str]]:
    key = kind.key(record)
    for name, (told, sequence) in columns.items():
        # A column of an earlier release is not there any more.
        if name not in kind.columns or (names is not None and name not in names):
            continue
        value = _readable(kind.value, record, name)
        if value is NOT_TOLD or value_hash(kind, key, name, value) == told:
            continue
        if value is not None or all(value_hash(kind, key, name, uid) != told for uid in gone()):
            yield sequence, _sentence(kind, record, name, sequence, told)


def _readable(read: Callable[[Any, str], Any], record: Any, name: str) -> Any:
    """Read a value or its text; a forged one can be of another shape than any the program writes."""
    try:
        return read(record, name)
    except _OF_ANOTHER_SHAPE:
        return _UNREADABLE


def _deleted_rows() -> frozenset[str]:
    """Return the rows that the log says were deleted: who named one of them rightly names none."""
    deleted = Entry.objects.filter(action=DELETED)
    return frozenset(deleted.values_list("target_uid", flat=True))


def _sentence(kind: ToldKind, record: Any, name: str, sequence: int, told: str) -> str:
    what = f"{kind.place(record)}の「{kind.columns[name]}」"
    if name in kind.personal:
        return (
            f"{what}が、操作記録の{sequence}番の値と違います（個人の値のため示しません）。{_BEHIND}"
        )
    was = _told_text(kind, record, name, sequence, told)
    text = _readable(kind.text, record, name)
    now = "読み取れない値" if text is _UNREADABLE else _quoted(text)
    if was == now:
        now += "（見た目は同じで、中の値が違います）"
    return f"{what}が、操作記録の{sequence}番では{was}ですが、今は{now}です。{_BEHIND}"


def _told_text(kind: ToldKind, record: Any, name: str, sequence: int, told: str) -> str:
    """Return what the entry tells people of the column."""
    if not told:
        return _quoted("")
    entry = Entry.objects.filter(sequence=sequence, target_type=kind.code).first()
    changes = entry.changes if entry and kind.key(record) in (entry.target_uid, "") else []
    found = next((each["after"] for each in changes if each.get("name") == name), None)
    return "別の値" if found is None else _quoted(found)


def _quoted(text: str) -> str:
    return f"「{ended(' '.join(text.split()), _SHOWN_LETTERS)}」" if text else "空欄"
