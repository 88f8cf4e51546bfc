"""Says how an edition is printed: page numbers, sides of the sheet, and the mark to check it by."""

from dataclasses import dataclass, replace

from django.conf import settings

from plans.editions.models.edition_setting import EditionSetting, Sides
from plans.printing.check_marks import CheckMark
from plans.printing.options import Binding, PrintOptions
from plans.printing.page_numbers import Numbering

# Editions are also read by people who cannot see, and kept for many years.
_TAGGED = PrintOptions(tagged=True)


@dataclass(frozen=True)
class EditionLook:
    """How one edition is printed, apart from its content."""

    numbering: Numbering = Numbering.WHOLE
    options: PrintOptions = _TAGGED
    check_mark: CheckMark | None = None


def look_of(setting: EditionSetting, short_code: str) -> EditionLook:
    """Return how the municipality of this setting prints the edition of this code."""
    both = setting.sides == Sides.DOUBLE
    return EditionLook(
        Numbering(setting.page_numbering),
        replace(_TAGGED, binding=Binding.DOUBLE if both else Binding.SINGLE, new_sheets=both),
        check_mark_of(short_code),
    )


def check_mark_of(short_code: str) -> CheckMark:
    """Return what is printed on each page of the edition of this code."""
    site = settings.SITE_URL
    return CheckMark(short_code, f"{site}/check/{short_code}/" if site else "")
