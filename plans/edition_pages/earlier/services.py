"""Writes the editions a plan had before this program; what was issued here is never touched."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.proven_files import sha256_in
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.edits import Edit, displayed, removal_of, write_edits
from bcp_portal.audit.services import Change, record
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
    is_new = current.pk is None
    if settled and (is_new or any(getattr(current, n) != values[n] for n in _NUMBERS)):
        raise DomainError(ISSUED_ALREADY, status=409)
    if settled and not reason.strip():
        raise DomainError(REASON_NEEDED)
    old_file = current.file.name
    given = {name: values[name] for name in FIELDS} | _put_file(current, file, without_file)
    written = write_edits([Edit(current, given, labels=_LABELS, text=_shown, is_new=is_new)])
    if not written:
        return current
    replaced = old_file if old_file != current.file.name else ""
    if replaced:
        transaction.on_commit(lambda: current.file.storage.delete(replaced))
    changes = written.changes
    action = "これまでの版の入力" if is_new else "これまでの版の変更"
    _record(
        current, actor, action, changes, reason or ("" if changes or not replaced else PUT_BACK)
    )
    return current


@transaction.atomic
def remove_earlier_edition(
    *, municipality: Municipality, actor: User | None, edition: EarlierEdition
) -> None:
    """Take out an earlier edition that was entered by mistake, before the first issue here."""
    current = _held(municipality, edition, None)
    if is_settled():
        raise DomainError(ISSUED_ALREADY, status=409)
    _record(current, actor, REMOVED, removal_of(current, _LABELS, _shown), "")
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


def _put_file(
    current: EarlierEdition, file: UploadedFile[Any] | None, without_file: bool
) -> dict[str, str]:
    """Store a new file, and return what the row says of it or of none; nothing where it stays."""
    old = current.file.name
    if file is not None:
        content = file.read()
        name, digest = file.name or "計画書", hashlib.sha256(content).hexdigest()
        if old and (current.file_name, current.file_sha256, sha256_in(current.file)) == (
            name,
            digest,
            digest,
        ):
            return {}
        field = current.file.field
        named = EarlierEdition(
            municipality=current.municipality, uid=current.uid, file_sha256=digest
        )
        place = field.generate_filename(named, name)
        place = field.storage.save(place, ContentFile(content), max_length=field.max_length)
        return {"file": place, "file_name": name, "file_sha256": digest}
    return {"file": "", "file_name": "", "file_sha256": ""} if without_file and old else {}


def _shown(edition: EarlierEdition, name: str) -> str:
    if name == "label":
        return edition.shown_label
    if name == "number":
        return f"{edition.number_major}.{edition.number_minor}"
    if name == "file":
        return f"{edition.file_name}（{edition.file_sha256}）" if edition.file_sha256 else ""
    if name == "with_personal":
        return "含む" if edition.with_personal else "含まない"
    return displayed(edition, name)


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
    edition: EarlierEdition,
    actor: User | None,
    action: str,
    changes: Sequence[Change],
    note: str,
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
