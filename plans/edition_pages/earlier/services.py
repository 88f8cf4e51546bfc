"""Writes the editions a plan had before this program; what was issued here is never touched."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.proven_files import sha256_in
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.services import Change, changes_between, record
from bcp_portal.ui.eras import DateStyle, format_date
from bcp_portal.ui.errors import DomainError
from plans.editions.models.earlier_edition import EarlierEdition
from plans.editions.models.edition import Edition
from plans.revisions.models.revision import Revision
from plans.revisions.states import CLOSED, EDITABLE

ISSUED_ALREADY = (
    "このシステムで版を発行した後は、これまでの版を足すことも、除くことも、番号を変えることも"
    "できません。発行した版の番号と改訂一覧が、これに続いているためです。"
)
UNDER_WAY = (
    "確認・承認の途中の改定（{revision}）があるため、これまでの版を変えられません。"
    "その改定が終わるか、取り下げられてから、もう一度してください。"
)
REASON_NEEDED = "発行した版の改訂一覧と違うことになります。直す理由を書いてください。"
REMOVED = "これまでの版の削除"
PUT_BACK = "失われたか書き換えられていたファイルを入れ直しました。"
_NUMBERS = ("number_major", "number_minor", "label")
FIELDS = (*_NUMBERS, "revised_on", "effective_on", "content", "with_personal")


def is_settled() -> bool:
    """Tell whether an edition issued here follows the earlier ones of the municipality in scope."""
    return Edition.objects.exists()


def require_changeable() -> None:
    """Raise DomainError while people decide on a plan that lists the earlier editions."""
    moving = Revision.objects.exclude(state__in=CLOSED | EDITABLE).first()
    if moving:
        raise DomainError(UNDER_WAY.format(revision=moving), status=409)


@transaction.atomic
def save_earlier_edition(
    *,
    municipality: Municipality,
    actor: User | None,
    values: Mapping[str, Any],
    file: UploadedFile[Any] | None = None,
    without_file: bool = False,
    edition: EarlierEdition | None = None,
    expected_version: int = 0,
    reason: str = "",
) -> EarlierEdition:
    """Enter an earlier edition or correct one; `values` are the fields of the model.

    Once an edition was issued here only day, content and file can still be corrected, with a reason
    that goes into the log. Raises DomainError for what is settled, Conflict for a second save.
    """
    current = _held(municipality, edition, expected_version)
    settled = is_settled()
    before = _said(current) if current.pk else {}
    if settled and (current.pk is None or any(getattr(current, n) != values[n] for n in _NUMBERS)):
        raise DomainError(ISSUED_ALREADY, status=409)
    if settled and not reason.strip():
        raise DomainError(REASON_NEEDED)
    for name in FIELDS:
        setattr(current, name, values[name])
    old_file = _put_file(current, file, without_file)
    changes = changes_between(_LABELS, before, _said(current))
    if not changes and not old_file:
        return current
    current.version += 1 if current.pk else 0
    current.save()
    if old_file:
        transaction.on_commit(lambda: current.file.storage.delete(old_file))
    action = "これまでの版の変更" if before else "これまでの版の入力"
    _record(current, actor, action, changes, reason if changes else reason or PUT_BACK)
    return current


@transaction.atomic
def remove_earlier_edition(
    *, municipality: Municipality, actor: User | None, edition: EarlierEdition
) -> None:
    """Take out an earlier edition that was entered by mistake, before the first issue here."""
    current = _held(municipality, edition, None)
    if is_settled():
        raise DomainError(ISSUED_ALREADY, status=409)
    changes = [
        Change(c.name, c.label, c.after, "") for c in changes_between(_LABELS, {}, _said(current))
    ]
    _record(current, actor, REMOVED, changes, "")
    name, storage = current.file.name, current.file.storage
    current.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _held(
    municipality: Municipality, edition: EarlierEdition | None, expected_version: int | None
) -> EarlierEdition:
    """Return the row to write; who issues an edition meanwhile waits, or is waited for."""
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    require_changeable()
    if edition is None:
        return EarlierEdition(municipality=municipality)
    current: EarlierEdition | None = (
        EarlierEdition.objects.select_for_update().filter(pk=edition.pk).first()
    )
    if current is None:
        raise DomainError("この版は、すでに取り除かれています。", status=409)
    if expected_version is not None and current.version != expected_version:
        raise Conflict(current)
    return current


def _put_file(current: EarlierEdition, file: UploadedFile[Any] | None, without_file: bool) -> str:
    """Give the row its new file, or none; return the name of the one it no longer has."""
    old = current.file.name if current.file else ""
    if file is not None:
        content = file.read()
        said = (file.name or "計画書", hashlib.sha256(content).hexdigest())
        if old and said == (current.file_name, current.file_sha256) == (
            said[0],
            sha256_in(current.file),
        ):
            return ""
        current.file_name, current.file_sha256 = said
        current.file.save(current.file_name, ContentFile(content), save=False)
    elif without_file:
        current.file, current.file_name, current.file_sha256 = "", "", ""
    return old if old and old != (current.file.name if current.file else "") else ""


def _said(edition: EarlierEdition) -> dict[str, str]:
    style = DateStyle(edition.municipality.date_style)
    effective = edition.effective_on
    return {
        "label": edition.shown_label,
        "number": f"{edition.number_major}.{edition.number_minor}",
        "revised_on": format_date(edition.revised_on, style),
        "effective_on": format_date(effective, style) if effective else "",
        "content": edition.content,
        "file": f"{edition.file_name}（{edition.file_sha256}）" if edition.file_sha256 else "",
        "with_personal": "含む" if edition.with_personal else "含まない",
    }


_LABELS = {
    "label": "版数",
    "number": "番号",
    "revised_on": "制定／改訂年月日",
    "effective_on": "施行日",
    "content": "制定／改訂の内容",
    "file": "計画書のファイル",
    "with_personal": "ファイルの個人の氏名・電話番号",
}


def _record(
    edition: EarlierEdition, actor: User | None, action: str, changes: list[Change], note: str
) -> None:
    is_going = action == REMOVED
    told = (each for each in changes if each.name == "with_personal")
    if edition.with_personal or any("含む" in (each.before, each.after) for each in told):
        changes = [replace(each, personal=each.name == "file") for each in changes]
    record(
        municipality=edition.municipality,
        actor=actor,
        action=action,
        target=edition,
        changes=changes,
        note=note,
        sealed=() if is_going else (edition,),
        unsealed=(edition,) if is_going else (),
    )
