"""Tells one attached file from another by what is in it: a new file may bear the name of the old one."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from bcp_portal.annex.kinds import MASK, CellValue

_CHUNK = 1 << 20
_SHOWN_SIGNS = 12
# A kind begins with a letter: what stands behind a point may be a number.
_KIND = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")


def masked_name(name: str) -> str:
    """Return what somebody is told of the name of a file who may not see numbers: only of what kind it is."""
    kind = _KIND.search(name)
    return f"{MASK}{kind.group()}" if kind else MASK


def file_cell(row: Any, model_field: Any) -> CellValue:
    """Return the cell of a file as saving the row would leave it.

    A stored file is told by its place, which no other file ever takes, so that it need not be read;
    one that is still to be stored by its size in bytes and its SHA-256.
    """
    file = getattr(row, model_field.name)
    if not file:
        return None
    name = file.name.rsplit("/", 1)[-1]
    if file._committed:
        return {"name": name, "place": file.name}
    return {"name": name, **_content(file.file)}


def read_cell(model_field: Any, cell: CellValue) -> CellValue:
    """Return the cell of a file with size and SHA-256; of one that the store has lost the name alone."""
    if not isinstance(cell, Mapping) or "place" not in cell:
        return cell
    try:
        with model_field.storage.open(cell["place"], "rb") as stored:
            return {"name": cell["name"], **_content(stored)}
    except OSError:
        return {"name": cell["name"]}


def file_text(cell: CellValue) -> str:
    """Return how the log calls a file: 手順書.pdf（12,345バイト、SHA-256 0123456789ab…）."""
    if not isinstance(cell, Mapping):
        return ""
    if "sha256" not in cell:
        return str(cell["name"])
    digest = cell["sha256"][:_SHOWN_SIGNS]
    return f"{cell['name']}（{cell['size']:,}バイト、SHA-256 {digest}…）"


def keep_stored_file(row: Any, stored: Any, model_field: Any) -> None:
    """Let a row keep the stored file where the same one was handed in again."""
    file = getattr(row, model_field.name)
    if file and not file._committed:
        setattr(row, model_field.name, getattr(stored, model_field.name).name)


def _content(file: Any) -> dict[str, Any]:
    """Return size and SHA-256 of a file, which can be read from its beginning afterwards."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    return {"size": size, "sha256": digest.hexdigest()}
