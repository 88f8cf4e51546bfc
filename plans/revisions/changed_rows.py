"""Tells which rows of a table read or stand otherwise, counted as the 新旧対照表 counts them; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.raw_rows import RawRow
from bcp_portal.annex.spec import AnnexSpec
from plans.comparison.alignment import moved
from plans.document.named_drafts import Named

Tables = Mapping[str, Sequence[RawRow]]
Contents = Mapping[str, Mapping[str, Any]]
# Who wrote a row, when and how often, and what no edition prints.
_NOT_PRINTED = frozenset(
    {"version", "created_at", "created_by", "updated_at", "updated_by", "verified_on"}
    | {"verified_by", "evidence", "guidance", "key", "set_aside", "arrangements"}
)


def changed_rows(spec: AnnexSpec, new: Tables, old: Tables, named: set[Named]) -> set[str]:
    """Return the rows that read or stand otherwise, each once, as the 新旧対照表 counts them.

    Of two rows that changed places one moved. A row in no edition counts while one names it.
    """
    one, other = (by_uid(tables.get(spec.code, ())) for tables in (new, old))
    return (
        otherwise(one, other)
        | moved(_in_order(spec, old, one), _in_order(spec, new, other))
        | otherwise(*_both_named(spec, new, old, named))
    )


def otherwise(one: Contents, other: Contents) -> set[str]:
    """Return the uids of what says something else, wherever it stands."""
    return {
        uid
        for uid in one.keys() | other.keys()
        if _without_place(one.get(uid)) != _without_place(other.get(uid))
    }


def _without_place(content: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if content is None:
        return None
    return {name: value for name, value in content.items() if name != "row_no"}


def _in_order(spec: AnnexSpec, tables: Tables, shared: Contents) -> list[str]:
    """Return the rows of a table that are in `shared` too, in printed order."""
    parents = _places_of_parents(spec, tables)
    rows = [
        raw
        for raw in tables.get(spec.code, ())
        if raw["row_status"] == RowStatus.ACTIVE and raw["uid"] in shared
    ]
    rows.sort(key=lambda raw: (parents.get(raw.get(spec.parent) or "", 0), raw.get("row_no") or 0))
    return [raw["uid"] for raw in rows]


def _places_of_parents(spec: AnnexSpec, tables: Tables) -> dict[str, int]:
    """Return the place of each row that rows of this table belong to."""
    if not spec.parent:
        return {}
    field: Any = spec.model._meta.get_field(spec.parent)
    parent = registry.spec_of_model(field.related_model)
    raws = tables.get(parent.code, ()) if parent else ()
    return {raw["uid"]: place for place, raw in enumerate(raws)}


def _both_named(
    spec: AnnexSpec, new: Tables, old: Tables, named: set[Named]
) -> tuple[Contents, Contents]:
    """Return the rows that neither edition holds and one names, as both sides have them."""
    one, other = (
        {
            raw["uid"]: {**content_of(raw), "row_status": None}
            for raw in tables.get(spec.code, ())
            if raw["row_status"] != RowStatus.ACTIVE and (spec.model, raw["uid"]) in named
        }
        for tables in (new, old)
    )
    both = one.keys() & other.keys()
    return ({uid: one[uid] for uid in both}, {uid: other[uid] for uid in both})


def by_uid(raws: Sequence[RawRow]) -> dict[str, dict[str, Any]]:
    """Return what the rows of an edition say."""
    return {raw["uid"]: content_of(raw) for raw in raws if raw["row_status"] == RowStatus.ACTIVE}


def content_of(raw: RawRow) -> dict[str, Any]:
    """Return what is printed of a row; a file counts by what is in it, not by its name on disk."""
    return {
        name: value.get("sha256", value) if isinstance(value, dict) else value
        for name, value in raw.items()
        if name not in _NOT_PRINTED and not _is_empty(value)
    }


def _is_empty(value: Any) -> bool:
    """Tell whether a field says nothing; one that an older release did not have says as much."""
    return value is None or value == "" or value == [] or value == {}
