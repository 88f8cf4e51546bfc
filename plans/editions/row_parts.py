"""Puts raw rows together from what a revision covers and what stays as in the last edition; pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bcp_portal.annex import registry
from bcp_portal.annex.raw_rows import RawRow
from plans.outline import CHAPTER_ANCHOR
from plans.public_edition.claims import CLAIMS_KEY, united
from plans.revisions.coverage import Coverage

ROWS_FORMAT = 1
MASTERS = ("departments", "people")


def combine_rows(
    working: Mapping[str, Any], base: Mapping[str, Any] | None, coverage: Coverage
) -> dict[str, Any]:
    """Return the covered raw rows of the working copy and the others of the last edition.

    Departments and people are named by rows of both: all of them are kept, as they are now.
    """
    if coverage.whole or base is None:
        return {**working, "tables": dict(working["tables"])}
    return {
        **base,
        "format": ROWS_FORMAT,
        "chapters": _chapters(working, base, coverage),
        CLAIMS_KEY: united(working.get(CLAIMS_KEY, ()), base.get(CLAIMS_KEY, ())),
        "phrases": working["phrases"] if coverage.chapters else base.get("phrases", {}),
        "tables": {
            code: _table(code, working["tables"], base["tables"], coverage)
            for code in sorted(working["tables"].keys() | base["tables"].keys())
        },
    }


def covers_table(code: str, coverage: Coverage) -> bool:
    """Tell whether the rows of a table go with a coverage; tables without number go with chapters."""
    spec = registry.spec(code)
    if coverage.whole or spec is None:
        return coverage.whole
    if spec.number is None:
        return bool(coverage.chapters) and code not in MASTERS
    return coverage.covers_annex(spec.number)


def covered_chapters(chapters: Sequence[RawRow], coverage: Coverage) -> list[RawRow]:
    """Return the raw chapters that stand in covered 章."""
    roots = roots_of(chapters)
    return [raw for raw in chapters if coverage.covers_section(anchor(roots[raw["uid"]]))]


def roots_of(chapters: Sequence[RawRow]) -> dict[str, str]:
    """Return the uid of the 章 in which each chapter stands, by its own uid."""
    parents = {raw["uid"]: raw["parent"] for raw in chapters}
    return {uid: _root(uid, parents) for uid in parents}


def anchor(uid: str) -> str:
    """Return the anchor of a chapter by its uid."""
    return f"{CHAPTER_ANCHOR}{uid}"


def _root(uid: str, parents: Mapping[str, str | None]) -> str:
    seen = {uid}
    while (parent := parents.get(uid)) and parent in parents and parent not in seen:
        seen.add(parent)
        uid = parent
    return uid


def _chapters(
    working: Mapping[str, Any], base: Mapping[str, Any], coverage: Coverage
) -> list[RawRow]:
    covered = covered_chapters(working["chapters"], coverage)
    named = {raw["uid"] for raw in covered}
    gone = {raw["uid"] for raw in covered_chapters(base["chapters"], coverage)}
    kept = [raw for raw in base["chapters"] if raw["uid"] not in gone | named]
    return [*kept, *covered]


def _table(
    code: str,
    working: Mapping[str, Sequence[RawRow]],
    base: Mapping[str, Sequence[RawRow]],
    coverage: Coverage,
) -> list[RawRow]:
    if code in MASTERS:
        return list(_united(working.get(code, ()), base.get(code, ())))
    return list((working if covers_table(code, coverage) else base).get(code, ()))


def _united(working: Sequence[RawRow], base: Sequence[RawRow]) -> Iterator[RawRow]:
    named = {raw["uid"] for raw in working}
    yield from working
    yield from (raw for raw in base if raw["uid"] not in named)
