"""Keeps the town's own Word file, after checking that a plan can be written into it."""

import hashlib
import re
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.proven_files import proven_bytes, sha256_in
from bcp_portal.audit.services import record
from bcp_portal.audit.told_values import Told
from bcp_portal.ui.errors import DomainError
from plans.document.document import Cover, Document, Section, TextBlock
from plans.word.models.template import WordTemplate
from plans.word.outward.word_file import word_file
from plans.word.package import TEMPLATE_LIMITS, WordFileError, as_document, check_package

_ALTERED = "Wordのひな形のファイルが見つからないか、書き換えられています。"
_UNUSABLE = "このWordファイルには計画を書き込めません。Wordで新しい文書を作り、必要なページを貼り付けて保存したものを選んでください。"


def word_template() -> WordTemplate | None:
    """Return the file of the municipality in scope, if it keeps one."""
    found: WordTemplate | None = WordTemplate.objects.select_related("kept_by").first()
    return found


def content_of(template: WordTemplate) -> bytes:
    """Return the file; DomainError when it is gone or somebody has changed it."""
    try:
        return proven_bytes(template.file, template.sha256)
    except LookupError:
        raise DomainError(f"{_ALTERED}もう一度登録してください。", status=409) from None


def template_fault(template: WordTemplate) -> str:
    """Return what is wrong with the file that is kept (Japanese), "" when nothing is."""
    if sha256_in(template.file) == template.sha256:
        return ""
    return _ALTERED


@transaction.atomic
def keep_template(
    *, municipality: Municipality, actor: User, name: str, file: IO[bytes], size: int
) -> WordTemplate:
    """Keep a .docx or .dotx in place of the one before; DomainError (Japanese) says why it is refused."""
    shown = _shown_name(name)
    if size > TEMPLATE_LIMITS.packed:
        raise DomainError(f"「{shown}」は大きすぎます（10MBまで）。写真を小さくしてください。")
    content = file.read()
    try:
        check_package(content, TEMPLATE_LIMITS, template=True)
    except WordFileError as error:
        raise DomainError(f"「{shown}」を登録できません。{error}") from None
    content = as_document(content)
    _try(shown, content)
    template = word_template() or WordTemplate(municipality=municipality)
    before = template.original_name and f"{template.original_name}（{template.sha256}）"
    kept_name = re.sub(r"\.dotx$", ".docx", shown, flags=re.IGNORECASE)
    digest = hashlib.sha256(content).hexdigest()
    if before == f"{kept_name}（{digest}）" and not template_fault(template):
        return template
    template.original_name, template.sha256 = kept_name, digest
    template.kept_by = actor
    template.file.save(template.sha256, ContentFile(content), save=False)
    template.save()
    note = (
        f"{before}に代えて{template.original_name}（{template.sha256}）"
        if before
        else f"{template.original_name}（{template.sha256}）"
    )
    record(
        municipality=municipality,
        actor=actor,
        action="Wordのひな形の登録",
        target=template,
        note=note,
        told=[Told(template)],
    )
    return template


@transaction.atomic
def remove_template(*, municipality: Municipality, actor: User) -> None:
    """Forget the file; plans are then written in a file of our own."""
    template = word_template()
    if template is None:
        return
    record(
        municipality=municipality,
        actor=actor,
        action="Wordのひな形の取り除き",
        target=template,
        note=f"{template.original_name}（{template.sha256}）",
        gone=[template],
    )
    template.file.delete(save=False)
    template.delete()


def _try(shown: str, content: bytes) -> None:
    """Write a small plan into it: what fails now would fail in the background later."""
    cover = Cover("団体", "計画", "第1版", "")
    section = Section("a", 1, "1", "章", (TextBlock("<ul><li>文</li></ul>"),))
    try:
        word_file(Document(cover, (section,)), load_image=lambda sha256: b"", template=content)
    except Exception as error:  # a file that no program of ours foresees fails in unknown ways
        raise DomainError(f"「{shown}」を登録できません。{_UNUSABLE}") from error


def _shown_name(name: str) -> str:
    return name or "ひな形.docx"
