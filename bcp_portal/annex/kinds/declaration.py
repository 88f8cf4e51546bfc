"""The questions that each kind of cell answers, and the answers that hold for most kinds.

A kind is written down, frozen and compared as its code. What is not answered otherwise here has no
usual answer: a kind without it cannot be declared.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Protocol, Self

from django import forms

from bcp_portal.annex.kinds.looks import (
    Dimension,
    ExcelLook,
    ExcelValue,
    InFile,
    LookedFor,
    PrintLook,
)
from bcp_portal.annex.kinds.values import MASK, CellValue, is_blank
from bcp_portal.ui.eras import DateStyle

Choices = Sequence[tuple[str, str]]
"""Codes with their labels, in printed order."""


class FieldMaking(Protocol):
    """What a kind may look at, and use, when it makes the form field of a column."""

    @property
    def model_field(self) -> Any: ...
    @property
    def current(self) -> Any: ...
    @property
    def in_grid(self) -> bool: ...
    @property
    def common(self) -> dict[str, Any]: ...
    @property
    def declared_choices(self) -> Choices: ...
    @property
    def choices(self) -> list[tuple[str, str]]: ...
    def text(self, field: Any, **options: Any) -> forms.Field: ...
    def rows(self, *, many: bool) -> forms.Field: ...


class Kind(str, ABC):
    """What a cell holds: how it is stored, read, typed, shown, written to files and looked for."""

    __slots__ = ()

    TEXT: ClassVar["Kind"]
    LONG_TEXT: ClassVar["Kind"]
    TELEPHONE: ClassVar["Kind"]
    WORDS: ClassVar["Kind"]
    INTEGER: ClassVar["Kind"]
    MONEY: ClassVar["Kind"]
    DECIMAL: ClassVar["Kind"]
    PERCENT: ClassVar["Kind"]
    BOOLEAN: ClassVar["Kind"]
    CHOICE: ClassVar["Kind"]
    CHOICES: ClassVar["Kind"]
    DATE: ClassVar["Kind"]
    MONTH: ClassVar["Kind"]
    DATETIME: ClassVar["Kind"]
    FISCAL_YEAR: ClassVar["Kind"]
    FISCAL_YEARS: ClassVar["Kind"]
    DURATION: ClassVar["Kind"]
    REFERENCE: ClassVar["Kind"]
    REFERENCES: ClassVar["Kind"]
    FILE: ClassVar["Kind"]

    # Answered by every kind for itself.
    code: ClassVar[str]
    rule: ClassVar[str]
    """How it is written, as the list of all columns in a workbook says it (Japanese)."""
    looked_for: ClassVar[LookedFor]

    # What it is.
    is_number = False
    """Names no row, whatever it says."""
    is_quantity = False
    """A number of something: alone it names nothing."""
    is_running_text = False
    """Sentences and lines, which may be long."""
    takes_any_text = False
    """A mark may stand before what it says."""
    is_telephone = False
    """Dialled: as a number Excel drops the zero at its beginning."""
    is_share = False
    """Hundredths: Excel stores 0.5 for 50%."""
    several = False
    """Holds a list."""
    names_rows = False
    """Holds {"uid": str, "text": str} of another row, or several of them."""
    holds_file = False
    has_choices = False
    """Holds codes, whose labels a municipality may change."""
    says_which_row = False
    """One of the first such cells tells people which row it is."""
    numbers_rows = False
    """May count the rows of a table."""

    # In model, form, list.
    model_fields: ClassVar[tuple[type, ...]] = ()
    """Classes of model fields; of a field's own classes the most special one decides."""
    model_fields_with_choices: ClassVar[tuple[type, ...]] = ()
    always_filled = False
    """A model field of it that may not be blank has a value from the beginning."""
    searched = False
    found_by_search = False
    """Says in words what the search over everything finds."""
    holds_other_names = False
    """Its words are other names of the row."""
    sortable = True
    narrows_lists = False
    narrows_blocks = False

    # In files, on paper, when a file is brought in.
    excel = ExcelLook()
    hint = ""
    """What Excel says beside a cell; {choices} stands for the labels."""
    printed = PrintLook()
    in_file = InFile.SHOWN
    dimension: ClassVar[Dimension | None] = None
    reads_words_beside = False
    """Words that a number format shows beside a number, such as 千円, are part of the value."""
    takes_days = False

    def __new__(cls) -> Self:
        return super().__new__(cls, cls.code)

    @property
    def names_one_row(self) -> bool:
        return self.names_rows and not self.several

    @property
    def chooses_one(self) -> bool:
        return self.has_choices and not self.several

    def __deepcopy__(self, _known: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return kind_of_code, (str(self),)

    # The value as a text.

    def text(
        self, value: CellValue, choices: Mapping[str, str], style: DateStyle = DateStyle.WAREKI
    ) -> str:
        """Return a cell as a reader sees it; a blank cell is the empty string."""
        if is_blank(value):
            return ""
        return MASK if value == MASK else self.filled_text(value, choices, style)

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        """Return a cell that is filled as a reader sees it."""
        return str(value)

    def each_named(
        self, value: CellValue, change: Callable[[Mapping[str, str]], Mapping[str, str]]
    ) -> CellValue:
        """Return a filled cell with every row that it names changed; another cell as it is."""
        if not self.names_rows:
            return value
        return [change(item) for item in value] if self.several else change(value)

    # In the model: `row` is a record, `field` the model field of the column.

    def read(self, row: Any, field: Any) -> CellValue:
        """Return the cell of a saved row."""
        return getattr(row, field.name)

    def targets(self, row: Any, name: str) -> Sequence[Any]:
        """Return the rows that a saved row names in a column."""
        return ()

    def stored_in(self, field: Any) -> list[str]:
        """Return the attributes of a row in which the column keeps its value."""
        return [field.attname]

    def form_value(self, row: Any, field: Any) -> Any:
        """Return the row's present value in the shape the form field works with."""
        # A new row whose required reference is not chosen yet has no such attribute.
        return getattr(row, field.name, None)

    def assign(self, row: Any, field: Any, value: Any) -> None:
        """Put a cleaned value on an unsaved row; many-to-many values wait in `row.pending`."""
        keeps_none = value is not None or field.null
        setattr(row, field.name, value if keeps_none else field.get_default())

    # Typed by a person.

    @abstractmethod
    def field(self, making: FieldMaking) -> forms.Field:
        """Return the form field of a column, for the page of a row or a cell of the grid."""

    def initial(self, current: Any, *, in_grid: bool) -> Any:
        """Return what the form field shows of the present value before anybody types."""
        return current

    def field_depends_on(self, current: Any, choices: Choices) -> bool:
        """Tell whether the form field of a row offers what only this row has."""
        return False

    def code_of(self, text: str, choices: Choices) -> str:
        """Return what a form expects for a label that a person reads; other texts as they are."""
        return text

    # Searched, filtered, chosen.

    def options(self, choices: Choices) -> Choices:
        """Return the values that there are, with their labels; of named rows none."""
        return choices

    def filter_value(self, option: str) -> Any:
        """Return what the database holds where this option is chosen."""
        return option

    # Written to a workbook.

    def excel_value(self, value: CellValue) -> ExcelValue:
        """Return a filled cell as Excel stores it; None where only its text is exact."""
        return None

    def dropdown(self, choices: Choices, names: Sequence[str]) -> Sequence[str]:
        """Return what a person chooses from in a cell; `names` are those of rows it may name."""
        return ()

    # Read from a file: what people write there, as the form reads it.

    def as_typed(self, text: str) -> str:
        """Return a text as people write it in a file without what the form does not read."""
        return text

    def code_meant(self, text: str, choices: Choices) -> str:
        """Return what a form expects for a text of a file, which names a choice in many ways."""
        return text

    def labels_in(self, text: str, labels: Sequence[str]) -> Sequence[str]:
        """Return the labels of choices that a text holds; `labels` are those that there are."""
        return [text]

    def day_as_typed(self, text: str, *, with_time: bool) -> str:
        """Return a day of Excel (2026-04-01, perhaps 09:30 behind it); "" where it means none."""
        return ""

    def serial_as_typed(self, day: str, time: str) -> str:
        """Return the day and time that a bare number of Excel counts."""
        return day

    def clock_as_typed(self, minutes: int) -> str:
        """Return a time that Excel shows as hours and minutes; "" where it means none."""
        return ""

    # In the sample, and in tests.

    @abstractmethod
    def example(self, field: Any, number: int) -> Any:
        """Return a value that a model field of it accepts, another for each number (from 1)."""

    def moved(self, text: str, years: int) -> str:
        """Return a typed text later by whole years, of what tells a time that must stay fresh.

        Raises DateError for a text that is no date.
        """
        return text


_DECLARED: dict[str, Kind] = {}
_ASKED = ("code", "rule", "looked_for")


def declare(kind: Kind) -> Kind:
    """Make a kind known by its code; TypeError for one that leaves a question open, or a code taken."""
    missing = [name for name in _ASKED if not hasattr(kind, name)]
    # Python itself makes a str of an abstract class without a word.
    missing += sorted(type(kind).__abstractmethods__)
    if missing or kind.code in _DECLARED:
        raise TypeError(f"{kind.code} says nothing of {missing}, or is declared twice.")
    _DECLARED[kind.code] = kind
    return kind


def withdraw(kind: Kind) -> None:
    """Forget a kind again, as a test does that declared it."""
    del _DECLARED[kind.code]


def all_kinds() -> tuple[Kind, ...]:
    """Return every kind there is, in the order of their declaration."""
    return tuple(_DECLARED.values())


def kind_of_code(code: object) -> Kind:
    """Return the kind of a code that may be frozen; one that is no longer there is shown as text."""
    return _DECLARED.get(str(code), Kind.TEXT)
