"""Takes out what old entries say, so that the chain still proves every other entry.

Only that goes by which nothing is decided (`disposable_entries.py`). Of such an entry stay number, time, action,
target and digests, and that records which are gone went rightly, but no hash of a value of them: a
short one, such as a number of a telephone, could be found by trying. For the same reason the salt goes
with the words, so that they cannot be found from the digest of the entry (those of before have none).
What is left is hashed once more, over all entries of one disposal, and that hash is sealed with its
record.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from django.db.models import Model, QuerySet

from bcp_portal.audit.models import Entry, ShownRow
from bcp_portal.audit.seals import seal_registry
from bcp_portal.audit.told_values import told_registry

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

Names = frozenset[tuple[str, str]]
"""Records by kind and key, as entries call them."""


def dispose(
    entries: "QuerySet[Entry]", number: int, *, going: Iterable[Model] | None = None
) -> str:
    """Take out what entries say, in the name of a disposal; return the hash of what is left of them.

    `going` are the records that go with them, of which no hash stays; None stands for all that the
    entries tell of.
    """
    names = None if going is None else frozenset(_names(going))
    stored: QuerySet[Entry] = QuerySet(Entry)
    keys = list(entries.order_by("sequence").values_list("pk", flat=True))
    for some in (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE)):
        husks = [_husk(entry, number, names) for entry in stored.filter(pk__in=some)]
        fields = [*_CLEARED, "salt", "target_type", "target_uid", "sealed", "told", "disposed_in"]
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
    cleared = all(getattr(entry, name) == value for name, value in _CLEARED.items())
    return cleared and not entry.salt


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


def _husk(entry: Entry, number: int, going: Names | None) -> Entry:
    proves = bool(entry.sealed or entry.told)
    for name, value in _CLEARED.items():
        setattr(entry, name, value)
    entry.salt = ""
    if entry.target_uid.startswith("@") and not proves:  # an account: who it was
        entry.target_type = entry.target_uid = ""
    entry.sealed = list(_bare(entry.sealed, "fields", going))
    entry.told = list(_bare(entry.told, "values", going))
    entry.disposed_in = number
    return entry


def _names(records: Iterable[Model]) -> Iterator[tuple[str, str]]:
    for record in records:
        for kind in (
            told_registry.kind_of(record),
            seal_registry.kind(record._meta.label_lower),
        ):
            if kind is not None:
                yield kind.code, kind.key(record)


def _bare(kept: Iterable[Any], hashes: str, going: Names | None) -> Iterator[Any]:
    """Yield what an entry keeps of records without their names, and without hashes of those that go.

    That a record was taken out (None, or no fields of a seal) stays.
    """
    for each in kept:
        if not (isinstance(each, dict) and "place" in each):
            yield each
            continue
        goes = going is None or (each.get("kind"), each.get("key")) in going
        bare: dict[str, Any] = {hashes: {}} if goes and each.get(hashes) else {}
        yield {**each, "place": _PLACE, **bare}


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
