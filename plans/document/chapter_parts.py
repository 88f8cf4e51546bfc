"""Puts raw chapters together from the 章 a revision covers and the others of the last edition; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from bcp_portal.annex.raw_rows import RawRow
from plans.document.coverage import Coverage
from plans.document.part_order import merged
from plans.text.outline import APPENDIX_PLACE, BODY_PLACE, CHAPTER_ANCHOR, FRONT_PLACE, RETIRED

_PLACES = (FRONT_PLACE, BODY_PLACE, APPENDIX_PLACE)


def combined_chapters(
    working: Sequence[RawRow], base: Sequence[RawRow], coverage: Coverage
) -> list[RawRow]:
    """Return the covered 章 of the working copy among the others of the edition, counted anew.

    A chapter that moved from one 章 to another stands where the covered one of both has it.
    """
    covered = covered_chapters(working, coverage)
    named = {raw["uid"] for raw in covered}
    gone = {raw["uid"] for raw in covered_chapters(base, coverage)}
    left_behind = gone | named
    parents = {raw["uid"]: raw["parent"] for raw in base}
    kept = [
        {**raw, "parent": _living_parent(raw["parent"], parents, left_behind)}
        for raw in base
        if raw["uid"] not in left_behind
    ]
    places = _places(working, base, coverage)
    return [{**raw, **places.get(raw["uid"], {})} for raw in (*kept, *covered)]


def covered_chapters(chapters: Sequence[RawRow], coverage: Coverage) -> list[RawRow]:
    """Return the raw chapters that stand in covered 章."""
    roots = roots_of(chapters)
    return [raw for raw in chapters if coverage.covers_section(anchor(roots[raw["uid"]]))]


def roots_of(chapters: Sequence[Mapping[str, Any]]) -> dict[str, str]:
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


def _living_parent(
    parent: str | None, parents: Mapping[str, str | None], left_behind: set[str]
) -> str | None:
    """Return the nearest chapter above that is still there."""
    seen: set[str] = set()
    while parent in left_behind and parent not in seen:
        seen.add(parent)
        parent = parents.get(parent)
    return parent


def _places(
    working: Sequence[RawRow], base: Sequence[RawRow], coverage: Coverage
) -> dict[str, dict[str, int]]:
    """Return the place of each living 章, by its uid."""

    def covers(uid: str) -> bool:
        return coverage.covers_section(anchor(uid))

    places: dict[str, dict[str, int]] = {}
    for place in _PLACES:
        order = merged(_living_roots(working, place), _living_roots(base, place), _uid, covers)
        places |= {raw["uid"]: {"position": count} for count, raw in enumerate(order, 1)}
    return places


def _living_roots(chapters: Sequence[RawRow], place: str) -> list[RawRow]:
    found = [
        (raw["position"], index, raw)
        for index, raw in enumerate(chapters)
        if not raw["parent"] and raw["row_status"] != RETIRED and raw["placement"] == place
    ]
    return [raw for _, _, raw in sorted(found, key=lambda each: each[:2])]


def _uid(raw: RawRow) -> str:
    return str(raw["uid"])
