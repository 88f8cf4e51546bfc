"""Which information must not be lost, and how it is copied, kept and fetched (様式7)."""

from django.core.validators import MinValueValidator
from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    DurationMinutesField,
    DurationUnitField,
    MultiChoiceField,
    TriField,
    optional_reference,
    reference,
)

DATA_KIND = ChoiceList(
    "data_kind",
    (
        ("data", "データ（データ領域）"),
        ("system", "システム設定・プログラム（システム領域）"),
        ("paper", "文書（紙）"),
        ("drawing", "図面・構成図"),
    ),
)

MEDIA = ChoiceList(
    "media",
    (
        ("disk", "ディスク"),
        ("tape", "テープ（DAT等）"),
        ("external_disk", "外付けHDD"),
        ("optical", "光媒体"),
        ("cloud", "クラウドストレージ"),
        ("paper", "紙"),
        ("other", "その他"),
    ),
)

BACKUP_METHOD = ChoiceList(
    "backup_method",
    (
        ("sync", "データ同期"),
        ("online", "オンラインバックアップ"),
        ("media", "媒体への定期取得"),
        ("manual", "手動コピー"),
        ("paper_copy", "紙の写し"),
    ),
)

PROTECTION = ChoiceList(
    "backup_protection",
    (("encrypted", "暗号化"), ("tamper_proof", "改ざん防止"), ("none", "なし")),
)

RESTORE_RESULT = ChoiceList(
    "restore_result", (("success", "成功"), ("partial", "一部"), ("failure", "失敗"))
)

OFFLINE_COPY = ChoiceList(
    "offline_copy",
    (("unneeded", "不要"), ("available", "あり（形式・場所）"), ("missing", "未整備")),
)


class BackupItem(Row):
    """One item of important information: a database, a set of files, or a paper document."""

    name = models.CharField(
        "重要情報の名称",
        max_length=120,
        help_text="失うと業務が続けられない情報の名前を書きます。例：住民記録データ",
    )
    data_kind = ChoiceField(
        "種別", choice_list=DATA_KIND, help_text="データ、設定、紙の文書などの別を選びます。"
    )
    system = optional_reference(
        "systems.SystemItem",
        "対象システム",
        related_name="backups",
        help_text="この情報を扱う情報システムを選びます。紙の文書では空欄で構いません。",
    )
    owner_department = reference(
        "accounts.Department",
        "主管部門",
        related_name="backups",
        help_text="この情報に責任を持つ部署を選びます。",
    )
    primary_site = reference(
        "systems.Site",
        "原本の保管場所",
        related_name="primary_backups",
        help_text="普段使っている原本（本番データ）がある建物を選びます。",
    )
    primary_room = models.CharField(
        "原本の保管場所（室名）",
        max_length=60,
        blank=True,
        help_text="部屋や書庫まで分かるときに書きます。例：2階電算室",
    )
    media = ChoiceField(
        "記憶媒体", choice_list=MEDIA, help_text="バックアップを記録している媒体を選びます。"
    )
    backed_up = TriField(
        "バックアップの有無",
        blank=False,
        help_text="調べても分からないときは「不明」を選び、対策計画を登録します。",
    )
    method = ChoiceField(
        "バックアップの方式",
        choice_list=BACKUP_METHOD,
        blank=True,
        help_text="写しをどのように取っているかを選びます。",
    )
    frequency_minutes = DurationMinutesField(
        "取得の頻度", help_text="前回の取得から次の取得までの間隔を書きます。例：1日、1週間"
    )
    frequency_unit = DurationUnitField()
    on_demand = models.BooleanField(
        "随時取得",
        default=False,
        help_text="決まった間隔がなく、変更のたびに取るときに「はい」を選びます。",
    )
    generations = models.PositiveSmallIntegerField(
        "世代数",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "世代数は1以上で入力してください。")],
        help_text="何回分の写しを残しているかを書きます。例：3",
    )
    backup_site = optional_reference(
        "systems.Site",
        "バックアップの保管場所",
        related_name="stored_backups",
        help_text="写しを置いている建物を選びます。原本と同時に被災しない場所が望まれます。",
    )
    in_safe = models.BooleanField(
        "金庫での保管",
        null=True,
        blank=True,
        help_text="耐火金庫など堅牢な場所に入れているときに「はい」を選びます。",
    )
    retrieval = models.TextField(
        "取り出し方法",
        blank=True,
        help_text="離れた場所の写しを、誰がどうやって取りに行くかを書きます。",
    )
    retrieval_time_minutes = DurationMinutesField(
        "取り寄せに要する時間", help_text="写しが手元に届くまでの時間を書きます。例：6時間"
    )
    retrieval_time_unit = DurationUnitField()
    protection = MultiChoiceField(
        "暗号化・改ざん防止",
        choice_list=PROTECTION,
        blank=True,
        help_text="写しに施している保護を選びます。何もしていないときは「なし」を選びます。",
    )
    rpo_minutes = DurationMinutesField(
        "目標復旧時点",
        help_text="最大でどれだけ前の状態に戻ってよいかを書きます。例：1日",
    )
    rpo_unit = DurationUnitField()
    restore_tested_on = models.DateField(
        "復元テストの実施日",
        null=True,
        blank=True,
        help_text="写しから実際に戻せるか、最後に試した日を書きます。",
    )
    restore_result = ChoiceField(
        "復元テストの結果",
        choice_list=RESTORE_RESULT,
        blank=True,
        help_text="最後の復元テストの結果を選びます。",
    )
    power_off_backup = TriField(
        "停電時の取得",
        help_text="停電中でも写しを取る、または持ち出すことができるかを選びます。",
    )
    carry_out = models.BooleanField(
        "発災時に持ち出す",
        null=True,
        blank=True,
        help_text="災害が起きたら持ち出す媒体のときに「はい」を選びます。様式18の媒体に数えます。",
    )
    offline_copy = ChoiceField(
        "端末だけで見られる形の写し",
        choice_list=OFFLINE_COPY,
        blank=True,
        help_text="システムがなくても、端末の表計算ソフト等で開ける写しがあるかを選びます。",
    )
    offline_copy_place = models.CharField(
        "端末だけで見られる形の写し（形式・場所）",
        max_length=120,
        blank=True,
        help_text="写しの形式と置き場所を書きます。例：CSV、窓口用ノートパソコン",
    )
    measures = models.ManyToManyField(
        "systems.Measure",
        verbose_name="対策計画",
        blank=True,
        related_name="backups",
        help_text="バックアップを改善する計画を、様式6から選びます。",
    )

    class Meta(Row.Meta):
        verbose_name = "重要情報"
        verbose_name_plural = "重要情報"

    def __str__(self) -> str:
        return self.name
