"""What stands in a cell, whatever its kind: JSON, perhaps nothing, perhaps a mask."""

from typing import Any

CellValue = Any
"""JSON: str, int, bool, None, list or dict; each kind says which."""

MASK = "＊＊＊"
"""Stands in any cell whose value the reader may not see."""


def is_blank(value: CellValue) -> bool:
    """Tell whether a cell was never filled; 0 and False are filled."""
    return value is None or value in ("", [], {})
