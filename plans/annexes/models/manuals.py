"""The manuals an event is handled by, and the lists, procedures and figures they use (C-12)."""

from django.db import models

from bcp_portal.accounts.attachment_files import attachment_path
from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import ChoiceField, MultiChoiceField, optional_reference
from plans.annexes.choice_lists import ANNEXES
from systems.choice_lists import EVENT_DETAIL

MATERIAL_KIND = ChoiceList(
    "manual_material_kind",
    (
        ("list", "リスト（一覧）"),
        ("procedure", "手順"),
        ("figure", "図"),
        ("sheet", "帳票"),
        ("other", "その他"),
    ),
)


class Manual(Row):
    """One manual in its present edition, for one or several kinds of event."""

    name = models.CharField(
        "マニュアル名", max_length=120, help_text="マニュアルの名称を書きます。例：地震編"
    )
    event_details = MultiChoiceField(
        "対象の事象",
        choice_list=EVENT_DETAIL,
        help_text="このマニュアルで対応する事象をすべて選びます。",
    )
    approved_by = optional_reference(
        "accounts.Person",
        "承認者",
        related_name="approved_manuals",
        help_text="今の版を承認した人を、職員・関係者の一覧から選びます。",
    )
    approved_on = models.DateField(
        "承認日", null=True, blank=True, help_text="今の版が承認された日を書きます。"
    )
    change_summary = models.TextField(
        "改訂の主な内容",
        blank=True,
        help_text="前の版から変えたことを書きます。最初の版では「新規作成」と書きます。",
    )
    edition = models.CharField(
        "版", max_length=30, blank=True, help_text="版の呼び名を書きます。例：第2版"
    )
    file = models.FileField(
        "マニュアルの文書",
        upload_to=attachment_path,
        max_length=1000,
        blank=True,
        help_text="マニュアルのファイルを添えます。",
    )
    next_review = models.DateField(
        "次回見直し日", null=True, blank=True, help_text="次に見直す予定の日を書きます。"
    )

    class Meta(Row.Meta):
        verbose_name = "マニュアル"
        verbose_name_plural = "マニュアル"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="manual_name_unique",
                violation_error_message="同じ名前のマニュアルがすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ManualMaterial(Row):
    """One list, procedure, figure or sheet that the manuals share."""

    kind = ChoiceField("種類", choice_list=MATERIAL_KIND, help_text="どのような資料かを選びます。")
    name = models.CharField(
        "名称", max_length=120, help_text="資料の名称を書きます。例：電源復旧手順（停電対応）"
    )
    overview = models.TextField("概要", blank=True, help_text="何に使う資料かを1、2文で書きます。")
    manuals = models.ManyToManyField(
        Manual,
        verbose_name="使うマニュアル",
        blank=True,
        related_name="materials",
        help_text="この資料を使うマニュアルを選びます。",
    )
    file = models.FileField(
        "資料の文書",
        upload_to=attachment_path,
        max_length=1000,
        blank=True,
        help_text="資料のファイルを添えます。",
    )
    source_form = ChoiceField(
        "もとになる様式",
        choice_list=ANNEXES,
        blank=True,
        help_text="様式から作る資料のときに、その様式を選びます。例：事業者連絡先一覧は様式9",
    )

    class Meta(Row.Meta):
        verbose_name = "マニュアルの資料"
        verbose_name_plural = "マニュアルの資料"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name", "kind"],
                name="manual_material_unique",
                violation_error_message="同じ種類に同じ名称の資料がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name
