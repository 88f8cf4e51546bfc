"""What the log keeps of the rows of every annex, and of what a municipality settles about them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import models
from django.db.models import Prefetch

from bcp_portal.annex import registry
from bcp_portal.annex.cells import cell_of, kind_of
from bcp_portal.annex.file_cells import file_cell, file_text, read_cell
from bcp_portal.annex.former_labels import FIELD, said_labels
from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.annex.row_changes import named_uids, stored_items
from bcp_portal.annex.sheet import COMMON_COLUMNS, Item, Sheet
from bcp_portal.annex.spec import AnnexSpec, ColumnSpec
from bcp_portal.audit.told_values import Told, ToldKind, Value, kind_of_fields

# Which row comes first is no column, and printed all the same.
PLACE = "row_no"
_SETTINGS: tuple[tuple[type[models.Model], str, Callable[[Any], str], tuple[str, ...]], ...] = (
    (
        AnnexSetting,
        "様式の設定",
        lambda each: str(each.code),
        (
            "title",
            "subtitle",
            "reference_note",
            "managing_department",
            "confidentiality",
            "by_reference",
            FIELD,
        ),
    ),
    (
        ColumnSetting,
        "項目の設定",
        lambda each: f"{each.code}.{each.column}",
        ("label", "hidden", "public", FIELD),
    ),
    (
        ChoiceSetting,
        "選択肢の設定",
        lambda each: f"{each.list_code}.{each.value}",
        ("label", "hidden", "position", FIELD),
    ),
)


def told_of(
    sheet: Sheet, row: Any, cells: Mapping[str, CellValue], names: Iterable[str] | None, label: str
) -> Told:
    """Return what the log keeps of the cells a row was saved with: of these columns, or of all and its place."""
    wanted = None if names is None else set(names)
    values = {
        item.name: _told_cell(item, cells.get(item.name))
        for item in stored_items(sheet)
        if _is_told(item.spec, sheet.spec) and (wanted is None or item.name in wanted)
    }
    if wanted is None or PLACE in wanted:
        values[PLACE] = row.row_no
    return Told(row, values.keys(), values, label)


def kinds() -> Iterator[ToldKind]:
    """Yield the kinds of this room: a table each, and the settings of tables, columns and choices."""
    for spec in registry.specs():
        yield _kind_of_table(spec)
    for model, title, key, names in _SETTINGS:
        yield kind_of_fields(model, title, key, names, call=key, text=_text_of_setting)


def _text_of_setting(setting: Any, name: str) -> str:
    if name == FIELD:
        return said_labels(setting.former_labels, getattr(setting, "label", ""))
    return str(getattr(setting, name))


def _kind_of_table(spec: AnnexSpec) -> ToldKind:
    told = [column for column in _columns(spec) if _is_told(column, spec)]
    return ToldKind(
        spec.model,
        key=lambda row: str(row.uid),
        title=spec.title,
        columns={column.name: _label(spec, column) for column in told} | {PLACE: "No."},
        value=_value,
        text=partial(_text, spec),
        read=partial(_read, spec, [column.name for column in told]),
        personal=frozenset(column.name for column in told if column.personal),
    )


def _columns(spec: AnnexSpec) -> Iterator[ColumnSpec]:
    named = {column.name for column in spec.columns}
    yield from spec.columns
    yield from (column for column in COMMON_COLUMNS if column.name not in named)


def _is_told(column: ColumnSpec, spec: AnnexSpec) -> bool:
    """Tell whether the log keeps a column: what it is computed from is kept, and rows that it names by uid."""
    if column.compute is not None:
        return False
    related: Any = spec.model._meta.get_field(column.name).related_model
    return related is None or hasattr(related, "uid")


def _label(spec: AnnexSpec, column: ColumnSpec) -> str:
    field: Any = spec.model._meta.get_field(column.name)
    return column.label or str(field.verbose_name)


def _value(row: Any, name: str) -> Value:
    if name == PLACE:
        return row.row_no
    field = row._meta.get_field(name)
    kind = kind_of(field)
    if kind.holds_file:
        return _file_value(field, file_cell(row, field))
    if kind.names_rows:
        return _told_uids(kind, [str(target.uid) for target in kind.targets(row, name)])
    return cell_of(row, field)


def _told_cell(item: Item, cell: CellValue) -> Value:
    kind = item.column.kind
    if kind.holds_file:
        return _file_value(item.model_field, cell)
    return _told_uids(kind, named_uids(cell)) if kind.names_rows else cell


def _told_uids(kind: Kind, uids: Sequence[str]) -> Value:
    return sorted(uids) if kind.several else next(iter(uids), None)


def _file_value(field: Any, cell: CellValue) -> Value:
    """Return name and SHA-256 of a file: where it lies is another place in every installation."""
    read: Any = read_cell(field, cell)
    return {"name": read["name"], "sha256": read.get("sha256", "")} if read else None


def _text(spec: AnnexSpec, row: Any, name: str) -> str:
    if name == PLACE:
        return str(row.row_no)
    item = next(i for i in Sheet.of(spec, row.municipality).all_items if i.name == name)
    if item.column.kind.holds_file:
        return file_text(read_cell(item.model_field, file_cell(row, item.model_field)))
    return item.column.text(cell_of(row, item.model_field))


def _read(spec: AnnexSpec, names: Iterable[str]) -> Iterable[Any]:
    """Return all rows with the rows they name, each table of which is asked once."""
    fields = [spec.model._meta.get_field(name) for name in names]
    named: list[Prefetch[Any]] = [
        Prefetch(field.name, queryset=models.QuerySet(field.related_model))
        for field in fields
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
    ]
    return spec.model._default_manager.order_by("pk").prefetch_related(*named)
