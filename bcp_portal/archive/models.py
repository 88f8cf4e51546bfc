"""Archives that were asked for on a page, and how far each has come."""

from django.db import models

from bcp_portal.accounts.background_jobs import BackgroundJob
from bcp_portal.accounts.private_files import private_storage


class ArchiveState(models.TextChoices):
    QUEUED = "queued", "順番待ち"
    RUNNING = "running", "作成中"
    DONE = "done", "完成"
    FAILED = "failed", "失敗"


def archive_path(job: "ArchiveJob", _name: str) -> str:
    """Return the place of an archive in the file store: a folder a municipality."""
    return f"archives/{job.municipality.code}/{job.uid}.zip"


class ArchiveJob(BackgroundJob):
    """One archive that one person asked for and why, with the file once it is done."""

    reason = models.CharField("理由", max_length=200)
    state = models.CharField(
        "状態", max_length=10, choices=ArchiveState.choices, default=ArchiveState.QUEUED
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

    @property
    def is_finished(self) -> bool:
        return self.state in {ArchiveState.DONE, ArchiveState.FAILED}
