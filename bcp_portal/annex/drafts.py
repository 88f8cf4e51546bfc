"""Keeps what a person typed and has not saved, for that person alone."""

import json
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.draft_keys import is_draft_key
from bcp_portal.annex.models import Draft
from bcp_portal.ui.errors import DomainError

MAX_PAIRS = 20_000
MOST_BYTES = 256 * 1024
MOST_OF_ONE_PERSON = 200
TOO_LARGE = "入力した内容が多いため、下書きには残せません。画面を閉じると失われます。途中で保存してください。"
TOO_MANY = (
    f"保存していない下書きが{MOST_OF_ONE_PERSON}件あるため、これ以上は残せません。"
    "途中で保存するか、使わない下書きを、その画面で破棄してください。"
)


@transaction.atomic
def keep_draft(*, municipality: Municipality, user: User, key: str, fields: Any) -> Draft:
    """Keep the latest state of one form: a list of [name, value] pairs.

    DomainError for what no page of the portal sends (422), for more than MOST_BYTES (413), and for
    one draft more than MOST_OF_ONE_PERSON (409).
    """
    name = _storable(key)
    if not _is_pairs(fields) or not is_draft_key(name, municipality):
        raise DomainError("入力途中の内容を保存できませんでした。画面を開き直してください。")
    kept = [[_storable(name), _storable(value)] for name, value in fields]
    if len(json.dumps(kept, ensure_ascii=False).encode()) > MOST_BYTES:
        raise DomainError(TOO_LARGE, status=413)
    own = Draft.objects.filter(user=user)
    if own.count() >= MOST_OF_ONE_PERSON and not own.filter(key=name).exists():
        raise DomainError(TOO_MANY, status=409)
    draft, _ = Draft.objects.update_or_create(
        municipality=municipality,
        user=user,
        key=name,
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


@transaction.atomic
def keep_in_draft(*, user: User, key: str, lines: Collection[str]) -> None:
    """Leave only these lines of a grid in a draft: the others were saved and would come back as new rows."""
    draft = Draft.objects.select_for_update().filter(user=user, key=_storable(key)).first()
    if draft is not None:
        fields = draft.payload["fields"]
        draft.payload = {"fields": [pair for pair in fields if _line_of(*pair) in lines]}
        draft.save()


def _line_of(name: str, value: str) -> str:
    """Return the line that a field of a grid belongs to, as static/js/drafts.js does."""
    return value if name in ("row", "new") else name.rpartition("-")[0]


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
