"""What a 団体管理者 types about a route: one step with its seats, and the small-office exception."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from bcp_portal.accounts.models import Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.ui.clean_text_forms import CleanTextMixin
from plans.revisions.people import holder_of
from plans.revisions.route import Holder, Quorum, RouteStep, Seat, StepAction

SEAT_ROLES = (Role.CHECKER, Role.APPROVER, Role.HEAD)
DEPUTIES = ("deputy1", "deputy2", "deputy3")
_NOBODY = ("", "（選ばない）")
ROLES_FOR = {
    StepAction.CHECK: {Role.CHECKER.value},
    StepAction.APPROVE: {Role.APPROVER.value, Role.HEAD.value},
    StepAction.REPORT: {role.value for role in SEAT_ROLES},
}


class StepForm(CleanTextMixin, forms.Form):
    """What is asked in one step and by when; who sits in it comes in a form set."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    name = forms.CharField(label="段階の名前", max_length=60, help_text="例：情報政策課長の確認")
    action = forms.ChoiceField(
        label="すること",
        choices=[(each.value, each.label) for each in StepAction],
        help_text="報告の段階は、次の段階を待たせません。",
    )
    quorum = forms.ChoiceField(
        label="必要な人数", choices=[(each.value, each.label) for each in Quorum]
    )
    days = forms.IntegerField(
        label="期限までの日数",
        min_value=1,
        max_value=365,
        help_text="前の段階の期限から数えます。",
    )
    meeting_body = forms.CharField(
        label="会議の名称",
        max_length=60,
        required=False,
        help_text="会議で決めるときに書きます。決定には会議の日と資料が必要になります。例：本部会",
    )

    def step(self, seats: Sequence[Seat]) -> RouteStep:
        data = self.cleaned_data
        return RouteStep(
            name=data["name"],
            action=StepAction(data["action"]),
            quorum=Quorum(data["quorum"]),
            days=data["days"],
            meeting_body=data["meeting_body"],
            seats=tuple(seats),
        )

    @classmethod
    def initial_of(cls, step: RouteStep | None) -> dict[str, Any]:
        if step is None:
            return {"action": StepAction.APPROVE.value, "quorum": Quorum.ONE.value, "days": 7}
        return {
            "name": step.name,
            "action": step.action.value,
            "quorum": step.quorum.value,
            "days": step.days,
            "meeting_body": step.meeting_body,
        }


class RouteSeatForm(CleanTextMixin, forms.Form):
    """Who decides: anybody of a role, or one person with up to three deputies in order."""

    role = forms.ChoiceField(
        label="役割",
        required=False,
        choices=[_NOBODY, *((role.value, role.label) for role in SEAT_ROLES)],
    )
    person = forms.ChoiceField(label="職員", required=False)
    post_label = forms.CharField(
        label="起案書に印刷する職名", max_length=60, required=False, help_text="例：ICT部門責任者"
    )
    deputy1 = forms.ChoiceField(label="代行者（第1順位）", required=False)
    deputy2 = forms.ChoiceField(label="代行者（第2順位）", required=False)
    deputy3 = forms.ChoiceField(label="代行者（第3順位）", required=False)

    def __init__(self, *args: Any, people: dict[str, Holder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        choices = [_NOBODY, *((uid, str(holder)) for uid, holder in people.items())]
        for name in ("person", *DEPUTIES):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("role") and data.get("person"):
            self.add_error("person", "役割か職員のどちらか一方を選んでください。")
        chosen = [data.get(name) for name in ("person", *DEPUTIES) if data.get(name)]
        if len(chosen) != len(set(chosen)):
            self.add_error("deputy1", "本人と代行者、代行者どうしは、別の人にしてください。")
        if (data.get("post_label") or len(chosen) > bool(data.get("person"))) and not (
            data.get("role") or data.get("person")
        ):
            self.add_error("role", "役割か職員を選んでください。")
        return data

    def seat(self, before: Sequence[Seat]) -> Seat | None:
        """Return the seat, None for a line left empty; a person chosen before keeps that day."""
        data = self.cleaned_data
        if not (data.get("role") or data.get("person")):
            return None
        holder = self.people.get(data["person"]) if data["person"] else None
        deputies = (self.people[data[name]] for name in DEPUTIES if data[name])
        return Seat(
            role=data["role"],
            holder=holder,
            post_label=data["post_label"],
            deputies=tuple(deputies),
            chosen_on=_chosen_on(holder, before) if holder else "",
        )

    @classmethod
    def initial_of(cls, seat: Seat) -> dict[str, Any]:
        deputies = dict(zip(DEPUTIES, (each.person_uid for each in seat.deputies), strict=False))
        return {
            "role": seat.role,
            "person": seat.holder.person_uid if seat.holder else "",
            "post_label": seat.post_label,
            **deputies,
        }


if TYPE_CHECKING:
    _FormSet = forms.BaseFormSet["RouteSeatForm"]
else:
    _FormSet = forms.BaseFormSet


class SeatForms(_FormSet):
    """The seats of one step; one that is there can be taken out."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "この人（役割）を外す"


SeatFormSet = forms.formset_factory(
    RouteSeatForm, formset=SeatForms, extra=1, max_num=20, absolute_max=20, can_delete=True
)


class SmallOfficeForm(CleanTextMixin, forms.Form):
    """The exception for an office in which one person is everything."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    small_office = forms.BooleanField(
        label="少人数の特例を使う",
        required=False,
        help_text=(
            "起案・提出をした人や変わるところを書いた人が、その改定を確認・承認できるようになります。"
            "使っている間、改定の全ての画面・起案書・版にその旨が示され、操作記録に残ります。"
        ),
    )
    reason = forms.CharField(
        label="使う理由", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AccountWaitForm(CleanTextMixin, forms.Form):
    """How long an account waits before it decides, when somebody with a part in it set the account."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    hours = forms.IntegerField(
        label="待つ時間（時間）",
        min_value=1,
        max_value=720,
        help_text=(
            "初期パスワードの発行や役割の変更をした人が、その改定の起案・作成・確認に関わっているとき、"
            "設定された利用者は、この時間がたつまで確認コードなしには決定できません。"
        ),
    )
    is_off = forms.BooleanField(
        label="待ち時間を置かない",
        required=False,
        help_text=(
            "ほかに団体管理者がいない小さな組織のための設定です。だれがいつ設定したかが、"
            "改定の画面・起案書・版に示されます。提出済みの改定には効きません。"
        ),
    )
    wait_reason = forms.CharField(
        label="待ち時間を置かない理由", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def people_to_choose(persons: Sequence[Person]) -> dict[str, Holder]:
    """Return persons by uid as the form offers them."""
    return {str(person.uid): holder_of(person) for person in persons}


def missing_role(step: RouteStep) -> str:
    """Return what is wrong with the roles of a step; "" when they fit what is asked."""
    fitting = ROLES_FOR[step.action]
    wrong = [seat.label for seat in step.seats if seat.role and seat.role not in fitting]
    if not step.seats:
        return "だれが決めるか（役割または職員）を1つ以上選んでください。"
    if wrong:
        names = "・".join(str(Role(role).label) for role in sorted(fitting))
        return f"{step.action.label}の段階に選べる役割は{names}です。"
    return ""


def _chosen_on(holder: Holder, before: Sequence[Seat]) -> str:
    for seat in before:
        if seat.holder and seat.holder.person_uid == holder.person_uid and seat.chosen_on:
            return seat.chosen_on
    return timezone.localdate().isoformat()
