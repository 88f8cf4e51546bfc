"""A disk that is really full: a file system of a few megabytes, or a limit on the size of files."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_BLOCK = b"\0" * 4096


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[bool]:
    """Mount a file system of this size on the folder; yield whether this machine allows that."""
    folder.mkdir(exist_ok=True)
    options = f"size={kilobytes}k"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    is_mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Leave no room in the folder's file system; return the file that takes it."""
    filler = folder / "filler"
    with suppress(OSError), filler.open("ab", buffering=0) as file:
        while True:
            file.write(_BLOCK)
    return filler


@contextmanager
def no_room(folder: Path) -> Iterator[None]:
    """Let nothing more be written into the folder: the disk is full, or no file may be as large."""
    with small_disk(folder, kilobytes=64) as is_mounted:
        if is_mounted:
            fill(folder)
            yield
            return
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def files_below(folder: Path) -> list[str]:
    """Return the files there are, without the one that fills the disk."""
    found = (Path(at) / name for at, _, names in os.walk(folder) for name in names)
    return sorted(str(path.relative_to(folder)) for path in found if path.name != "filler")
