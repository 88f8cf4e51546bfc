"""The written part of a plan: rows of one tree, whose numbers are computed and never stored."""

from django.db import models

from bcp_portal.accounts.rows import Row
from plans.chapters.models.plan import Plan
from plans.text.cleaning import is_empty_body
from plans.text.outline import APPENDIX_PLACE, BODY_PLACE, FRONT_PLACE


class Placement(models.TextChoices):
    """Where a 章 stands; what lies below it stands there too. The values are those of plans.text.outline."""

    FRONT = FRONT_PLACE, "前付"
    BODY = BODY_PLACE, "本文"
    APPENDIX = APPENDIX_PLACE, "別表"


class Chapter(Row):
    """One 章, 節, 項 or 目 of plan text; its number follows from its place and is never stored.

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
    placement = models.CharField(
        "位置",
        max_length=10,
        choices=Placement.choices,
        default=Placement.BODY,
        editable=False,
        help_text="本文の前（前付）、本文、本文の後（別表）のどこに置く章かを表します。",
    )
    key = models.CharField(
        "章立ての見本での名前",
        max_length=60,
        blank=True,
        editable=False,
        help_text="章立てを変えるとき、同じ名前の章どうしが対応します。自分で足した章は空です。",
    )
    set_aside = models.BooleanField(
        "見本のまま外れた章",
        default=False,
        editable=False,
        help_text="だれも書き換えないうちに章立ての変更で外れ、元の章立てに戻すと再び使われます。",
    )
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
