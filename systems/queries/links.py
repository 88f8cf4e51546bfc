"""Small readings that many derived columns share: links, labels and durations as cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.models import ChoiceSetting


def in_use(model: type[Any]) -> Any:
    """Return the rows of a model that count here and now, in printed order."""
    return model.objects.filter(row_status__in=counted_statuses()).order_by("row_no", "pk")


def linked_pks(rows: Sequence[Any], name: str) -> dict[int, list[int]]:
    """Return the primary keys a many-to-many column names, by row, in one query."""
    found: dict[int, list[int]] = defaultdict(list)
    if rows:
        chosen = type(rows[0]).objects.filter(pk__in=[row.pk for row in rows])
        for pk, target in chosen.values_list("pk", name):
            if target is not None:
                found[pk].append(target)
    return found


def labels_of(choice_list: ChoiceList) -> dict[str, str]:
    """Return the labels of a choice list as this municipality words them, in one query."""
    own = ChoiceSetting.objects.filter(list_code=choice_list.code).exclude(label="")
    return {**dict(choice_list.options), **dict(own.values_list("value", "label"))}


def labelled(codes: Iterable[str], labels: dict[str, str]) -> list[str]:
    """Return the labels of several codes, in the order of the list."""
    wanted = set(codes)
    known = [labels[code] for code in labels if code in wanted]
    return known + sorted(wanted - labels.keys())


def duration_cell(minutes: int | None, unit: str) -> CellValue:
    """Return a duration as a cell; without a unit it is shown in minutes."""
    return None if minutes is None else {"minutes": minutes, "unit": unit or "minute"}


def labels(values: Mapping[int, str], choice_list: ChoiceList) -> dict[int, str]:
    """Turn codes by primary key into labels; a blank code stays blank."""
    return {pk: choice_list.label(code) if code else "" for pk, code in values.items()}
