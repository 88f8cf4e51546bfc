"""How one print is to look, apart from what it says and how its pages are counted."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Binding(StrEnum):
    """NONE: margins alike. SINGLE: bound on the left. DOUBLE: mirrored for both sides of a sheet."""

    NONE = "none"
    SINGLE = "single"
    DOUBLE = "double"


@dataclass(frozen=True)
class PrintOptions:
    """What a person chose; the defaults give the plain book.

    new_sheets    each part begins on the front of a sheet (with DOUBLE only); blanks are counted
    index_tabs    a tab for each chapter and annex on the outer edge
    large_print   the same A4 with type 1.35 times as large
    parts         anchors of chapters and annexes to print; empty means all
    draft_mark    「案」 across each page
    tagged        structure for readers who cannot see, as PDF/UA-1 asks
    """

    binding: Binding = Binding.NONE
    new_sheets: bool = False
    index_tabs: bool = False
    large_print: bool = False
    parts: tuple[str, ...] = ()
    draft_mark: bool = False
    tagged: bool = False

    @property
    def fills_sheets(self) -> bool:
        """Tell whether parts end with a blank page where they would leave a back to the next."""
        return self.new_sheets and self.binding is Binding.DOUBLE

    def to_json(self) -> dict[str, Any]:
        """Return plain data from which `from_json` makes equal options."""
        data = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**data, "binding": self.binding.value, "parts": list(self.parts)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PrintOptions":
        """Rebuild options; what an older or newer program wrote and this one does not know is left."""
        known = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        if "binding" in known:
            known["binding"] = Binding(known["binding"])
        if "parts" in known:
            known["parts"] = tuple(known["parts"])
        return cls(**known)
