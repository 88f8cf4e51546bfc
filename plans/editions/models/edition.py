"""The editions of a plan: append-only, one hash chain a municipality."""

import uuid
from datetime import date

from django.db import models
from django.utils import timezone

from bcp_portal.accounts.frozen_records import Frozen
from bcp_portal.accounts.private_files import private_storage
from plans.document.edition_number import EditionNumber


def edition_path(edition: "Edition", name: str) -> str:
    """Return the place of a file of an edition: a folder a municipality and edition."""
    return f"editions/{edition.municipality.code}/{edition.uid}/{name}"


class Edition(Frozen):
    """One edition of the plan, as approved: frozen document, raw rows, files and who decided.

    Written by issue_edition() only.
    """

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField("発行の順番")
    number_major = models.PositiveIntegerField("版")
    number_minor = models.PositiveIntegerField("枝番", default=0)
    number_part = models.PositiveIntegerField("一部改定の番号", default=0)
    label = models.CharField("版数", max_length=40)
    kind = models.CharField("改定の種類", max_length=20)
    kind_label = models.CharField("改定の種類の名前", max_length=40)
    reason = models.TextField("制定・改訂の内容")
    coverage = models.JSONField("対象", default=dict)
    coverage_label = models.TextField("対象の部分", blank=True)
    revision_uid = models.UUIDField("改定の識別子", unique=True)
    document = models.JSONField("文書")
    public_document = models.JSONField("公開版の文書", null=True)
    rows = models.JSONField("行")
    submitted_sha256 = models.CharField("承認された内容のSHA-256", max_length=64)
    content_sha256 = models.CharField("版の内容のSHA-256", max_length=64)
    public_sha256 = models.CharField("公開版の内容のSHA-256", max_length=64, blank=True)
    previous = models.ForeignKey(
        "self",
        verbose_name="前の版",
        null=True,
        on_delete=models.PROTECT,
        related_name="following",
    )
    previous_hash = models.CharField("前の版の連鎖値", max_length=64)
    chain_hash = models.CharField("連鎖値", max_length=64)
    deciders = models.JSONField("決定した人", default=list)
    drafter = models.JSONField("起案者", default=dict)
    document_number = models.CharField("文書番号", max_length=80, blank=True)
    effective_on = models.DateField("施行日")
    issued_at = models.DateTimeField("発行日時")
    # None in editions of releases that always said the day of issue.
    revised_on = models.DateField("改訂一覧に載せた年月日", null=True)
    pdf = models.FileField("PDF", upload_to=edition_path, storage=private_storage, max_length=200)
    pdf_sha256 = models.CharField("PDFのSHA-256", max_length=64)
    masked_pdf = models.FileField(
        "個人の情報を伏せたPDF", upload_to=edition_path, storage=private_storage, max_length=200
    )
    masked_pdf_sha256 = models.CharField("個人の情報を伏せたPDFのSHA-256", max_length=64)
    public_pdf = models.FileField(
        "公開版のPDF", upload_to=edition_path, storage=private_storage, max_length=200, blank=True
    )
    public_pdf_sha256 = models.CharField("公開版のPDFのSHA-256", max_length=64, blank=True)
    # Where the operation log stood at the issue: each vouches for the other. 0 in older editions.
    log_sequence = models.PositiveBigIntegerField("発行時の操作記録の番号", default=0)
    log_digest = models.CharField("発行時の操作記録の照合値", max_length=64, blank=True, default="")
    short_code = models.CharField("照会番号", max_length=8, unique=True)

    class Meta:
        verbose_name = "版"
        verbose_name_plural = "版"
        ordering = ["-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "sequence"], name="edition_sequence"),
            models.UniqueConstraint(
                fields=["municipality", "number_major", "number_minor", "number_part"],
                name="edition_number",
            ),
            models.UniqueConstraint(
                fields=["municipality", "previous"], name="edition_follows_one"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "effective_on"], name="edition_effective")]

    @property
    def issued_on(self) -> date:
        """Return the day of the issue where the municipality is."""
        return timezone.localdate(self.issued_at)

    def __str__(self) -> str:
        return self.label

    @property
    def number(self) -> EditionNumber:
        return EditionNumber(self.number_major, self.number_minor, self.number_part)

    @property
    def listed_on(self) -> date:
        """Return the day by which the table of revisions lists the edition, also in later ones."""
        return self.revised_on or timezone.localdate(self.issued_at)

    def is_effective(self, day: date) -> bool:
        """Tell whether the edition has come into effect by that day."""
        return self.effective_on <= day
