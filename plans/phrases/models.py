"""What a municipality says for the phrases its plan leaves open."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from bcp_portal.accounts.models import TenantOwned
from plans.text.inline_marks import MAX_KEY_LENGTH
from plans.text.phrase_keys import (
    KIND_LABELS,
    OWN_KINDS,
    SHIPPED_LABELS,
    PlaceholderKey,
    PlaceholderKind,
)

MAX_VALUE_LENGTH = 200


class OwnPlaceholder(TenantOwned):
    """One phrase that a municipality added to those the program ships.

    The key is the name it was added under; texts keep naming it so when the name changes.
    """

    key = models.CharField("キー", max_length=MAX_KEY_LENGTH, editable=False)
    label = models.CharField(
        "語句の名前",
        max_length=MAX_KEY_LENGTH,
        help_text="本文に入れるときに選ぶ名前です。例：防災担当の課",
    )
    kind = models.CharField(
        "種類",
        max_length=20,
        choices=[(kind.value, KIND_LABELS[kind]) for kind in OWN_KINDS],
        default=PlaceholderKind.TEXT.value,
        help_text="部署・役割などを選ぶと、登録済みのものから選んで入力できます。",
    )
    help = models.CharField(
        "説明", max_length=200, blank=True, help_text="何を書く語句かを、使う人のために書きます。"
    )
    created_at = models.DateTimeField("作成日時", auto_now_add=True)

    class Meta:
        verbose_name = "団体で加えた差し込み語句"
        verbose_name_plural = "団体で加えた差し込み語句"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "key"],
                name="own_placeholder_unique",
                violation_error_message="同じ名前の差し込み語句がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.label

    def as_key(self) -> PlaceholderKey:
        """Return it as the shipped ones are described."""
        return PlaceholderKey(self.key, self.label, PlaceholderKind(self.kind), self.help)


class PlaceholderValue(TenantOwned):
    """What is printed for one phrase everywhere, or for the same phrase of one information system."""

    key = models.CharField("キー", max_length=MAX_KEY_LENGTH, editable=False)
    system = models.ForeignKey(
        "systems.SystemItem",
        verbose_name="情報システム",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    value = models.CharField("値", max_length=MAX_VALUE_LENGTH, blank=True)
    version = models.PositiveIntegerField("更新回数", default=1, editable=False)
    updated_at = models.DateTimeField("更新日時", auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="更新者",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "差し込み語句の値"
        verbose_name_plural = "差し込み語句の値"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "key"],
                condition=Q(system__isnull=True),
                name="placeholder_value_unique",
            ),
            models.UniqueConstraint(
                fields=["municipality", "key", "system"],
                condition=Q(system__isnull=False),
                name="placeholder_value_of_system_unique",
            ),
        ]

    def __str__(self) -> str:
        return SHIPPED_LABELS.get(self.key, self.key)
