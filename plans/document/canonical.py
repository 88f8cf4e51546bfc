"""Turns frozen data into one sequence of bytes, so that equal content has equal hashes; pure."""

import hashlib
import json
from typing import Any


def canonical_json(data: Any) -> bytes:
    """Return JSON with sorted keys and no spaces, as UTF-8; the characters stay as typed."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def sha256_of(data: Any) -> str:
    """Return the SHA-256 (hex) of the canonical JSON."""
    return hashlib.sha256(canonical_json(data)).hexdigest()


def content_sha256(document: Any, rows: Any) -> str:
    """Return the hash on which people decide: of the document and the raw rows behind it."""
    return sha256_of({"document": document, "rows": rows})
