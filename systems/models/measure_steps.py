"""The steps in which a system is made to last, with their years (表3.2-1)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.fields import FiscalYearField, reference
from bcp_portal.ui.text import one_line


class MeasureStep(Row):
    """One step of the measures for one system: from which year to which, and to what effect."""

    system = reference(
        "systems.SystemItem",
        "情報システム",
        related_name="measure_steps",
        help_text="継続性を高める情報システムを様式1から選びます。",
    )
    step_no = models.PositiveSmallIntegerField(
        "ステップ", help_text="1から順に番号を書きます。先のステップほど小さい番号です。"
    )
    from_fiscal_year = FiscalYearField(
        "実施予定年度（から）", help_text="始める年度を書きます。例：令和8年度"
    )
    to_fiscal_year = FiscalYearField(
        "実施予定年度（まで）", help_text="終える年度を書きます。1年度で終わるときは同じ年度です。"
    )
    content = models.TextField(
        "実施内容", help_text="このステップで行うことを、(1)、(2)のように項目を分けて書きます。"
    )
    effect = models.TextField(
        "期待効果", blank=True, help_text="終えたときに何がどれだけ良くなるかを書きます。"
    )
    residual = models.TextField(
        "残存リスク", blank=True, help_text="終えても残る危険と、先送りした対策を書きます。"
    )

    class Meta(Row.Meta):
        verbose_name = "事前対策のステップ"
        verbose_name_plural = "事前対策のステップ"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "system", "step_no"],
                name="measure_step_unique",
                violation_error_message="この情報システムには、同じ番号のステップがすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return f"ステップ{self.step_no}：{one_line(self.content)}"

    @property
    def former_names(self) -> list[str]:
        """Return what workbooks call the step that were exported before names were whole."""
        first = self.content.splitlines()[0] if self.content else ""
        return [f"ステップ{self.step_no}：{first[:30]}".replace("、", "・")]
