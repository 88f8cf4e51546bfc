"""Files that no record knows: what a replaced attachment, a killed process or a full disk left.

Only folders that a room has named are looked at, and only what is older than a day: a file is written
before the record that names it.
"""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import FileField
from django_scopes import scopes_disabled

from bcp_portal.accounts.models import Municipality
from bcp_portal.jobs.housekeeping.chores import OF_ALL, Report
from bcp_portal.jobs.kinds import kinds

WHAT = "どの記録も使っていないファイル"
_SECONDS = 24 * 3600

Keeps = Callable[[Collection[Path]], Collection[Path]]
"""Returns which of some files must stay although no field names them."""

_swept: dict[str, Keeps] = {}


def _nothing(_files: Collection[Path]) -> Collection[Path]:
    return ()


def sweep_folder(name: str, keeps: Keeps = _nothing) -> None:
    """Have a folder of the file store looked through; below it, or one deeper, may be towns' folders."""
    _swept[name] = keeps


def remove_orphans(report: Report) -> None:
    """Remove files of the named folders that no record names and nothing frozen keeps."""
    root = Path(settings.MEDIA_ROOT)
    old = {path for name in _folders() for path in _old_files(root / name)}
    if not old:
        return
    # Named after they were listed: what is stored meanwhile is young, or among the names.
    orphans = old - _named()
    for name, keeps in _swept.items():
        orphans -= set(keeps([path for path in orphans if path.is_relative_to(root / name)]))
    codes = set(Municipality.objects.values_list("code", flat=True))
    for path in sorted(orphans):
        if _is_old(path):  # still
            with suppress(FileNotFoundError):
                path.unlink()
                report.add(WHAT, code=_code_of(path.relative_to(root), codes))
            _remove_empty(path.parent, root)


def _folders() -> list[str]:
    return [*dict.fromkeys([*_swept, *(kind.model.folder for kind in kinds())])]


def _old_files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and _is_old(path):
            yield path


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > _SECONDS
    except FileNotFoundError:
        return False


def _named() -> set[Path]:
    """Return the places of all files that a field of any record names, or that go with a job."""
    with scopes_disabled():
        named = set()
        for model in apps.get_models():
            for each in model._meta.concrete_fields:
                if isinstance(each, FileField):
                    rows = model._base_manager.exclude(**{each.name: ""})
                    names = rows.order_by().values_list(each.name, flat=True)
                    named |= {Path(each.storage.path(name)) for name in names.iterator()}
        root = Path(settings.MEDIA_ROOT)
        for kind in kinds():
            for job in kind.model.objects.select_related("municipality"):
                own = (root / job.folder / job.municipality.code).glob(f"{job.uid}*")
                named |= set(own)
        return named


def _code_of(path: Path, codes: Collection[str]) -> str:
    """Return whose file it was: towns have folders, as the first or second step of a path."""
    return next((step for step in path.parts[1:3] if step in codes), OF_ALL)


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove a folder that is empty now, and those above it, up to those that rooms named."""
    while folder.parent != root and folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
