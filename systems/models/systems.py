"""様式1: the information systems and networks, and what each needs from another."""

from django.core.validators import MaxLengthValidator
from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    TriField,
    WordsField,
    optional_reference,
    reference,
)
from systems.choice_lists import HOSTING, SYS_KIND

ZONE = ChoiceList(
    "network_zone",
    (
        ("resident", "住民情報を取り扱う環境"),
        ("lgwan", "LGWAN環境"),
        ("internet", "インターネット環境"),
        ("none", "該当なし"),
    ),
)
BUILDING_WEAK = ChoiceList(
    "building_weak",
    (("weak", "弱い"), ("sound", "弱くない"), ("unknown", "不明"), ("offsite", "庁外")),
)
FLOOD_WEAK = ChoiceList(
    "flood_weak",
    (("possible", "可能性あり"), ("none", "なし"), ("unknown", "不明"), ("offsite", "庁外")),
)
SEISMIC_FIXED = ChoiceList(
    "seismic_fixed",
    (("yes", "有"), ("no", "無"), ("unknown", "不明"), ("not_applicable", "該当なし")),
)
MAINTENANCE = ChoiceList("maintenance", (("vendor", "事業者"), ("staff", "なし（職員対応）")))
OSAPP_BACKUP_TIMING = ChoiceList(
    "osapp_backup_timing",
    (
        ("maintenance", "システムメンテナンス時"),
        ("periodic", "定期"),
        ("installation", "導入時のみ"),
    ),
)
REINSTALL_EASE = ChoiceList(
    "reinstall_ease",
    (("staff", "職員で可能"), ("vendor", "事業者が必要"), ("hard", "困難"), ("unknown", "不明")),
)
OFFLINE_DATA = ChoiceList(
    "offline_data",
    (("not_needed", "不要"), ("ready", "必要（用意あり）"), ("missing", "必要（未整備）")),
)
DEPENDENCY_KIND = ChoiceList(
    "dependency_kind",
    (("auth", "認証"), ("network", "ネットワーク"), ("infra", "基盤"), ("data", "データ連携")),
)


class SystemItem(Row):
    """One information system or network (not one server); parts that are restored separately have rows of their own."""

    name = models.CharField(
        "システム名称",
        max_length=100,
        help_text="庁内で通じる正式な名称を書きます。別々に復旧する部分は、1行ずつに分けます。例：総合行政（住記）",
    )
    aliases = WordsField(
        "別名・略称",
        help_text="ほかの資料での呼び方を「、」で区切って書きます。例：市内LAN、庁内LAN",
    )
    parent = optional_reference(
        "self",
        "親システム",
        related_name="subsystems",
        help_text="大きなシステムの一部であるとき、全体を表す行を選びます。親子は2段までです。",
    )
    kind = ChoiceField(
        "種別", choice_list=SYS_KIND, help_text="どこで動き、どことつながるかで種別を選びます。"
    )
    hosting = ChoiceField(
        "提供形態",
        choice_list=HOSTING,
        help_text="本体が置かれている場所を選びます。サーバ室の機器なら「庁舎内」です。",
    )
    overview = models.TextField(
        "システムの概要（関連する業務）",
        validators=[MaxLengthValidator(500)],
        help_text="何をするシステムかを、使う業務とともに500文字以内で書きます。例：住民票の管理と証明書の発行（窓口業務）",
    )
    no_business_reason = models.CharField(
        "関連業務がない理由",
        max_length=200,
        blank=True,
        help_text="特定の業務に結び付かない基盤などのときだけ、理由を書きます。例：全庁共通の認証基盤",
    )
    owner_department = reference(
        "accounts.Department",
        "主管部門",
        related_name="owned_systems",
        help_text="このシステムに責任を持つ部署を選びます。",
    )
    operator_department = optional_reference(
        "accounts.Department",
        "運用管理主体（部署）",
        related_name="operated_systems",
        help_text="日々の運用を担うのが庁内の部署であるとき、その部署を選びます。",
    )
    operator_vendor = optional_reference(
        "systems.Vendor",
        "運用管理主体（事業者）",
        related_name="operated_systems",
        help_text="日々の運用を外部に任せているとき、様式2の事業者を選びます。部署とはどちらか一方です。",
    )
    in_scope = models.BooleanField(
        "本計画の対象",
        default=True,
        help_text="この計画で復旧を考えるシステムは「はい」とします。",
    )
    out_of_scope_reason = models.TextField(
        "対象外の理由・復旧手順を定める課",
        blank=True,
        help_text="対象外とした理由と、復旧の手順をどの課が定めるかを書きます。例：学校教育課が別に定める",
    )
    networks = models.ManyToManyField(
        "self",
        verbose_name="利用ネットワーク",
        blank=True,
        symmetrical=False,
        related_name="network_users",
        help_text="利用に必要なネットワークを、種別が「ネットワーク」の行から選びます。例：庁内LAN、LGWAN",
    )
    zone = ChoiceField(
        "三層分離の領域",
        choice_list=ZONE,
        blank=True,
        help_text="業務の通信をどの領域で行うかを選びます。",
    )
    building_weak = ChoiceField(
        "庁舎の弱さ",
        choice_list=BUILDING_WEAK,
        blank=True,
        help_text="設置している建物が地震に弱いかどうかを選びます。様式3から求めた提案が横に出ます。",
    )
    building_weak_reason = models.CharField(
        "庁舎の弱さを提案と変えた理由",
        max_length=200,
        blank=True,
        help_text="提案と違う判断をしたときに理由を書きます。例：サーバ室の区画だけ補強済み",
    )
    flood_weak = ChoiceField(
        "場所の弱さ（洪水可能性）",
        choice_list=FLOOD_WEAK,
        blank=True,
        help_text="設置場所が浸水するおそれを選びます。様式3の浸水深と様式4の階から求めた提案が横に出ます。",
    )
    flood_weak_reason = models.CharField(
        "場所の弱さを提案と変えた理由",
        max_length=200,
        blank=True,
        help_text="提案と違う判断をしたときに理由を書きます。例：機器を床から1m上げて設置",
    )
    seismic_fixed = TriField(
        "耐震固定の有無",
        choice_list=SEISMIC_FIXED,
        help_text="機器やラックが床や壁に固定されているかを選びます。庁舎内に機器がないときだけ「該当なし」を選べます。",
    )
    model = models.CharField(
        "機種名",
        max_length=100,
        blank=True,
        help_text="主な機器の型名を書きます。機器がないときは「仮想」「クラウド」と書きます。",
    )
    units = models.PositiveIntegerField(
        "台数",
        null=True,
        blank=True,
        help_text="このシステムを動かす機器の台数です。クラウドは0とします。",
    )
    location = optional_reference(
        "systems.EquipmentLocation",
        "設置場所",
        related_name="housed_systems",
        help_text="機器を置いている場所を様式4から選びます。提供形態が「庁舎内」のときは必要です。",
    )
    maintenance = ChoiceField(
        "保守の担い手",
        choice_list=MAINTENANCE,
        blank=True,
        help_text="保守を事業者に任せているか、職員が自ら行うかを選びます。",
    )
    vendor = optional_reference(
        "systems.Vendor",
        "保守事業者",
        related_name="maintained_systems",
        help_text="保守を任せている事業者を様式2から選びます。",
    )
    maintenance_end = models.DateField(
        "保守契約の終了日",
        null=True,
        blank=True,
        help_text="保守を受けられる最後の日を書きます。例：令和10年3月31日",
    )
    osapp_backup = TriField(
        "バックアップの有無",
        help_text="サーバのOSとアプリケーションを丸ごと戻せる控えがあるかを選びます。データの控えは様式7に書きます。",
    )
    osapp_backup_site = optional_reference(
        "systems.Site",
        "保管場所",
        related_name="kept_osapp_backups",
        help_text="その控えを置いている建物を様式3から選びます。",
    )
    osapp_backup_timing = ChoiceField(
        "取得の時期",
        choice_list=OSAPP_BACKUP_TIMING,
        blank=True,
        help_text="控えをいつ取り直しているかを選びます。",
    )
    reinstall_ease = ChoiceField(
        "再インストールの容易さ",
        choice_list=REINSTALL_EASE,
        blank=True,
        help_text="新しい機器に入れ直すとき、誰の手があればできるかを選びます。",
    )
    server_loss_alt = models.TextField(
        "サーバ喪失時の代替手段",
        blank=True,
        help_text="サーバを失ったときに業務を続ける方法を書きます。ないときは「なし」と書きます。",
    )
    soft_loss_alt = models.TextField(
        "ソフトウェア喪失時の代替手段",
        blank=True,
        help_text="ソフトウェアだけを失ったときの方法を書きます。ないときは「なし」と書きます。",
    )
    special_settings = models.TextField(
        "特殊なソフトウェアの設定",
        blank=True,
        help_text="入れ直しのときに忘れると動かない設定を書きます。ないときは「なし」と書きます。",
    )
    offline_data = ChoiceField(
        "オフラインで使うデータ",
        choice_list=OFFLINE_DATA,
        blank=True,
        help_text="停止中に端末だけで見るデータが要るか、用意できているかを選びます。要るときは様式7にその写しを登録します。",
    )
    has_personal = models.BooleanField(
        "個人情報の有無",
        null=True,
        blank=True,
        help_text="住民や職員の個人情報を扱うときは「はい」とします。",
    )

    class Meta(Row.Meta):
        verbose_name = "情報システム"
        verbose_name_plural = "情報システム"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="system_item_name_unique",
                violation_error_message="同じ名称の情報システムがすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SystemDependency(Row):
    """One need of a system for another system, without which it works badly or not at all."""

    system = reference(
        SystemItem,
        "システム",
        related_name="dependencies",
        help_text="ほかのシステムを必要とする側のシステムです。",
    )
    depends_on = reference(
        SystemItem,
        "依存先のシステム",
        related_name="dependents",
        help_text="先に動いていなければならないシステムを選びます。例：Active Directory",
    )
    kind = ChoiceField(
        "依存の種類",
        choice_list=DEPENDENCY_KIND,
        help_text="何を頼っているかを選びます。利用者の確認を頼るなら「認証」です。",
    )
    hard = models.BooleanField(
        "必須の依存",
        default=True,
        help_text="依存先が止まるとこのシステムも使えないときは「はい」とします。不便になるだけなら「いいえ」です。",
    )

    class Meta(Row.Meta):
        verbose_name = "システムの依存関係"
        verbose_name_plural = "システムの依存関係"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "system", "depends_on"],
                name="system_dependency_unique",
                violation_error_message="このシステムには、同じ依存先がすでに登録されています。",
            )
        ]

    def __str__(self) -> str:
        return f"{DEPENDENCY_KIND.label(self.kind)}の依存"
