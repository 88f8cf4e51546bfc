"""What must be true of one deputy before the row is saved (様式8, 代行順位)."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from bcp_portal.annex.batch import read_once
from bcp_portal.annex.spec import Problem
from bcp_portal.ui.text import match_key
from plans.annexes.models.organisation import RoleDeputy


def named_by_post_or_person(row: RoleDeputy) -> Iterator[Problem]:
    """A deputy is a post, a person, or a person in a post."""
    if not row.post and row.person_id is None:
        yield Problem("post", "代行する職か、代行者の氏名のどちらかを入力してください。")


def rank_follows_the_others(row: RoleDeputy) -> Iterator[Problem]:
    """A new deputy takes at most the next rank.

    A deputy who already has a rank may step one further for a moment, because two deputies can
    only change places through a free rank; a gap that stays is not refused.
    """
    if row.role_id is None or row.order is None:
        return
    line = _line_of(row)
    others = len(line - {row.uid})
    highest = others + 1 if row.pk is None else others + 2
    if row.order <= highest:
        line.add(row.uid)
    else:
        yield Problem(
            "order",
            f"代行順位は1から続けて付けます。「{row.role.role_name}」の代行者はほかに{others}人です。"
            f"{row.order}ではなく{others + 1}以下を入力してください。",
        )


def not_the_principal(row: RoleDeputy) -> Iterator[Problem]:
    """Nobody stands in for themselves."""
    if row.role_id is None:
        return
    if row.person_id is not None and row.person_id == row.role.person_id:
        yield Problem(
            "person", f"「{row.role.role_name}」の本人を、その代行者にすることはできません。"
        )
    if row.post and match_key(row.post) == match_key(row.role.post):
        yield Problem(
            "post",
            f"「{row.post}」は「{row.role.role_name}」に充てる職です。別の職を入力してください。",
        )


def not_twice_in_the_line(row: RoleDeputy) -> Iterator[Problem]:
    """One person, or one post, stands in the line once."""
    if row.role_id is None:
        return
    for other in _other_deputies(row):
        if row.person_id is not None and row.person_id == other.person_id:
            yield Problem("person", f"この人はすでに代行順位{other.order}の代行者です。")
        elif row.post and row.person_id is None and match_key(row.post) == match_key(other.post):
            yield Problem("post", f"「{row.post}」はすでに代行順位{other.order}の代行者です。")


def _line_of(row: RoleDeputy) -> set[UUID]:
    """Return the deputies of the role; of many checked one after another, each that passed too."""
    known = RoleDeputy.objects.filter(role_id=row.role_id).values_list("uid", flat=True)
    return read_once(("deputies", row.role_id), lambda: set(known))


def _other_deputies(row: RoleDeputy) -> QuerySet[RoleDeputy]:
    return RoleDeputy.objects.filter(role_id=row.role_id).exclude(pk=row.pk).order_by("order")


RULES = (
    named_by_post_or_person,
    rank_follows_the_others,
    not_the_principal,
    not_twice_in_the_line,
)
