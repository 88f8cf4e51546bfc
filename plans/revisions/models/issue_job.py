"""The making of the edition of an approved revision, as a job; what it means stands in the revision."""

from datetime import timedelta

from django.db import models

from bcp_portal.jobs.models import BackgroundJob, JobState
from plans.revisions.models.revision import Revision


class IssueJob(BackgroundJob):
    """One attempt to make an edition; `attempt` is the number of it that the revision knows."""

    folder = "issues"
    # An edition tells nothing of its progress.
    silence = timedelta(minutes=30)
    priority = 10
    is_limited = False
    stopped = (
        "版を作る処理が2度続けて途中で止まりました。もう一度「版を作る」を押し、続く場合は"
        "システムの担当者に時刻を知らせてください。"
    )
    unforeseen = (
        "版を作る途中で問題が起きました。もう一度「版を作る」を押し、続く場合はシステムの担当者に"
        "時刻を知らせてください。"
    )

    revision = models.ForeignKey(
        Revision, verbose_name="改定", on_delete=models.CASCADE, related_name="+"
    )
    attempt = models.PositiveIntegerField("版の作成の回数")
    state = models.CharField(
        "状態", max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )

    class Meta(BackgroundJob.Meta):
        verbose_name = "版の作成"
        verbose_name_plural = "版の作成"
        indexes = [models.Index(fields=["municipality", "state"], name="issue_job_state")]
        constraints = [
            models.UniqueConstraint(fields=["revision", "attempt"], name="issue_job_once")
        ]

    def __str__(self) -> str:
        return f"版の作成（{self.get_state_display()}）"

    def ended(self) -> None:
        from plans.revisions.issuing import note_failure  # late: models

        if self.state == JobState.FAILED:
            note_failure(self)
