"""Who decides which kind of revision in a municipality."""

from django.db import models

from bcp_portal.accounts.models import TenantOwned
from plans.document.revision_kind import RevisionKind
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
        return f"{self.get_kind_display()}の経路"

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
    account_wait_hours = models.PositiveSmallIntegerField(
        "利用者を設定してから決定できるまでの時間",
        default=24,
        help_text=(
            "初期パスワードの発行や役割の変更をした人が、その改定の起案や確認に関わっているときに待つ時間です"
            "（単位は時間、1から720まで）。確認コードがあれば待たずに決定できます。"
        ),
    )
    account_wait_off = models.BooleanField(
        "待ち時間を置かない",
        default=False,
        help_text=(
            "ほかに団体管理者がいない小さな組織のための設定です。使うと、だれがいつパスワードや役割を設定したかが、"
            "改定の画面・起案書・版に示されます。"
        ),
    )
    account_wait_off_reason = models.TextField("待ち時間を置かない理由", blank=True)
    version = models.PositiveIntegerField("更新回数", default=1, editable=False)

    class Meta:
        verbose_name = "決裁の設定"
        verbose_name_plural = "決裁の設定"
        constraints = [
            models.UniqueConstraint(fields=["municipality"], name="one_approval_setting")
        ]

    def __str__(self) -> str:
        return "決裁の設定"
