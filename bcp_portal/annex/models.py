"""What a municipality settles about its annexes, and what a person typed and has not yet saved."""

from django.conf import settings
from django.db import models

from bcp_portal.accounts.models import TenantOwned
from bcp_portal.accounts.rows import Confidentiality

__all__ = [
    "AnnexSetting",
    "ChoiceSetting",
    "ColumnSetting",
    "Draft",
    "TableChoice",
]
from bcp_portal.annex.table import PUBLIC_LABELS

PUBLIC_CHOICES = [(public.value, label) for public, label in PUBLIC_LABELS.items()]


def _former_labels() -> models.JSONField:
    """Return the field of what a record was called before (`former_labels.py`); files still call it so."""
    return models.JSONField("以前の名前", default=None, null=True, blank=True)


class AnnexSetting(TenantOwned):
    """One annex or table as this municipality titles and handles it."""

    code = models.CharField("様式", max_length=40)
    title = models.CharField("名称", max_length=120, blank=True)
    subtitle = models.CharField("副題", max_length=120, blank=True)
    reference_note = models.CharField("参照先の注記", max_length=200, blank=True)
    managing_department = models.CharField("管理部門", max_length=80, blank=True)
    confidentiality = models.CharField(
        "公開区分",
        max_length=10,
        choices=Confidentiality.choices,
        default=Confidentiality.INTERNAL,
    )
    by_reference = models.BooleanField("別の文書を参照する（表を印刷しない）", default=False)
    former_labels = _former_labels()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="annex_setting_unique")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ColumnSetting(TenantOwned):
    """One column as this municipality labels, shows or hides it."""

    code = models.CharField("表", max_length=40)
    column = models.CharField("項目", max_length=60)
    label = models.CharField("項目名", max_length=60, blank=True)
    hidden = models.BooleanField("使わない", default=False)
    # Empty: as the program ships the column.
    public = models.CharField("公開版", max_length=10, choices=PUBLIC_CHOICES, blank=True)
    former_labels = _former_labels()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code", "column"], name="column_setting_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}.{self.column}"


class ChoiceSetting(TenantOwned):
    """One option of a choice list that this municipality renames, hides or adds."""

    list_code = models.CharField("選択肢の一覧", max_length=60)
    value = models.CharField("コード", max_length=40)
    label = models.CharField("表示", max_length=80, blank=True)
    hidden = models.BooleanField("使わない", default=False)
    position = models.PositiveSmallIntegerField("順", default=0)
    former_labels = _former_labels()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "list_code", "value"], name="choice_setting_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.list_code}.{self.value}"


class Draft(TenantOwned):
    """What one person typed into one form and has not saved; nobody else can read it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "user", "key"], name="draft_unique")
        ]

    def __str__(self) -> str:
        return self.key


class TableChoice(TenantOwned):
    """How one person looks at one table; it says nothing about the plan, and goes with the account."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    shown = models.CharField(max_length=10, default="all")
    columns = models.JSONField(default=list)
    widths = models.JSONField(default=dict)
    searches = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user", "code"], name="table_choice_unique"
            )
        ]

    def __str__(self) -> str:
        return self.code
