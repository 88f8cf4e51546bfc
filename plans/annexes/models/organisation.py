"""Who commands, who acts and who stands in (様式8), and what each role may approve (C-5)."""

from django.core.validators import MinValueValidator
from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import ChoiceField, optional_reference
from plans.annexes.choice_lists import STRUCTURE, TEAM

ROLE_MUSTER = ChoiceList(
    "role_muster",
    (
        ("automatic", "自動参集"),
        ("instructed", "指示により参集"),
        ("online", "オンライン参集"),
        ("none", "参集不要"),
    ),
)

AUTHORITY_SUBJECT = ChoiceList(
    "authority_subject",
    (
        ("plan", "計画の策定"),
        ("major_revision", "重要事項の改定"),
        ("minor_revision", "軽微な改定"),
        ("annex_revision", "附属資料の改定"),
        ("contacts", "連絡先の更新"),
        ("drill_plan", "訓練計画"),
        ("manual", "マニュアル"),
        ("review_record", "点検・見直しの記録"),
        ("measure_progress", "事前対策の進捗"),
        ("activation", "計画の発動"),
        ("recovery_policy", "復旧方針"),
        ("other", "その他"),
    ),
)

AUTHORITY_ACTION = ChoiceList(
    "authority_action",
    (
        ("draft", "立案"),
        ("check", "確認"),
        ("approve", "承認"),
        ("decide", "決定"),
        ("advise", "助言"),
    ),
)

OTHER_STRUCTURES = {"normal": "平常時", "security": "セキュリティ", "infection": "感染症"}
"""What is added to a role's name where it is referred to from another table."""

DEPUTY_CONDITION = "連絡が取れない場合"


class ResponseRole(Row):
    """One role in one structure: the same post may hold a role in several structures."""

    structure = ChoiceField(
        "体制の区分",
        choice_list=STRUCTURE,
        help_text="この役割が働く場面を選びます。同じ役割でも場面ごとに1行ずつ登録します。",
    )
    role_name = models.CharField(
        "役割名",
        max_length=80,
        help_text="体制図に載せる名称を書きます。例：電算機管理者、インフラチーム",
    )
    post = models.CharField(
        "充てる職",
        max_length=80,
        blank=True,
        help_text="この役割に就く職を書きます。氏名ではなく職名です。例：情報システム課長",
    )
    person = optional_reference(
        "accounts.Person",
        "所属・氏名",
        related_name="response_roles",
        help_text="現在この役割に就いている人を、職員・関係者の一覧から選びます。",
    )
    duties = models.TextField(
        "役割の概要・権限",
        help_text="何をする役割か、何を決められるかを、1行に1つずつ書きます。",
    )
    authority_ref = models.CharField(
        "根拠規程・条項",
        max_length=120,
        blank=True,
        help_text="役割を定めた規程と条項を書きます。例：情報セキュリティ対策基準第4条",
    )
    hq_post = models.CharField(
        "災害対策本部での位置付け",
        max_length=40,
        blank=True,
        help_text="災害対策本部で担う職を書きます。例：副本部長、本部員、班長",
    )
    team = ChoiceField(
        "チーム・班",
        choice_list=TEAM,
        blank=True,
        help_text="所属するチームを選びます。平常時の関連部局は「その他」を選びます。",
    )
    reports_to = optional_reference(
        "self",
        "上位の役割",
        related_name="subordinates",
        help_text="指示を受ける相手の役割を選びます。体制の頂点に立つ役割だけは空欄にします。",
    )
    deputy_condition = models.TextField(
        "代行の条件",
        blank=True,
        default=DEPUTY_CONDITION,
        help_text="どのようなときに代行者へ引き継ぐかを書きます。",
    )
    muster = ChoiceField(
        "参集区分",
        choice_list=ROLE_MUSTER,
        blank=True,
        help_text="この役割の人がどのように集まるかを選びます。",
    )
    place1 = optional_reference(
        "systems.Site",
        "参集場所 第1順位",
        related_name="first_muster_roles",
        help_text="最初に向かう建物を様式3から選びます。",
    )
    place1_room = models.CharField(
        "第1順位の部屋",
        max_length=60,
        blank=True,
        help_text="建物のどこに集まるかを書きます。例：3階会議室",
    )
    place2 = optional_reference(
        "systems.Site",
        "参集場所 第2順位",
        related_name="second_muster_roles",
        help_text="第1順位の建物が使えないときに向かう、別の建物を選びます。",
    )
    place2_room = models.CharField(
        "第2順位の部屋",
        max_length=60,
        blank=True,
        help_text="第2順位の建物のどこに集まるかを書きます。",
    )

    class Meta(Row.Meta):
        verbose_name = "体制の役割"
        verbose_name_plural = "体制の役割"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "role_name", "structure"],
                name="response_role_unique",
                violation_error_message="同じ体制に同じ名前の役割がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        # Nearly every reference means the disaster structure, so only the others are marked.
        mark = OTHER_STRUCTURES.get(self.structure, "")
        return f"{self.role_name}（{mark}）" if mark else self.role_name


class RoleDeputy(Row):
    """One person or post that takes over a role when those before it cannot be reached."""

    role = models.ForeignKey(
        ResponseRole,
        verbose_name="役割",
        on_delete=models.CASCADE,
        related_name="deputies",
        help_text="代行者を決める役割を選びます。",
    )
    order = models.PositiveSmallIntegerField(
        "代行順位",
        validators=[MinValueValidator(1, "代行順位は1以上で入力してください。")],
        help_text="最初に代わる人を1として、1から順に番号を付けます。",
    )
    post = models.CharField(
        "代行する職",
        max_length=80,
        blank=True,
        help_text="代行する職を書きます。例：調整係長、責任者があらかじめ指名する職員",
    )
    person = optional_reference(
        "accounts.Person",
        "代行者の氏名",
        related_name="deputy_roles",
        help_text="現在その職に就いている人を選びます。人が決まっていなければ職だけで構いません。",
    )

    class Meta(Row.Meta):
        verbose_name = "代行者"
        verbose_name_plural = "代行者"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "role", "order"],
                name="role_deputy_order_unique",
                violation_error_message="この役割には、同じ代行順位の代行者がすでにいます。",
            )
        ]

    def __str__(self) -> str:
        return f"代行者{self.order}" + (f" {self.post}" if self.post else "")


class Authority(Row):
    """One thing that one role drafts, checks, approves or decides."""

    role = models.ForeignKey(
        ResponseRole,
        verbose_name="権限者",
        on_delete=models.CASCADE,
        related_name="authorities",
        help_text="権限を持つ役割を様式8から選びます。",
    )
    subject = ChoiceField(
        "対象",
        choice_list=AUTHORITY_SUBJECT,
        help_text="何についての権限かを選びます。",
    )
    action = ChoiceField(
        "権限の種類",
        choice_list=AUTHORITY_ACTION,
        help_text="その対象について何をする役割かを選びます。",
    )
    content = models.TextField(
        "役割内容",
        blank=True,
        help_text="一覧に印刷する説明を書きます。例：毎年度の訓練計画を承認する。",
    )
    basis = models.CharField(
        "根拠",
        max_length=120,
        blank=True,
        help_text="権限を定めた規程や計画の箇所を書きます。",
    )

    class Meta(Row.Meta):
        verbose_name = "権限"
        verbose_name_plural = "権限"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "role", "subject", "action"],
                name="authority_unique",
                violation_error_message="この役割の同じ権限がすでに登録されています。",
            )
        ]

    def __str__(self) -> str:
        return f"{AUTHORITY_SUBJECT.label(self.subject)}の{AUTHORITY_ACTION.label(self.action)}"
