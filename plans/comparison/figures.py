"""Compares figures and pictures by their words, which say what the drawing shows."""

from dataclasses import replace

from bcp_portal.spelling.widths import fold
from plans.comparison.changes import FigureChange, Status
from plans.comparison.passages import line_changes
from plans.comparison.units import Unit
from plans.figures.figure import Figure

PICTURE = "図"


def figure_change(old: Figure | None, new: Figure | None) -> FigureChange:
    """Compare what two drawings say; how the program draws it makes no change."""
    some = new or old
    return _change(
        some.code if some else "",
        (old.title, old.alternative_text) if old else None,
        (new.title, new.alternative_text) if new else None,
    )


def picture_change(old: Unit | None, new: Unit | None) -> FigureChange:
    """Compare two pictures of the text; what a picture shows is known by its words only."""
    some = new or old
    change = _change(
        some.picture if some else "",
        (old.text or PICTURE, old.text) if old else None,
        (new.text or PICTURE, new.text) if new else None,
    )
    is_other = old is not None and new is not None and old.picture != new.picture
    return replace(change, status=Status.CHANGED) if is_other else change


_Words = tuple[str, str]
"""Title and text alternative."""


def _change(code: str, old: _Words | None, new: _Words | None) -> FigureChange:
    title_old, words_old = old or ("", "")
    title_new, words_new = new or ("", "")
    passages = line_changes(words_old.split("\n"), words_new.split("\n"))
    if old is None or new is None:
        status = Status.ADDED if old is None else Status.REMOVED
    else:
        is_same = not passages and fold(title_old) == fold(title_new)
        status = Status.SAME if is_same else Status.CHANGED
    return FigureChange(code, status, title_old, title_new, passages)
