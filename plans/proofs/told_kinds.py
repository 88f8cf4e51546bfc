"""What the log keeps of the working copy: its chapters, its phrases, and how it is printed and published."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import models

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.audit.told_values import ToldKind, Value, kind_of_fields, plain_value
from plans.blanks.models import BlankAnswer
from plans.bookshelf.copies import FIELDS as COPIED
from plans.bookshelf.models import PlanCopy
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.models.public_setting import PublicSetting
from plans.chapters.order import CHAPTER_ORDER
from plans.chapters.plan_services import shown
from plans.comparison.models import ComparisonSetting
from plans.editions.models.edition_setting import EditionSetting
from plans.phrases.models import OwnPlaceholder, PlaceholderValue
from plans.word.models.template import WordTemplate

_CLOCKWORK = {"id", "municipality", "uid", "version", "created_at", "updated_at"}
# Where a chapter stands is told by one hash for all of them (CHAPTER_ORDER): those beside it follow.
_OF_CHAPTER = ("title", "body", "guidance", "confidentiality", "row_status")
_OF_PLAN_ASIDE = {"arrangements"}
_PLACE = ("uid", "parent__uid", "placement", "position", "row_no", "key", "set_aside")


def kinds() -> Iterator[ToldKind]:
    """Yield the kinds of this room besides the tables of its annexes."""
    plan = kind_of_fields(Plan, "計画の設定", _no_key, _fields(Plan, _OF_PLAN_ASIDE), call=_nothing)
    yield replace(
        plan,
        columns={**plan.columns, CHAPTER_ORDER: "章・節の並び"},
        value=_value_of_plan,
        text=_text_of_plan,
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
    yield kind_of_fields(PlanCopy, "計画の写し", _uid, COPIED, related=("edition", "former"))
    yield kind_of_fields(
        WordTemplate, "Wordのひな形", _no_key, ("original_name", "sha256"), call=_nothing
    )
    yield kind_of_fields(
        BlankAnswer,
        "未調査の回答",
        lambda each: str(each.code),
        ("until", "person", "by_text", "note", "answered_by"),
        related=("person",),
    )


def _value_of_plan(plan: Any, name: str) -> Value:
    if name != CHAPTER_ORDER:
        return plain_value(plan, name)
    chapters = Chapter.objects.filter(plan=plan).order_by("uid")
    return [[_plain(each) for each in place] for place in chapters.values_list(*_PLACE)]


def _text_of_plan(plan: Any, name: str) -> str:
    if name != CHAPTER_ORDER:
        return _shown(plan, name)
    chapters = Chapter.objects.filter(plan=plan, parent=None).exclude(row_status=RowStatus.RETIRED)
    return "、".join(chapters.order_by("position", "pk").values_list("title", flat=True))


def _plain(value: Any) -> Value:
    return str(value) if isinstance(value, UUID) else value


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
