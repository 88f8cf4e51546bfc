"""Knows the names under which pages of the portal keep drafts, so that nobody stores anything else there."""

import re
from urllib.parse import unquote

from django.urls import Resolver404, get_script_prefix, resolve

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry

# As static/js/drafts.js cuts the address of a page, and what it puts behind the name of the form.
_LONGEST_OF_PAGE = 190
_MARK = re.compile(r"#[0-9a-f]{8}")
_FORM = re.compile(r"[^\0-\x1f#]{1,190}")

_rooms = {"annex", "page"}


def register_draft_rooms(*names: str) -> None:
    """Add what stands before the colon in the keys of a room's own forms."""
    _rooms.update(names)


def is_draft_key(key: str, municipality: Municipality) -> bool:
    """Tell whether a page of the municipality may have a form of this name."""
    name, sign, mark = key.partition("#")
    if sign and not _MARK.fullmatch(sign + mark):
        return False
    room, colon, form = name.partition(":")
    if not colon or room not in _rooms or not _FORM.fullmatch(form):
        return False
    if room == "annex":
        return registry.spec(form.partition(":")[0]) is not None
    return room != "page" or _is_page(form, municipality, whole=len(name) < _LONGEST_OF_PAGE)


def _is_page(form: str, municipality: Municipality, *, whole: bool) -> bool:
    """Tell whether a form is on a page of the town; of an address that was cut only the beginning is known."""
    path, _, place = form.rpartition(":") if whole else (form, "", "0")
    address = "/" + unquote(path.partition("?")[0]).removeprefix(get_script_prefix())
    if not place.isdecimal() or not address.startswith(f"/{municipality.code}/"):
        return False
    if not whole:
        return True
    try:
        resolve(address)
    except Resolver404:
        return False
    return True
