"""Stores attachments under the names people gave them, even those that the file system cannot hold."""

import re
import uuid
from typing import Any

from bcp_portal.accounts.private_files import WholeFileStorage

_FOLDER = "annex"
# What is stored since names are kept whole, and since each town has a folder; an older attachment lies
# directly in the folder.
_NAMED = re.compile(r"((annex(?:/[0-9]{6})?)/[0-9a-f]{32})/[^/]+")


def attachment_path(row: Any, name: str) -> str:
    """Return the name under which the database knows a new attachment: its own, in a separate folder."""
    return _apart(f"{_FOLDER}/{row.municipality.code}", name)


def _apart(folder: str, name: str) -> str:
    return f"{folder}/{uuid.uuid4().hex}/{name}"


class AttachmentStorage(WholeFileStorage):
    """Files by name as everywhere, and attachments on a path that does not depend on their name.

    `annex/139998/<32 hex>/地図（本庁）.pdf` lies on the disk as `annex/139998/<32 hex>/content`: a name of 84 kanji
    has more bytes than one name on a disk can have, and Django would drop its brackets.
    """

    def path(self, name: str) -> str:
        """Return where a file lies on the disk."""
        found = _NAMED.fullmatch(name)
        return super().path(f"{found.group(1)}/content" if found else name)

    def get_valid_name(self, name: str) -> str:
        """Return the name as it is: only the paths of attachments hold what people wrote."""
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name itself, in a folder of its own where it is taken (a loaded archive)."""
        if name.startswith(f"{_FOLDER}/") and self.exists(name):
            found = _NAMED.fullmatch(name)
            return _apart(found.group(2) if found else _FOLDER, name.rsplit("/", 1)[-1])
        return super().get_available_name(name, max_length)

    def _save(self, name: str, content: Any) -> str:
        stored = super()._save(name, content)
        return name if _NAMED.fullmatch(name) else stored
