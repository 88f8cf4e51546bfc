"""What the plan rests on: policies (C-1), premises (C-2) and the clauses it carries out (C-19)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.fields import optional_reference


class Policy(Row):
    """One 基本方針 of the plan."""

    name = models.CharField(
        "方針名", max_length=80, help_text="方針を一言で書きます。例：安全の確保"
    )
    content = models.TextField("内容", help_text="その方針で何を約束するかを書きます。")
    annotation = models.TextField(
        "注記（※）", blank=True, help_text="方針に添える断り書きがあれば書きます。"
    )

    class Meta(Row.Meta):
        verbose_name = "基本方針"
        verbose_name_plural = "基本方針"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="policy_name_unique",
                violation_error_message="同じ名前の方針がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Premise(Row):
    """One condition under which the plan is valid; changing it calls for a review."""

    item = models.CharField(
        "項目", max_length=80, help_text="何についての前提かを書きます。例：災害の想定"
    )
    content = models.TextField(
        "前提", help_text="計画が成り立つ条件を書きます。変わったときは計画全体を見直します。"
    )

    class Meta(Row.Meta):
        verbose_name = "前提条件"
        verbose_name_plural = "前提条件"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "item"],
                name="premise_item_unique",
                violation_error_message="同じ項目の前提条件がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.item


class ClauseReference(Row):
    """One clause of a regulation, and what of it this plan carries out."""

    document = optional_reference(
        "systems.ReferenceDocument",
        "規程",
        related_name="clause_references",
        help_text="条項のある規程を様式20から選びます。",
    )
    clause = models.CharField(
        "関連条項", max_length=120, help_text="条項を書きます。例：第4条第2項"
    )
    content = models.TextField(
        "条項の内容", help_text="その条項が定めることを、計画との関わりが分かるように書きます。"
    )

    class Meta(Row.Meta):
        verbose_name = "規程条項との対応"
        verbose_name_plural = "規程条項との対応"

    def __str__(self) -> str:
        return self.clause
