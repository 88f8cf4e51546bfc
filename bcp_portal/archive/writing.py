"""Writes everything of a municipality into one file that another installation can load."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.files.storage import Storage
from django.db import models
from django.utils import timezone
from django_scopes import scope

from bcp_portal import VERSION
from bcp_portal.accounts.consistent_reads import one_moment
from bcp_portal.accounts.models import Municipality
from bcp_portal.archive import manifest as manifests
from bcp_portal.archive.contents import (
    Model,
    archived_fields,
    archived_models,
    label_of,
    member_of,
    rows_of,
    title_of,
)
from bcp_portal.archive.manifest import Manifest, ManifestMember
from bcp_portal.archive.parts import KeptFiles, archive_parts
from bcp_portal.archive.raw import line_of, written_rows
from bcp_portal.archive.readme import readme
from bcp_portal.archive.schema import schema
from bcp_portal.ui.errors import DomainError

OnProgress = Callable[[str, int, int], None]
ROWS, FILES = "内容の書き出し", "ファイルの書き出し"
CHANGED = "アーカイブを作っている間にファイル「{name}」が変わりました。もう一度作ってください。"
_CHUNK = 1 << 20


def write_archive(
    municipality: Municipality,
    target: IO[bytes],
    *,
    made_by: str,
    on_progress: OnProgress = lambda phase, done, total: None,
) -> Manifest:
    """Write the archive of a municipality and return its manifest.

    Everything shows one moment. Files that the store has lost are listed in the manifest.
    """
    with (
        scope(municipality=municipality),
        one_moment(),
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        return _Writing(municipality, package, on_progress).write(made_by)


@dataclass
class _Writing:
    """One archive being written."""

    municipality: Municipality
    package: zipfile.ZipFile
    on_progress: OnProgress
    members: dict[str, ManifestMember] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, tuple[Storage, str]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def write(self, made_by: str) -> Manifest:
        self._write_rows()
        for kept in archive_parts.kept_files.values():
            self._add(f"kept/{kept.name}.jsonl", self._kept_lines(kept))
        self._write_files()
        self._add("schema.json", [_pretty(schema())])
        manifest = Manifest(
            code=self.municipality.code,
            name=self.municipality.name,
            made_at=timezone.now().isoformat(),
            made_by=made_by,
            program_version=VERSION,
            rows=self.rows,
            left_out=archive_parts.left_out,
            lost_files=self.lost,
        )
        self._add("README.txt", [readme(manifest).encode()])
        manifest.members = self.members
        self.package.writestr(manifests.PATH, _pretty(manifest.to_json()))
        return manifest

    def _write_rows(self) -> None:
        models_in_order = archived_models()
        counts = {model: rows_of(model, self.municipality).count() for model in models_in_order}
        total, done = sum(counts.values()), 0
        for model in models_in_order:
            self._add(member_of(model), self._lines(model, done, total))
            done += self.rows[label_of(model)]
        self.on_progress(ROWS, total, total)

    def _lines(self, model: Model, done: int, total: int) -> Iterator[bytes]:
        label = label_of(model)
        self.rows[label] = 0
        for raw in written_rows(model, self.municipality):
            self._note_files(model, raw)
            yield line_of(raw)
            self.rows[label] += 1
            self.on_progress(ROWS, done + self.rows[label], total)

    def _note_files(self, model: Model, raw: Mapping[str, Any]) -> None:
        for name, model_field in archived_fields(model).items():
            file = raw[name] if isinstance(model_field, models.FileField) else None
            if file and file["sha256"]:
                self.files[file["sha256"]] = (model_field.storage, file["name"])
            elif file:
                self.lost.append(f"{title_of(model)}: {file['name']}")

    def _kept_lines(self, kept: KeptFiles) -> Iterator[bytes]:
        storage, folder = kept.storage(), kept.folder(self.municipality)
        for name in kept.names(self.municipality):
            path = f"{folder}/{name}"
            sha256 = _sha256(_chunks(storage, path))
            self.files[sha256] = (storage, path)
            yield line_of({"name": name, "sha256": sha256})

    def _write_files(self) -> None:
        for done, (sha256, (storage, name)) in enumerate(sorted(self.files.items()), 1):
            path = f"files/{sha256}"
            self._add(path, _chunks(storage, name))
            if self.members[path].sha256 != sha256:
                raise DomainError(CHANGED.format(name=name))
            self.on_progress(FILES, done, len(self.files))

    def _add(self, path: str, chunks: Iterable[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self.package.open(path, "w", force_zip64=True) as member:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                member.write(chunk)
        self.members[path] = ManifestMember(digest.hexdigest(), size)


def _chunks(storage: Storage, name: str) -> Iterator[bytes]:
    with storage.open(name, "rb") as stored:
        while chunk := stored.read(_CHUNK):
            yield chunk


def _sha256(chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def _pretty(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
