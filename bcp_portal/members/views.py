"""Pages of the municipality's administrator: members, their roles, and the municipality itself."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import ROLE_PERMISSIONS, Permission, requires
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.role_proofs import role_faults
from bcp_portal.members import first_person, services
from bcp_portal.members.consequences import consequences_of
from bcp_portal.members.decision_codes import issue_code
from bcp_portal.members.first_person import own_editor_offer
from bcp_portal.members.forms import MemberForm, MunicipalityForm, NewMemberForm
from bcp_portal.members.notices import confirm_notices
from bcp_portal.members.passwords import new_initial_password
from bcp_portal.members.queries import has_left, members
from bcp_portal.ui.addresses import is_own_page
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import whole_number

PAGE_SIZE = 100
# What each role may do, in words, for the person who gives it.
POWERS = [
    (role.label, [each.label for each in Permission if each in permissions])
    for role, permissions in ROLE_PERMISSIONS.items()
]


class MemberListView(TemplateView):
    """Who belongs to the municipality, in which roles."""

    request: MemberRequest
    permission = Permission.MANAGE_MEMBERS
    template_name = "members/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(members(), PAGE_SIZE).get_page(self.request.GET.get("page"))
        today = timezone.localdate()
        lines = [(member, has_left(member, today)) for member in page]
        own = self.request.membership
        more: dict[str, Any] = {"role_faults": [sentence for _, sentence in role_faults()]}
        more |= {"own": own, **own_editor_offer(own)}
        return super().get_context_data(page=page, lines=lines, **more, **kwargs)


class MemberAddView(FormView):
    """Creates an account and shows its initial password this once."""

    request: MemberRequest
    permission = Permission.MANAGE_MEMBERS
    template_name = "members/add.html"
    form_class = NewMemberForm
    extra_context = {"powers": POWERS}

    def form_valid(self, form: NewMemberForm) -> HttpResponse:
        password = new_initial_password()
        try:
            membership = services.add_member(
                municipality=self.request.municipality,
                actor=self.request.user,
                initial_password=password,
                **form.cleaned_data,
            )
        except DomainError as error:
            form.add_error(None, error.message)
            return self.form_invalid(form)
        return _show_password(self.request, membership, password)


class MemberChangeView(FormView):
    """Changes name, roles and department of one member."""

    request: MemberRequest
    permission = Permission.MANAGE_MEMBERS
    template_name = "members/change.html"
    form_class = MemberForm

    @cached_property
    def member(self) -> Membership:
        return _member_or_404(self.kwargs["pk"])

    @cached_property
    def is_self(self) -> bool:
        return self.member.user_id == self.request.user.pk

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"membership": self.member, "is_self": self.is_self}
        return {**super().get_form_kwargs(), **more}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"member": self.member, "is_self": self.is_self, "powers": POWERS}
        if self.is_self:
            more |= own_editor_offer(self.member)
        return super().get_context_data(**more, **kwargs)

    def form_valid(self, form: MemberForm) -> HttpResponse:
        try:
            services.change_member(
                membership=self.member, actor=self.request.user, **form.cleaned_data
            )
        except DomainError as error:
            form.add_error(None, error.message)
            return self.form_invalid(form)
        name = form.cleaned_data["display_name"]
        if form.has_changed():
            messages.success(self.request, f"「{name}」を変更しました。")
        else:
            messages.info(self.request, f"「{name}」に変更はありませんでした。")
        _warn(self.request, self.member.pk)
        return _to_list(self.request)


@requires(Permission.MANAGE_MEMBERS)
@require_POST
def decision_code(request: MemberRequest, pk: int) -> HttpResponse:
    """Issue a code for who checks or approves, and show it this once."""
    member = _member_or_404(pk)
    code = issue_code(membership=member, actor=request.user)
    return render(request, "members/decision_code.html", {"member": member, "code": code})


@requires(Permission.READ_PLAN)
@require_POST
def confirm(request: MemberRequest) -> HttpResponse:
    """Note that a person read what others set about their account."""
    last = request.POST.get("last", "")
    confirm_notices(membership=request.membership, up_to=whole_number(last))
    return redirect("home", request.municipality.code)


@requires(Permission.MANAGE_MEMBERS)
@require_POST
def own_editor(request: MemberRequest) -> HttpResponse:
    """Give the only administrator 編集者, and return to the page that needed it."""
    code = request.POST.get("code", "")
    first_person.become_editor(membership=request.membership, actor=request.user, code=code)
    messages.success(request, "自分に「編集者」を加えました。計画と様式を書けます。")
    then = request.POST.get("next", "")
    if is_own_page(then):
        return redirect(then)
    return _to_list(request)


@requires(Permission.MANAGE_MEMBERS)
@require_POST
def enter_person(request: MemberRequest, pk: int) -> HttpResponse:
    """Tie a member to the list of persons without typing the name again."""
    member = _member_or_404(pk)
    person = first_person.enter_person(membership=member, actor=request.user)
    messages.success(
        request, f"利用者「{member.user}」を職員・関係者「{person}」と結び付けました。"
    )
    return redirect(reverse("members:change", args=[request.municipality.code, pk]))


@requires(Permission.MANAGE_MEMBERS)
@require_POST
def deactivate(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop a member."""
    member = _member_or_404(pk)
    services.deactivate_member(membership=member, actor=request.user)
    messages.success(request, f"「{member.user}」の利用を停止しました。")
    _warn(request, pk)
    return _to_list(request)


@requires(Permission.MANAGE_MEMBERS)
@require_POST
def reactivate(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a stopped member in again."""
    member = _member_or_404(pk)
    services.reactivate_member(membership=member, actor=request.user)
    messages.success(request, f"「{member.user}」の利用を再開しました。")
    return _to_list(request)


@requires(Permission.MANAGE_MEMBERS)
@require_POST
def initial_password(request: MemberRequest, pk: int) -> HttpResponse:
    """Replace a forgotten password and show the new one this once."""
    member = _member_or_404(pk)
    password = new_initial_password()
    services.issue_initial_password(
        membership=member, actor=request.user, initial_password=password
    )
    return _show_password(request, member, password)


class MunicipalityView(FormView):
    """What every plan and page says of the municipality itself, in the fields of `MunicipalityForm`."""

    request: MemberRequest
    permission = Permission.MANAGE_SETTINGS
    template_name = "members/municipality.html"
    form_class = MunicipalityForm

    def get_form_kwargs(self) -> dict[str, Any]:
        # A fresh copy: validation writes into the instance, and the page shows request.municipality.
        stored = Municipality.objects.get(pk=self.request.municipality.pk)
        return {**super().get_form_kwargs(), "instance": stored}

    def form_valid(self, form: MunicipalityForm) -> HttpResponse:
        services.save_municipality(
            municipality=self.request.municipality,
            actor=self.request.user,
            values=form.cleaned_data,
        )
        messages.success(self.request, "団体の情報を保存しました。")
        return redirect("members:municipality", self.request.municipality.code)


def _member_or_404(pk: int) -> Membership:
    return get_object_or_404(members(), pk=pk)


def _warn(request: MemberRequest, pk: int) -> None:
    """Say what follows in other rooms from the present state of a member."""
    for sentence in consequences_of(_member_or_404(pk)):
        messages.warning(request, sentence)


def _to_list(request: MemberRequest) -> HttpResponse:
    return redirect(reverse("members:list", args=[request.municipality.code]))


def _show_password(request: MemberRequest, membership: Membership, password: str) -> HttpResponse:
    context = {"member": membership, "password": password}
    return render(request, "members/initial_password.html", context)
