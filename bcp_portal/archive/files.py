"""Puts the files of an archive into the store, and takes them out again when a load fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage

from bcp_portal.archive.package import Package


@dataclass
class FileLoader:
    """The files one load has stored; a name that is taken already is never written over."""

    package: Package
    stored: dict[tuple[str, str], tuple[Storage, str]] = field(default_factory=dict)

    def store(self, model_field: Any, file: Mapping[str, str]) -> str:
        """Store the file of a row and return its name.

        A file that was lost keeps only its name, unless that would lead to somebody else's file.
        """
        if not file["sha256"]:
            storage, name = model_field.storage, file["name"]
            return storage.get_available_name(name) if storage.exists(name) else name
        return self.store_at(
            model_field.storage, file["name"], file["sha256"], model_field.max_length
        )

    def store_at(
        self, storage: Storage, name: str, sha256: str, max_length: int | None = None
    ) -> str:
        """Store a member under a name, or under one beside it where that is taken."""
        known = self.stored.get((name, sha256))
        if known is None:
            with self.package.open(f"files/{sha256}") as member:
                content = File(member, name=name)
                known = storage, storage.save(name, content, max_length=max_length)
            self.stored[name, sha256] = known
        return known[1]

    def remove_all(self) -> None:
        """Delete what was stored; rows that named it were never committed."""
        for storage, name in self.stored.values():
            storage.delete(name)
