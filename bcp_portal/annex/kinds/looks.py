"""What a kind says of itself as plain data; Excel, print, import and leak check know what to do with it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto

ExcelValue = str | int | Decimal | date | None
"""What Excel stores: a number, a date (or moment), or a text that stays a text."""

TEXT_FORMAT = "@"
SEVERAL = "複数あるときは「、」で区切ります。"
# Signs by which people say yes and no in a cell.
YES = ("○", "〇", "◯", "●", "◎", "レ", "✓", "✔", "☑", "■", "可")
NO = ("×", "✕", "✗", "☓", "否")


@dataclass(frozen=True)
class ExcelLook:
    """How a worksheet shows a column.

    `style` ends the name of the style of its cells, `width` is the least in half-width characters. A
    number or day that does not fit is shown as ####, so what Excel may not wrap needs room. A day
    has instead of `number_format` what stands `after_year`. In public files all values are written
    as they read, but what is `typed_when_public`.
    """

    style: str = "文字"
    width: float = 9.0
    number_format: str = TEXT_FORMAT
    after_year: str = ""
    wraps: bool = True
    typed_when_public: bool = False


class Align(Enum):
    """On which side of a printed cell its text stands."""

    LEFT = auto()
    RIGHT = auto()


@dataclass(frozen=True)
class PrintLook:
    """How a table on paper, in PDF and Word, sets a column; widths in em, the width of one kanji.

    `need` is the usual width and `unbroken` the least, for what must not break. Where `by_labels`
    holds a least and a greatest width, the longest label of the choices decides between them. A
    column that `takes_spare` gets more where there is room.
    """

    need: float = 4.5
    unbroken: float = 0.0
    by_labels: tuple[int, int] | None = None
    takes_spare: bool = True
    align: Align = Align.LEFT


class InFile(Enum):
    """What of a cell of Excel a column takes when a file is brought in."""

    TEXT = auto()
    """What Excel shows, letter by letter, whatever it is."""
    SHOWN = auto()
    """What Excel shows."""
    NUMBER = auto()
    """The number with all its digits, whatever its format shows of it."""
    BARE_NUMBER = auto()
    """The number with all its digits; what is shown where words stand beside it."""
    DAY = auto()
    """The day that a number without words beside it counts; else what is shown."""


class Dimension(Enum):
    """What a number measures, so that its unit may stand in a head or beside it."""

    MONEY = auto()
    LENGTH = auto()
    TIME = auto()


class CountsAsName(Enum):
    """When the leak check takes a value for the name of something, which weighs less than a secret."""

    NEVER = auto()
    IN_NAMING_COLUMN = auto()
    ALWAYS = auto()


@dataclass(frozen=True)
class LookedFor:
    """How the leak check looks for hidden values of a kind in public files.

    `in_rows` are the stored rows, also in columns that are never printed; `in_tables` the printed
    cells. Of running text each clause is looked for.
    """

    in_rows: bool = False
    in_tables: bool = False
    naming: CountsAsName = CountsAsName.NEVER


NEVER_LOOKED_FOR = LookedFor()
"""A day, an option or 72時間 stands in every plan for much else."""
