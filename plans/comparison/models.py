"""How a municipality lays out its 新旧対照表."""

from django.db import models

from bcp_portal.accounts.models import TenantOwned
from plans.comparison.layout import Layout


class ColumnOrder(models.TextChoices):
    NEW_FIRST = "new_first", "新しい方を左に置く"
    OLD_FIRST = "old_first", "古い方を左に置く"


class ComparisonSetting(TenantOwned):
    """The order and the heads of the columns in one municipality; without a row, the defaults."""

    column_order = models.CharField(
        "列の順",
        max_length=10,
        choices=ColumnOrder.choices,
        default=ColumnOrder.NEW_FIRST,
    )
    new_title = models.CharField("新しい方の見出し（決裁の後）", max_length=20, default="改正後")
    old_title = models.CharField("古い方の見出し（決裁の後）", max_length=20, default="改正前")
    draft_new_title = models.CharField(
        "新しい方の見出し（決裁の前）",
        max_length=20,
        default="改正案",
        help_text="作業中の内容や、提出中の改定を比べるときの見出しです。",
    )
    draft_old_title = models.CharField("古い方の見出し（決裁の前）", max_length=20, default="現行")
    show_widths = models.BooleanField(
        "文字の幅（全角・半角）だけの違いも示す",
        default=False,
        help_text="ＩＣＴとICTのような違いです。比べた画面でも、そのつど切り替えられます。",
    )

    class Meta:
        verbose_name = "新旧対照表の体裁"
        verbose_name_plural = "新旧対照表の体裁"
        constraints = [
            models.UniqueConstraint(fields=["municipality"], name="one_comparison_setting")
        ]

    def __str__(self) -> str:
        return "新旧対照表の体裁"

    def values(self) -> dict[str, str | bool]:
        """Return the settings as plain data, from which an equal row can be made."""
        names = ("column_order", "new_title", "old_title", "draft_new_title", "draft_old_title")
        texts = {name: str(getattr(self, name)) for name in names}
        return {**texts, "show_widths": self.show_widths}

    def layout(self, *, is_decided: bool) -> Layout:
        """Return the layout for a new side that has been decided on, or not yet."""
        new_first = self.column_order == ColumnOrder.NEW_FIRST
        if is_decided:
            return Layout(self.new_title, self.old_title, new_first)
        return Layout(self.draft_new_title, self.draft_old_title, new_first)
