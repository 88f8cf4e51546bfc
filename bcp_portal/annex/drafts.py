"""Keeps what a person typed and has not saved, for that person alone."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.models import Draft
from bcp_portal.ui.errors import DomainError

MAX_PAIRS = 20_000


@transaction.atomic
def keep_draft(*, municipality: Municipality, user: User, key: str, fields: Any) -> Draft:
    """Keep the latest state of one form: a list of [name, value] pairs."""
    if not _is_pairs(fields) or not key or len(key) > 200:
        raise DomainError("入力途中の内容を保存できませんでした。画面を開き直してください。")
    kept = [[_storable(name), _storable(value)] for name, value in fields]
    draft, _ = Draft.objects.update_or_create(
        municipality=municipality,
        user=user,
        key=_storable(key),
        defaults={"payload": {"fields": kept}},
    )
    return draft


def drafts_of(*, user: User, key: str) -> list[Draft]:
    """Return this person's drafts of one form, newest first; nobody else's are ever returned.

    Each page on which somebody types has a draft of its own, named by the form and a mark: key#1f00a2b9.
    """
    kept = _storable(key)
    named = Q(key=kept) | Q(key__startswith=f"{kept}#")
    return list(Draft.objects.filter(named, user=user).order_by("-saved_at"))


@transaction.atomic
def drop_draft(*, user: User, key: str) -> None:
    """Forget a draft after its content was saved or thrown away."""
    Draft.objects.filter(user=user, key=_storable(key)).delete()


def _storable(text: str) -> str:
    """Return the text without what a browser may send and PostgreSQL cannot keep: NUL, half an emoji."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _is_pairs(fields: Any) -> bool:
    return (
        isinstance(fields, list)
        and len(fields) <= MAX_PAIRS
        and all(
            isinstance(pair, list) and len(pair) == 2 and all(isinstance(x, str) for x in pair)
            for pair in fields
        )
    )
