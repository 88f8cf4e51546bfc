"""The plan of a municipality: what its cover and its last page say."""

import uuid

from django.db import models

from bcp_portal.accounts.models import TenantOwned


class PlanProfile(models.TextChoices):
    """Whose order of chapters a plan follows (RULES.md 2)."""

    KSW = "ksw", "柏崎市の構成（15章）"


class Plan(TenantOwned):
    """One ICT-BCP of a municipality: its chapters, and the annexes it prints."""

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(
        "計画の名称",
        max_length=120,
        help_text="表紙と各ページに印刷する名称です。例：見本市 ICT業務継続計画書",
    )
    subtitle = models.CharField(
        "副題",
        max_length=120,
        blank=True,
        help_text="対象の範囲などを添えるときに書きます。例：ICT部門編",
    )
    profile = models.CharField(
        "章立て", max_length=10, choices=PlanProfile.choices, default=PlanProfile.KSW
    )
    issued_by = models.CharField(
        "発行者", max_length=120, blank=True, help_text="奥付に印刷します。例：見本市"
    )
    department = models.CharField(
        "担当部署",
        max_length=120,
        blank=True,
        help_text="表紙と奥付に印刷します。例：総務部 情報政策課",
    )
    postal_address = models.CharField(
        "所在地", max_length=200, blank=True, help_text="奥付に印刷する庁舎の所在地です。"
    )
    telephone = models.CharField(
        "電話",
        max_length=40,
        blank=True,
        help_text="担当部署の代表番号です。個人の番号は書きません。",
    )
    email = models.EmailField("電子メール", blank=True, help_text="担当部署の共用アドレスです。")
    colophon_note = models.TextField(
        "奥付の注記",
        blank=True,
        help_text="取扱いの注意などがあれば書きます。例：本書は庁外への持ち出しを禁じます。",
    )
    version = models.PositiveIntegerField("更新回数", default=1, editable=False)
    created_at = models.DateTimeField("作成日時", auto_now_add=True)
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    class Meta:
        verbose_name = "計画"
        verbose_name_plural = "計画"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"],
                name="one_plan_a_municipality",
                violation_error_message="この団体の計画はすでに作られています。",
            )
        ]

    def __str__(self) -> str:
        return self.title
