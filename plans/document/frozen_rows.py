"""Puts raw rows together from what a revision covers and what stays as in the last edition; pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bcp_portal.annex import registry
from bcp_portal.annex.raw_rows import RawRow
from bcp_portal.ui.text import whole_number
from plans.document.chapter_parts import combined_chapters
from plans.document.claims import CLAIMS_KEY, united
from plans.document.coverage import Coverage
from plans.document.named_parts import with_named_rows

ROWS_FORMAT = 1
MASTERS = ("departments", "people")
DERIVED = "derived"
"""Key of rows from which everything that their document derives was made."""


def combine_rows(
    working: Mapping[str, Any], base: Mapping[str, Any] | None, coverage: Coverage
) -> dict[str, Any]:
    """Return the covered raw rows of the working copy and the others of the last edition.

    A row that others name comes along where it would be missing.
    """
    if coverage.whole or base is None:
        return {**working, "tables": dict(working["tables"])}
    tables = {
        code: _table(code, working["tables"], base["tables"], coverage)
        for code in sorted(working["tables"].keys() | base["tables"].keys())
    }
    phrases = _phrases(working, base, coverage)
    return {
        **base,
        "format": ROWS_FORMAT,
        "plan": _plan(working, base, coverage),
        "chapters": combined_chapters(working["chapters"], base["chapters"], coverage),
        CLAIMS_KEY: united(working.get(CLAIMS_KEY, ()), base.get(CLAIMS_KEY, ())),
        "phrases": phrases,
        "settings": _settings(working, base, coverage),
        "tables": with_named_rows(tables, phrases, working["tables"], base["tables"]),
    }


def covers_table(code: str, coverage: Coverage) -> bool:
    """Tell whether the rows of a table are among what a coverage covers."""
    spec = registry.spec(code)
    if coverage.whole or spec is None:
        return coverage.whole
    if spec.number is not None:
        return coverage.covers_annex(spec.number)
    if code in MASTERS:
        return coverage.masters
    if coverage.before_masters:
        return bool(coverage.chapters)
    return code in coverage.tables


def _table(
    code: str,
    working: Mapping[str, Sequence[RawRow]],
    base: Mapping[str, Sequence[RawRow]],
    coverage: Coverage,
) -> list[RawRow]:
    if code in MASTERS and coverage.before_masters:
        return list(_united(working.get(code, ()), base.get(code, ())))
    return list((working if covers_table(code, coverage) else base).get(code, ()))


def _united(working: Sequence[RawRow], base: Sequence[RawRow]) -> Iterator[RawRow]:
    named = {raw["uid"] for raw in working}
    yield from working
    yield from (raw for raw in base if raw["uid"] not in named)


def _plan(
    working: Mapping[str, Any], base: Mapping[str, Any], coverage: Coverage
) -> Mapping[str, Any] | None:
    """Return the plan of the edition, which prints a covered 様式 when the working copy does."""
    plan: Mapping[str, Any] | None = base.get("plan") or working.get("plan")
    now: Mapping[str, Any] | None = working.get("plan")
    if plan is None or now is None:
        return plan
    numbers = {n for n in plan["annex_numbers"] if not coverage.covers_annex(n)}
    numbers |= {n for n in now["annex_numbers"] if coverage.covers_annex(n)}
    return {**plan, "annex_numbers": sorted(numbers)}


def _phrases(
    working: Mapping[str, Any], base: Mapping[str, Any], coverage: Coverage
) -> Mapping[str, Any]:
    """Return what phrases say; one that the edition did not know comes along unasked."""
    now, before = working["phrases"], base.get("phrases", {})
    if coverage.masters or (coverage.before_masters and coverage.chapters):
        found: Mapping[str, Any] = now
        return found
    own = {raw["key"]: raw for raw in (*now["own"], *before.get("own", ()))}
    said = [raw for raw in before.get("values", ()) if raw["value"]]
    values = {(raw["key"], raw["system"]): raw for raw in (*now["values"], *said)}
    return {"own": list(own.values()), "values": list(values.values())}


def _settings(
    working: Mapping[str, Any], base: Mapping[str, Any], coverage: Coverage
) -> Mapping[str, Any]:
    """Return how tables are titled and labelled, each as the part it belongs to has it.

    Choices belong to no single table: those of the edition stay, new ones come along. An edition
    that was issued before settings were frozen is read with those of today.
    """
    now, before = working.get("settings"), base.get("settings")
    if now is None or before is None:
        found: Mapping[str, Any] = now or before or {}
        return found
    follows = coverage.masters or coverage.before_masters
    both = (*now["choices"], *before["choices"])
    choices = {(raw["list_code"], raw["value"]): raw for raw in both}
    return {
        "annexes": list(_owned(now["annexes"], before["annexes"], coverage)),
        "columns": list(_owned(now["columns"], before["columns"], coverage)),
        "choices": now["choices"] if follows else list(choices.values()),
    }


def _owned(
    working: Sequence[RawRow], base: Sequence[RawRow], coverage: Coverage
) -> Iterator[RawRow]:
    yield from (raw for raw in working if covers_setting(raw["code"], coverage))
    yield from (raw for raw in base if not covers_setting(raw["code"], coverage))


def covers_setting(code: str, coverage: Coverage) -> bool:
    """Tell whether settings of a 様式 (by its number) or of a table or view are covered."""
    if annex := registry.annex(whole_number(code)):
        return coverage.covers_annex(annex.number)
    return covers_table(code, coverage) if registry.spec(code) else coverage.masters
