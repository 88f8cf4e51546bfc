"""Where higher rooms say, at start, what the archive has to know about their records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.core.files.storage import Storage

from bcp_portal.accounts.models import Municipality

Proof = Callable[[Municipality], list[str]]
"""Examines a municipality that was loaded, inside its scope, and returns Japanese sentences."""


@dataclass(frozen=True)
class KeptFiles:
    """Files that no row's field names: `folder` returns where a municipality has them, flat."""

    name: str
    storage: Callable[[], Storage]
    folder: Callable[[Municipality], str]

    def names(self, municipality: Municipality) -> Iterator[str]:
        """Yield the bare names of the files of a municipality, in their order."""
        storage, folder = self.storage(), self.folder(municipality)
        if storage.exists(folder):
            yield from sorted(storage.listdir(folder)[1])


@dataclass
class ArchiveParts:
    """Everything that was registered; `account_keys` are (model label, field) holding an account's key."""

    left_out: dict[str, str] = field(default_factory=dict)
    kept_files: dict[str, KeptFiles] = field(default_factory=dict)
    proofs: dict[str, Proof] = field(default_factory=dict)
    account_keys: set[tuple[str, str]] = field(default_factory=set)

    def leave_out(self, label: str, reason: str) -> None:
        """Keep the rows of a model out of the archive; the reason (Japanese) is written into it."""
        self.left_out[label] = reason

    def keep(self, files: KeptFiles) -> None:
        """Take a folder of files into the archive."""
        self.kept_files[files.name] = files

    def prove(self, name: str, proof: Proof) -> None:
        """Have a loaded municipality examined before it is accepted."""
        self.proofs[name] = proof

    def account_key(self, label: str, field_name: str) -> None:
        """Say that a number field holds the key of an account, which differs between databases."""
        self.account_keys.add((label, field_name))


archive_parts = ArchiveParts()
