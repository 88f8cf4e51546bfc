"""Reads everything the working copy is made of, as raw rows to freeze and to restore from."""

from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.former_labels import FIELD as FORMER_LABELS
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.annex.raw_rows import RawRow, raw_row, raw_rows
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.public_setting import public_setting
from plans.claims.queries import confirmed_claims
from plans.document.claims import CLAIMS_KEY
from plans.document.frozen_rows import ROWS_FORMAT
from plans.document.public_choices import ROWS_KEY
from plans.phrases.models import OwnPlaceholder, PlaceholderValue


def working_rows(municipality: Municipality) -> dict[str, Any]:
    """Return everything the working copy is made of, as raw rows.

    The number of queries depends on the number of tables only.
    """
    plan = Plan.objects.filter(municipality=municipality).first()
    chapters = Chapter.objects.filter(plan=plan).order_by("position", "pk")
    return {
        "format": ROWS_FORMAT,
        "plan": raw_row(plan) if plan else None,
        "chapters": raw_rows(chapters) if plan else [],
        "phrases": _phrases(),
        ROWS_KEY: public_setting().choices.to_json(),
        CLAIMS_KEY: confirmed_claims(),
        "settings": _settings(),
        "tables": {spec.code: raw_rows(_table_rows(spec.model)) for spec in registry.specs()},
    }


def _table_rows(model: Any) -> Any:
    return model.objects.order_by("row_no", "pk")


def _settings() -> dict[str, list[RawRow]]:
    """Return how the municipality titles, labels and hides tables, columns and choices."""
    return {
        "annexes": _printed(AnnexSetting.objects.order_by("pk")),
        "columns": _printed(ColumnSetting.objects.order_by("pk")),
        "choices": _printed(ChoiceSetting.objects.order_by("position", "pk")),
    }


def _printed(settings: Any) -> list[RawRow]:
    """Return settings without what they were called before: that is for files, and in no edition."""
    raws = (dict(raw) for raw in raw_rows(settings))
    return [{name: raw[name] for name in raw if name != FORMER_LABELS} for raw in raws]


def _phrases() -> dict[str, list[RawRow]]:
    """Return what the plan says for its phrases, and the phrases it added itself."""
    return {
        "own": raw_rows(OwnPlaceholder.objects.order_by("key")),
        "values": raw_rows(PlaceholderValue.objects.order_by("key", "pk")),
    }
