"""Compares figures and pictures by their words, which say what the drawing shows."""

from dataclasses import replace

from bcp_portal.figures.figure import Figure
from plans.comparison.changes import FigureChange, Picture, Status
from plans.comparison.passages import line_changes
from plans.comparison.text_equality import is_same
from plans.comparison.text_units import TextUnit

PICTURE = "図"
_SCHEME = "image:"


def figure_change(old: Figure | None, new: Figure | None) -> FigureChange:
    """Compare what two drawings say; how the program draws it makes no change."""
    some = new or old
    return _change(
        some.code if some else "",
        (old.title, Picture(old.svg, words=old.alternative_text)) if old else None,
        (new.title, Picture(new.svg, words=new.alternative_text)) if new else None,
    )


def picture_change(old: TextUnit | None, new: TextUnit | None) -> FigureChange:
    """Compare two pictures of the text: another file is another picture, whatever its words."""
    some = new or old
    change = _change(
        some.picture if some else "",
        (old.text or PICTURE, _picture(old)) if old else None,
        (new.text or PICTURE, _picture(new)) if new else None,
    )
    is_other = old is not None and new is not None and old.picture != new.picture
    return replace(change, status=Status.CHANGED) if is_other else change


def _picture(unit: TextUnit) -> Picture:
    return Picture(sha256=unit.picture.removeprefix(_SCHEME), words=unit.text)


_Seen = tuple[str, Picture]
"""Title, and what is seen."""


def _change(code: str, old: _Seen | None, new: _Seen | None) -> FigureChange:
    title_old, picture_old = old or ("", None)
    title_new, picture_new = new or ("", None)
    words = [
        picture.words.split("\n") if picture else [""] for picture in (picture_old, picture_new)
    ]
    passages = line_changes(*words)
    if old is None or new is None:
        status = Status.ADDED if old is None else Status.REMOVED
    else:
        is_alike = not passages and is_same(title_old, title_new)
        status = Status.SAME if is_alike else Status.CHANGED
    return FigureChange(
        code,
        status,
        title_old,
        title_new,
        passages,
        picture_old=picture_old,
        picture_new=picture_new,
    )
