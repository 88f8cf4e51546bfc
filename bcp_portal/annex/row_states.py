"""Takes rows from one 状態 to another: finishing what was 作成中, retiring, bringing back as it was."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.row_changes import stored_items
from bcp_portal.annex.services import set_status
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import AnnexSpec, Problem
from bcp_portal.audit.entry_faults import note_if_altered
from bcp_portal.audit.entry_proofs import chained, is_altered
from bcp_portal.audit.models import Entry
from bcp_portal.ui.errors import DomainError

DRAFT_AND_PRINT = "作成中の行は、印刷には印が付いて出ますが、版には載りません。"
_DRAFT_OF_REGISTER = "この台帳は印刷しません。作成中の行も、選んだ行には名前が（作成中）と付いて印刷され、版には印なしで載ります。"


def draft_and_print(spec: AnnexSpec) -> str:
    """Say what 作成中 means for print, wherever the program recommends or reports it."""
    return DRAFT_AND_PRINT if spec.printed else _DRAFT_OF_REGISTER


def draft_and_print_of(codes: Iterable[str]) -> str:
    """Say it of several tables, each sentence once."""
    specs = [spec for code in codes if (spec := registry.spec(code))]
    return "".join(dict.fromkeys(map(draft_and_print, specs)))


def when_finished(spec: AnnexSpec) -> str:
    """Say what making a complete row 有効 changes."""
    if spec.printed:
        return "「有効にする」を押すと載ります。"
    return "「有効にする」を押すと、（作成中）の印が付かなくなります。"


def problems_when_active(sheet: Sheet, row: Any) -> list[Problem]:
    """Return what the rules of the table would say if the stored row were 有効."""
    status, pending = row.row_status, getattr(row, "pending", None)
    many = [item.name for item in stored_items(sheet) if item.model_field.many_to_many]
    row.row_status = RowStatus.ACTIVE
    row.pending = {name: list(getattr(row, name).all()) for name in many}
    try:
        return [problem for rule in sheet.spec.rules for problem in rule(row)]
    finally:
        row.row_status, row.pending = status, pending or {}


@transaction.atomic
def finish_row(*, sheet: Sheet, actor: User | None, row: Any) -> Any:
    """Make a row that is 作成中 count from now on.

    Raises DomainError naming the columns that 有効 still asks for; nothing is written then.
    """
    problems = problems_when_active(sheet, row)
    if problems:
        labels = {item.name: item.column.label for item in sheet.all_items}
        columns = dict.fromkeys(labels.get(each.column, each.column) for each in problems)
        wanted = "、".join(f"「{label}」" for label in columns)
        raise DomainError(
            f"「{row}」は、{wanted}を確かめるまで有効にできません。"
            "「編集する」で、状態を「有効」にして保存すると、直す所が示されます。"
        )
    return set_status(sheet=sheet, actor=actor, row=row, status=RowStatus.ACTIVE)


def status_before_retiring(sheet: Sheet, row: Any) -> RowStatus:
    """Return the state a retired row had, which the operation log remembers.

    Where it says nothing (the row came retired out of a file), or the entry that says it was altered,
    the row is 有効 if it is complete.
    """
    states = {str(status.label): status for status in (RowStatus.ACTIVE, RowStatus.DRAFT)}
    retired = str(RowStatus.RETIRED.label)
    entries = Entry.objects.filter(target_uid=str(row.uid), target_type=row._meta.label_lower)
    for entry in chained(entries).order_by("-sequence").iterator():
        note_if_altered(entry)
        for change in entry.changes:
            if change["name"] == "row_status" and change["after"] == retired:
                found = None if is_altered(entry) else states.get(change["before"])
                return found or _by_completeness(sheet, row)
    return _by_completeness(sheet, row)


def _by_completeness(sheet: Sheet, row: Any) -> RowStatus:
    return RowStatus.DRAFT if problems_when_active(sheet, row) else RowStatus.ACTIVE


@transaction.atomic
def restore_row(*, sheet: Sheet, actor: User | None, row: Any) -> Any:
    """Bring a retired row back in the state it had; another one stays as it is."""
    if row.row_status != RowStatus.RETIRED:
        return row
    status = status_before_retiring(sheet, row)
    return set_status(sheet=sheet, actor=actor, row=row, status=status)
