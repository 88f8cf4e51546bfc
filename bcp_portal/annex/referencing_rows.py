"""Finds the rows that name another one, which therefore cannot be deleted."""

from collections.abc import Sequence
from typing import Any

from bcp_portal.annex.registry import spec_of_model


def users_of(row: Any) -> list[Any]:
    """Return the rows that name this one, by foreign key or many-to-many; its own children too."""
    found: list[Any] = []
    for relation in row._meta.related_objects:
        model = relation.related_model
        if spec_of_model(model) is None:
            continue
        found += list(model.objects.filter(**{relation.field.name: row}).distinct())
    return found


def in_use(row: Any, users: Sequence[Any]) -> str:
    """Say in Japanese that a row cannot be deleted because of the rows that use it."""
    named = [f"{user._meta.verbose_name}「{user}」" for user in users[:10]]
    more = f"ほか{len(users) - 10}件" if len(users) > 10 else ""
    return (
        f"「{row}」は{'、'.join(named)}{more}で使われているため、削除できません。"
        "先にそちらを直すか、削除の代わりに「廃止」にしてください。"
    )
