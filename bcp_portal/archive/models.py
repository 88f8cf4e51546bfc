"""Archives that were asked for on a page, and how far each has come."""

from django.db import models

from bcp_portal.accounts.private_files import private_storage
from bcp_portal.jobs.models import BackgroundJob, JobState


def archive_path(job: "ArchiveJob", _name: str) -> str:
    """Return the place of an archive in the file store: a folder a municipality."""
    return f"archives/{job.municipality.code}/{job.uid}.zip"


class ArchiveJob(BackgroundJob):
    """One archive that one person asked for and why, with the file once it is done."""

    folder = "archives"
    stopped = (
        "アーカイブの作成が2度続けて途中で止まりました。もう一度作り、続く場合はシステムの担当者に"
        "時刻を知らせてください。"
    )
    unforeseen = (
        "アーカイブの作成の途中で問題が起きました。もう一度作り、続く場合はシステムの担当者に"
        "時刻を知らせてください。"
    )

    reason = models.CharField("理由", max_length=200)
    state = models.CharField(
        "状態", max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )
    file = models.FileField("ファイル", upload_to=archive_path, storage=private_storage, blank=True)
    file_bytes = models.PositiveBigIntegerField("大きさ（バイト）", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    row_count = models.PositiveBigIntegerField("行の件数", default=0)
    # Whose personal values are in it; of an archive from before this was kept it is not known: None.
    shown_rows = models.JSONField("個人情報の載る行", null=True, blank=True, editable=False)
    lost_files = models.JSONField("失われていたファイル", default=list, blank=True)

    class Meta(BackgroundJob.Meta):
        verbose_name = "アーカイブ"
        verbose_name_plural = "アーカイブ"
        indexes = [models.Index(fields=["municipality", "state"], name="archive_job_state")]

    def __str__(self) -> str:
        return f"アーカイブ（{self.get_state_display()}）"

    def leftovers(self) -> list[str]:
        return [archive_path(self, "")]
