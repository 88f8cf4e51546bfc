"""Tells a person in which browsers they are signed in, and signs them out of the others."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from bcp_portal.accounts.models import SignInSession, User
from bcp_portal.accounts.sessions import ADDRESS, BROWSER, SEEN_AT, SIGNED_IN_AT
from bcp_portal.members.sign_ins import record_everywhere

# The User-Agent header is long and mostly untrue; these words are enough to recognise a browser.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Terminal:
    """One browser in which a person is signed in."""

    key: str
    is_this: bool
    browser: str
    address: str
    signed_in_at: datetime | None
    seen_at: datetime | None


def terminals_of(user: User, *, this_session_key: str | None) -> list[Terminal]:
    """Return where the person is signed in now, this browser first, then the last used."""
    rows = SignInSession.objects.filter(user=user, expire_date__gt=timezone.now())
    found = [_terminal(row, this_session_key) for row in rows]
    earliest = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda each: (each.is_this, each.seen_at or earliest), reverse=True)


@transaction.atomic
def sign_out_elsewhere(
    *, user: User, this_session_key: str | None, key: str | None, address: str
) -> int:
    """End one other session of the person, or with None all others; return how many ended."""
    others = SignInSession.objects.filter(user=user).exclude(session_key=this_session_key or "")
    chosen = [row for row in others if key is None or key_of(row.session_key) == key]
    for row in chosen:
        row.delete()
    if chosen:
        note = f"ほかの端末でのサインインを終わらせました（{len(chosen)}件）。"
        record_everywhere(user=user, actor=user, action="サインアウト", address=address, note=note)
    return len(chosen)


def browser_name(user_agent: str) -> str:
    """Return browser and device in short words, as far as the browser says them."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "ブラウザー")
    device = next((name for sign, name in _DEVICES if sign in user_agent), "")
    return f"{browser}（{device}）" if device else browser


def key_of(session_key: str) -> str:
    """Return a name for a session that may stand on a page: it opens nothing."""
    return salted_hmac("bcp_portal.members.terminals", session_key).hexdigest()[:20]


def note_sign_in(session: SessionBase, *, address: str, user_agent: str, at: datetime) -> None:
    """Keep in the session where and when somebody signed in."""
    session[ADDRESS] = address
    session[BROWSER] = browser_name(user_agent)
    session[SIGNED_IN_AT] = int(at.timestamp())


def _terminal(row: SignInSession, this_session_key: str | None) -> Terminal:
    said = row.get_decoded()
    return Terminal(
        key=key_of(row.session_key),
        is_this=row.session_key == this_session_key,
        browser=said.get(BROWSER, ""),
        address=said.get(ADDRESS, ""),
        signed_in_at=_moment(said.get(SIGNED_IN_AT)),
        seen_at=_moment(said.get(SEEN_AT)),
    )


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
