"""The kinds of cell: one module a kind says everything that any room asks about it.

A new kind is a subclass of `Kind` in a module of its own, declared below and named in
`declaration.py`; no other module of the program has to know it. A model field or a form field of
its own stands in `fields.py` and `form_fields.py` of annex, and all kinds are listed in
`tests/contract/test_kinds_of_cells.py`.
"""

from bcp_portal.annex.kinds.boolean import BooleanKind
from bcp_portal.annex.kinds.choice import ChoiceKind, ChoicesKind
from bcp_portal.annex.kinds.date import DateKind
from bcp_portal.annex.kinds.datetime import DateTimeKind
from bcp_portal.annex.kinds.decimal import DecimalKind
from bcp_portal.annex.kinds.declaration import Kind, all_kinds, declare, kind_of_code
from bcp_portal.annex.kinds.duration import DurationKind
from bcp_portal.annex.kinds.file import AttachmentKind
from bcp_portal.annex.kinds.fiscal_year import FiscalYearKind, FiscalYearsKind
from bcp_portal.annex.kinds.integer import IntegerKind
from bcp_portal.annex.kinds.money import MoneyKind
from bcp_portal.annex.kinds.month import MonthKind
from bcp_portal.annex.kinds.percent import PercentKind
from bcp_portal.annex.kinds.reference import ReferenceKind, ReferencesKind
from bcp_portal.annex.kinds.telephone import TelephoneKind
from bcp_portal.annex.kinds.text import LongTextKind, TextKind
from bcp_portal.annex.kinds.values import MASK, CellValue, is_blank
from bcp_portal.annex.kinds.words import WordsKind

__all__ = ["MASK", "CellValue", "Kind", "all_kinds", "is_blank", "kind_of_code"]

# In this order the styles of a workbook are numbered.
Kind.TEXT = declare(TextKind())
Kind.LONG_TEXT = declare(LongTextKind())
Kind.TELEPHONE = declare(TelephoneKind())
Kind.WORDS = declare(WordsKind())
Kind.INTEGER = declare(IntegerKind())
Kind.MONEY = declare(MoneyKind())
Kind.DECIMAL = declare(DecimalKind())
Kind.PERCENT = declare(PercentKind())
Kind.BOOLEAN = declare(BooleanKind())
Kind.CHOICE = declare(ChoiceKind())
Kind.CHOICES = declare(ChoicesKind())
Kind.DATE = declare(DateKind())
Kind.MONTH = declare(MonthKind())
Kind.DATETIME = declare(DateTimeKind())
Kind.FISCAL_YEAR = declare(FiscalYearKind())
Kind.FISCAL_YEARS = declare(FiscalYearsKind())
Kind.DURATION = declare(DurationKind())
Kind.REFERENCE = declare(ReferenceKind())
Kind.REFERENCES = declare(ReferencesKind())
Kind.FILE = declare(AttachmentKind())
