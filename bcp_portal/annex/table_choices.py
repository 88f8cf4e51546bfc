"""How a person looks at a table: which columns its grid shows, and searches of its list that got a name."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import Membership
from bcp_portal.annex.listing import Query
from bcp_portal.annex.models import TableChoice
from bcp_portal.annex.sheet import Item
from bcp_portal.annex.spec import Need
from bcp_portal.ui.counted_letters import letter_count
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import one_line

ALL, REQUIRED, PRINTED, OWN = "all", "required", "printed", "own"
SHOWN = {
    ALL: "すべての列",
    REQUIRED: "必須だけ",
    PRINTED: "印刷する列",
    OWN: "自分で選んだ列",
}
NARROWEST, WIDEST = 60, 800
"""Pixels of a column that a person sets."""
MOST_SEARCHES = 20
LONGEST_NAME = 40


def choice_of(membership: Membership, code: str) -> TableChoice:
    """Return what this person chose for a table, or what is shown to somebody who chose nothing."""
    found = TableChoice.objects.filter(user=membership.user_id, code=code).first()
    return found or TableChoice(
        municipality=membership.municipality, user_id=membership.user_id, code=code
    )


@transaction.atomic
def keep_columns(
    *,
    membership: Membership,
    code: str,
    items: Collection[Item],
    shown: str,
    columns: Sequence[str],
    widths: Mapping[str, int],
) -> None:
    """Keep which columns of the grid a person sees, in which order and how wide.

    Columns and widths of another choice than the person's own stay as they were. DomainError where
    the own choice has no column.
    """
    known = {item.name for item in items}
    values: dict[str, Any] = {"shown": shown if shown in SHOWN else ALL}
    if shown == OWN:
        values["columns"] = [name for name in dict.fromkeys(columns) if name in known]
        if not values["columns"]:
            raise DomainError("表示する列を、一つ以上選んでください。", status=422)
        values["widths"] = {
            name: min(max(width, NARROWEST), WIDEST)
            for name, width in widths.items()
            if name in known
        }
    _keep(membership, code, values)


@transaction.atomic
def keep_search(*, membership: Membership, code: str, name: str, query: Query) -> str:
    """Keep a search, in place of one of the same name, and return its name; DomainError says what is missing."""
    called = one_line(name)
    if not called:
        raise DomainError("条件に付ける名前を入力してください。", status=422)
    if letter_count(called) > LONGEST_NAME:
        raise DomainError(
            f"条件に付ける名前は{LONGEST_NAME}文字以内にしてください"
            f"（今は{letter_count(called)}文字）。保存していません：「{called}」",
            status=422,
        )
    if not query.narrows:
        raise DomainError("保存する条件がありません。絞り込んでから保存してください。", status=422)
    others = [each for each in choice_of(membership, code).searches if each["name"] != called]
    if len(others) >= MOST_SEARCHES:
        raise DomainError(
            f"保存できる条件は{MOST_SEARCHES}件までです。使わない条件を消してください。", status=409
        )
    kept = [*others, {"name": called, "query": query.url(page=0)}]
    _keep(membership, code, {"searches": kept})
    return called


@transaction.atomic
def drop_search(*, membership: Membership, code: str, name: str) -> None:
    """Forget the search of this name; DomainError where there is none."""
    kept = choice_of(membership, code).searches
    left = [each for each in kept if each["name"] != name]
    if len(left) == len(kept):
        raise DomainError(f"条件「{name}」は保存されていません。", status=404)
    _keep(membership, code, {"searches": left})


def _keep(membership: Membership, code: str, values: Mapping[str, Any]) -> None:
    TableChoice.objects.update_or_create(
        municipality=membership.municipality,
        user=membership.user,
        code=code,
        defaults=dict(values),
    )


def ordered(choice: TableChoice, items: Sequence[Item]) -> list[Item]:
    """Return the columns as the person put them, those that are not chosen behind."""
    if choice.shown != OWN:
        return list(items)
    place = {name: number for number, name in enumerate(choice.columns)}
    return sorted(items, key=lambda item: place.get(item.name, len(place)))


def is_shown(choice: TableChoice, item: Item) -> bool:
    """Tell whether the person wants to see a column."""
    if choice.shown == REQUIRED:
        return item.need is Need.SAVE
    if choice.shown == PRINTED:
        return item.spec.unprinted is None
    return choice.shown != OWN or item.name in choice.columns
