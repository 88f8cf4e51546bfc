"""Takes out what old entries say, so that the chain still proves every other entry.

Only that goes by which nothing is decided (`disposable.py`). Of such an entry stay number, time, action
and digests, and the hashes of records and values, which prove that what is gone went rightly. What is
left is hashed once more, over all entries of one disposal, and that hash is sealed with its record.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from django.db.models import QuerySet

from bcp_portal.audit.models import Entry, ShownRow

SAID = "保存年限が過ぎたため、内容は廃棄しました。"
DISPOSED = "保存年限による廃棄"
_PLACE = "内容を廃棄した記録の対象"
_CLEARED: dict[str, Any] = {
    "actor": None,
    "actor_name": "",
    "actor_username": "",
    "target_label": "",
    "changes": [],
    "note": SAID,
    "search_text": "",
    "address": "",
    "shown_count": 0,
    "shown_digest": "",
}
_AT_ONCE = 500


def dispose(entries: "QuerySet[Entry]", number: int) -> str:
    """Take out what entries say, in the name of a disposal; return the hash of what is left of them."""
    stored: QuerySet[Entry] = QuerySet(Entry)
    keys = list(entries.order_by("sequence").values_list("pk", flat=True))
    for some in (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE)):
        husks = [_husk(entry, number) for entry in stored.filter(pk__in=some)]
        fields = [*_CLEARED, "target_type", "target_uid", "sealed", "told", "disposed_in"]
        stored.bulk_update(husks, fields)
        numbers = [husk.sequence for husk in husks]
        owner = husks[0].municipality_id
        lines: QuerySet[ShownRow] = QuerySet(ShownRow)
        lines.filter(municipality=owner, sequence__in=numbers).delete()
    return husks_digest(Entry.objects.filter(disposed_in=number))


def husks_digest(entries: "QuerySet[Entry]") -> str:
    """Return SHA-256 (hex) over what is left of entries, in the order of their numbers."""
    digest = hashlib.sha256()
    for entry in entries.order_by("sequence").iterator(chunk_size=_AT_ONCE):
        left = json.dumps(_left(entry), ensure_ascii=False, sort_keys=True)
        digest.update(f"{left}\n".encode())
    return digest.hexdigest()


def is_husk(entry: Entry) -> bool:
    """Tell whether an entry says nothing any more, as what was disposed of should."""
    return all(getattr(entry, name) == value for name, value in _CLEARED.items())


def disposal_faults(noted: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Yield number and sentence for what was altered after a disposal; `noted` are digests by its number."""
    marked = Entry.objects.exclude(disposed_in=0).order_by("disposed_in")
    for number in sorted({*marked.values_list("disposed_in", flat=True).distinct(), *noted}):
        entries = Entry.objects.filter(disposed_in=number)
        first = entries.order_by("sequence").values_list("sequence", flat=True).first() or 0
        if number not in noted:
            yield first, f"{first}番の内容が、廃棄の記録がないのに取り除かれています。"
        elif husks_digest(entries) != noted[number]:
            yield (
                first,
                f"第{number}回の廃棄の後に残った操作記録が、書き換えられているか、増減しています。",
            )


def _husk(entry: Entry, number: int) -> Entry:
    proves = bool(entry.sealed or entry.told)
    for name, value in _CLEARED.items():
        setattr(entry, name, value)
    if entry.target_uid.startswith("@") and not proves:  # an account: who it was
        entry.target_type = entry.target_uid = ""
    entry.sealed = list(_nameless(entry.sealed))
    entry.told = list(_nameless(entry.told))
    entry.disposed_in = number
    return entry


def _nameless(kept: Iterable[Any]) -> Iterator[Any]:
    for each in kept:
        yield {**each, "place": _PLACE} if isinstance(each, dict) and "place" in each else each


def _left(entry: Entry) -> list[Any]:
    cleared = [None if name == "actor" else getattr(entry, name) for name in _CLEARED]
    return [
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(),
        entry.action,
        entry.target_type,
        entry.target_uid,
        entry.sealed,
        entry.told,
        entry.previous_digest,
        entry.digest,
        entry.actor_id is None,
        *cleared,
    ]
