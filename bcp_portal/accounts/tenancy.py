"""Finds the municipality of a request, opens its scope, and enforces the view's permission."""

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, resolve
from django_scopes import scope

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.queries import active_memberships
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.accounts.terminal import at_terminal


class TenantMiddleware:
    """Strangers get 404, weak roles 403, and no view runs without a declared permission."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: MemberRequest) -> HttpResponseBase:
        with at_terminal(request):
            return self._within_scope(request)

    def _within_scope(self, request: MemberRequest) -> HttpResponseBase:
        request.municipality = None  # type: ignore[assignment]
        request.membership = None  # type: ignore[assignment]
        code = _municipality_code(request)
        if code is None or not request.user.is_authenticated:
            return self.get_response(request)
        membership = _membership(request, code)
        if membership is None:
            return self.get_response(request)
        request.membership = membership
        request.municipality = membership.municipality
        with scope(municipality=membership.municipality):
            response = self.get_response(request)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
            return response

    def process_view(
        self,
        request: MemberRequest,
        view: Callable[..., object],
        args: object,
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        if "municipality_code" not in kwargs or not request.user.is_authenticated:
            return None
        del kwargs["municipality_code"]
        if request.membership is None:
            raise Http404
        if request.user.password_is_initial:
            return redirect("password-change")
        if not request.membership.may(declared_permission(view)):
            raise PermissionDenied
        return None


def declared_permission(view: Callable[..., object]) -> Permission:
    """Return what the view asks for; raise ImproperlyConfigured when it declares nothing."""
    permission = getattr(view, "permission", None)
    if permission is None:
        permission = getattr(getattr(view, "view_class", None), "permission", None)
    if permission is None:
        raise ImproperlyConfigured(f"{view!r} declares no permission.")
    return permission


def tenant_context(request: HttpRequest) -> dict[str, object]:
    """Give every template the municipality and the roles of the person who looks at it."""
    return {
        "municipality": getattr(request, "municipality", None),
        "membership": getattr(request, "membership", None),
    }


def _municipality_code(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).kwargs.get("municipality_code")
    except Resolver404:
        return None


def _membership(request: MemberRequest, code: str) -> Membership | None:
    return next(
        (each for each in active_memberships(request.user) if each.municipality.code == code), None
    )
