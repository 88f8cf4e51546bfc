"""Writes the entries of a search as CSV that Excel opens without running anything in it."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils import timezone

from bcp_portal.audit.entry_faults import ALTERED, checked_one_by_one
from bcp_portal.audit.models import Entry
from bcp_portal.audit.queries import shown_changes

HEADINGS = [
    "番号",
    "日時",
    "氏名",
    "利用者ID",
    "操作",
    "対象",
    "対象の識別子",
    "変更内容",
    "補足",
    "端末",
    "照合値",
    "確かめた結果",
]
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(entries: Iterable[Entry], *, sees_personal: bool, missing: Iterable[str] = ()) -> str:
    """Return one line an entry, with the digest, so that a copy can be compared with the log.

    What is `missing` in the log (sentences) stands below the headings, before any entry.
    """
    buffer = io.StringIO()
    buffer.write(_BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    writer.writerow(HEADINGS)
    for sentence in missing:
        writer.writerow([*[""] * (len(HEADINGS) - 1), sentence])
    for entry, is_altered in checked_one_by_one(entries):
        cells = _cells(entry, sees_personal=sees_personal)
        writer.writerow([*map(_inert, cells), ALTERED if is_altered else ""])
    return buffer.getvalue()


def _cells(entry: Entry, *, sees_personal: bool) -> Iterator[str]:
    yield str(entry.sequence)
    yield f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"
    yield from (entry.actor_name, entry.actor_username, entry.action)
    yield from (entry.target_label, entry.target_uid)
    yield "\n".join(
        f"{change.label}: （個人情報のため表示しません）"
        if change.hidden
        else f"{change.label}: {change.before} → {change.after}"
        for change in shown_changes(entry, sees_personal=sees_personal)
    )
    yield from (entry.note, entry.address, entry.digest)


def _inert(cell: str) -> str:
    """Return the text so that a spreadsheet takes it as text, never as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell
