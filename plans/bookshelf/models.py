"""The register of copies: where each printed or stored plan is, and which edition it holds."""

import uuid
from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from bcp_portal.accounts.models import TenantOwned
from plans.editions.models.edition import Edition


class Medium(models.TextChoices):
    PAPER = "paper", "紙"
    USB = "usb", "USBメモリー"
    DEVICE = "device", "パソコン・タブレット（PDF）"
    PHONE = "phone", "スマートフォン"
    SERVER = "server", "別の場所のサーバー"
    OTHER = "other", "その他"


def today() -> date:
    """Return the day where the municipality is; a validator asks anew each time."""
    return timezone.localdate()


_NOT_TO_COME = MaxValueValidator(today, "今日より後の日は書けません。")


class PlanCopy(TenantOwned):
    """One copy of the plan outside this program: where it is, who keeps it, which edition it holds.

    `edition` is None until an edition was put there. `former` is the edition it took the place of;
    while `old_removed_on` is empty, that one may still lie there too.
    """

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    place = models.CharField(
        "保管場所", max_length=120, help_text="例：災害対策本部室の書棚、庁舎2階の金庫"
    )
    holder = models.CharField(
        "保管する人",
        max_length=120,
        blank=True,
        help_text="部署と職を書きます。例：情報政策課長",
    )
    medium = models.CharField("媒体", max_length=10, choices=Medium.choices, default=Medium.PAPER)
    with_personal = models.BooleanField(
        "個人の情報を含む",
        default=False,
        help_text="個人の氏名・電話番号を伏せていないものに印を付けます。",
    )
    edition = models.ForeignKey(
        Edition,
        verbose_name="置いてある版",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    former = models.ForeignKey(
        Edition,
        verbose_name="前に置いてあった版",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    placed_on = models.DateField("置いた日", null=True, blank=True, validators=[_NOT_TO_COME])
    confirmed_on = models.DateField(
        "確認した日",
        null=True,
        blank=True,
        validators=[_NOT_TO_COME],
        help_text="その場所で、実際に開けることを確かめた日です。",
    )
    old_removed_on = models.DateField(
        "旧版を除いた日", null=True, blank=True, validators=[_NOT_TO_COME]
    )
    note = models.CharField("備考", max_length=200, blank=True)
    retired_on = models.DateField("廃止した日", null=True, editable=False)
    version = models.PositiveIntegerField("更新回数", default=1, editable=False)

    objects: ClassVar[models.Manager["PlanCopy"]]

    class Meta:
        verbose_name = "計画の写し"
        verbose_name_plural = "計画の写し"
        ordering = ["place", "holder", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "place", "holder", "medium"],
                name="plan_copy_unique",
                violation_error_message="同じ保管場所・保管する人・媒体の写しが、すでに登録されています。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}（{self.holder}）" if self.holder else self.place
