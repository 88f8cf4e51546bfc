"""Archives that were asked for on a page, and how far each has come."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from bcp_portal.accounts.models import TenantOwned
from bcp_portal.accounts.private_files import private_storage

# A worker that runs takes a waiting job within seconds.
PATIENCE = timedelta(minutes=1)


class ArchiveState(models.TextChoices):
    QUEUED = "queued", "順番待ち"
    RUNNING = "running", "作成中"
    DONE = "done", "完成"
    FAILED = "failed", "失敗"


def archive_path(job: "ArchiveJob", _name: str) -> str:
    """Return the place of an archive in the file store: a folder a municipality."""
    return f"archives/{job.municipality.code}/{job.uid}.zip"


class ArchiveJob(TenantOwned):
    """One archive that one person asked for and why, with the file once it is done."""

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="依頼者",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reason = models.CharField("理由", max_length=200)
    state = models.CharField(
        "状態", max_length=10, choices=ArchiveState.choices, default=ArchiveState.QUEUED
    )
    message = models.TextField("説明", blank=True)
    file = models.FileField("ファイル", upload_to=archive_path, storage=private_storage, blank=True)
    file_bytes = models.PositiveBigIntegerField("大きさ（バイト）", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    row_count = models.PositiveBigIntegerField("行の件数", default=0)
    lost_files = models.JSONField("失われていたファイル", default=list, blank=True)
    created_at = models.DateTimeField("依頼日時", auto_now_add=True)
    started_at = models.DateTimeField("開始日時", null=True, blank=True)
    finished_at = models.DateTimeField("終了日時", null=True, blank=True)

    class Meta:
        verbose_name = "アーカイブ"
        verbose_name_plural = "アーカイブ"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["municipality", "state"], name="archive_job_state")]

    def __str__(self) -> str:
        return f"アーカイブ（{self.get_state_display()}）"

    @property
    def is_finished(self) -> bool:
        return self.state in {ArchiveState.DONE, ArchiveState.FAILED}

    @property
    def is_waiting_long(self) -> bool:
        """Tell whether no worker has taken the job although one should have."""
        waited = timezone.now() - self.created_at
        return self.state == ArchiveState.QUEUED and waited > PATIENCE
