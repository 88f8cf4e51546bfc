"""Remembers what people assigned by hand, for the next sheet of the same kind."""

from collections.abc import Collection, Mapping
from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.importing.models import RememberedColumn
from bcp_portal.importing.sheet_matching import CONSTANT, Remembered
from bcp_portal.ui.text import match_key


def remember(municipality: Municipality, choice: Mapping[str, Any]) -> None:
    """Remember which labels stand for which columns, for the next sheet of this kind."""
    code = str(choice.get("code", ""))
    for label_key, column in dict(choice.get("labels", {})).items():
        RememberedColumn.objects.update_or_create(
            municipality=municipality,
            code=code,
            label_key=label_key[:200],
            defaults={"column": column},
        )
    for column, text in dict(choice.get("constants", {})).items():
        RememberedColumn.objects.update_or_create(
            municipality=municipality,
            code=code,
            label_key=f"{CONSTANT}{column}",
            defaults={"column": column, "constant": text},
        )


def forget_other_meanings(municipality: Municipality, code: str, columns: Collection[str]) -> None:
    """Forget what the labels that these columns have now were assigned to: they mean the columns."""
    if registry.spec(code) is None:
        return
    sheet = Sheet.named(code, Presentation.load(municipality))
    for item in sheet.items:
        if item.name in columns:
            # Whatever stood above the label.
            ending = match_key(f"/{item.column.label}")
            others = RememberedColumn.objects.filter(code=code, label_key__endswith=ending)
            others.exclude(column=item.name).delete()


def remembered() -> Remembered:
    """Return what was assigned by hand before, by the code of its table."""
    found: dict[str, dict[str, str]] = {}
    for each in RememberedColumn.objects.all():
        found.setdefault(each.code, {})[each.label_key] = each.constant or each.column
    return found
