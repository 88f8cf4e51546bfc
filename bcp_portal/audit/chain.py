"""Computes the digest that ties an audit entry to the one before it; no ORM here."""

import hashlib
import json
from collections.abc import Mapping

GENESIS = "0" * 64


def entry_digest(previous_digest: str, content: Mapping[str, object]) -> str:
    """Return SHA-256 (hex) over the previous digest and the canonical JSON of the entry."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous_digest}\n{canonical}".encode()).hexdigest()
