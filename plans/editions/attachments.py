"""Keeps the files that frozen rows name, so that a later change of the row does not lose them."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.private_files import private_storage


def keep_files(municipality: Municipality, rows: Mapping[str, Any]) -> None:
    """Copy every file that the raw rows name, once for each content; a lost file is left out."""
    kept = private_storage()
    for file in named_files(rows):
        path = kept_path(municipality, file["sha256"])
        if file["sha256"] and kept.exists(path):
            os.utime(kept.path(path))  # in use again: housekeeping leaves what is young alone
        elif file["sha256"]:
            with default_storage.open(file["name"], "rb") as stored:
                kept.save(path, ContentFile(stored.read()))


def kept_file(municipality: Municipality, sha256: str) -> bytes | None:
    """Return the content that was kept under this SHA-256; None when it is missing or does not match."""
    store: Storage = private_storage()
    path = kept_path(municipality, sha256)
    if not sha256 or not store.exists(path):
        return None
    with store.open(path, "rb") as stored:
        content = bytes(stored.read())
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def kept_path(municipality: Municipality, sha256: str) -> str:
    """Return the place of a kept file, which is named by its content."""
    return f"{kept_folder(municipality)}/{sha256}"


def kept_folder(municipality: Municipality) -> str:
    """Return the folder of all kept files of a municipality."""
    return f"edition-files/{municipality.code}"


def named_files(rows: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """Yield {"name", "sha256"} of every file in the tables."""
    for table in rows["tables"].values():
        for raw in table:
            yield from (value for value in raw.values() if _is_file(value))


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"name", "sha256"}
