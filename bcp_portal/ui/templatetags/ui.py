"""The components pages are made of; an argument a component does not know is an error."""

import re
from collections.abc import Collection
from datetime import date, datetime
from functools import cache

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.template import Context, TemplateSyntaxError
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from bcp_portal.ui import display
from bcp_portal.ui.eras import format_date
from bcp_portal.ui.form_problems import problems_of
from bcp_portal.ui.moments import format_moment
from bcp_portal.ui.navigation import navigation
from bcp_portal.ui.text import shortened

register = template.Library()

BUTTON_KINDS = {
    "primary": "btn-primary",
    "secondary": "btn-outline-primary",
    "tertiary": "btn-link",
    "danger": "btn-danger",
}
MESSAGE_KINDS = {
    "info": ("info-circle", "お知らせ"),
    "success": ("check-circle", "完了"),
    "warning": ("exclamation-triangle", "注意"),
    "danger": ("exclamation-octagon", "エラー"),
}
BADGE_KINDS = {"neutral", *MESSAGE_KINDS}


@cache
def icon_names() -> frozenset[str]:
    """Return the icons of the sprite static/icons.svg."""
    sprite = (settings.BASE_DIR / "static" / "icons.svg").read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite))


@register.filter
def day(at: date, style: str) -> str:
    """Show a day, or that of a moment, as the municipality writes days: 和暦 or 西暦."""
    return format_date(timezone.localdate(at) if isinstance(at, datetime) else at, style)


@register.filter
def moment(at: datetime, style: str) -> str:
    """Show day and minute, the day as the municipality writes days."""
    return format_moment(at, style)


@register.filter(name="shortened")
def shortened_text(text: object, most: int) -> str:
    """Show at most so many whole letters of a text in one line, 「…」 where it goes on."""
    return shortened(str(text), most)


@register.simple_tag(takes_context=True)
def display_data(context: Context) -> SafeString:
    """Return what this browser has chosen of the display, as attributes of the whole page."""
    chosen = display.chosen(context["request"].COOKIES) if "request" in context else {}
    return format_html_join("", ' data-{}="{}"', chosen.items())


@register.inclusion_tag("ui/display.html", takes_context=True)
def density_choice(context: Context) -> dict[str, object]:
    """Show the two buttons for dense and wide lines."""
    return _display_context(context)


@register.inclusion_tag("ui/menu_fold.html", takes_context=True)
def menu_fold(context: Context) -> dict[str, object]:
    """Show the button that folds the menu of a wide screen away, or brings it back."""
    shown = _display_context(context)
    return {**shown, "folded": shown["menu"] == "folded"}


def _display_context(context: Context) -> dict[str, object]:
    request = context["request"]
    chosen = display.chosen(request.COOKIES)
    shown = {name: chosen.get(name, "") for name in display.KEPT}
    return {**shown, "request": request, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("ui/icon.html")
def icon(name: str, *, label: str = "") -> dict[str, str]:
    """Show an icon; with a label it is read aloud, without one it is decoration."""
    _require(name, icon_names(), "icon")
    return {"name": name, "label": label}


@register.inclusion_tag("ui/button.html")
def button(
    label: str,
    *,
    kind: str = "secondary",
    href: str = "",
    icon: str = "",
    type: str = "submit",
    name: str = "",
    value: str = "",
    form: str = "",
    confirm: str = "",
    small: bool = False,
    disabled: bool = False,
) -> dict[str, object]:
    """Show a button, or with href a link that looks like one; confirm asks before it acts."""
    _require(kind, BUTTON_KINDS, "button kind")
    return {
        "label": label,
        "css_class": BUTTON_KINDS[kind] + (" btn-sm" if small else ""),
        "href": href,
        "icon_name": icon,
        "type": type,
        "name": name,
        "value": value,
        "form_id": form,
        "confirm": confirm,
        "disabled": disabled,
    }


@register.inclusion_tag("ui/badge.html")
def badge(label: str, *, kind: str = "neutral", icon: str = "") -> dict[str, str]:
    """Show a state in one word; the word says it, the colour only helps."""
    _require(kind, BADGE_KINDS, "badge kind")
    return {"label": label, "kind": kind, "icon_name": icon}


@register.inclusion_tag("ui/notice.html")
def notice(message: str, *, kind: str = "info", title: str = "") -> dict[str, str]:
    """Show a sentence that must not be overlooked."""
    _require(kind, MESSAGE_KINDS, "notice kind")
    icon_name, spoken = MESSAGE_KINDS[kind]
    return {
        "message": message,
        "kind": kind,
        "title": title,
        "icon_name": icon_name,
        "spoken": spoken,
    }


@register.inclusion_tag("ui/empty_state.html")
def empty_state(
    title: str, *, text: str = "", icon: str = "journal-text", label: str = "", href: str = ""
) -> dict[str, str]:
    """Say that there is nothing yet, and with label and href where to begin."""
    return {"title": title, "text": text, "icon_name": icon, "label": label, "href": href}


@register.inclusion_tag("ui/page_heading.html")
def page_heading(
    title: str, *, kicker: str = "", lead: str = "", state: str = "", state_kind: str = "neutral"
) -> dict[str, str]:
    """Show the h1 of the page, a line above it, a sentence below, and a state beside it."""
    _require(state_kind, BADGE_KINDS, "badge kind")
    return {
        "title": title,
        "kicker": kicker,
        "lead": lead,
        "state": state,
        "state_kind": state_kind,
    }


@register.inclusion_tag("ui/progress.html")
def progress(value: int, maximum: int, *, label: str, unit: str = "件") -> dict[str, object]:
    """Show how much is done, as a bar and in words; nothing to do counts as done."""
    percent = 100 if maximum <= 0 else max(0, min(100, value * 100 // maximum))
    return {
        "value": value,
        "maximum": maximum,
        "percent": percent,
        "label": label,
        "unit": unit,
    }


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: "BaseForm | BaseFormSet[BaseForm]") -> dict[str, object]:
    """List the errors of a form or form set once, each leading to its field.

    crispy forms call it themselves at their top; a page that calls it earlier wins.
    """
    if getattr(form, "error_summary_shown", False):
        return {"problems": []}
    form.error_summary_shown = True  # type: ignore[union-attr]
    return {"problems": problems_of(form)}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(
    context: Context, page: "Page[object]", *, parameter: str = "page"
) -> dict[str, object]:
    """Lead to the other pages of a list, keeping the filters of the address."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    paginator = page.paginator
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
        "links": [
            {"number": number, "address": address(number) if isinstance(number, int) else ""}
            for number in numbers
        ],
    }


@register.inclusion_tag("ui/breadcrumb.html", takes_context=True)
def breadcrumb(context: Context, *parts: str) -> dict[str, object]:
    """Show the way from home: label, address, label, address, …, label of this page."""
    if len(parts) % 2 == 0:
        raise TemplateSyntaxError("A breadcrumb is pairs of label and address, then one label.")
    trail = [("ホーム", home_url(context)), *zip(parts[:-1:2], parts[1::2], strict=True)]
    return {"trail": trail, "here": parts[-1]}


@register.inclusion_tag("ui/menu.html", takes_context=True)
def menu(context: Context) -> dict[str, object]:
    """Show the menu of the person who looks; nothing outside a municipality."""
    request = context.get("request")
    membership = getattr(request, "membership", None)
    if request is None or membership is None:
        return {"groups": []}
    groups = navigation.groups_for(
        membership, municipality_code=request.municipality.code, path=request.path
    )
    return {"groups": groups}


@register.inclusion_tag("ui/search_field.html", takes_context=True)
def search_field(context: Context) -> dict[str, object]:
    """Show the field that searches everything to a member who may read the plan."""
    request = context.get("request")
    membership = getattr(request, "membership", None)
    if request is None or membership is None or not membership.may("read_plan"):
        return {"address": ""}
    try:
        address = reverse("search:results", kwargs={"municipality_code": request.municipality.code})
    except NoReverseMatch:
        return {"address": ""}
    text = request.GET.get("q", "") if request.path == address else ""
    return {"address": address, "text": text}


@register.simple_tag(takes_context=True)
def home_url(context: Context) -> str:
    """Return the home page of the municipality, or the entrance of the portal."""
    municipality = getattr(context.get("request"), "municipality", None)
    if municipality is None:
        return "/"
    try:
        return reverse("home", kwargs={"municipality_code": municipality.code})
    except NoReverseMatch:
        return "/"


def _require(value: str, known: Collection[str], what: str) -> None:
    if value not in known:
        raise TemplateSyntaxError(f"Unknown {what} {value!r}; known: {', '.join(sorted(known))}.")
