"""Prints that were asked for, how far each has come, and what a person chose last."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.db import models

from bcp_portal.accounts.models import TenantOwned
from bcp_portal.accounts.private_files import private_storage
from bcp_portal.audit.services import SeenRow
from bcp_portal.jobs.models import BackgroundJob, JobState
from plans.editions.models.edition_setting import PageNumbering
from plans.printing.faces import PACKAGES, missing_families
from plans.prints.products import PLAN, FileKind, kind_of, label_of


def print_path(job: "PrintJob", _name: str) -> str:
    """Return the place of a print in the file store: a folder a municipality."""
    return f"prints/{job.municipality.code}/{job.uid}.{job.kind.ending}"


class PrintJob(BackgroundJob):
    """One print of one product that one person asked for, with the file once it is done.

    `options` is plain data whose keys the product knows.
    """

    folder = "prints"
    stopped = (
        "印刷の処理が2度続けて途中で止まりました。もう一度印刷し、続く場合はシステムの担当者に"
        "時刻を知らせてください。"
    )
    unforeseen = (
        "印刷の途中で問題が起きました。もう一度印刷し、続く場合はシステムの担当者に"
        "時刻を知らせてください。"
    )

    product = models.CharField("印刷物", max_length=40, default=PLAN)
    options = models.JSONField("印刷の設定", default=dict, blank=True)
    with_personal = models.BooleanField("個人の電話番号等を含める", default=False)
    numbering = models.CharField(
        "ページ番号",
        max_length=10,
        choices=PageNumbering.choices,
        default=PageNumbering.WHOLE,
    )
    state = models.CharField(
        "状態", max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )
    # Of a print from before this was kept it is not known: None.
    shown_rows = models.JSONField("個人情報の載る行", null=True, blank=True, editable=False)
    file = models.FileField("ファイル", upload_to=print_path, storage=private_storage, blank=True)

    class Meta(BackgroundJob.Meta):
        verbose_name = "印刷"
        verbose_name_plural = "印刷"
        indexes = [models.Index(fields=["municipality", "state"], name="print_job_state")]

    def __str__(self) -> str:
        return f"{self.label}（{self.get_state_display()}）"

    @property
    def label(self) -> str:
        """Return what pages call this print."""
        return f"{label_of(self.product)}の{self.kind.doing}"

    @property
    def kind(self) -> FileKind:
        """Return what the file of this print is."""
        return kind_of(self.product)

    @property
    def rows_shown(self) -> list[SeenRow] | None:
        """Return the rows whose personal values stand in the file; None when that is not known."""
        if self.shown_rows is None:
            return None if self.with_personal else []
        return [SeenRow(*row) for row in self.shown_rows]

    def leftovers(self) -> list[str]:
        return [print_path(self, "")]

    @classmethod
    def check(cls, **options: Any) -> list[checks.CheckMessage]:
        """Warn at start-up about fonts without which nothing can be printed."""
        return [*super().check(**options), *map(_font_warning, missing_families())]


class PrintChoices(TenantOwned):
    """What one person chose when printing a product last, offered again the next time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="利用者",
        on_delete=models.CASCADE,
        related_name="+",
    )
    product = models.CharField("印刷物", max_length=40, default=PLAN)
    options = models.JSONField("印刷の設定", default=dict, blank=True)
    with_personal = models.BooleanField("個人の電話番号等を含める", default=False)
    numbering = models.CharField(
        "ページ番号",
        max_length=10,
        choices=PageNumbering.choices,
        default=PageNumbering.WHOLE,
    )

    class Meta:
        verbose_name = "前回の印刷の設定"
        verbose_name_plural = "前回の印刷の設定"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user", "product"], name="print_choices_once"
            )
        ]

    def __str__(self) -> str:
        return f"{label_of(self.product)}の印刷の設定"


def _font_warning(family: str) -> checks.CheckMessage:
    return checks.Warning(
        f"The font family {family!r} is not installed: plans cannot be printed.",
        hint=f"Install the package {PACKAGES[family]}.",
        obj=PrintJob,
        id="plans.W001",
    )
