"""The door of the portal: signing in and out, one's own password, the choice of municipality."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from bcp_portal.accounts.queries import active_memberships
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.accounts.terminal import terminal_address
from bcp_portal.members.fields import folded_username
from bcp_portal.members.forms import OwnPasswordForm, SignInForm
from bcp_portal.members.known_devices import recognise, remember
from bcp_portal.members.password_spraying import HOLD_MINUTES, is_held_off
from bcp_portal.members.services import change_password
from bcp_portal.members.sign_ins import record_failed_sign_in, record_sign_in, record_sign_out
from bcp_portal.members.terminals import note_sign_in, sign_out_elsewhere, terminals_of


class SignInView(LoginView):
    """Asks for ID and password; after too many failures django-axes answers in its place."""

    template_name = "members/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        username = folded_username(request.POST.get("username", ""))
        address, now = terminal_address(request), timezone.now()
        known = recognise(request, username)
        if not known and is_held_off(username=username, address=address, now=now):
            return render(request, "members/held_off.html", {"minutes": HOLD_MINUTES}, status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        address = terminal_address(self.request)
        note_sign_in(
            self.request.session,
            address=address,
            user_agent=self.request.headers.get("User-Agent", ""),
            at=timezone.now(),
        )
        record_sign_in(user=form.get_user(), address=address)
        remember(self.request, response, form.get_user().get_username())
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        username = form.cleaned_data.get("username")
        if username:
            record_failed_sign_in(
                username=username,
                locked=getattr(self.request, "axes_locked_out", False),
                address=terminal_address(self.request),
            )
        return super().form_invalid(form)


@method_decorator(login_not_required, name="dispatch")
class SignOutView(LogoutView):
    """Ends the session; only by POST, so that no picture or link can do it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            record_sign_out(user=request.user, address=terminal_address(request))
        response = super().post(request, *args, **kwargs)
        # Only the cache: "storage" would also throw away what was typed and not yet sent.
        response["Clear-Site-Data"] = '"cache"'
        return response


class EntranceView(TemplateView):
    """Leads to the one municipality of a person, or lets them choose."""

    request: MemberRequest
    template_name = "members/entrance.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.request.user.password_is_initial:
            return redirect("password-change")
        memberships = active_memberships(self.request.user)
        if len(memberships) == 1:
            return redirect("home", municipality_code=memberships[0].municipality.code)
        return self.render_to_response(self.get_context_data(memberships=memberships))


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordChangeView(FormView):
    """Lets a person choose a new password; with an initial one nothing else opens."""

    template_name = "members/password_change.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("entrance")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: OwnPasswordForm) -> HttpResponse:
        change_password(
            user=form.user,
            new_password=form.cleaned_data["new_password1"],
            address=terminal_address(self.request),
        )
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, "パスワードを変更しました。")
        return super().form_valid(form)


class TerminalsView(TemplateView):
    """Shows in which browsers a person is signed in, and signs them out of the others."""

    request: MemberRequest
    template_name = "members/terminals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = terminals_of(self.request.user, this_session_key=self.request.session.session_key)
        return super().get_context_data(
            terminals=found, others=len(found) - 1, idle_minutes=settings.SESSION_IDLE_MINUTES
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """End one session by its key, or without one all but this."""
        ended = sign_out_elsewhere(
            user=self.request.user,
            this_session_key=request.session.session_key,
            key=request.POST.get("terminal"),
            address=terminal_address(request),
        )
        if ended:
            messages.success(request, f"ほかの端末{ended}件のサインインを終わらせました。")
        else:
            messages.info(request, "そのサインインは、すでに終わっています。")
        return redirect("terminals")
