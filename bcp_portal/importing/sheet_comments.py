"""Reads the comments beside the cells of a worksheet, which no column of a table takes. No Django."""

import posixpath
import zipfile
from pathlib import Path
from typing import Any

from openpyxl.comments.comment_sheet import CommentSheet
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.xml.functions import fromstring

from bcp_portal.annex.excel.texts import text_of_cell
from bcp_portal.ui.counted_letters import ended

_MOST, _LONGEST = 200, 200


def comments_of(path: Path, sheet: Any) -> list[list[str]]:
    """Return the comments of a read-only worksheet as [place, text]."""
    own = sheet._worksheet_path.lstrip("/")
    with zipfile.ZipFile(path) as archive:
        rels_path = get_rels_path(own).lstrip("/")
        if rels_path not in archive.namelist():
            return []
        found: list[list[str]] = []
        for relation in get_dependents(archive, rels_path):
            if relation.Type.endswith("/comments"):
                target = relation.target.lstrip("/")
                if target not in archive.namelist():
                    target = posixpath.normpath(posixpath.join(posixpath.dirname(own), target))
                read = CommentSheet.from_tree(fromstring(archive.read(target)))
                found += [
                    [place, ended(text_of_cell(comment.text).strip(), _LONGEST)]
                    for place, comment in read.comments
                ]
    return found[:_MOST]
