"""Compares rows and files of two archives, or of an archive and what was loaded from it."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from bcp_portal.archive.checking import ArchiveChecker
from bcp_portal.archive.contents import Model, archived_models, label_of, member_of
from bcp_portal.archive.package import opened_package
from bcp_portal.audit.models import ChainHead, Entry

DIFFERENT = "「{path}」の{line}行目の「{name}」が、アーカイブと違います。"
FEWER = "「{path}」の{line}行目から先が、片方にしかありません。"

Rows = Iterable[Mapping[str, Any]]


def difference(path: str, expected: Rows, found: Rows) -> str:
    """Return the first difference (Japanese), '' when all rows say what was expected.

    What an older release did not write is not compared; of a file only the content counts.
    """
    for line, (one, other) in enumerate(zip_longest(expected, found), 1):
        if one is None or other is None:
            return FEWER.format(path=path, line=line)
        for name, value in one.items():
            if _content(value) != _content(other.get(name)):
                return DIFFERENT.format(path=path, line=line, name=name)
    return ""


def differences(first: Path, second: Path) -> list[str]:
    """Return what the second archive does not say as the first does, a sentence a table.

    Entries that the operation log gained are no difference: it only ever grows.
    """
    with opened_package(first) as one, opened_package(second) as other:
        for package in (one, other):
            package.prove()
        old, new = ArchiveChecker(one), ArchiveChecker(other)
        old.check()
        new.check()
        found = [_compared(model, old, new) for model in archived_models()]
        files = sorted(_files(one.manifest.members) - _files(other.manifest.members))
        found += [f"「{path}」が、2つ目のアーカイブにありません。" for path in files]
    return [sentence for sentence in found if sentence]


def _compared(model: Model, old: ArchiveChecker, new: ArchiveChecker) -> str:
    if label_of(model) == label_of(ChainHead):
        return ""
    later: Rows = new.rows(model)
    if label_of(model) == label_of(Entry):
        last = max((raw["sequence"] for raw in old.rows(model)), default=0)
        later = (raw for raw in later if raw["sequence"] <= last)
    return difference(member_of(model), old.rows(model), later)


def _files(members: Iterable[str]) -> set[str]:
    return {path for path in members if path.startswith(("files/", "kept/"))}


def _content(value: Any) -> Any:
    is_file = isinstance(value, Mapping) and value.keys() == {"name", "sha256"}
    return value["sha256"] if is_file else value
