"""Template components: what they show, and that a slip in a template does not pass unnoticed."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from bcp_portal.accounts.models import User
from bcp_portal.ui.navigation import Navigation, NavigationItem
from bcp_portal.ui.templatetags import ui
from bcp_portal.ui.templatetags.ui import icon_names

pytestmark = pytest.mark.urls("tests.ui.urls")


def rendered(source: str, **context: object) -> str:
    request = RequestFactory().get("/list/", {"q": "電源", "page": "2"})
    return Template("{% load ui %}" + source).render(Context({"request": request, **context}))


class SystemForm(forms.Form):
    name = forms.CharField(label="情報システム名")
    kind = forms.ChoiceField(label="区分", choices=[("a", "基幹系")], widget=forms.RadioSelect)

    def clean(self) -> None:
        raise forms.ValidationError("二つの項目が食い違っています。")


@pytest.mark.parametrize(
    "source",
    [
        '{% button "保存" colour="red" %}',
        '{% button "保存" kind="purple" %}',
        '{% badge "承認済" kind="good" %}',
        '{% icon "no-such-icon" %}',
        '{% icon "house" size=3 %}',
        '{% notice "文" level="info" %}',
        '{% page_heading "題" subtitle="x" %}',
        '{% breadcrumb "様式" "/annex/" %}',
        "{% progress 1 2 %}",
    ],
)
def test_unknown_arguments_are_errors(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        rendered(source)


def test_every_icon_in_the_list_is_in_the_sprite() -> None:
    assert {"house", "printer", "exclamation-octagon", "chevron-left"} <= icon_names()
    for name in icon_names():
        assert f"#{name}" in rendered("{% icon name %}", name=name)


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in rendered('{% icon "house" %}')
    spoken = rendered('{% icon "house" label="ホーム" %}')
    assert 'aria-label="ホーム"' in spoken
    assert "aria-hidden" not in spoken


def test_button_and_link() -> None:
    button = rendered(
        '{% button "送る" kind="primary" name="act" value="send" confirm="本当に？" %}'
    )
    assert '<button class="btn btn-primary" type="submit" name="act" value="send"' in button
    assert 'data-confirm="本当に？"' in button

    link = rendered('{% button "開く" href=url %}', url="/a/?x=1&y=<2>")
    assert link.startswith('<a class="btn btn-outline-primary" href="/a/?x=1&amp;y=&lt;2&gt;"')


@pytest.mark.parametrize(
    ("value", "maximum", "percent"), [(0, 20, 0), (14, 20, 70), (20, 20, 100), (0, 0, 100)]
)
def test_progress_in_figures_and_words(value: int, maximum: int, percent: int) -> None:
    html = rendered('{% progress value maximum label="様式の記入" %}', value=value, maximum=maximum)

    assert f'<progress value="{percent}" max="100" aria-label="様式の記入">' in html
    assert f"{value} / {maximum}件" in html


def test_error_summary_leads_to_each_field_once() -> None:
    form = SystemForm({})
    html = rendered("{% error_summary form %}|{% error_summary form %}", form=form)
    first, second = html.split("|")

    assert "入力内容に3件の誤りがあります" in first
    assert '<a href="#id_name">情報システム名</a>' in first
    assert '<a href="#id_kind_0">区分</a>' in first
    assert "二つの項目が食い違っています。" in first
    assert second.strip() == ""


def test_error_summary_of_a_form_set_names_the_row() -> None:
    formset = forms.formset_factory(SystemForm)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-name": "財務会計"}
    )
    html = rendered("{% error_summary formset %}", formset=formset)

    assert '<a href="#id_form-1-name">2行目 情報システム名</a>' in html
    assert "1行目 情報システム名" not in html
    assert "1行目：二つの項目が食い違っています。" in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert rendered("{% error_summary form %}", form=SystemForm()).strip() == ""


def test_pagination_keeps_the_filter() -> None:
    page = Paginator(range(230), 20).get_page(2)
    html = rendered("{% pagination page %}", page=page)

    assert "230件中 21〜40件" in html
    assert 'href="?q=%E9%9B%BB%E6%BA%90&amp;page=3" rel="next"' in html
    assert 'aria-current="page" aria-label="2ページ目"' in html


def test_one_page_needs_no_pagination() -> None:
    page = Paginator(range(3), 20).get_page(1)

    assert rendered("{% pagination page %}", page=page).strip() == ""


def test_breadcrumb_ends_with_this_page() -> None:
    html = rendered('{% breadcrumb "様式一覧" "/annex/" "様式17" %}')

    assert '<a href="/">ホーム</a>' in html
    assert '<a href="/annex/">様式一覧</a>' in html
    assert 'aria-current="page">様式17' in html


def test_texts_are_escaped() -> None:
    html = rendered(
        "{% notice text %}{% badge text %}{% page_heading text lead=text %}{% empty_state text %}",
        text="<b>x</b>",
    )

    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 5


@pytest.mark.parametrize("inline", [False, True])
def test_crispy_forms_say_required_and_show_radio_errors(inline: bool) -> None:
    source = "{% load crispy_forms_tags %}{% crispy form %}"
    html = rendered(source, form=crispy_form(inline=inline))

    assert html.count('<span class="required-mark">必須</span>') == 2
    assert "asteriskField" not in html
    assert html.count("入力内容に3件の誤りがあります") == 1
    assert html.count("二つの項目が食い違っています。") == 1
    assert 'id="id_kind_error" class="invalid-feedback"' in html
    assert 'aria-describedby="id_kind_error"' in html


def crispy_form(*, inline: bool) -> SystemForm:
    from crispy_forms.bootstrap import InlineRadios
    from crispy_forms.helper import FormHelper
    from crispy_forms.layout import Layout

    form = SystemForm({})
    form.helper = FormHelper()  # type: ignore[attr-defined]
    form.helper.layout = Layout("name", InlineRadios("kind") if inline else "kind")  # type: ignore[attr-defined]
    return form


def page(**context: object) -> str:
    template = Template('{% extends "base.html" %}{% block title %}題{% endblock %}')
    return template.render(Context({"request": RequestFactory().get("/"), **context}))


def test_base_page_without_a_municipality() -> None:
    html = page()

    assert '<html lang="ja">' in html
    assert '<a class="skip-link" href="#main">' in html
    assert '<main id="main"' in html
    assert "<title>題 | ICT-BCPポータル</title>" in html
    assert "メインメニュー" not in html
    assert "サインアウト" not in html


def test_base_page_names_the_municipality_and_the_person() -> None:
    user = User(username="nakamura", display_name="中村 美咲")
    html = page(municipality=SimpleNamespace(name="見本市", code="139998"), user=user)

    assert "<title>題 | 見本市 ICT-BCPポータル</title>" in html
    assert '<span class="site-municipality">見本市</span>' in html
    assert "中村 美咲" in html
    assert html.count('<form method="post" action="/sign-out/">') == 2
    assert 'name="next" value="/sign-in/?next=/"' in html


class Reader:
    role_labels = ("閲覧者",)

    def may(self, permission: str) -> bool:
        return permission == "read_plan"


def test_base_page_of_a_member_shows_the_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    menu = Navigation()
    menu.register(
        NavigationItem("様式一覧", "annexes", "read_plan", 10, "table", group="計画"),
        NavigationItem("様式の設定", "annex-settings", "manage_settings", 20, "gear"),
    )
    monkeypatch.setattr(ui, "navigation", menu)
    request = RequestFactory().get("/139998/annex/")
    request.municipality = SimpleNamespace(name="見本市", code="139998")  # type: ignore[attr-defined]
    request.membership = Reader()  # type: ignore[attr-defined]
    html = page(
        request=request,
        municipality=request.municipality,  # type: ignore[attr-defined]
        membership=request.membership,  # type: ignore[attr-defined]
        user=User(username="nakamura"),
    )

    assert '<nav aria-label="メインメニュー">' in html
    assert '<a class="menu-link" href="/139998/annex/" aria-current="page">' in html
    assert '<h2 class="menu-group">計画</h2>' in html
    assert "様式の設定" not in html
    assert '<a class="site-name" href="/139998/">' in html
    assert "閲覧者" in html


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("wareki", "令和8年4月1日、令和8年4月1日 00:30"),
        ("seireki", "2026年4月1日、2026年4月1日 00:30"),
    ],
)
def test_days_and_moments_are_written_as_the_town_writes_days(style: str, shown: str) -> None:
    at = datetime(2026, 3, 31, 15, 30, tzinfo=UTC)  # already the next day in Japan
    source = "{{ at|day:style }}、{{ at|moment:style }}"
    assert rendered(source, at=at, style=style) == shown
    assert rendered("{{ at|day:style }}", at=date(2026, 4, 1), style=style) in shown
