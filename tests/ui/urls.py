"""The few addresses base.html knows, so that its tests do not depend on the rooms above."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def page(request: HttpRequest, municipality_code: str = "") -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("sign-in/", page, name="sign-in"),
    path("sign-out/", page, name="sign-out"),
    path("<str:municipality_code>/", page, name="home"),
    path("<str:municipality_code>/annex/", page, name="annexes"),
    path("<str:municipality_code>/annex/settings/", page, name="annex-settings"),
    path("<str:municipality_code>/drills/", page, name="drills"),
]
