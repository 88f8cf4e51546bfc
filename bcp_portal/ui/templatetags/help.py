"""What the guide is written with: pictures, references, and the link that leads to it."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template import Context, TemplateSyntaxError
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from PIL import Image

from bcp_portal.ui.data_addresses import data_address
from bcp_portal.ui.help_book import help_book

register = template.Library()

PICTURE_FOLDER = "help"


@cache
def picture_size(name: str) -> tuple[int, int]:
    """Return width and height in pixels of static/help/<name>.webp."""
    with Image.open(_path(name)) as picture:
        return picture.size


def _path(name: str) -> Path:
    return Path(settings.BASE_DIR) / "static" / PICTURE_FOLDER / f"{name}.webp"


def _data_address(name: str) -> str:
    return data_address(_path(name).read_bytes(), "image/webp")


@register.inclusion_tag("help/picture.html", takes_context=True)
def picture(context: Context, name: str, alt: str) -> dict[str, Any]:
    """Show a picture of a page; alt says what the reader should see in it.

    With `pictures_inside` in the context it is put into the address itself, for print.
    """
    if not alt:
        raise TemplateSyntaxError(f"The picture {name!r} needs words for those who cannot see it.")
    width, height = picture_size(name)
    inside = context.get("pictures_inside")
    address = _data_address(name) if inside else static(f"{PICTURE_FOLDER}/{name}.webp")
    return {"address": address, "alt": alt, "width": width, "height": height}


@register.simple_tag(takes_context=True)
def see(context: Context, slug: str) -> SafeString:
    """Refer to another section of the guide by its title."""
    section = help_book.section(slug)
    if section is None:
        raise TemplateSyntaxError(f"The guide has no section {slug!r}.")
    if slug not in (context.get("anchors") or ()):
        address = help_address(context, slug)
        return format_html('「<a href="{}">{}</a>」', address, section.title)
    return format_html('「<a href="#{}">{}</a>」', slug, section.title)


@register.simple_tag(takes_context=True)
def help_url(context: Context) -> str:
    """Return where the guide speaks of the page on which this stands."""
    match = getattr(context.get("request"), "resolver_match", None)
    section = help_book.section_for(match.view_name) if match else None
    return help_address(context, section.slug if section else "")


def help_address(context: Context, slug: str) -> str:
    """Return the address of a section: in the municipality, or of the guide at the door."""
    municipality = getattr(context.get("request"), "municipality", None)
    anchor = f"#{quote(slug)}" if slug else ""
    try:
        if municipality is None:
            return reverse("front-help") + anchor
        return reverse("help:book", kwargs={"municipality_code": municipality.code}) + anchor
    except NoReverseMatch:
        return "/"
