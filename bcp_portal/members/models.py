"""What protects an account from the people who may set its password: codes of a third person, and notices."""

import uuid

from django.conf import settings
from django.db import models

from bcp_portal.accounts.models import TenantOwned


class DecisionCode(TenantOwned):
    """One code that somebody else than who set an account gives its owner by hand; used once.

    Only its hash is kept. issued_by is the user name of the administrator, "" for the operator.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    issued_by = models.CharField("発行者の利用者ID", max_length=150, blank=True)
    issued_by_name = models.CharField("発行者", max_length=200)
    issued_at = models.DateTimeField("発行日時")
    expires_at = models.DateTimeField("期限")
    used_at = models.DateTimeField("使用日時", null=True)

    class Meta:
        verbose_name = "確認コード"
        verbose_name_plural = "確認コード"
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return f"{self.user}の確認コード"


class AccountNotice(TenantOwned):
    """One thing that somebody else set about an account, shown to its owner until they confirm it."""

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField("内容")
    by_name = models.CharField("行った人", max_length=200)
    at = models.DateTimeField("日時")
    confirmed_at = models.DateTimeField("確かめた日時", null=True, blank=True)

    class Meta:
        verbose_name = "利用者へのお知らせ"
        verbose_name_plural = "利用者へのお知らせ"
        ordering = ["pk"]
        indexes = [models.Index(fields=["user", "confirmed_at"], name="notice_open")]

    def __str__(self) -> str:
        return self.text
