"""What is inside a backup: records one after the other, each a few named facts and a content.

A record is the length of its facts (4 bytes), the facts as JSON, the content in parts (4 bytes of
length each, 0 at the end), and the SHA-256 of the content. So nobody has to know a length
beforehand, as what pg_dump writes has none, and nothing unencrypted lies on a disk meanwhile.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bcp_portal.backup.encrypted_file import BROKEN, PIECE, Opener, Sealer
from bcp_portal.ui.errors import DomainError

BEGIN, SETTINGS, FILE, DATABASE, END = "begin", "settings", "file", "database", "end"


@dataclass(frozen=True)
class Record:
    """One record while it is read: its content has to be used up before the next one comes."""

    kind: str
    facts: Mapping[str, Any]
    content: Iterator[bytes]


def write_record(
    target: Sealer, kind: str, facts: Mapping[str, Any], content: Iterable[bytes] = ()
) -> None:
    """Write a record, its content as it comes."""
    head = json.dumps({**facts, "kind": kind}).encode()
    target.write(_length(head) + head)
    digest = hashlib.sha256()
    for data in content:
        for start in range(0, len(data), PIECE):
            part = data[start : start + PIECE]
            digest.update(part)
            target.write(_length(part) + part)
    target.write(_length(b"") + digest.digest())


def read_records(source: Opener) -> Iterator[Record]:
    """Yield every record up to the last one; DomainError when something is missing or behind it."""
    kind = ""
    while kind != END:
        facts = json.loads(source.read(_next_length(source)))
        kind = facts.pop("kind")
        content = _content(source)
        yield Record(kind, facts, content)
        for _ in content:
            pass
    source.finish()


def _content(source: Opener) -> Iterator[bytes]:
    digest = hashlib.sha256()
    while length := _next_length(source):
        part = source.read(length)
        digest.update(part)
        yield part
    if source.read(digest.digest_size) != digest.digest():
        raise DomainError(BROKEN)


def _length(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big")


def _next_length(source: Opener) -> int:
    return int.from_bytes(source.read(4), "big")
