"""Settles, before a Word file is read, what was deleted, hidden or never filled in; knows no Django."""

from typing import Any

from docx.oxml.ns import qn

from bcp_portal.spelling.radicals import without_radicals
from plans.word.inward.styles import StyleSheet, is_on

HIDDEN = "{urn:bcp-portal:word}hidden"
"""What a hidden run is called from then on, so that whoever reads can name what it leaves out."""
PLACEHOLDER = "{urn:bcp-portal:word}placeholder"
"""What a run is called that only tells people what to write in a content control."""

_SAYS = {
    qn(f"w:{name}")
    for name in ("t", "drawing", "pict", "object", "sym", "ruby", "footnoteReference")
}
_FIELD = {qn(f"w:{name}") for name in ("fldChar", "instrText")}
# Between two paragraphs they say nothing.
_BETWEEN = {
    qn(f"w:{name}")
    for name in (
        *("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"),
        *("commentRangeStart", "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd"),
        *("moveToRangeStart", "moveToRangeEnd"),
    )
}


def settle(story: Any, styles: StyleSheet) -> None:
    """Call runs by their name that nobody wrote or sees, and join paragraphs whose mark was deleted."""
    for text in story.iter(qn("w:t")):
        text.text = without_radicals(text.text or "")
    for control in story.iter(qn("w:sdt")):
        facts = control.find(qn("w:sdtPr"))
        if facts is not None and is_on(facts, "w:showingPlcHdr"):
            for run in [run for run in control.iter(qn("w:r")) if _control_of(run) is control]:
                run.tag = PLACEHOLDER
    for run in story.iter(qn("w:r")):
        if styles.looks(run, "w:vanish") and _says_something(run):
            run.tag = HIDDEN
    for paragraph in list(story.iter(qn("w:p"))):
        while _mark_is_gone(paragraph) and (behind := _next(paragraph)) is not None:
            if _is_blank(behind):
                _take_blank(paragraph, behind)
            else:
                _put_before(paragraph, behind)
                break


def _control_of(run: Any) -> Any:
    return next(run.iterancestors(qn("w:sdt")), None)


def _says_something(run: Any) -> bool:
    parts = {part.tag for part in run}
    blank = parts <= {qn("w:rPr"), qn("w:t")} and not "".join(run.itertext()).strip()
    return not blank and bool(parts & _SAYS) and not parts & _FIELD


def _mark_is_gone(paragraph: Any) -> bool:
    """Tell whether the end of a paragraph was deleted, moved away or hidden."""
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    if mark is None:
        return False
    removed = any(mark.find(qn(name)) is not None for name in ("w:del", "w:moveFrom"))
    # A separator of styles ends a heading that runs in: it stays one.
    return removed or (is_on(mark, "w:vanish") and not is_on(mark, "w:specVanish"))


def _next(paragraph: Any) -> Any:
    behind = paragraph.getnext()
    while behind is not None and behind.tag in _BETWEEN:
        behind = behind.getnext()
    return behind if behind is not None and behind.tag == qn("w:p") else None


def _is_blank(paragraph: Any) -> bool:
    return not any(part.tag in _SAYS for part in paragraph.iter())


def _take_blank(paragraph: Any, behind: Any) -> None:
    """End a paragraph where the blank one behind it ends: it stays what it was, a heading say."""
    own, other = (p.find(f"{qn('w:pPr')}/{qn('w:rPr')}") for p in (paragraph, behind))
    own.clear()
    for mark in [] if other is None else list(other):
        own.append(mark)
    for part in list(behind):
        if part.tag != qn("w:pPr"):
            paragraph.append(part)
    behind.getparent().remove(behind)


def _put_before(paragraph: Any, behind: Any) -> None:
    """Put what a paragraph holds before the text of the next one, whose shape the whole takes."""
    place = 1 if behind.find(qn("w:pPr")) is not None else 0
    parts = [part for part in paragraph if part.tag != qn("w:pPr")]
    for number, part in enumerate(parts):
        behind.insert(place + number, part)
    paragraph.getparent().remove(paragraph)
