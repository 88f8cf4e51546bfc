"""Who uses the portal, for which municipality, and in which role."""

from hashlib import sha256

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from bcp_portal.accounts.codes import validate_municipality_code
from bcp_portal.accounts.permissions import Permission, Role, permissions_of
from bcp_portal.accounts.rows import Row, TenantOwned
from bcp_portal.ui.eras import DateStyle

__all__ = [
    "Department",
    "Membership",
    "Municipality",
    "Person",
    "Row",
    "SignInSession",
    "TenantOwned",
    "User",
]


_LONGEST_LOG_UID = 64


class User(AbstractUser):
    """One account, which belongs to exactly one human being."""

    display_name = models.CharField("氏名", max_length=80)
    password_is_initial = models.BooleanField(
        "初期パスワードのまま",
        default=False,
        editable=False,
        help_text="本人が変更するまで、パスワードの変更のほかは何もできません。",
    )

    class Meta:
        verbose_name = "利用者"
        verbose_name_plural = "利用者"

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def log_uid(self) -> str:
        """Return what the operation log calls the account: the same in every database."""
        mark = f"@{self.username}"
        if len(mark) <= _LONGEST_LOG_UID:
            return mark
        return f"@{sha256(self.username.encode()).hexdigest()}"[:_LONGEST_LOG_UID]


class SignInSession(AbstractBaseSession):
    """One browser in which somebody is signed in, or could sign in."""

    user = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="sign_in_sessions"
    )

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "サインイン中の端末"
        verbose_name_plural = "サインイン中の端末"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from bcp_portal.accounts.sessions import SessionStore  # late: models

        return SessionStore


class Municipality(models.Model):
    """One 団体: the tenant to which every plan, row and entry belongs."""

    code = models.CharField(
        "団体コード", max_length=6, unique=True, validators=[validate_municipality_code]
    )
    name = models.CharField("団体名", max_length=80)
    prefecture = models.CharField("都道府県", max_length=10)
    date_style = models.CharField(
        "日付の表記",
        max_length=10,
        choices=[(DateStyle.WAREKI, "和暦"), (DateStyle.SEIREKI, "西暦")],
        default=DateStyle.WAREKI,
    )
    postal_address = models.CharField("所在地", max_length=200, blank=True)
    telephone = models.CharField("代表電話", max_length=30, blank=True)
    ict_department_name = models.CharField("ICT部門の名称", max_length=80, blank=True)

    class Meta:
        verbose_name = "団体"
        verbose_name_plural = "団体"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Department(Row):
    """One 部局・課 of the municipality."""

    name = models.CharField(
        "部署名", max_length=80, help_text="組織規則にある名前を書きます。例：総務部情報政策課"
    )
    aliases = models.JSONField(
        "別名・略称",
        default=list,
        blank=True,
        help_text="以前の名前や略した呼び方を「、」で区切って書きます。例：電算課、情政課",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="上位の部署",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text="この部署が属する部や課を選びます。",
    )
    is_ict = models.BooleanField(
        "ICT部門", default=False, help_text="この計画を受け持つ部署は「はい」とします。"
    )
    valid_from = models.DateField(
        "設置日", null=True, blank=True, help_text="部署ができた日を書きます。例：令和8年4月1日"
    )
    valid_to = models.DateField(
        "廃止日",
        null=True,
        blank=True,
        help_text="部署がなくなった日を書きます。今ある部署は空欄にします。",
    )

    class Meta(Row.Meta):
        verbose_name = "部署"
        verbose_name_plural = "部署"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="department_name_unique",
                violation_error_message="同じ名前の部署がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Employment(models.TextChoices):
    PERMANENT = "permanent", "常勤"
    FISCAL_YEAR = "fiscal_year", "会計年度任用職員"
    CONTRACTOR = "contractor", "委託先社員"
    OTHER = "other", "その他"


class Person(Row):
    """One 職員・関係者 who may hold a role, be called, or take part in a drill."""

    name = models.CharField("氏名", max_length=60, help_text="姓と名を続けて書きます。")
    kana = models.CharField(
        "かな", max_length=80, blank=True, help_text="読みをひらがなで書きます。"
    )
    department = models.ForeignKey(
        Department,
        verbose_name="所属",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text="今の所属を選びます。庁外の人は空欄にします。",
    )
    post = models.CharField(
        "職", max_length=80, blank=True, help_text="職名を書きます。例：課長、係長、主査"
    )
    employment = models.CharField(
        "任用区分",
        max_length=20,
        choices=Employment.choices,
        default=Employment.PERMANENT,
        help_text="雇われ方を選びます。常駐する事業者の人は「委託先社員」です。",
    )
    moved_on = models.DateField(
        "異動日", null=True, blank=True, help_text="今の所属に移った日を書きます。"
    )
    left_on = models.DateField(
        "退職日",
        null=True,
        blank=True,
        help_text="退職した日を書きます。この日を過ぎた人が体制や連絡先に残っていないかを確かめるために使います。",
    )

    class Meta(Row.Meta):
        verbose_name = "職員・関係者"
        verbose_name_plural = "職員・関係者"

    def __str__(self) -> str:
        return self.name


class Membership(TenantOwned):
    """One user's roles in one municipality."""

    user = models.ForeignKey(
        User, verbose_name="利用者", on_delete=models.CASCADE, related_name="memberships"
    )
    roles = models.JSONField("役割", default=list)
    department = models.ForeignKey(
        Department, verbose_name="所属", null=True, blank=True, on_delete=models.SET_NULL
    )
    person = models.ForeignKey(
        Person, verbose_name="職員", null=True, blank=True, on_delete=models.SET_NULL
    )
    is_active = models.BooleanField("有効", default=True, editable=False)

    class Meta:
        verbose_name = "所属と役割"
        verbose_name_plural = "所属と役割"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user"],
                name="membership_unique",
                violation_error_message="この利用者はすでに登録されています。",
            ),
            models.UniqueConstraint(
                fields=["municipality", "person"],
                name="one_account_per_person",
                violation_error_message="この職員の利用者はすでに登録されています。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.municipality})"

    @property
    def log_uid(self) -> str:
        """Return what the operation log calls the member, as it calls the account."""
        return self.user.log_uid

    @property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.roles)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles if role in Role.values]
