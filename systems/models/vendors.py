"""様式2: the outside companies, and what each contract says about a disaster."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    DurationMinutesField,
    DurationUnitField,
    MultiChoiceField,
    optional_reference,
    reference,
)

VENDOR_KIND = ChoiceList(
    "vendor_kind",
    (
        ("outsourcer", "包括OS受託者"),
        ("subcontractor", "再委託先"),
        ("operation", "運用事業者"),
        ("maintenance", "保守事業者"),
        ("supplier", "機器・ソフトの調達先"),
        ("carrier", "回線事業者"),
        ("dc_cloud", "データセンター・クラウド事業者"),
        ("other", "その他"),
    ),
)
BCP_SURVEY = ChoiceList("bcp_survey", (("not_done", "未実施"), ("done", "実施")))
CONTRACT_SCOPE = ChoiceList(
    "contract_scope",
    (
        ("development", "開発"),
        ("operation", "運用"),
        ("hardware", "保守（ハード）"),
        ("software", "保守（ソフト）"),
        ("help_desk", "ヘルプデスク"),
        ("line", "回線"),
        ("data_storage", "データ保管"),
        ("procurement", "機器調達"),
    ),
)
AGREEMENT = ChoiceList("agreement", (("yes", "有"), ("negotiating", "協議中"), ("no", "無")))
AGREEMENT_BASIS = ChoiceList(
    "agreement_basis",
    (
        ("contract", "契約書"),
        ("specification", "仕様書"),
        ("sla", "SLA"),
        ("memorandum", "覚書"),
        ("disaster_agreement", "災害時協定"),
        ("oral", "口頭"),
    ),
)
VENDOR_MUSTER = ChoiceList(
    "vendor_muster",
    (
        ("automatic", "自動参集"),
        ("on_request", "要請により参集"),
        ("remote_only", "遠隔対応のみ"),
        ("none", "なし"),
    ),
)
DATA_RETURN = ChoiceList(
    "data_return",
    (("defined", "定めあり"), ("undefined", "定めなし"), ("unknown", "不明")),
)


class Vendor(Row):
    """One outside company, with what is known of it apart from its contracts."""

    name = models.CharField(
        "外部事業者名",
        max_length=100,
        help_text="契約書にある名称を書きます。同じ会社は1行だけにします。",
    )
    kinds = MultiChoiceField(
        "事業者区分",
        choice_list=VENDOR_KIND,
        help_text="この事業者の立場をすべて選びます。",
    )
    prime_vendor = optional_reference(
        "self",
        "元請事業者",
        related_name="subcontractors",
        help_text="再委託先であるとき、市町村が直接契約している事業者を選びます。",
    )
    sites = models.ManyToManyField(
        "systems.Site",
        verbose_name="事業者の拠点所在地",
        blank=True,
        related_name="vendors",
        help_text="対応に来る拠点を様式3から選びます。庁舎と同時に被災しないかを確かめるために使います。",
    )
    bcp_survey = ChoiceField(
        "事業継続への取組の確認",
        choice_list=BCP_SURVEY,
        blank=True,
        help_text="事業者自身の備えを、アンケートなどで確かめたかどうかを選びます。",
    )
    bcp_survey_on = models.DateField(
        "取組を確認した日",
        null=True,
        blank=True,
        help_text="直近に確かめた日を書きます。例：令和8年5月20日",
    )
    level_override = models.PositiveSmallIntegerField(
        "委託先の対策レベル（修正）",
        null=True,
        blank=True,
        validators=[MaxValueValidator(3)],
        help_text="求めたレベルが実態と違うときだけ、0から3の数で書きます。",
    )
    level_override_reason = models.CharField(
        "レベルを修正した理由",
        max_length=200,
        blank=True,
        help_text="求めたレベルと変えた理由を書きます。例：代替拠点の連絡先は協議中だが実績あり",
    )
    joins_drill = models.BooleanField(
        "訓練への参加",
        null=True,
        blank=True,
        help_text="本市町村の訓練に参加することになっているときは「はい」とします。",
    )

    class Meta(Row.Meta):
        verbose_name = "外部事業者"
        verbose_name_plural = "外部事業者"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="vendor_name_unique",
                violation_error_message="同じ名称の外部事業者がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class VendorContract(Row):
    """One contract with one vendor: the systems it covers and what it settles for a disaster."""

    vendor = reference(
        Vendor, "外部事業者", related_name="contracts", help_text="契約の相手を選びます。"
    )
    systems = models.ManyToManyField(
        "systems.SystemItem",
        verbose_name="対象システム",
        blank=True,
        related_name="contracts",
        help_text="この契約で面倒を見てもらうシステムを様式1からすべて選びます。",
    )
    name = models.CharField(
        "契約件名",
        max_length=150,
        blank=True,
        help_text="契約書の件名を書きます。例：住民情報システム運用保守業務委託",
    )
    scope = MultiChoiceField(
        "業務の範囲",
        choice_list=CONTRACT_SCOPE,
        blank=True,
        help_text="契約で任せている仕事をすべて選びます。",
    )
    start_on = models.DateField(
        "契約期間（開始）", null=True, blank=True, help_text="契約の最初の日を書きます。"
    )
    end_on = models.DateField(
        "契約期間（終了）",
        null=True,
        blank=True,
        help_text="契約の最後の日を書きます。自動更新のときは今の期間の終わりの日とします。",
    )
    contract_department = optional_reference(
        "accounts.Department",
        "契約担当課",
        related_name="vendor_contracts",
        help_text="契約の事務を受け持つ課を選びます。",
    )
    agreement = ChoiceField(
        "取り決めの有無",
        choice_list=AGREEMENT,
        help_text="災害のときの対応について、相手と決めごとがあるかを選びます。",
    )
    agreement_basis = MultiChoiceField(
        "根拠",
        choice_list=AGREEMENT_BASIS,
        blank=True,
        help_text="決めごとが何に書かれているかをすべて選びます。口頭だけのものは書面にすることを検討してください。",
    )
    agreement_text = models.TextField(
        "取り決めの内容",
        blank=True,
        help_text="何をいつまでにしてもらうかを書きます。例：震度6弱以上で2名が登庁し、機器を点検する",
    )
    muster_rule = ChoiceField(
        "参集の取り決め",
        choice_list=VENDOR_MUSTER,
        blank=True,
        help_text="要員が来る条件を選びます。できれば職員の登庁基準に合わせます。",
    )
    arrival_minutes = DurationMinutesField(
        "参集に要する時間",
        help_text="連絡から到着まで（遠隔対応は作業を始めるまで）の時間を書きます。例：6時間",
    )
    arrival_unit = DurationUnitField()
    arrival_people = models.PositiveIntegerField(
        "参集見込人数",
        null=True,
        blank=True,
        help_text="この契約で来てもらえる見込みの人数を書きます。",
    )
    sla_item = models.CharField(
        "SLAの項目",
        max_length=100,
        blank=True,
        help_text="サービス水準を約束している項目を書きます。例：システム稼働率",
    )
    sla_rate = models.DecimalField(
        "SLAの遵守率（％）",
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="約束している率を0から100の数で書きます。例：99.5",
    )
    sla_recovery_minutes = DurationMinutesField(
        "SLA上の復旧時間", help_text="停止から復旧までの約束の時間を書きます。例：4時間"
    )
    sla_recovery_unit = DurationUnitField()
    data_return = ChoiceField(
        "契約終了時のデータ返却",
        choice_list=DATA_RETURN,
        blank=True,
        help_text="契約が終わるときにデータを返してもらう定めがあるかを選びます。",
    )
    data_return_format = models.CharField(
        "返却の形式",
        max_length=100,
        blank=True,
        help_text="返してもらう形式を書きます。例：中間標準レイアウト",
    )
    responsibility_boundary = models.TextField(
        "責任分界点",
        blank=True,
        help_text="障害のときに、どこまでを事業者が受け持つかを書きます。例：庁舎側ルータの手前までは事業者",
    )

    class Meta(Row.Meta):
        verbose_name = "外部事業者との契約"
        verbose_name_plural = "外部事業者との契約"

    def __str__(self) -> str:
        return self.name or "契約件名未記入"
