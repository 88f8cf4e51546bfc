"""The content security policy goes out with every page, and nothing inline is allowed."""

from django.http import HttpResponse
from django.test import RequestFactory

from bcp_portal.ui.security import ContentSecurityPolicyMiddleware


def policy_of(response: HttpResponse) -> dict[str, str]:
    answered = ContentSecurityPolicyMiddleware(lambda request: response)(RequestFactory().get("/"))
    rules = [rule.strip() for rule in answered["Content-Security-Policy"].split(";")]
    return {name: sources for name, _, sources in (rule.partition(" ") for rule in rules)}


def test_only_our_own_files_may_run() -> None:
    policy = policy_of(HttpResponse())

    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "manifest-src": "'self'",
    }


def test_a_view_may_bring_its_own_policy() -> None:
    policy = policy_of(HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"}))

    assert policy == {"default-src": "'none'"}
