"""Reads what the progress of a municipality's plan is counted from."""

from collections.abc import Collection, Mapping
from functools import lru_cache

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.draft_rows import draft_counts
from bcp_portal.annex.sheet import Item, Presentation, Sheet, is_needed
from bcp_portal.annex.spec import Annex, AnnexSpec
from bcp_portal.annex.table_builder import build_table, rows_of
from plans.chapters.models.plan import Plan
from plans.chapters.queries import load_outline
from plans.home.progress import (
    AnnexProgress,
    ChapterProgress,
    TableProgress,
    chapter_progress,
    table_progress,
)
from plans.outlines import OUTLINES
from plans.outlines.new_plan import names_of
from plans.outlines.samples import Samples


def progress_of_chapters(plan: Plan | None, municipality: Municipality) -> list[ChapterProgress]:
    """Return the progress of each 章 of a plan, and how much of it stands as its outline offered."""
    outline = OUTLINES.get(plan.profile) if plan else None
    if outline is None:
        return chapter_progress(load_outline(plan))
    samples = _samples(outline.profile, tuple(names_of(municipality).items()))
    return chapter_progress(load_outline(plan), lambda chapter: samples.is_own(chapter, "body"))


@lru_cache(maxsize=64)
def _samples(profile: str, names: tuple[tuple[str, str], ...]) -> Samples:
    """Return the texts of an outline for a municipality: the home page asks for them each time."""
    return Samples([OUTLINES[profile]], dict(names))


def annex_progress(
    presentation: Presentation,
    numbers: Collection[int] | None = None,
    known: Mapping[str, TableProgress] | None = None,
) -> list[AnnexProgress]:
    """Return the progress of these 様式 (None: of all); the queries do not grow with the rows.

    `known` is what was counted before of tables that are still the same, by their codes.
    """
    annexes = [a for a in registry.annexes() if numbers is None or a.number in numbers]
    specs = [spec for annex in annexes for spec in _printed(annex)]
    tables = dict(known or {})
    drafts = draft_counts([spec.code for spec in specs if spec.code not in tables])
    for spec in specs:
        if spec.code not in tables:
            tables[spec.code] = _table(spec, presentation, drafts)
    return [_annex(annex, presentation, tables) for annex in annexes]


def _annex(
    annex: Annex, presentation: Presentation, tables: Mapping[str, TableProgress]
) -> AnnexProgress:
    setting = presentation.annexes.get(str(annex.number))
    return AnnexProgress(
        number=annex.number,
        title=presentation.annex_title(annex.number),
        steps=annex.steps,
        tables=tuple(tables[spec.code] for spec in _printed(annex)),
        by_reference=bool(setting and setting.by_reference),
    )


def _printed(annex: Annex) -> list[AnnexSpec]:
    return [spec for spec in registry.specs_of(annex.number) if spec.printed]


def _table(spec: AnnexSpec, presentation: Presentation, drafts: Mapping[str, int]) -> TableProgress:
    sheet = Sheet(spec, presentation)
    needed = [item for item in sheet.items if is_needed(item)]
    shown = needed or sheet.items[:1]
    # A computed column may read whatever a row names.
    named = None if any(item.spec.compute for item in shown) else shown
    statuses = (RowStatus.ACTIVE,)
    table = build_table(
        sheet,
        municipality=presentation.municipality,
        rows=rows_of(sheet, statuses, named),
        items=shown,
    )
    return table_progress(table, _names(needed), drafts.get(spec.code, 0))


def progress_of(
    code: str, presentation: Presentation, drafts: Mapping[str, int]
) -> tuple[AnnexSpec, TableProgress]:
    """Return a table and how far it is; KeyError names a code nobody declared.

    `drafts` says how many rows of each table are 作成中.
    """
    spec = registry.spec(code)
    if spec is None:
        raise KeyError(code)
    return spec, _table(spec, presentation, drafts)


def _names(items: Collection[Item]) -> set[str]:
    return {item.name for item in items}
