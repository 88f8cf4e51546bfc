"""The plan of a municipality: what its cover and its last page say."""

import uuid

from django.db import models

from bcp_portal.accounts.models import TenantOwned
from plans.document.annex_numbers import ANNEX_NUMBERS
from plans.text.numbering import DECIMAL, KANA, STYLES, NumberingStyle


class PlanProfile(models.TextChoices):
    """Whose order of chapters a plan follows; plans.outlines has one outline for each."""

    KSW = "ksw", "柏崎市の構成（15章）"
    KTS = "kts", "葛飾区の構成（7章）"
    NISC = "nisc", "政府機関等ガイドライン付録の構成（5章と別表）"
    MSN = "msn", "武蔵野市の概要版の構成（8章）"
    SIMPLE = "simple", "はじめての計画（初動72時間）"


class ChapterNumbering(models.TextChoices):
    """How the chapters of a plan are counted; the values are those of plans.text.numbering."""

    KANA = KANA.code, KANA.label
    DECIMAL = DECIMAL.code, DECIMAL.label


def every_annex() -> list[int]:
    """Return the numbers of all 様式."""
    return list(ANNEX_NUMBERS)


class Plan(TenantOwned):
    """One ICT-BCP of a municipality: its chapters, and the annexes it prints."""

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(
        "計画の名称",
        max_length=120,
        help_text="表紙と各ページに印刷する名称です。例：見本市 ICT業務継続計画書",
    )
    subtitle = models.CharField(
        "副題",
        max_length=120,
        blank=True,
        help_text="対象の範囲などを添えるときに書きます。例：ICT部門編",
    )
    profile = models.CharField(
        "章立て", max_length=10, choices=PlanProfile.choices, default=PlanProfile.KSW
    )
    numbering = models.CharField(
        "章・節の番号",
        max_length=10,
        choices=ChapterNumbering.choices,
        default=ChapterNumbering.KANA,
        help_text="見出しの番号の付け方です。変えると全体の番号が付け直されます。",
    )
    annex_numbers = models.JSONField(
        "印刷する様式",
        default=every_annex,
        blank=True,
        help_text="計画書の後ろに付ける様式です。外した様式も、画面では今までどおり使えます。",
    )
    arrangements = models.JSONField(
        "以前の章立て",
        default=dict,
        blank=True,
        editable=False,
        help_text="章立てを変えたときの並びです。元の章立てに戻すときに使います。",
    )
    issued_by = models.CharField(
        "発行者", max_length=120, blank=True, help_text="奥付に印刷します。例：見本市"
    )
    department = models.CharField(
        "担当部署",
        max_length=120,
        blank=True,
        help_text="表紙と奥付に印刷します。例：総務部 情報政策課",
    )
    postal_address = models.CharField(
        "所在地", max_length=200, blank=True, help_text="奥付に印刷する庁舎の所在地です。"
    )
    telephone = models.CharField(
        "電話",
        max_length=40,
        blank=True,
        help_text="担当部署の代表番号です。個人の番号は書きません。",
    )
    email = models.EmailField("電子メール", blank=True, help_text="担当部署の共用アドレスです。")
    colophon_note = models.TextField(
        "奥付の注記",
        blank=True,
        help_text="取扱いの注意などがあれば書きます。例：本書は庁外への持ち出しを禁じます。",
    )
    version = models.PositiveIntegerField("更新回数", default=1, editable=False)
    created_at = models.DateTimeField("作成日時", auto_now_add=True)
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    class Meta:
        verbose_name = "計画"
        verbose_name_plural = "計画"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"],
                name="one_plan_a_municipality",
                violation_error_message="この団体の計画はすでに作られています。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def numbering_style(self) -> NumberingStyle:
        """Return how its chapters are counted."""
        return STYLES[self.numbering]
