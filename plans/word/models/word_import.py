"""Word files that somebody brought, taken apart and waiting to be placed."""

import uuid

from django.conf import settings
from django.db import models

from bcp_portal.accounts.models import TenantOwned


class WordImport(TenantOwned):
    """One Word file as it was read: its pieces in order, and what could not be read.

    `pieces` is a list of title, level, number and cleaned html; `notes` a list of sentences.
    """

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="取り込んだ人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    file_name = models.CharField("ファイル名", max_length=1000)
    sha256 = models.CharField("SHA-256", max_length=64)
    pieces = models.JSONField("読み取った章", default=list)
    notes = models.JSONField("読み取れなかったもの", default=list)
    brought_at = models.DateTimeField("読み取り日時", auto_now_add=True)
    placed_at = models.DateTimeField("取り込み日時", null=True, blank=True)

    class Meta:
        verbose_name = "Wordの取り込み"
        verbose_name_plural = "Wordの取り込み"
        ordering = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
