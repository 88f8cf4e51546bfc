"""The expert look at each system and device (様式19): check points, sheets and results."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    DurationMinutesField,
    DurationUnitField,
    optional_reference,
    reference,
)
from plans.annexes.models.surveys import SurveySheet
from systems.choice_lists import USABLE

LAYER = ChoiceList(
    "detail_check_layer",
    (
        ("environment", "設置環境"),
        ("hardware", "ハードウェア"),
        ("system_area", "OS・システム領域"),
        ("data_area", "データ領域"),
        ("network", "ネットワーク"),
        ("application", "アプリケーション"),
        ("printing", "印刷・帳票"),
        ("external", "外部連携"),
    ),
)

RECOVERY_METHOD = ChoiceList(
    "detail_check_recovery",
    (
        ("on_site", "現地で復旧"),
        ("spare", "代替機に切替"),
        ("alt_site", "代替拠点で復旧"),
        ("vendor", "事業者の対応待ち"),
        ("purchase", "再調達"),
    ),
)


class DetailCheckItem(Row):
    """One point to check on one system, room or utility."""

    object_system = optional_reference(
        "systems.SystemItem",
        "対象（システム）",
        related_name="detail_check_items",
        help_text="システムを点検する項目のとき、様式1から選びます。",
    )
    object_location = optional_reference(
        "systems.EquipmentLocation",
        "対象（設置場所）",
        related_name="detail_check_items",
        help_text="機器の設置場所を点検する項目のとき、様式4から選びます。",
    )
    object_utility = optional_reference(
        "systems.UtilityRisk",
        "対象（電力・通信）",
        related_name="detail_check_items",
        help_text="電力や通信手段を点検する項目のとき、様式5から選びます。",
    )
    layer = ChoiceField(
        "区分", choice_list=LAYER, help_text="対象のどの部分を点検するかを選びます。"
    )
    item = models.CharField(
        "点検項目",
        max_length=150,
        help_text="点検することを書きます。例：転倒・破損、電源投入、データ件数",
    )
    procedure = models.TextField(
        "確認の手順・正常の条件",
        blank=True,
        help_text="どう確かめ、どうなっていれば正常かを書きます。",
    )
    procedure_document = optional_reference(
        "systems.ReferenceDocument",
        "手順書",
        related_name="detail_check_items",
        help_text="詳しい手順を書いた文書があれば、様式20から選びます。",
    )
    checker_role = optional_reference(
        "plans.ResponseRole",
        "確認担当（役割）",
        related_name="detail_check_items",
        help_text="職員が確認するときに、様式8の役割を選びます。",
    )
    checker_vendor = optional_reference(
        "systems.Vendor",
        "確認担当（事業者）",
        related_name="detail_check_items",
        help_text="事業者が確認するときに、様式2の事業者を選びます。",
    )
    requires = optional_reference(
        "self",
        "前提となる点検",
        related_name="required_by",
        help_text="先に済ませておく点検を選びます。例：起動の確認の前に電源の確認",
    )

    class Meta(Row.Meta):
        verbose_name = "詳細版の点検項目"
        verbose_name_plural = "詳細版の点検項目"

    def __str__(self) -> str:
        return self.item


class DetailCheckSurvey(SurveySheet):
    """One detailed check sheet: one building, examined once."""

    quick_survey = optional_reference(
        "plans.QuickCheckSurvey",
        "もとになった簡易版",
        related_name="detail_surveys",
        help_text="簡易版の調査で異常が見つかって行うときに、その調査票を選びます。",
    )

    class Meta(SurveySheet.Meta):
        verbose_name = "詳細版の調査票"
        verbose_name_plural = "詳細版の調査票"


class DetailCheckResult(Row):
    """What one detailed check sheet says about one check point."""

    survey = models.ForeignKey(
        DetailCheckSurvey,
        verbose_name="調査票",
        on_delete=models.CASCADE,
        related_name="results",
        help_text="どの調査票の結果かを選びます。",
    )
    item = reference(
        DetailCheckItem, "点検項目", related_name="results", help_text="点検した項目を選びます。"
    )
    result = ChoiceField(
        "結果",
        choice_list=USABLE,
        default="unchecked",
        help_text="点検の結果を選びます。まだのものは「未確認」のままにします。",
    )
    damage = models.TextField(
        "被害の内容", blank=True, help_text="どこがどう壊れたか、何ができないかを書きます。"
    )
    recovery = ChoiceField(
        "復旧の方法",
        choice_list=RECOVERY_METHOD,
        blank=True,
        help_text="使えるようにする方法を選びます。",
    )
    eta_minutes = DurationMinutesField(
        "復旧見込み", help_text="使えるようになるまでの見込みを書きます。例：6時間、3日"
    )
    eta_unit = DurationUnitField()
    needs = models.ManyToManyField(
        "systems.ResourceNeed",
        verbose_name="必要な資源",
        blank=True,
        related_name="detail_check_results",
        help_text="復旧に使うものを様式18から選びます。",
    )
    needs_text = models.CharField(
        "必要な資源（その他）",
        max_length=150,
        blank=True,
        help_text="様式18にないものが要るときに書きます。",
    )
    vendor_called_at = models.DateTimeField(
        "事業者への連絡日時", null=True, blank=True, help_text="事業者に連絡した日時を書きます。"
    )
    vendor_called_by = models.CharField(
        "事業者への連絡者", max_length=60, blank=True, help_text="連絡した人の氏名を書きます。"
    )
    vendor_answer = models.TextField(
        "事業者の回答", blank=True, help_text="いつ来られるか、何を頼んだかを書きます。"
    )
    checked_by = models.CharField(
        "確認者（点検した人）",
        max_length=60,
        help_text="点検した人の氏名を書きます。事業者のときは会社名も書きます。",
    )
    checked_at = models.DateTimeField("確認日時", help_text="点検した日時を書きます。")

    class Meta(Row.Meta):
        verbose_name = "詳細版の点検結果"
        verbose_name_plural = "詳細版の点検結果"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "survey", "item"],
                name="detail_check_result_unique",
                violation_error_message="この調査票には、同じ点検項目の結果がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return USABLE.label(self.result)
