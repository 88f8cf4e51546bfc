"""Decides who may change which row of which annex; the views and templates only ask here."""

from typing import Any

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Item
from bcp_portal.annex.spec import AnnexSpec


def may_edit_table(membership: Membership, spec: AnnexSpec) -> bool:
    """Tell whether every row of the table is open to this person (grid, add, order, delete)."""
    return membership.may(spec.edit_permission)


def may_edit_row(membership: Membership, spec: AnnexSpec, row: Any) -> bool:
    """Tell whether this row is open: all of them, or those of the person's own department."""
    if may_edit_table(membership, spec):
        return True
    if not membership.may(Permission.CONTRIBUTE) or membership.department_id is None:
        return False
    return owning_department(spec, row) == membership.department_id


def owning_department(spec: AnnexSpec, row: Any) -> int | None:
    """Return the id of the department whose contributors answer this row, through its parent."""
    if spec.contributor_department:
        return getattr(row, f"{spec.contributor_department}_id")
    if spec.parent:
        parent = getattr(row, spec.parent, None)
        parent_spec = registry.spec_of_model(type(parent)) if parent else None
        if parent_spec:
            return owning_department(parent_spec, parent)
    return None


def editable_by(
    items: tuple[Item, ...], membership: Membership, spec: AnnexSpec
) -> tuple[Item, ...]:
    """Return the columns a person may type; a contributor cannot hand a row to another department."""
    if may_edit_table(membership, spec):
        return items
    return tuple(
        item for item in items if item.name not in (spec.contributor_department, spec.parent)
    )


def may_import(membership: Membership, spec: AnnexSpec) -> bool:
    """Tell whether a person may fill this table at all, if only the rows of the own department."""
    if may_edit_table(membership, spec):
        return True
    own = membership.may(Permission.CONTRIBUTE) and membership.department_id is not None
    return own and _is_answered_by_departments(spec)


def _is_answered_by_departments(spec: AnnexSpec) -> bool:
    if spec.contributor_department:
        return True
    if not spec.parent:
        return False
    model = spec.model._meta.get_field(spec.parent).related_model
    parent = registry.spec_of_model(model) if isinstance(model, type) else None
    return parent is not None and _is_answered_by_departments(parent)
