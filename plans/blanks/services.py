"""Writes what is said about the blanks of a table: until when, and by whom, they are filled."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.edits import Edit, removal_of, save_changes
from bcp_portal.audit.services import record
from bcp_portal.ui.errors import DomainError
from plans.blanks.models import BlankAnswer

FIELDS = ("until", "person", "by_text", "note")


@transaction.atomic
def save_blank_answer(
    *,
    municipality: Municipality,
    actor: User,
    code: str,
    values: Mapping[str, Any],
    expected_version: int,
) -> BlankAnswer:
    """Say 未調査 for a table, or say it anew; 0 stands for no answer so far.

    Raises Conflict when somebody else answered in between.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    current = BlankAnswer.objects.select_for_update().filter(code=code).first()
    if (current.version if current else 0) != expected_version:
        raise Conflict(current)
    answer: BlankAnswer = current or BlankAnswer(municipality=municipality, code=code)
    edit = Edit(
        answer,
        {name: values[name] for name in FIELDS},
        labels=_LABELS,
        beside={"answered_by": str(actor)},
        is_new=current is None,
        tells_all=True,
    )
    save_changes(
        municipality=municipality,
        actor=actor,
        action="未調査の回答",
        edits=[edit],
        target=answer,
        note=code,
    )
    return answer


@transaction.atomic
def withdraw_blank_answer(*, municipality: Municipality, actor: User, code: str) -> None:
    """Take the answer of a table back: its blanks are open again."""
    current = BlankAnswer.objects.select_for_update().filter(code=code).first()
    if current is None:
        raise DomainError("この表の回答は、すでに取り消されています。", status=409)
    record(
        municipality=municipality,
        actor=actor,
        action="未調査の回答の取り消し",
        target=current,
        changes=removal_of(current, _LABELS),
        note=code,
        gone=[current],
    )
    current.delete()


_LABELS = {"until": "いつまでに", "who": "だれが", "note": "備考"}
