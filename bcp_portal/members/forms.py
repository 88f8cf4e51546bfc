"""What people type at the door, about members, and about the municipality."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from bcp_portal.accounts.models import Department, Membership, Municipality, Person, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.reading_order import PersonChoiceField
from bcp_portal.members.fields import NewUsernameField, folded_username
from bcp_portal.members.first_person import why_not_own_roles
from bcp_portal.members.queries import (
    departments_in_use,
    free_namesakes,
    namesakes,
    persons_without_account,
)
from bcp_portal.ui.text_fields import CleanTextField


class SignInForm(AuthenticationForm):
    """ID and password."""

    error_messages = {
        "invalid_login": "利用者IDまたはパスワードが違います。大文字と小文字の違いも確かめてください。",
        "inactive": "この利用者は停止されています。団体管理者に確認してください。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "利用者ID"
        self.fields["password"].label = "パスワード"

    def clean_username(self) -> str:
        return folded_username(self.cleaned_data["username"])


class OwnPasswordForm(PasswordChangeForm):
    """The password so far, and twice the new one, which must differ."""

    def validate_password_for_user(self, user: Any, password_field_name: str = "") -> None:
        """Say what is wrong with the new password where it is chosen, not where it is repeated."""
        old, new = self.cleaned_data.get("old_password"), self.cleaned_data.get("new_password1")
        super().validate_password_for_user(user, "new_password1")
        if old and old == new:
            self.add_error("new_password1", "今のパスワードと違うパスワードにしてください。")


class RolesForm(forms.Form):
    """What a member may do and where they work."""

    roles = forms.MultipleChoiceField(
        label="役割",
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="兼ねている役割をすべて選びます。",
        error_messages={"required": "役割を1つ以上選んでください。"},
    )
    department = forms.ModelChoiceField(
        label="所属",
        queryset=Department.objects.none(),
        required=False,
        empty_label="（選択しない）",
    )
    person = PersonChoiceField(
        label="職員・関係者",
        queryset=Person.objects.none(),
        required=False,
        empty_label="（一覧にない）",
    )

    def __init__(self, *args: Any, membership: Membership | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department: Any = self.fields["department"]
        department.queryset = departments_in_use()
        person: Any = self.fields["person"]
        person.queryset = persons_without_account(but=membership)


class NewMemberForm(RolesForm):
    """A new account, for somebody of the list of persons or somebody new."""

    username = NewUsernameField(
        label="利用者ID",
        max_length=100,
        help_text="半角の英小文字と数字。職員番号など、本人だけのIDにします。",
        error_messages={"required": "利用者IDを入力してください。"},
    )
    name = CleanTextField(
        label="氏名",
        max_length=60,
        required=False,
        help_text="職員・関係者の一覧にない人のときに入力します。一覧にも追加されます。",
    )
    is_namesake = forms.BooleanField(
        label="同じ氏名の別の人です",
        required=False,
        help_text="職員・関係者の一覧に同じ氏名の人がいるときに、確かめて印を付けます。",
    )
    field_order = ["person", "name", "is_namesake", "username", "roles", "department"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        person, name = cleaned.get("person"), cleaned.get("name")
        if person and name and person.name != name:
            self.add_error("name", "職員・関係者を選んだときは、氏名を空にしてください。")
        elif not person and not name and not self.errors.keys() & {"person", "name"}:
            self.add_error(
                "name", "職員・関係者を選ぶか、氏名を入力してください。1人に1つの利用者を作ります。"
            )
        if name and not person and not cleaned.pop("is_namesake", False):
            self._ask_about_namesakes(name)
        cleaned.pop("is_namesake", None)
        return cleaned

    def _ask_about_namesakes(self, name: str) -> None:
        """Ask before somebody is entered twice: who has the name may be the same human being."""
        known = namesakes(name)
        if not known:
            return
        member = Membership.objects.filter(person__in=known).select_related("user").first()
        if free_namesakes(name):
            advice = "同じ人なら、氏名を空にして「職員・関係者」で選んでください。"
        elif member:
            advice = (
                f"その人の利用者（利用者ID「{member.user.username}」）はもうあります。"
                "役割を加えるときは、「利用者と役割」でその利用者を開いてください。"
            )
        self.add_error(
            "name",
            f"「{name}」は職員・関係者の一覧にいます。{advice}"
            "同じ氏名の別の人なら、「同じ氏名の別の人です」に印を付けてください。",
        )

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(
                f"利用者ID「{username}」はすでに使われています。別のIDにしてください。"
            )
        return username


class MemberForm(RolesForm):
    """Changes of a member."""

    display_name = CleanTextField(label="氏名", max_length=80)
    field_order = ["display_name", "person", "roles", "department"]

    def __init__(self, *args: Any, membership: Membership, is_self: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "display_name": membership.user.display_name,
            "roles": membership.roles,
            "department": membership.department_id,
            "person": membership.person_id,
        }
        super().__init__(*args, membership=membership, **kwargs)
        if is_self:
            self.fields["roles"].disabled = True
            self.fields["roles"].help_text = why_not_own_roles(membership)


class MunicipalityForm(forms.ModelForm):
    """What the municipality is called, where it is, and how it writes dates."""

    class Meta:
        model = Municipality
        fields = ["name", "postal_address", "telephone", "ict_department_name", "date_style"]
        field_classes = {
            "name": CleanTextField,
            "postal_address": CleanTextField,
            "telephone": CleanTextField,
            "ict_department_name": CleanTextField,
        }
        widgets = {"date_style": forms.RadioSelect}
        help_texts = {
            "ict_department_name": "計画書や画面で「ICT部門」の代わりに表示します（例: 情報政策課）。",
            "date_style": "画面と印刷の日付に使います。入力はどちらの書き方でもできます。",
        }
