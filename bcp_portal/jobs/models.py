"""What every job has that somebody asks for on a page and a worker does."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from bcp_portal.accounts.private_files import private_storage
from bcp_portal.accounts.rows import TenantOwned

# A worker that runs takes a waiting job within seconds.
PATIENCE = timedelta(minutes=1)


class JobState(models.TextChoices):
    """The states of a job of one step; one of several steps has its own (`BackgroundJob.steps`)."""

    QUEUED = "queued", "順番待ち"
    RUNNING = "running", "作成中"
    DONE = "done", "完成"
    FAILED = "failed", "失敗"


class BackgroundJob(TenantOwned):
    """One piece of work that one person asked for, and when it was begun and ended.

    `steps` leads from each state in which it is a worker's turn to the one in which a worker is
    at it; in every other state it is a person's turn, or nobody's any more. Where there are
    several steps, `started_at` is when the present one was asked for. `turn` counts how often the
    job was given to the queue: a task of an earlier turn does nothing. `place` orders those that wait.
    """

    steps: ClassVar[Mapping[str, str]] = {JobState.QUEUED: JobState.RUNNING}
    folder: ClassVar[str]
    """Where its files are, below the private files."""
    silence: ClassVar[timedelta] = timedelta(minutes=10)
    """How long its work may say nothing of its progress before it counts as hanging."""
    stopped: ClassVar[str]
    """What a person is told whose job was stopped from outside twice."""
    unforeseen: ClassVar[str]
    """What a person is told of a fault that has no words of its own."""
    priority: ClassVar[int] = 0
    """What has a higher one is begun first, whoever asked for it and when."""
    is_limited: ClassVar[bool] = True
    """Whether a person and a town may have only so many of it under way (`shares`)."""
    state: Any

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="依頼者",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    message = models.TextField("説明", blank=True)
    created_at = models.DateTimeField("依頼日時", auto_now_add=True)
    started_at = models.DateTimeField("開始日時", null=True, blank=True)
    finished_at = models.DateTimeField("終了日時", null=True, blank=True)
    turn = models.PositiveIntegerField("依頼の回数", default=0, editable=False)
    begun_again = models.BooleanField("もう一度始めた", default=False, editable=False)
    place = models.PositiveBigIntegerField("順番", default=0, editable=False)
    task_id = models.CharField("処理の番号", max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    @classmethod
    def under_way_states(cls) -> set[str]:
        """Return the states in which the server has something to do."""
        return {*cls.steps, *cls.steps.values()}

    @property
    def is_under_way(self) -> bool:
        """Tell whether the server has something to do, so that a page should ask again."""
        return self.state in self.under_way_states()

    @property
    def is_finished(self) -> bool:
        return not self.is_under_way

    @property
    def is_waiting_long(self) -> bool:
        """Tell whether no worker has taken the job although one should have."""
        return self.state in self.steps and timezone.now() - self.asked_at > PATIENCE

    @property
    def asked_at(self) -> datetime:
        """Return since when the present step waits or is worked at."""
        return self.started_at or self.created_at

    def leftovers(self) -> list[str]:
        """Return the names of the files that an attempt may leave which did not come to its end."""
        return []

    def files(self) -> list[str]:
        """Return the names of all files that go with the job."""
        return self.leftovers()

    def ended(self) -> None:
        """Do what else follows from the end of a step, in the same transaction."""


def prepared_path(job: "Preparation", _name: str) -> str:
    """Return the place of what was prepared in the file store: a folder a municipality."""
    return f"prepared/{job.municipality.code}/{job.uid}.content"


class Preparation(BackgroundJob):
    """What a page shows, or hands out as a file, made beforehand because it takes long.

    `product` is a code of `prepared.products`, `options` plain data that only it reads. `made_of`
    names the versions of what is read, so that what is there already is not made again; `taking` says
    what the log writes when a file is taken.
    """

    folder = "prepared"
    stopped = (
        "処理が2度続けて途中で止まりました。もう一度行い、続く場合はシステムの担当者に"
        "時刻を知らせてください。"
    )
    unforeseen = (
        "処理の途中で問題が起きました。もう一度行い、続く場合はシステムの担当者に"
        "時刻を知らせてください。"
    )

    product = models.CharField("作るもの", max_length=40)
    options = models.JSONField("選んだこと", default=dict, blank=True)
    made_of = models.CharField("作る元の内容", max_length=64, blank=True)
    with_personal = models.BooleanField("個人情報を含む", default=False)
    state = models.CharField(
        "状態", max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )
    file = models.FileField("内容", upload_to=prepared_path, storage=private_storage, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    file_name = models.CharField("ファイル名", max_length=300, blank=True)
    taking = models.JSONField("受け取りの記録", default=dict, blank=True)
    shown_rows = models.JSONField("個人情報の載る行", default=list, blank=True)

    class Meta(BackgroundJob.Meta):
        verbose_name = "画面・ファイルの準備"
        verbose_name_plural = "画面・ファイルの準備"
        indexes = [
            models.Index(fields=["municipality", "state"], name="preparation_state"),
            models.Index(fields=["municipality", "made_of"], name="preparation_made_of"),
        ]

    def __str__(self) -> str:
        return f"{self.product}（{self.get_state_display()}）"

    def leftovers(self) -> list[str]:
        return [prepared_path(self, "")]
