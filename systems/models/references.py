"""The documents the plan was written from and refers to (様式20)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import ChoiceField, MonthField, optional_reference

DOCUMENT_KIND = ChoiceList(
    "document_kind",
    (
        ("reference", "参考資料"),
        ("upper_plan", "上位計画・関連計画"),
        ("regulation", "規程"),
        ("contract", "契約書"),
        ("procedure", "手順・図・帳票"),
    ),
)


class ReferenceDocument(Row):
    """One document that the plan was written from, or that its tables refer to."""

    title = models.CharField("資料名", max_length=200, help_text="資料の正式な名前を書きます。")
    publisher = models.CharField(
        "機関名", max_length=80, help_text="資料を作った機関を書きます。例：総務省"
    )
    published_month = MonthField(
        "公表日（年月）",
        null=True,
        blank=True,
        help_text="公表された年月を書きます。例：平成20年8月",
    )
    published_text = models.CharField(
        "公表日（年月で書けないとき）",
        max_length=30,
        blank=True,
        help_text="年月で書けないときに、分かる範囲で書きます。例：平成20年度",
    )
    kind = ChoiceField(
        "区分", choice_list=DOCUMENT_KIND, blank=True, help_text="資料の種類を選びます。"
    )
    manager_department = optional_reference(
        "accounts.Department",
        "管理部門",
        related_name="reference_documents",
        help_text="自団体の規程、契約書、手順などを管理している部署を選びます。",
    )
    edition = models.CharField(
        "版", max_length=30, blank=True, help_text="版の番号などを書きます。例：第2版"
    )
    revised_on = models.DateField(
        "改定日",
        null=True,
        blank=True,
        help_text="最後に改定された日を書きます。計画の見直しが必要かを調べるために使います。",
    )
    place = models.CharField(
        "保管場所",
        max_length=120,
        blank=True,
        help_text="紙や電子の資料を置いている場所を書きます。",
    )
    url = models.URLField(
        "URL", blank=True, help_text="公開されている資料のときは、ページの住所を書きます。"
    )

    class Meta(Row.Meta):
        verbose_name = "参考資料"
        verbose_name_plural = "参考資料"

    def __str__(self) -> str:
        return self.title
