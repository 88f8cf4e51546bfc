"""The record that somebody asked whether the plan covers the right systems (B-1, NISC 1.3)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import ChoiceField

SCOPE_DECISION = ChoiceList(
    "scope_decision",
    (("unchanged", "変更なし"), ("added", "追加"), ("excluded", "除外")),
)


class ScopeReview(Row):
    """One review of the scope: when, by whom, what was considered and what was decided."""

    reviewed_on = models.DateField(
        "見直した日", help_text="適用範囲を見直した日を書きます。年1回の見直しと合わせて行います。"
    )
    reviewers = models.ManyToManyField(
        "accounts.Person",
        verbose_name="見直した人",
        related_name="scope_reviews",
        help_text="見直しに加わった人を選びます。最高責任者か責任者を含めます。",
    )
    candidates = models.TextField(
        "検討した情報システム",
        blank=True,
        help_text="範囲に加えるか、外すかを検討した情報システムと、その理由を書きます。",
    )
    decision = ChoiceField(
        "決定",
        choice_list=SCOPE_DECISION,
        help_text="見直しの結果を選びます。加えるか外したときは、様式1と様式8も直します。",
    )

    class Meta(Row.Meta):
        verbose_name = "適用範囲の見直し"
        verbose_name_plural = "適用範囲の見直し"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "reviewed_on"],
                name="scope_review_unique",
                violation_error_message="同じ日の見直しがすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return SCOPE_DECISION.label(self.decision)
