"""Writes what is said about the blanks of a table: until when, and by whom, they are filled."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.services import Change, changes_between, record
from bcp_portal.audit.told_values import Told
from bcp_portal.ui.eras import DateStyle, format_date
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
    before = _said(current) if current else {}
    answer: BlankAnswer = current or BlankAnswer(municipality=municipality, code=code, version=0)
    for name in FIELDS:
        setattr(answer, name, values[name])
    changes = changes_between(_LABELS, before, _said(answer))
    if changes:
        answer.version += 1
        answer.answered_by = str(actor)
        answer.save()
        _record(answer, actor, "未調査の回答", changes)
    return answer


@transaction.atomic
def withdraw_blank_answer(*, municipality: Municipality, actor: User, code: str) -> None:
    """Take the answer of a table back: its blanks are open again."""
    current = BlankAnswer.objects.select_for_update().filter(code=code).first()
    if current is None:
        raise DomainError("この表の回答は、すでに取り消されています。", status=409)
    changes = [
        Change(c.name, c.label, c.after, "") for c in changes_between(_LABELS, {}, _said(current))
    ]
    _record(current, actor, "未調査の回答の取り消し", changes, gone=[current])
    current.delete()


_LABELS = {"until": "いつまでに", "who": "だれが", "note": "備考"}


def _said(answer: BlankAnswer) -> dict[str, str]:
    style = DateStyle(answer.municipality.date_style)
    return {
        "until": format_date(answer.until, style),
        "who": answer.who,
        "note": answer.note,
    }


def _record(
    answer: BlankAnswer,
    actor: User,
    action: str,
    changes: list[Change],
    gone: Sequence[BlankAnswer] = (),
) -> None:
    record(
        municipality=answer.municipality,
        actor=actor,
        action=action,
        target=answer,
        changes=changes,
        note=answer.code,
        told=() if gone else [Told(answer)],
        gone=gone,
    )
