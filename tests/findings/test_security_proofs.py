"""Every place that makes an edition true is found when it is forged in the database or the files."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from bcp_portal.accounts.private_files import private_storage
from bcp_portal.audit.chain import GENESIS, entry_digest
from bcp_portal.audit.models import ChainHead, Entry, ShownRow
from bcp_portal.audit.services import entry_content
from bcp_portal.audit.tampering import FOUND
from bcp_portal.audit.verification import Link, verify
from bcp_portal.members.models import AccountNotice, DecisionCode
from plans.chapters.models.image import ChapterImage
from plans.claims.models import PublicClaim
from plans.editions.attachments import kept_path, named_files
from plans.editions.models.earlier_edition import EarlierEdition
from plans.models import (
    ApprovalRoute,
    ApprovalSetting,
    Contributor,
    Decision,
    Edition,
    ReturnRemark,
    Revision,
    Submission,
    SubmittedContent,
)
from plans.proofs.verification import verify_editions
from plans.revisions.states import RevisionState
from tests.cases import cases
from tests.findings.lived_town import lived, lived_town
from tests.findings.proofs_town import faults_of, forged, other_value, rows
from tests.plans.revisions.conftest import Town

__all__ = ["lived", "lived_town"]

PROVEN = {
    Revision: "改定第",
    Contributor: "改定第",
    Submission: "の提出",
    SubmittedContent: "の提出",
    Decision: "に対する決定",
    ReturnRemark: "に対する決定",
    ApprovalRoute: "の経路",
    ApprovalSetting: "決裁の設定",
    PublicClaim: "非公開の値ではない",
    EarlierEdition: "これまでの版",
    ChapterImage: "本文の図",
    AccountNotice: "お知らせ",
    DecisionCode: "確認コード",
    Edition: "2版",  # its label may be the forged place
    Entry: "番",
    ShownRow: "番",
    ChainHead: "番",
}
"""Each model that an edition relies on, and a word of the fault by which its place is named."""

SAYS_NOTHING = {
    (Revision, "issue_started_at"): "when a worker began, which nobody is told",
    (Revision, "updated_at"): "when the row was last written, which nobody is told",
    (ApprovalRoute, "updated_at"): "when the row was last written, which nobody is told",
    (DecisionCode, "used_at"): "the decision that it proved says that it was used",
}
"""What no proof covers, with the reason. A new field is proven, or stands here."""


@pytest.fixture
def town(lived_town: Town) -> Town:
    return lived_town


def places() -> list[tuple[Any, str]]:
    return [
        (model, field.name)
        for model in PROVEN
        for field in model._meta.concrete_fields
        if not field.primary_key and (model, field.name) not in SAYS_NOTHING
    ]


@pytest.mark.long_form
def test_every_field_of_every_record_is_found_and_named(town: Town) -> None:
    """One town for all places: each is forged alone and taken back; here one of three."""
    tried = places()[:: cases(3, 1)]
    assert faults_of(town) == []
    missed, refused = [], 0
    for model, name in tried:
        row = rows(model).order_by("pk").first()
        assert row is not None, model
        value = other_value(model._meta.get_field(name), row)
        with forged():
            try:
                with transaction.atomic():
                    rows(model).filter(pk=row.pk).update(**{name: value})
            except IntegrityError:  # the database itself refuses it
                refused += 1
                continue
            if not any(PROVEN[model] in fault for fault in faults_of(town)):
                missed.append(f"{model.__name__}.{name}")
    assert not missed, " ".join(missed)
    assert len(tried) - refused >= 40


def test_every_record_that_is_deleted_or_put_in_is_found(town: Town) -> None:
    missed = []
    for model in PROVEN:
        if model is DecisionCode:  # codes are deleted when a new one is issued
            continue
        for row in rows(model).order_by("pk"):
            with forged():
                rows(model).filter(pk=row.pk)._raw_delete("default")
                if not faults_of(town):
                    missed.append(f"deleted {model.__name__} {row}")
    claim = rows(PublicClaim).first()
    claim.pk, claim.uid, claim.place_key = None, "00000000-0000-0000-0000-000000000009", "x"
    decision = rows(Decision).first()
    decision.pk, decision.uid = None, "00000000-0000-0000-0000-000000000008"
    decision.slot = "7"
    for row in (claim, decision):
        with forged():
            rows(type(row)).bulk_create([row])
            if not any("挿入" in fault for fault in faults_of(town)):
                missed.append(f"inserted {row}")
    assert missed == []


def test_every_file_is_found(town: Town) -> None:
    edition, decision = rows(Edition).get(), rows(Decision).exclude(paper="").get()
    image, earlier = rows(ChapterImage).first(), rows(EarlierEdition).get()
    kept = [kept_path(town.municipality, each["sha256"]) for each in named_files(edition.rows)]
    assert kept
    stored = [
        (decision.paper.storage, decision.paper.name),
        (image.file.storage, image.file.name),
        (earlier.file.storage, earlier.file.name),
        *((edition.pdf.storage, each.name) for each in pdfs(edition)),
        *((private_storage(), path) for path in kept),
    ]
    for storage, name in stored:
        path = Path(storage.path(name))
        content = path.read_bytes()
        path.write_bytes(b"FORGED MINUTES")
        assert len(faults_of(town)) == 1, name
        path.write_bytes(content)
    assert faults_of(town) == []


def pdfs(edition: Edition) -> tuple[Any, ...]:
    return edition.pdf, edition.masked_pdf, edition.public_pdf


def test_log_and_editions_vouch_for_each_other(town: Town) -> None:
    noted = rows(ChainHead).get()
    edition = rows(Edition).get()
    with forged():
        rows(Entry)._raw_delete("default")
        rows(ShownRow)._raw_delete("default")
        rows(ChainHead)._raw_delete("default")
        found = [each.sentence for each in verify(town.municipality).faults]
        assert any("第2版に控えてある値" in each for each in found)
        assert any("操作記録が1件もありません" in each for each in found)
        with pytest.raises(CommandError):
            call_command("verify_audit", town.municipality.code)
    with forged():  # the log is cut before the issue, and its head put back
        cut = rows(Entry).get(sequence=edition.log_sequence - 1)
        rows(Entry).filter(sequence__gt=cut.sequence)._raw_delete("default")
        rows(ShownRow).filter(sequence__gt=cut.sequence)._raw_delete("default")
        rows(ChainHead).update(sequence=cut.sequence, digest=cut.digest)
        assert any("第2版" in each.sentence for each in verify(town.municipality).faults)
        link = Link(noted.sequence, noted.digest)
        assert any(
            "控えておいた値" in each.sentence
            for each in verify(town.municipality, noted=link).faults
        )
    assert verify(town.municipality, noted=Link(noted.sequence, noted.digest)).faults == []
    code = town.municipality.code
    call_command("verify_audit", code, noted=f"{noted.sequence}:{noted.digest}")
    call_command("verify_editions", code, noted=f"1:{edition.chain_hash}")
    with pytest.raises(CommandError):
        call_command("verify_editions", code, noted=f"1:{'0' * 64}")


def test_records_of_before_are_counted_and_never_called_altered(town: Town) -> None:
    """A town of the release before: no entry carries a seal, no edition knows the log."""
    with forged():
        rows(ChapterImage).update(original_name="前の版から.png")
        unseal()
        verdict = verify_editions(town.municipality)
        assert [each for each in verdict.faults if "ハッシュ" not in each] == []
        assert "まだ封がありません" in verdict.notes[0]
        decision = rows(Decision).filter(verdict="approved").get()
        rows(Decision).filter(pk=decision.pk).update(name="偽 市長")
        # What the edition or the log has copied is found even so.
        found = verify_editions(town.municipality).faults
        assert any("偽 市長" in each and "第2版" in each for each in found)


def unseal() -> None:
    """Write the log as the release before wrote it."""
    previous = GENESIS
    for entry in rows(Entry).select_related("municipality").order_by("sequence"):
        entry.sealed, entry.previous_digest = [], previous
        previous = entry_digest(previous, entry_content(entry))
        rows(Entry).filter(pk=entry.pk).update(
            sealed=[], previous_digest=entry.previous_digest, digest=previous
        )
    rows(ChainHead).update(digest=previous)


def forge_text(model: Any, name: str, **wanted: Any) -> None:
    row = rows(model).filter(**wanted).order_by("pk").first()
    value = getattr(row, name)
    rows(model).filter(pk=row.pk).update(**{name: {**value, "偽": 1}})


def test_a_forged_edition_is_not_shown_without_a_warning(town: Town) -> None:
    client = town.client("checker")
    edition = rows(Edition).get()
    base = f"/{town.municipality.code}/editions/{edition.uid}/"
    assert "書き換えられています" not in client.get(f"{base}read/").content.decode()
    forge_text(Edition, "document")
    page = client.get(f"{base}read/")
    assert page.status_code == 200
    assert "第2版の文書または行が、発行の後に書き換えられています。" in page.content.decode()
    client.get(f"{base}read/")
    assert rows(Entry).filter(action=FOUND).count() == 1
    for name in ("excel/", "handset"):
        url = f"{base}{name}" if name == "excel/" else handset(town)
        answer = client.get(url)
        assert answer.status_code == 409, name
        assert "書き換えられています" in answer.content.decode()


def handset(town: Town) -> str:
    rows(Edition).update(effective_on="2020-01-01")
    return reverse("bookshelf:handset", args=[town.municipality.code])


def test_a_forged_decision_warns_on_page_and_refuses_paper(town: Town) -> None:
    revision = Revision.objects.exclude(state=RevisionState.RETURNED).get()
    client, sees = town.client("reader"), town.client("approver")
    url = f"/{town.municipality.code}/revisions/{revision.uid}/"
    decision = rows(Decision).exclude(paper="").get()
    paper = f"{url}papers/{decision.uid}/"
    assert "書き換えられています" not in client.get(url).content.decode()
    answer = sees.get(paper)
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == b"minutes"
    Path(decision.paper.path).write_bytes(b"FORGED MINUTES")
    answer = sees.get(paper)
    refusal = answer.content.decode()
    assert answer.status_code == 409 and "会議の資料" in refusal
    assert "ほかの人の変更" not in refusal
    Path(decision.paper.path).write_bytes(b"minutes")
    rows(Decision).filter(pk=decision.pk).update(name="市長 偽")
    page = client.get(url).content.decode()
    assert "「氏名」が、記録の後に書き換えられています" in page
    assert sees.get(paper).status_code == 409
