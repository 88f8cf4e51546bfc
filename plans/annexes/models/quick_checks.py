"""The first look at the damage by those who arrive first (様式11): items, sheets and results."""

from django.core.validators import MinValueValidator
from django.db import models

from bcp_portal.accounts.attachment_files import attachment_path
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

CHECK_GROUP = ChoiceList(
    "quick_check_group",
    (
        ("people", "人"),
        ("building", "建物"),
        ("power", "電力"),
        ("cooling_water", "空調・水"),
        ("server_room", "サーバ室"),
        ("server", "サーバ"),
        ("network", "ネットワーク"),
        ("terminal", "端末・プリンタ"),
        ("communication", "通信手段"),
        ("data_centre", "データセンター接続"),
        ("vendor", "外部事業者"),
        ("backup_media", "バックアップ媒体"),
    ),
)


class QuickCheckItem(Row):
    """One question that anybody can answer without expert knowledge."""

    group = ChoiceField("区分", choice_list=CHECK_GROUP, help_text="何についての確認かを選びます。")
    item = models.CharField(
        "確認項目",
        max_length=120,
        help_text="「…か」で終わる問いの形で書きます。例：庁舎に立ち入れるか",
    )
    place_location = optional_reference(
        "systems.EquipmentLocation",
        "確認場所（設置場所）",
        related_name="quick_check_items",
        help_text="機器の設置場所で確認するときに、様式4から選びます。",
    )
    place_site = optional_reference(
        "systems.Site",
        "確認場所（庁舎）",
        related_name="quick_check_items",
        help_text="建物全体について確認するときに、様式3から選びます。",
    )
    how = models.CharField(
        "確認方法・見るところ",
        max_length=200,
        blank=True,
        help_text="専門知識がなくても分かる言葉で書きます。例：天井や柱にひびがないか見る",
    )
    assumption = optional_reference(
        "systems.DamageAssumption",
        "対応する被害想定項目",
        related_name="quick_check_items",
        help_text="様式14の想定被害のうち、この確認で確かめるものを選びます。",
    )
    order = models.PositiveSmallIntegerField(
        "優先順位",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "優先順位は1以上で入力してください。")],
        help_text="調べる順番です。先に調べるものほど小さい数字にします。",
    )

    class Meta(Row.Meta):
        verbose_name = "簡易版の確認項目"
        verbose_name_plural = "簡易版の確認項目"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "item", "group"],
                name="quick_check_item_unique",
                violation_error_message="同じ区分に同じ確認項目がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.item


class QuickCheckSurvey(SurveySheet):
    """One quick check sheet: one building, looked over once."""

    class Meta(SurveySheet.Meta):
        verbose_name = "簡易版の調査票"
        verbose_name_plural = "簡易版の調査票"


class QuickCheckResult(Row):
    """What one quick check sheet says about one item."""

    survey = models.ForeignKey(
        QuickCheckSurvey,
        verbose_name="調査票",
        on_delete=models.CASCADE,
        related_name="results",
        help_text="どの調査票の結果かを選びます。",
    )
    item = reference(
        QuickCheckItem, "確認項目", related_name="results", help_text="確認した項目を選びます。"
    )
    result = ChoiceField(
        "結果",
        choice_list=USABLE,
        default="unchecked",
        help_text="見た結果を選びます。まだ見ていないものは「未確認」のままにします。",
    )
    detail = models.TextField(
        "状況", blank=True, help_text="使えない、または一部しか使えないときに、様子を書きます。"
    )
    secondary = models.BooleanField(
        "二次被害のおそれ",
        null=True,
        blank=True,
        help_text="放置すると被害が広がるときは「はい」にし、すぐ責任者に知らせます。",
    )
    action = models.TextField(
        "応急の措置",
        blank=True,
        help_text="その場で行ったことを書きます。例：媒体を安全な部屋へ移した",
    )
    eta_minutes = DurationMinutesField(
        "復旧見込み", help_text="元に戻るまでの見込みを書きます。例：6時間、3日"
    )
    eta_unit = DurationUnitField()
    eta_text = models.CharField(
        "復旧見込み（説明）",
        max_length=100,
        blank=True,
        help_text="時間で書けない見込みを書きます。例：電力会社の復電待ち",
    )
    photo = models.FileField(
        "写真",
        upload_to=attachment_path,
        max_length=1000,
        blank=True,
        help_text="被害の分かる写真を添えます。",
    )

    class Meta(Row.Meta):
        verbose_name = "簡易版の調査結果"
        verbose_name_plural = "簡易版の調査結果"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "survey", "item"],
                name="quick_check_result_unique",
                violation_error_message="この調査票には、同じ確認項目の結果がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return USABLE.label(self.result)
