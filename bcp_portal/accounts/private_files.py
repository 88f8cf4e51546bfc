"""Where files are kept that only the server may read: plans, papers, archives, uploads."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Files for the server's user only, each as a whole: what finds no room leaves no half file."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        super().__init__(*arguments, **modes | options)

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        was_there = path.exists()
        try:
            return super()._save(name, content)  # type: ignore[misc]
        except BaseException:
            if not was_there:
                _remove_half(path)
            raise


def private_storage() -> FileSystemStorage:
    """Keep files readable by the server's user only."""
    return WholeFileStorage()


def _remove_half(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
        path.parent.rmdir()  # where it had a folder to itself
