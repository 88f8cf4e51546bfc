"""An annex as one municipality sees it: the spec with that municipality's titles, labels and choices."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.cells import kind_of
from bcp_portal.annex.former_labels import FormerLabel, former_labels
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.annex.spec import AnnexSpec, ColumnSpec, Need, Unprinted, col
from bcp_portal.annex.table import Column, Public, heading_of
from bcp_portal.ui.eras import DateStyle

# On every row, after the annex's own columns.
COMMON_COLUMNS = (
    col("note", 12, in_list=False, also_called=("摘要", "その他", "メモ", "特記事項")),
    col(
        "row_status",
        5,
        unprinted=Unprinted.KEEPING,
        help="有効：印刷と版に載ります。作成中：条件により必須の欄が空でも保存できます。印刷には印が付いて出ますが、版には載りません。廃止：印刷にも版にも載りません。",
    ),
    col("confidentiality", 5, in_list=False, unprinted=Unprinted.PUBLICITY),
    col("evidence", 8, in_list=False, below=True),
    col(
        "verified_on",
        6,
        in_list=False,
        unprinted=Unprinted.KEEPING,
        help="ほかの項目を変えて保存すると空欄になります。変えた内容を確かめたときは、確かめた日も入力してください。",
    ),
)


@dataclass(frozen=True)
class Item:
    """One column of a sheet: its spec, the model field behind it (if any), and its final label."""

    spec: ColumnSpec
    column: Column
    model_field: Any = None
    help: str = ""
    hidden: bool = False
    former_labels: tuple[FormerLabel, ...] = ()
    former_options: tuple[tuple[str, FormerLabel], ...] = ()
    """What options in use were called before, each with its code."""

    @property
    def name(self) -> str:
        return self.spec.name

    @property
    def shipped_label(self) -> str:
        """Return what the program calls the column, whatever this municipality calls it."""
        return self.spec.label or str(self.model_field.verbose_name)

    @property
    def need(self) -> Need:
        """Y follows from the model: a field that may not be blank."""
        field = self.model_field
        if field is not None and not field.blank and not self.column.kind.always_filled:
            return Need.SAVE
        return self.spec.need

    @property
    def editable(self) -> bool:
        return self.model_field is not None and self.spec.compute is None


@dataclass(frozen=True)
class Presentation:
    """All settings of one municipality, read in three queries and used for every sheet of a request."""

    municipality: Municipality
    annexes: dict[str, AnnexSetting] = field(default_factory=dict)
    columns: dict[tuple[str, str], ColumnSetting] = field(default_factory=dict)
    choices: dict[str, list[ChoiceSetting]] = field(default_factory=dict)

    @classmethod
    def load(cls, municipality: Municipality) -> "Presentation":
        """Read the settings of the municipality in scope."""
        choices: dict[str, list[ChoiceSetting]] = {}
        for setting in ChoiceSetting.objects.all():
            choices.setdefault(setting.list_code, []).append(setting)
        return cls(
            municipality,
            {setting.code: setting for setting in AnnexSetting.objects.all()},
            {(item.code, item.column): item for item in ColumnSetting.objects.all()},
            choices,
        )

    @property
    def date_style(self) -> DateStyle:
        return DateStyle(self.municipality.date_style)

    def options(
        self, list_code: str, default: tuple[tuple[str, str], ...]
    ) -> tuple[tuple[str, str], ...]:
        """Return the options of a choice list after renaming, hiding and adding."""
        settings = {item.value: item for item in self.choices.get(list_code, ())}
        kept = [
            (value, settings[value].label or label if value in settings else label)
            for value, label in default
            if not (value in settings and settings[value].hidden)
        ]
        known = {value for value, _ in default}
        added = [(s.value, s.label) for s in settings.values() if s.value not in known]
        return tuple(kept + [pair for pair in added if not settings[pair[0]].hidden])

    def former_options(
        self, list_code: str, default: tuple[tuple[str, str], ...]
    ) -> tuple[tuple[str, FormerLabel], ...]:
        """Return what the options in use of a choice list were called before, each with its code."""
        shipped = dict(default)
        return tuple(
            (each.value, former)
            for each in self.choices.get(list_code, ())
            if not each.hidden
            for former in former_labels(each.former_labels, each.label, shipped.get(each.value, ""))
        )

    def public(self, code: str, column: str, shipped: Public) -> Public:
        """Return what the public edition does with a column of a table or view."""
        setting = self.columns.get((code, column))
        return Public(setting.public) if setting and setting.public else shipped

    def public_of(self, code: str, column: str) -> Public:
        """Return what the public edition does with a column of a table, by its code and name.

        A column that this municipality does not use is not public. LookupError names one that
        nobody declared.
        """
        spec = registry.spec(code)
        common = {item.name: item for item in COMMON_COLUMNS}
        declared = spec and (spec.column(column) or common.get(column))
        if not declared:
            raise LookupError(f"{code}.{column}")
        setting = self.columns.get((code, column))
        if setting and setting.hidden and declared.inferred:
            return Public.HIDE
        return self.public(code, column, declared.public)

    def annex_title(self, number: int) -> str:
        """Return the title of a numbered annex as this municipality calls it."""
        setting = self.annexes.get(str(number))
        annex = registry.annex(number)
        return (setting and setting.title) or (annex.title if annex else "")


class Sheet:
    """One editable table of one municipality."""

    def __init__(self, spec: AnnexSpec, presentation: Presentation) -> None:
        self.spec = spec
        self.presentation = presentation

    @classmethod
    def of(cls, spec: AnnexSpec, municipality: Municipality) -> "Sheet":
        """Build the sheet with freshly read settings."""
        return cls(spec, Presentation.load(municipality))

    @classmethod
    def named(cls, code: str, presentation: Presentation) -> "Sheet":
        """Build the sheet of a registered table; KeyError names a code nobody declared."""
        spec = registry.spec(code)
        if spec is None:
            raise KeyError(code)
        return cls(spec, presentation)

    @property
    def municipality(self) -> Municipality:
        return self.presentation.municipality

    @property
    def handling(self) -> AnnexSetting | None:
        """Return what is settled about the annex the table belongs to, or about a table of none."""
        return self.presentation.annexes.get(str(self.spec.number or self.spec.code))

    @cached_property
    def title(self) -> str:
        setting = self.presentation.annexes.get(self.spec.code)
        if setting and setting.title:
            return setting.title
        alone = self.spec.number and len(registry.specs_of(self.spec.number)) == 1
        if alone and self.spec.number:
            return self.presentation.annex_title(self.spec.number) or self.spec.title
        return self.spec.title

    @cached_property
    def former_titles(self) -> tuple[FormerLabel, ...]:
        """Return what the municipality called the table before, oldest first."""
        setting = self.presentation.annexes.get(self.spec.code)
        if setting is None:
            return ()
        return former_labels(setting.former_labels, setting.title, self.shipped_title)

    @property
    def shipped_title(self) -> str:
        """Return what the program calls the table, whatever this municipality calls it."""
        annex = registry.annex(self.spec.number) if self.spec.number else None
        alone = annex and len(registry.specs_of(annex.number)) == 1
        return annex.title if annex and alone else self.spec.title

    @property
    def heading(self) -> str:
        """Return e.g. 様式6-1 現状の脆弱性とリスク改善計画, or the bare title of a shared table."""
        return heading_of(self.spec.code, self.spec.number, self.title)

    @cached_property
    def all_items(self) -> tuple[Item, ...]:
        named = {column.name for column in self.spec.columns}
        common = tuple(column for column in COMMON_COLUMNS if column.name not in named)
        return tuple(self._item(column) for column in (*self.spec.columns, *common))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Columns in use: those this municipality has not hidden."""
        return tuple(item for item in self.all_items if not item.hidden)

    @property
    def editable_items(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.editable)

    def item(self, name: str) -> Item | None:
        return next((item for item in self.items if item.name == name), None)

    def _item(self, spec: ColumnSpec) -> Item:
        model_field = _model_field(self.spec.model, spec)
        setting = self.presentation.columns.get((self.spec.code, spec.name))
        shipped = spec.label or str(model_field.verbose_name)
        label = (setting and setting.label) or shipped
        kind = spec.kind or kind_of(model_field)
        column = Column(
            name=spec.name,
            label=label,
            kind=kind,
            width=spec.width,
            group=spec.group,
            choices=self._choices(model_field, spec),
            personal=spec.personal,
            public=self.presentation.public(self.spec.code, spec.name, spec.public),
            names_row=spec.names_row,
            below=spec.below,
        )
        hidden = bool(setting and setting.hidden and spec.inferred)
        help_text = spec.help or (str(model_field.help_text) if model_field is not None else "")
        former = former_labels(setting.former_labels, setting.label, shipped) if setting else ()
        choice_list = getattr(model_field, "choice_list", None)
        options = (
            self.presentation.former_options(choice_list.code, choice_list.options)
            if choice_list is not None
            else ()
        )
        return Item(spec, column, model_field, help_text, hidden, former, options)

    def _choices(self, model_field: Any, spec: ColumnSpec) -> tuple[tuple[str, str], ...]:
        choice_list = getattr(model_field, "choice_list", None)
        if choice_list is not None:
            return self.presentation.options(choice_list.code, choice_list.options)
        if model_field is not None and model_field.choices:
            return tuple((str(value), str(label)) for value, label in model_field.choices)
        return ()


def _model_field(model: type[models.Model], spec: ColumnSpec) -> Any:
    if spec.compute is not None:
        return None
    try:
        return model._meta.get_field(spec.name)
    except FieldDoesNotExist as error:
        raise LookupError(f"{model.__name__} has no field {spec.name!r}.") from error


def is_needed(item: Item) -> bool:
    """Tell whether approval needs the column filled in every row."""
    return item.editable and item.need in {Need.SAVE, Need.APPROVAL}
