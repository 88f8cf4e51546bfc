"""The frame of every page in a browser: menu, forms, partial updates, on a desk and on a phone."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import User
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.navigation import Navigation, NavigationItem
from bcp_portal.ui.templatetags import ui
from tests.browser import Complaints, PageCheck
from tests.e2e.page_rules import expect_no_sideways_scroll

PHONE = {"width": 390, "height": 844}
PAGE = """{% extends "base.html" %}{% load ui crispy_forms_tags %}{% block title %}登録{% endblock %}
{% block heading %}{% page_heading "情報システムの登録" state="作成中" state_kind="warning" %}{% endblock %}
{% block content %}
<form method="post" class="narrow" novalidate data-unsaved-guard>{% csrf_token %}{{ form|crispy }}
{% button "保存する" kind="primary" %}</form>
<button id="late" hx-post="/139998/late/" hx-target="#target">後から保存</button>
<button id="gone" hx-post="/139998/gone/" hx-target="#target">期限切れ</button>
<button id="proxy" hx-post="/139998/proxy/" hx-target="#target">中継の故障</button>
<div id="target">元の内容</div>
<div class="table-scroll" tabindex="0" role="region" aria-label="一覧"><table class="table table-cards">
<thead><tr><th scope="col">名称</th><th scope="col">時間</th></tr></thead>
<tbody><tr><th scope="row" data-label="名称">住民記録</th><td data-label="時間">72時間</td></tr></tbody>
</table></div>{% progress 3 4 label="記入" %}{% notice "お知らせです。" %}{% endblock %}"""


class SystemForm(forms.Form):
    name = forms.CharField(label="情報システム名")
    kind = forms.ChoiceField(label="区分", choices=[("a", "基幹系")], widget=forms.RadioSelect)
    department = forms.ChoiceField(
        label="所管部署", choices=[("", "")] + [(str(n), f"第{n}課") for n in range(1, 31)]
    )


class Member:
    role_labels = ("編集者",)

    def may(self, permission: str) -> bool:
        return True


@login_not_required
def page_view(request: HttpRequest, municipality_code: str) -> HttpResponse:
    municipality = SimpleNamespace(code=municipality_code, name="見本市")
    request.municipality, request.membership = municipality, Member()  # type: ignore[attr-defined]
    context = {
        "form": SystemForm(request.POST or None),
        "municipality": municipality,
        "membership": Member(),
        "user": User(username="nakamura", display_name="中村 美咲"),
    }
    return HttpResponse(Template(PAGE).render(RequestContext(request, context)))


@login_not_required
def late(request: HttpRequest, municipality_code: str) -> HttpResponse:
    raise DomainError("ほかの人が先に変更しました。", status=409)


@login_not_required
def gone(request: HttpRequest, municipality_code: str) -> HttpResponse:
    return HttpResponse(status=302, headers={"Location": "/sign-in/"})


@login_not_required
def proxy(request: HttpRequest, municipality_code: str) -> HttpResponse:
    return HttpResponse("<h1>502 Bad Gateway</h1>", status=502)


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<h1>サインイン</h1>")


urlpatterns = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_in, name="sign-out"),
    path("<str:municipality_code>/", page_view, name="home"),
    path("<str:municipality_code>/annex/", page_view, name="annexes"),
    path("<str:municipality_code>/late/", late),
    path("<str:municipality_code>/gone/", gone),
    path("<str:municipality_code>/proxy/", proxy),
]
pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]


@pytest.fixture
def frame(page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Page:
    menu = Navigation()
    menu.register(
        NavigationItem("ホーム", "home", "read", 0, "house", exact=True),
        NavigationItem("様式一覧", "annexes", "read", 10, "table", group="計画"),
    )
    monkeypatch.setattr(ui, "navigation", menu)
    page.goto(f"{live_server.url}/139998/annex/")
    return page


def test_the_page_meets_the_rules_on_a_desk_and_on_a_phone(frame: Page, axe: PageCheck) -> None:
    axe(frame)
    frame.set_viewport_size(PHONE)  # type: ignore[arg-type]
    axe(frame)
    expect_no_sideways_scroll(frame)


def test_the_skip_link_comes_first_and_leads_to_the_text(frame: Page) -> None:
    frame.keyboard.press("Tab")
    expect(frame.get_by_role("link", name="本文へ移動")).to_be_focused()
    frame.keyboard.press("Enter")
    expect(frame.get_by_role("main")).to_be_focused()


def test_the_menu_on_a_phone_opens_and_closes_by_keyboard(frame: Page) -> None:
    frame.set_viewport_size(PHONE)  # type: ignore[arg-type]
    entry = frame.get_by_role("link", name="様式一覧")
    expect(entry).to_be_hidden()
    opener = frame.get_by_role("button", name="メニュー", exact=True)
    opener.focus()
    frame.keyboard.press("Enter")
    expect(entry).to_be_visible()
    expect(entry).to_have_attribute("aria-current", "page")
    expect(frame.get_by_role("button", name="使用者を交代")).to_be_visible()
    expect(frame.locator("#site-menu")).to_have_class(re.compile(r"\bshow$"))  # has slid in
    frame.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_table_becomes_cards_on_a_phone(frame: Page) -> None:
    cell = frame.get_by_role("cell", name="72時間")
    expect(cell).to_have_css("content", "none", pseudo="before")
    frame.set_viewport_size(PHONE)  # type: ignore[arg-type]
    label = frame.locator("td[data-label]")
    expect(label).not_to_have_css("content", "none", pseudo="before")


def test_the_error_summary_takes_the_focus_and_leads_to_the_fields(
    frame: Page, axe: PageCheck
) -> None:
    frame.get_by_role("button", name="保存する").click()
    summary = frame.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("入力内容に3件の誤りがあります")
    axe(frame)

    summary.get_by_role("link", name="情報システム名").click()
    expect(frame.get_by_label("情報システム名")).to_be_focused()
    search = frame.locator("#id_department-ts-control")
    expect(search).to_be_visible()
    summary.get_by_role("link", name="所管部署").click()
    expect(search).to_be_focused()


def test_a_long_select_is_searched_by_typing(frame: Page) -> None:
    box = frame.locator("#id_department-ts-control")
    box.click()
    box.press_sequentially("第27")
    frame.get_by_role("option", name="第27課").click()
    expect(frame.locator("#id_department")).to_have_value("27")


def test_a_refused_partial_update_shows_its_sentence_and_replaces_nothing(
    frame: Page, complaints: Complaints
) -> None:
    complaints.allow("status of 409|Response Status Error Code 409")
    frame.get_by_role("button", name="後から保存").click()
    expect(frame.locator("#page-messages")).to_contain_text("ほかの人が先に変更しました。")
    expect(frame.locator("#target")).to_have_text("元の内容")


def test_an_ended_session_keeps_the_page(frame: Page) -> None:
    frame.get_by_role("button", name="期限切れ").click()
    expect(frame.locator("#page-messages")).to_contain_text("有効期限が切れました")
    expect(frame.locator("#target")).to_have_text("元の内容")


def test_an_error_that_is_not_ours_is_told_in_japanese(frame: Page, complaints: Complaints) -> None:
    complaints.allow("status of 502|Response Status Error Code 502")
    frame.get_by_role("button", name="中継の故障").click()
    expect(frame.locator("#page-messages")).to_contain_text("サーバーで処理できませんでした。")
    expect(frame.locator("#target")).to_have_text("元の内容")


def test_leaving_with_unsaved_input_asks_first(frame: Page) -> None:
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    frame.on("dialog", stay)
    frame.get_by_label("情報システム名").press_sequentially("財務会計")
    with frame.expect_event("dialog"):
        frame.get_by_role("link", name="ホーム").click()
    expect(frame.get_by_label("情報システム名")).to_have_value("財務会計")
    assert asked == ["beforeunload"]

    frame.get_by_role("button", name="保存する").click()
    expect(frame.locator("[data-error-summary]")).to_be_visible()
    assert asked == ["beforeunload"]
