"""Arranges the fields of a row page into fieldsets by the column groups of its annex."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.sheet import COMMON_COLUMNS, Item, Sheet
from bcp_portal.annex.spec import Need

NEED_LABELS = {
    Need.SAVE: "必須",
    Need.APPROVAL: "承認までに必要",
    Need.CONDITION: "条件により必須",
    Need.OPTIONAL: "",
}


@dataclass(frozen=True)
class FieldLine:
    """One field with its mark (必須 and the like)."""

    item: Item
    field: BoundField
    mark: str


@dataclass(frozen=True)
class Fieldset:
    """Fields that belong together under one legend."""

    legend: str
    lines: tuple[FieldLine, ...]


def fieldsets(sheet: Sheet, form: AnnexForm) -> list[Fieldset]:
    """Return the groups in printed order; fields without a group come under 「基本」."""
    lines = [(item, form[item.name], NEED_LABELS[item.need]) for item in form.items.values()]
    return [
        Fieldset(legend, tuple(FieldLine(*line) for line in group))
        for legend, group in grouped(lines).items()
    ]


def grouped(parts: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    """Return tuples that begin with an item by the legend they stand under."""
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for part in parts:
        groups.setdefault(_legend(part[0]), []).append(part)
    return groups


def _legend(item: Item) -> str:
    common = {column.name for column in COMMON_COLUMNS}
    return item.column.group or ("管理" if item.name in common else "基本")
