"""Lists the rows that an edition does not hold but prints by name, because its rows name them; pure.

A row marked 作成中 is in no table of an edition. A row that is in one and names it still prints its
name, while what is computed from rows leaves it out: whoever submits and decides has to know.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.raw_rows import RawRow, read_raw, references
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec
from plans.document.frozen_rows import MASTERS
from systems.models import SystemItem

HEAD_KEY = "named_drafts"
PHRASES, PHRASES_CODE = "差し込み語句", "phrases"
_STATUSES = dict(RowStatus.choices)
Named = tuple[Any, str]


@dataclass(frozen=True)
class RowName:
    """A row as it is listed: its table, its No. there (0 for a phrase), its name without people."""

    code: str
    heading: str
    uid: str
    number: int
    name: str

    @property
    def in_table(self) -> str:
        """Return what the row is called where its table is named already."""
        number = f"No.{self.number}" if self.number else ""
        return f"{number}「{self.name}」" if self.name else number

    def __str__(self) -> str:
        return f"{self.heading}{'の' if self.number else ''}{self.in_table}"


@dataclass(frozen=True)
class Naming:
    """A row of the edition, and in which of its columns it names the other."""

    row: RowName
    columns: tuple[str, ...]

    def __str__(self) -> str:
        columns = f"（{'、'.join(self.columns)}）" if self.columns else ""
        return f"{self.row}{columns}"


@dataclass(frozen=True)
class NamedDraft:
    """A row that the edition does not hold, its 状態, and the rows of the edition that name it."""

    row: RowName
    status: str
    named_by: tuple[Naming, ...]

    def __str__(self) -> str:
        return f"{self.row}（{self.status}）：{'、'.join(map(str, self.named_by))}"

    def to_json(self) -> dict[str, Any]:
        """Return what the head of a submission keeps."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "NamedDraft":
        """Rebuild what a submission kept."""
        named_by = (
            Naming(RowName(**each["row"]), tuple(each["columns"])) for each in data["named_by"]
        )
        return cls(RowName(**data["row"]), data["status"], tuple(named_by))


def named_in_head(head: Mapping[str, Any]) -> list[NamedDraft]:
    """Return what a submission froze of it; a release before this one froze nothing."""
    return [NamedDraft.from_json(each) for each in head.get(HEAD_KEY, ())]


def named_drafts(rows: Mapping[str, Any], presentation: Presentation) -> list[NamedDraft]:
    """Return the rows that are 作成中 or 廃止 and that rows of the edition name, in listed order.

    `rows` are the raw rows of which the edition is made.
    """
    tables: Mapping[str, Sequence[RawRow]] = rows["tables"]
    names = _Names(tables, presentation)
    found: dict[Named, list[Naming]] = {}
    for spec, raw in _in_edition(tables):
        for target in dict.fromkeys(references(spec.model, raw)):
            if names.is_left_out(target):
                naming = Naming(names.of(spec, raw), names.columns(spec, raw, target))
                found.setdefault(target, []).append(naming)
    for target in _named_by_phrases(rows):
        if names.is_left_out(target):
            phrase = RowName(PHRASES_CODE, PHRASES, "", 0, "")
            found.setdefault(target, []).append(Naming(phrase, ()))
    return [names.draft(target, found[target]) for target in names.listed(found)]


def left_out_names(rows: Mapping[str, Any]) -> set[Named]:
    """Return the rows that are not in the edition and stand in it by name, also through another."""
    tables: Mapping[str, Sequence[RawRow]] = rows["tables"]
    by_name = _by_name(tables)
    waiting = [
        target for spec, raw in _in_edition(tables) for target in references(spec.model, raw)
    ]
    waiting += _named_by_phrases(rows)
    found: set[Named] = set()
    while waiting:
        name = waiting.pop()
        if name in found or name not in by_name:
            continue
        spec, raw = by_name[name]
        if raw["row_status"] != RowStatus.ACTIVE:
            found.add(name)
            waiting += references(spec.model, raw)
    return found


def _in_edition(
    tables: Mapping[str, Sequence[RawRow]],
) -> Iterator[tuple[AnnexSpec, RawRow]]:
    """Yield the rows that an edition made of these holds, or that stand in all of its tables."""
    for spec in registry.specs():
        if spec.printed or spec.code in MASTERS:
            for raw in tables.get(spec.code, ()):
                if raw["row_status"] == RowStatus.ACTIVE:
                    yield spec, raw


def _named_by_phrases(rows: Mapping[str, Any]) -> list[Named]:
    values = (rows.get("phrases") or {}).get("values", ())
    return list(
        dict.fromkeys(
            (SystemItem, raw["system"]) for raw in values if raw.get("system") and raw["value"]
        )
    )


def _by_name(tables: Mapping[str, Sequence[RawRow]]) -> dict[Named, tuple[AnnexSpec, RawRow]]:
    return {
        (spec.model, raw["uid"]): (spec, raw)
        for spec in registry.specs()
        for raw in tables.get(spec.code, ())
    }


class _Names:
    """What raw rows are called, read from nothing but themselves."""

    def __init__(self, tables: Mapping[str, Sequence[RawRow]], presentation: Presentation) -> None:
        self._rows = _by_name(tables)
        self._presentation = presentation
        self._read: dict[Named, Any] = {}
        self._sheets: dict[str, Sheet] = {}

    def is_left_out(self, name: Named) -> bool:
        return name in self._rows and self._rows[name][1]["row_status"] != RowStatus.ACTIVE

    def listed(self, names: Mapping[Named, object]) -> Iterator[Named]:
        """Yield these names in the order of their tables."""
        return (name for name in self._rows if name in names)

    def draft(self, name: Named, named_by: Sequence[Naming]) -> NamedDraft:
        spec, raw = self._rows[name]
        status = str(_STATUSES.get(raw["row_status"], raw["row_status"]))
        return NamedDraft(self.of(spec, raw), status, tuple(named_by))

    def of(self, spec: AnnexSpec, raw: RawRow) -> RowName:
        name = "" if names_people(spec) else str(self._instance(spec.model, raw["uid"]))
        heading = self._sheet(spec).heading
        return RowName(spec.code, heading, raw["uid"], raw.get("row_no") or 0, name)

    def columns(self, spec: AnnexSpec, raw: RawRow, target: Named) -> tuple[str, ...]:
        """Return the labels of the columns in which a row names another."""
        labels = {item.name: item.column.label for item in self._sheet(spec).all_items}
        model, uid = target
        return tuple(
            labels.get(field.name, str(field.verbose_name))
            for field in (*spec.model._meta.concrete_fields, *spec.model._meta.many_to_many)
            if field.related_model is model and uid in _listed(raw.get(field.name))
        )

    def _instance(self, model: Any, uid: str) -> Any:
        """Return a row that was never saved and says what the raw row says."""
        name = (model, uid)
        if name not in self._read:
            self._read[name] = None  # A circle of rows ends here.
            if name in self._rows:
                read = read_raw(model, self._rows[name][1], self._instance)
                self._read[name] = model(**read.values)
        return self._read[name]

    def _sheet(self, spec: AnnexSpec) -> Sheet:
        if spec.code not in self._sheets:
            self._sheets[spec.code] = Sheet(spec, self._presentation)
        return self._sheets[spec.code]


def names_people(spec: AnnexSpec) -> bool:
    """Tell whether the name of a row may say who somebody is: then only its No. is listed."""
    columns = map(spec.column, spec.natural_key)
    fields: list[Any] = [spec.model._meta.get_field(name) for name in spec.natural_key]
    return any(column and column.personal for column in columns) or any(
        (target := registry.spec_of_model(field.related_model))
        and target is not spec
        and names_people(target)
        for field in fields
        if field.is_relation
    )


def _listed(value: object) -> Sequence[str]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, str) else []
