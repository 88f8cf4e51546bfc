"""Who decides which kind of revision in a municipality."""

from django.db import models

from bcp_portal.accounts.models import TenantOwned
from plans.revisions.kind import RevisionKind
from plans.revisions.route import Route


class ApprovalRoute(TenantOwned):
    """The steps of one kind of revision; a revision copies them when it is submitted."""

    kind = models.CharField("改定の種類", max_length=20, choices=RevisionKind.choices)
    route_data = models.JSONField("段階", default=list)
    version = models.PositiveIntegerField("更新回数", default=1, editable=False)
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    class Meta:
        verbose_name = "承認の経路"
        verbose_name_plural = "承認の経路"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind"],
                name="one_route_a_kind",
                violation_error_message="この種類の経路はすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return f"{RevisionKind(self.kind).label}の経路"

    @property
    def route(self) -> Route:
        return Route.from_json(self.route_data)


class ApprovalSetting(TenantOwned):
    """How strictly one municipality separates who drafts from who decides."""

    small_office = models.BooleanField(
        "少人数の特例",
        default=False,
        help_text=(
            "起案した人が確認・承認も行うほかない小さな組織のための特例です。"
            "使うと、改定の全ての画面と起案書にその旨が示されます。"
        ),
    )
    small_office_reason = models.TextField("特例を使う理由", blank=True)
    version = models.PositiveIntegerField("更新回数", default=1, editable=False)

    class Meta:
        verbose_name = "決裁の設定"
        verbose_name_plural = "決裁の設定"
        constraints = [
            models.UniqueConstraint(fields=["municipality"], name="one_approval_setting")
        ]

    def __str__(self) -> str:
        return "決裁の設定"
