"""Each field of each record of a municipality is covered by a proof, or stands here with the reason why not."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from bcp_portal.accounts.models import TenantOwned
from bcp_portal.accounts.rows import Row
from bcp_portal.annex.fields import DurationMinutesField
from bcp_portal.audit.seals import seal_registry, sealed_fields
from bcp_portal.audit.told_values import told_registry
from bcp_portal.jobs.models import BackgroundJob
from plans.chapters.models.chapter import Chapter
from plans.proofs.told_kinds import _PLACE

KEYS = {"id", "municipality"}
ROW_ASIDE = {
    "uid": "the key of the record: another one is a record too many and one too few",
    "version": "a counter by which two saves are told apart; no page shows it",
    "created_at": "the entry 追加 says when",
    "created_by": "the entry 追加 says who",
    "updated_at": "the last entry says when",
    "updated_by": "the last entry says who",
    "verified_by": "the entry 確認 says who",
}
"""Bookkeeping of every row; that it is told nowhere else is why nothing is decided by it."""
ASIDE = {
    "annex.annexsetting": {"code": "in the key of the record"},
    "annex.columnsetting": dict.fromkeys(("code", "column"), "in the key of the record"),
    "annex.choicesetting": dict.fromkeys(("list_code", "value"), "in the key of the record"),
    "plans.plancopy": {name: ROW_ASIDE[name] for name in ("uid", "version")},
    "plans.blankanswer": {
        "code": "in the key of the record",
        **{name: ROW_ASIDE[name] for name in ("uid", "version")},
    },
    "plans.ownplaceholder": {
        "key": "in the key of the record",
        "created_at": ROW_ASIDE["created_at"],
    },
    "plans.placeholdervalue": {
        **dict.fromkeys(("key", "system"), "in the key of the record"),
        **{name: ROW_ASIDE[name] for name in ("version", "updated_at", "updated_by")},
    },
    "plans.wordtemplate": {
        "file": "the bytes are compared with their SHA-256, which is told",
        "kept_at": "the entry says when",
        "kept_by": "the entry says who",
    },
    "plans.plan": {
        **ROW_ASIDE,
        "arrangements": "where chapters stood under former outlines; only a proposal of the way back",
    },
    "plans.chapter": {
        **ROW_ASIDE,
        "plan": "a municipality has one plan",
        "note": "chapters have no such field to type in",
        "evidence": "chapters have no such field to type in",
        "verified_on": "chapters have no such field to type in",
    },
}
PROVEN_OTHERWISE = {
    "audit.entry": "the chain of the log",
    "audit.chainhead": "the chain of the log",
    "audit.shownrow": "shown_digest of its entry",
    "accounts.membership": "roles: role_proofs",
    "plans.edition": "the chain of the editions",
    "plans.submittedcontent": "content_sha256 of its submission, which is sealed",
    "plans.contributor": "sealed with its revision",
    "plans.returnremark": "sealed with its decision",
}
PASSING = {
    "annex.draft": "what somebody types and has not saved",
    "annex.tablechoice": "which columns of a grid one person sees, and his named searches",
    "plans.editionreading": "which edition a person read last, for the mark 「読んだ後に変わった所」",
    "plans.printchoices": "what a person printed last, offered again",
    "plans.wordimport": "what was read of a file; placing it is written by the services of chapters",
    "annex.rememberedcolumn": "a suggestion for the next import, shown before anything is saved",
}
"""Records by which nothing is decided and that no document shows."""


def records() -> Iterator[Any]:
    for model in apps.get_models():
        if issubclass(model, TenantOwned) and not model._meta.auto_created:
            yield model


def fields_of(model: Any) -> set[str]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name for field in fields} - KEYS


def covered(model: Any) -> set[str] | None:
    """Return the fields that a proof covers; None where no kind of it is known."""
    label = model._meta.label_lower
    seal, told = seal_registry.kind(label), told_registry.kinds().get(label)
    if seal is None and told is None:
        return None
    found = {each.name for each in sealed_fields(seal)} if seal else set()
    found |= set(seal.beside) if seal else set()
    found |= set(told.columns) if told else set()
    if model is Chapter:
        found |= {name.split("__")[0] for name in _PLACE}
    return found


def units(model: Any, names: set[str]) -> set[str]:
    """Return the fields that say in what unit a covered one was written."""
    fields = (f for f in model._meta.concrete_fields if isinstance(f, DurationMinutesField))
    return {f.unit_field for f in fields if f.name in names}


@pytest.mark.parametrize("model", list(records()), ids=lambda model: model._meta.label_lower)
def test_each_field_is_covered_or_reviewed(model: type[models.Model]) -> None:
    label, found = model._meta.label_lower, covered(model)
    if found is None:
        is_job = issubclass(model, BackgroundJob)
        assert is_job or label in PROVEN_OTHERWISE or label in PASSING, label
        return
    aside = set(ASIDE.get(label, ROW_ASIDE if issubclass(model, Row) else {}))
    if label in PROVEN_OTHERWISE:
        aside |= fields_of(model)
    assert sorted(fields_of(model) - found - units(model, found) - aside) == []


def test_the_reviewed_lists_hold_nothing_else() -> None:
    labels = {model._meta.label_lower for model in records()}
    assert {*ASIDE, *PROVEN_OTHERWISE, *PASSING} <= labels
    for label, aside in ASIDE.items():
        model = apps.get_model(label)
        assert set(aside) & fields_of(model) <= fields_of(model) - (covered(model) or set()) | {
            "uid"
        }
