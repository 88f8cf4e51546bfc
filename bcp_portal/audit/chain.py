"""Computes the digest that ties an audit entry to the one before it; no ORM here."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bcp_portal.ui.text import lasting_key

GENESIS = "0" * 64


def entry_digest(previous_digest: str, content: Mapping[str, object]) -> str:
    """Return SHA-256 (hex) over the previous digest and the canonical JSON of the entry."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous_digest}\n{canonical}".encode()).hexdigest()


def rows_digest(rows: Iterable[tuple[str, str, str]]) -> str:
    """Return SHA-256 (hex) over (type, uid, label) of rows, in any order."""
    canonical = json.dumps(sorted(rows), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def searchable_text(target_label: str, note: str, changes: Iterable[Mapping[str, object]]) -> str:
    """Return what a search may find: personal values are left out, so no search can probe them."""
    keys = [lasting_key(target_label), lasting_key(note)]
    for change in changes:
        keys.append(_label_key(str(change["label"])))
        if not change["personal"]:
            keys += [lasting_key(str(change[side])) for side in ("before", "after") if change[side]]
    return "\n".join(filter(None, keys))


@lru_cache(maxsize=2000)
def _label_key(label: str) -> str:
    """Return the key of the label of a column: they are few, and in every entry."""
    return lasting_key(label)
