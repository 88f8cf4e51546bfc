"""What the log keeps of the plan in hand: its chapters, its phrases, and how it is printed and published."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import models

from bcp_portal.audit.told_values import ToldKind, kind_of_fields
from plans.blanks.models import BlankAnswer
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.models.public_setting import PublicSetting
from plans.chapters.plan_services import shown
from plans.comparison.models import ComparisonSetting
from plans.editions.models.edition_setting import EditionSetting
from plans.phrases.models import OwnPlaceholder, PlaceholderValue

_CLOCKWORK = {"id", "municipality", "uid", "version", "created_at", "updated_at"}
# Where a chapter stands is told of the one that is moved; those beside it follow without a word.
_OF_CHAPTER = ("title", "body", "guidance", "confidentiality", "row_status")
_OF_PLAN_ASIDE = {"arrangements"}


def kinds() -> Iterator[ToldKind]:
    """Yield the kinds of this room besides the tables of its annexes."""
    yield kind_of_fields(
        Plan, "計画の設定", _no_key, _fields(Plan, _OF_PLAN_ASIDE), call=_nothing, text=_shown
    )
    yield kind_of_fields(Chapter, "章・節", _uid, _OF_CHAPTER, text=_shown)
    for model, title in (
        (PublicSetting, "公開版の設定"),
        (EditionSetting, "版の番号の設定"),
        (ComparisonSetting, "新旧対照表の体裁"),
    ):
        yield kind_of_fields(model, title, _no_key, _fields(model), call=_nothing)
    yield kind_of_fields(
        PlaceholderValue,
        "差し込み語句",
        lambda each: f"{each.key}@{each.system.uid if each.system else ''}",
        ("value",),
        related=("system",),
        personal=frozenset({"value"}),
    )
    yield kind_of_fields(OwnPlaceholder, "団体の差し込み語句", _key, ("label", "kind", "help"))
    yield kind_of_fields(
        BlankAnswer, "未調査の回答", lambda each: str(each.code), ("until", "by_text", "note")
    )


def _fields(model: type[models.Model], aside: Collection[str] = ()) -> tuple[str, ...]:
    names = (field.name for field in model._meta.concrete_fields)
    return tuple(name for name in names if name not in _CLOCKWORK and name not in aside)


def _no_key(record: Any) -> str:
    """Return the key of what a municipality has one of."""
    return ""


def _nothing(record: Any) -> str:
    return ""


def _uid(record: Any) -> str:
    return str(record.uid)


def _key(record: Any) -> str:
    return str(record.key)


def _shown(record: Any, name: str) -> str:
    return shown(name, getattr(record, name))
