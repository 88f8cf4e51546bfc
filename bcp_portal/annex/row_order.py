"""Puts the rows of a table in another order: one place up or down, or to a number."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import User
from bcp_portal.annex.row_names import names_of
from bcp_portal.annex.services import Gone, record_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.told_kinds import PLACE
from bcp_portal.audit.told_values import Told


@transaction.atomic
def move_row(*, sheet: Sheet, actor: User | None, row: Any, up: bool) -> None:
    """Swap the row with its neighbour; rows of a child table move among their parent's rows."""
    rows = _in_order(sheet, row)
    place = _place_of(rows, row)
    target = place - 1 if up else place + 1
    if 0 <= target < len(rows):
        _put(sheet, actor, rows, place, target)


@transaction.atomic
def move_row_to(*, sheet: Sheet, actor: User | None, row: Any, number: int) -> int:
    """Move the row to where the row with this number stands, as `move_row` does; return its number.

    Where no row has the number, the next higher one counts, beyond the last the last.
    """
    rows = _in_order(sheet, row)
    place = _place_of(rows, row)
    target = min(bisect_left([other.row_no for other in rows], number), len(rows) - 1)
    if target != place:
        _put(sheet, actor, rows, place, target)
    return int(rows[target].row_no)


def _in_order(sheet: Sheet, row: Any) -> list[Any]:
    return list(_siblings(sheet, row).select_for_update().order_by("row_no", "pk"))


def _place_of(rows: Sequence[Any], row: Any) -> int:
    place = next((index for index, other in enumerate(rows) if other.pk == row.pk), None)
    if place is None:
        raise Gone
    return place


def _put(sheet: Sheet, actor: User | None, rows: list[Any], place: int, target: int) -> None:
    """Move one of the rows to another place, the others keeping their order, and note it."""
    row = rows.pop(place)
    rows.insert(target, row)
    numbers = sorted(other.row_no for other in rows)
    moved = []
    for number, other in zip(_strictly_rising(numbers), rows, strict=True):
        if other.row_no != number:
            other.row_no = number
            other.save(update_fields=[PLACE])
            moved.append(other)
    told = [
        Told(other, [PLACE], label=name)
        for other, name in zip(moved, names_of(sheet, moved), strict=True)
    ]
    record_row(sheet, actor, "並べ替え", row, (), told=told)


def _siblings(sheet: Sheet, row: Any) -> Any:
    parent = sheet.spec.parent
    same = {f"{parent}_id": getattr(row, f"{parent}_id")} if parent else {}
    return sheet.spec.model.objects.filter(**same)


def _strictly_rising(numbers: Sequence[int]) -> list[int]:
    rising: list[int] = []
    for number in numbers:
        rising.append(max(number, rising[-1] + 1 if rising else 1))
    return rising
