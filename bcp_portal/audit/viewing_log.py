"""Notes who was shown personal values of which rows: one kind of entry for pages, files and prints alike.

「この番号を誰が見たか」 is answered from these entries and from nothing else, so every view that
hands out a personal value calls `note_showing` before it answers.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.models import Entry, ShownRow
from bcp_portal.audit.services import SeenRow, record

SHOWING = "個人情報の表示"
LOOKS = (SHOWING, "個人情報の閲覧", "提出した内容の個人情報の表示")
"""What a showing was called in entries of any release; the first is the one written today."""
EXPORTED = "操作記録の書き出し"
_PARTS = frozenset({"label", "before", "after", "personal"})


def note_showing(
    request: MemberRequest,
    shown: Sequence[SeenRow],
    *,
    way: str,
    target: models.Model | None = None,
) -> Entry | None:
    """Write that the person of this request is shown the rows; None when there is nothing to see.

    `way` says where (「様式9の一覧入力」). The answer to HEAD has no content and so shows nothing.
    """
    if not shown or request.method == "HEAD":
        return None
    count = len({row.uid for row in shown})
    return record(
        municipality=request.municipality,
        actor=request.user,
        action=SHOWING,
        target=target,
        note=way if count == 1 else f"{way}（{count}行）",
        shown=shown,
    )


def lookings_at(row_uid: str) -> "QuerySet[Entry]":
    """Return who was shown personal values of a row, newest first, on pages, in files and in prints.

    Entries from before rows were named in them name at most their target.
    """
    named = ShownRow.objects.filter(row_uid=row_uid).values("sequence")
    entries = Entry.objects.filter(Q(sequence__in=named) | Q(target_uid=row_uid, action__in=LOOKS))
    return entries.select_related("municipality", "actor").order_by("-sequence")


def changes_of(row_uid: str) -> "QuerySet[Entry]":
    """Return what was done to a row, newest first, without who looked at it."""
    entries = Entry.objects.filter(target_uid=row_uid).exclude(action__in=LOOKS)
    return entries.select_related("municipality", "actor").order_by("-sequence")


def rows_shown_by(entry: Entry) -> "QuerySet[ShownRow]":
    """Return the rows that an entry names as shown, in the order in which they were."""
    return ShownRow.objects.filter(sequence=entry.sequence).order_by("pk")


def rows_changed_in(entries: Iterable[Entry]) -> list[SeenRow]:
    """Return the rows of which these entries hold a personal value before or after a change.

    An entry that names no row stands for itself.
    """
    return [
        SeenRow(entry.target_type, entry.target_uid, entry.target_label)
        if entry.target_uid
        else SeenRow(Entry._meta.label_lower, f"{entry.sequence}", str(entry))
        for entry in entries
        if any(_says(change) for change in told_changes(entry))
    ]


def told_changes(entry: Entry) -> list[dict[str, Any]]:
    """Return the changes of an entry as the log writes them.

    Anything else was inserted outside the program: it is not shown, and the entry counts as altered.
    """
    changes = entry.changes if isinstance(entry.changes, list) else []
    return [each for each in changes if isinstance(each, dict) and each.keys() >= _PARTS]


def _says(change: dict[str, object]) -> bool:
    return bool(change["personal"] and (change["before"] or change["after"]))
