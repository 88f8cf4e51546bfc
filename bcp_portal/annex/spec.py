"""How an annex is declared: a frozen spec beside the model, saying only what a model cannot say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.rows import Row
from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.table import Public, Table


class Need(StrEnum):
    """When a column must be filled: to save a row, for approval, when a condition holds, never."""

    SAVE = "Y"
    APPROVAL = "A"
    CONDITION = "C"
    OPTIONAL = ""


SAVE_AS_DRAFT = (
    "まだ決まらないときは「状態」を「作成中」にすると保存できます"
    "（作成中の行は、印刷には印が付いて出ますが、版には載りません）。"
)
"""What every rule says that asks nothing of a row which is 作成中."""


class Unprinted(StrEnum):
    """Why a column or a table is no part of the book."""

    KEEPING = "keeping"
    PUBLICITY = "publicity"
    SORTING = "sorting"
    HINT = "hint"
    ELSEWHERE = "elsewhere"
    TODAY = "today"
    CHECK_SHEET = "check_sheet"
    REGISTER = "register"


# Shown on the page 「印刷されない項目」.
UNPRINTED_REASONS = {
    Unprinted.KEEPING: "行の状態や確認を管理するための記録で、計画の内容ではないため",
    Unprinted.PUBLICITY: "公開版に載せるかどうかを決めるための指定で、計画の内容ではないため",
    Unprinted.SORTING: "並べ替えや選び出しのためだけの項目で、印刷ではその順に並ぶため",
    Unprinted.HINT: "入力を助けるために計算する目安で、決めた値を隣の項目に印刷するため",
    Unprinted.ELSEWHERE: "ほかの項目から計算するもので、元の値を印刷するため",
    Unprinted.TODAY: "見る日によって変わるもので、画面で確かめるため",
    Unprinted.CHECK_SHEET: "災害や訓練のときに調査票へ書き込む記録で、調査票の画面で見るため",
    Unprinted.REGISTER: "ほかの様式で選ぶための名簿で、選んだ様式の欄に印刷するため",
}

Compute = Callable[[Sequence[Any]], Mapping[int, CellValue]]
"""Takes all rows of a page at once and returns cell values by primary key: never a query a row."""


@dataclass(frozen=True)
class ColumnSpec:
    """One column: a field of the model, or a value computed from many rows at once.

    It is printed unless it is `unprinted` for a reason, or its value stands `within` the cell of
    the column named there. A list sorted by it goes by the reading in the column `read_by`
    (五十音順). `below` prints it as 「項目名：値」 in a line of its own under the row:
    for what few rows say, so that it takes no room from the others. Towns that keep the column in
    files of their own have it `also_called` so; an import knows it by that where no label of the
    table is the same. What a municipality called it before is with its settings (`former_labels.py`).
    """

    name: str
    width: int = 10
    group: str = ""
    need: Need = Need.OPTIONAL
    label: str = ""
    also_called: tuple[str, ...] = ()
    personal: bool = False
    public: Public = Public.HIDE
    inferred: bool = False
    in_list: bool = True
    below: bool = False
    within: str = ""
    read_by: str = ""
    unprinted: Unprinted | None = None
    names_row: bool = False
    help: str = ""
    kind: Kind | None = None
    compute: Compute | None = None

    @property
    def in_print(self) -> bool:
        """Tell whether the column is printed as one of its own."""
        return not (self.within or self.unprinted)


def col(name: str, width: int = 10, **options: Any) -> ColumnSpec:
    """Declare a column of a model field; its label, type, choices and help come from the model."""
    return ColumnSpec(name=name, width=width, **options)


def derived(
    name: str, label: str, kind: Kind, compute: Compute, width: int = 10, **options: Any
) -> ColumnSpec:
    """Declare a column that is computed, shown and printed, and never typed."""
    return ColumnSpec(name=name, label=label, kind=kind, compute=compute, width=width, **options)


@dataclass(frozen=True)
class Problem:
    """What a rule says about one field of a row that is being saved."""

    column: str
    message: str


RowRule = Callable[[Any], Iterable[Problem]]
"""Looks at an unsaved row (fields assigned, many-to-many in `row.pending`) and names problems."""


@dataclass(frozen=True)
class RequiredWhen:
    """A column of `Need.CONDITION`: it must be filled when the condition holds."""

    column: str
    holds: Callable[[Any], bool]
    because: str

    def __call__(self, row: Any) -> Iterable[Problem]:
        """Name the problem unless the condition fails or the column is filled."""
        if self.holds(row) and is_unfilled(row, self.column):
            yield Problem(
                self.column,
                f"{self.because}、入力してください。{SAVE_AS_DRAFT}",
            )


def is_unfilled(row: Any, name: str) -> bool:
    """Tell whether a field of a row (or its pending many-to-many value) is blank."""
    pending = getattr(row, "pending", {})
    value = pending[name] if name in pending else getattr(row, name)
    return value is None or value == "" or value == [] or (name in pending and not value)


@dataclass(frozen=True)
class Annex:
    """One of the numbered 様式, or a named group of shared tables, as the reader knows it."""

    number: int
    title: str
    steps: tuple[int, ...] = ()
    purpose: str = ""


@dataclass(frozen=True)
class AnnexSpec:
    """One editable table: code, model, columns in printed order, and what saving must respect.

    Rows `called_like_departments` may stand with nothing but such a name on a line of a file. They
    are `known_by` a column that stays in sight in the grid where their key does not say it.
    """

    code: str
    title: str
    model: type[Row]
    columns: tuple[ColumnSpec, ...]
    number: int | None = None
    purpose: str = ""
    parent: str = ""
    natural_key: tuple[str, ...] = ()
    rules: tuple[RowRule, ...] = ()
    edit_permission: Permission = Permission.EDIT_ANNEX
    contributor_department: str = ""
    landscape: bool = False
    confirmable: bool = True
    unprinted: Unprinted | None = None
    called_like_departments: bool = False
    known_by: str = ""

    @property
    def printed(self) -> bool:
        return self.unprinted is None

    def column(self, name: str) -> ColumnSpec | None:
        return next((column for column in self.columns if column.name == name), None)


Sources = Mapping[str, str]
"""What each column of a view says: columns of tables as 「table.column」, with blanks between."""


@dataclass(frozen=True)
class DerivedTable:
    """A view without rows of its own; `build` returns it for the municipality in scope.

    `comes_from` declares for every column what it says; a name that ends in `*` stands for all
    columns that begin so, and nothing for what the program itself says (numbers, fixed texts).
    A column is never more public than what it comes from.
    """

    code: str
    title: str
    build: Callable[[Any], Table]
    number: int | None = None
    purpose: str = ""
    comes_from: Sources = field(default_factory=dict)

    @property
    def tables(self) -> set[str]:
        """Return the codes of the tables it comes from."""
        declared = " ".join(self.comes_from.values()).split()
        return {source.rpartition(".")[0] for source in declared}

    def sources_of(self, column: str) -> tuple[tuple[str, str], ...] | None:
        """Return (table, column) of what a column of the view says; None when nobody declared it."""
        families = sorted((name for name in self.comes_from if name.endswith("*")), key=len)
        names = [column, *(n for n in reversed(families) if column.startswith(n[:-1]))]
        declared = next((self.comes_from[name] for name in names if name in self.comes_from), None)
        if declared is None:
            return None
        pairs = (source.rpartition(".") for source in declared.split())
        return tuple((table, name) for table, _, name in pairs)
