"""What every job has that somebody asks for on a page and a worker does."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from bcp_portal.accounts.rows import TenantOwned

# A worker that runs takes a waiting job within seconds.
PATIENCE = timedelta(minutes=1)


class BackgroundJob(TenantOwned):
    """One piece of work that one person asked for, and when it was begun and ended.

    `waiting` are the states in which it is a worker's turn; where there are several steps,
    `started_at` is when the present one was asked for.
    """

    waiting = frozenset({"queued"})
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

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    @property
    def is_waiting_long(self) -> bool:
        """Tell whether no worker has taken the job although one should have."""
        since = self.started_at or self.created_at
        return self.state in self.waiting and timezone.now() - since > PATIENCE
