"""Says which rows a row uses and which rows use it, for the links on its page."""

from dataclasses import dataclass
from typing import Any

from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import AnnexSpec


@dataclass(frozen=True)
class RowLink:
    """A row to go to, and for a child row the row it belongs to, which people know by name."""

    row: Any
    owner: Any = None
    owner_code: str = ""


@dataclass(frozen=True)
class Related:
    """One group of links: how the rows are related, in which table, and the rows."""

    label: str
    spec: AnnexSpec
    links: tuple[RowLink, ...]


def uses(sheet: Sheet, row: Any) -> list[Related]:
    """Return the rows this row names, grouped by column."""
    groups = []
    for item in sheet.items:
        if not item.editable or item.column.personal:
            continue
        targets = item.column.kind.targets(row, item.name)
        spec = registry.spec_of_model(type(targets[0])) if targets else None
        if spec is not None:
            groups.append(Related(item.column.label, spec, tuple(map(RowLink, targets))))
    return groups


def used_by(sheet: Sheet, row: Any) -> list[Related]:
    """Return the rows of other tables that name this row, grouped by table and column."""
    groups = []
    child_codes = {spec.code for spec in registry.children(sheet.spec)}
    for relation in row._meta.related_objects:
        spec = registry.spec_of_model(relation.related_model)
        if spec is None or (spec.code in child_codes and spec.parent == relation.field.name):
            continue
        column = spec.column(relation.field.name)
        if column is None or column.personal:
            continue
        links = _links(spec, {relation.field.name: row})
        if links:
            groups.append(Related(str(relation.field.verbose_name), spec, links))
    return groups


def _links(spec: AnnexSpec, users: dict[str, Any]) -> tuple[RowLink, ...]:
    rows = spec.model.objects.filter(**users).distinct().order_by("row_no", "pk")
    if not spec.parent:
        return tuple(map(RowLink, rows))
    owner_model: Any = spec.model._meta.get_field(spec.parent).related_model
    owner_spec = registry.spec_of_model(owner_model)
    code = owner_spec.code if owner_spec else ""
    return tuple(
        RowLink(row, getattr(row, spec.parent), code) for row in rows.select_related(spec.parent)
    )
