"""Proves after a restore that rows, files, operation logs and editions are those of the backup."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.archive.parts import archive_parts
from bcp_portal.backup.facts import log_ends, row_counts


def count_faults(end: Mapping[str, Any], digests: Mapping[Path, str]) -> list[str]:
    """Compare rows, ends of the logs and files with what the backup says (Japanese sentences)."""
    return [
        *_table_faults(end["tables"]),
        *_log_faults(end["log_ends"]),
        *_file_faults(end, digests),
    ]


def town_faults() -> Iterator[tuple[str, list[str]]]:
    """Yield each municipality with what verify_audit and verify_editions find wrong with it."""
    for municipality in Municipality.objects.order_by("code"):
        with scope(municipality=municipality):
            found = [
                fault for proof in archive_parts.proofs.values() for fault in proof(municipality)
            ]
        yield f"{municipality.name}（{municipality.code}）", found


def _table_faults(noted: Mapping[str, int]) -> Iterator[str]:
    found = row_counts()
    for table in sorted(noted.keys() | found.keys()):
        before, after = noted.get(table, 0), found.get(table, 0)
        if before != after:
            yield f"表 {table} の行数が違います（バックアップ{before:,}行、復元後{after:,}行）。"


def _log_faults(noted: Mapping[str, str]) -> Iterator[str]:
    found = log_ends()
    for code in sorted(noted.keys() | found.keys()):
        if noted.get(code) != found.get(code):
            yield f"団体{code}の操作記録の末尾が、バックアップの時と違います。"


def _file_faults(end: Mapping[str, Any], digests: Mapping[Path, str]) -> Iterator[str]:
    if len(digests) != end["files"]:
        yield f"ファイルの数が違います（バックアップ{end['files']:,}件、復元後{len(digests):,}件）。"
    for path, noted in digests.items():
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != noted:
                yield f"ファイル「{path}」の内容が、バックアップと違います。"
