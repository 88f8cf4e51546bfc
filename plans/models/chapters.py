"""The written part of a plan."""

from django.db import models

from bcp_portal.accounts.rows import Row
from plans.cleaning import is_empty_body
from plans.models.plan import Plan


class Chapter(Row):
    """One 章, 節 or 項 of plan text; its number follows from its place and is never stored.

    Retired means taken out of the plan, with all that stands below it, and kept for restoring.
    """

    plan = models.ForeignKey(
        Plan, verbose_name="計画", on_delete=models.CASCADE, related_name="chapters", editable=False
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="上位の章・節",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        editable=False,
    )
    position = models.PositiveIntegerField("並び順", default=0, editable=False)
    title = models.CharField(
        "見出し",
        max_length=120,
        help_text="番号は自動で付きます。見出しの言葉だけを書いてください。",
    )
    body = models.TextField(
        "本文",
        blank=True,
        help_text="「様式17」「第8章」「8(1)」のように書くと、その場所への参照になります。",
    )
    guidance = models.TextField(
        "記入要領", blank=True, help_text="書く人のための説明です。印刷されません。"
    )

    class Meta(Row.Meta):
        verbose_name = "章・節"
        verbose_name_plural = "章・節"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would be printed below the heading."""
        return is_empty_body(self.body)
