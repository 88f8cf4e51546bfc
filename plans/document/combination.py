"""Puts a document together from what a revision covers and what stays as in the last edition; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from plans.document.coverage import Coverage
from plans.document.document import AnnexPart, Document, Section, TextBlock
from plans.document.imprint import unissued, without_imprint
from plans.document.part_order import merged
from plans.text.cleaning import images_in
from plans.text.cross_references import with_link_texts

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def combine(working: Document, latest: Document | None, coverage: Coverage) -> Document:
    """Return the covered parts of the working copy among the other parts of the last edition.

    Covered parts that the working copy no longer has vanish; parts that are new in the working copy
    and not covered do not appear. Without an edition only the covered parts are there. What cover
    and colophon say of the plan follows the working copy only when the whole plan is covered. The
    章 are counted again, and links that say a number that has moved say the new one.
    """
    if coverage.whole:
        return working
    base = latest or replace(working, front=(), chapters=(), annexes=(), colophon=())
    front = merged(working.front, base.front, _anchor, coverage.covers_section)
    order = merged(working.chapters, base.chapters, _anchor, coverage.covers_section)
    chapters = tuple(_counted(order))
    counted = _numbers(chapters)
    was_counted = {True: _numbers(working.chapters), False: _numbers(base.chapters)}

    def relinked(section: Section) -> Section:
        numbers = was_counted[coverage.covers_section(section.anchor)]
        return _relinked(section, numbers, counted) if numbers != counted else section

    combined = replace(
        base,
        cover=unissued(base.cover, working.cover),
        colophon=without_imprint(base.colophon),
        front=tuple(map(relinked, front)),
        chapters=tuple(map(relinked, chapters)),
        annexes=merged_annexes(working, base, coverage),
        revisions=working.revisions,
    )
    return replace(combined, images=images_of(combined))


def images_of(document: Document) -> tuple[str, ...]:
    """Return the SHA-256 of every picture once, in the order of first appearance."""
    found: dict[str, None] = {}
    for section in document.sections():
        for html in section.texts:
            found.update(dict.fromkeys(images_in(html)))
    return tuple(found)


def _anchor(section: Section) -> str:
    return section.anchor


def merged_annexes(working: Document, base: Document, coverage: Coverage) -> tuple[AnnexPart, ...]:
    def number(part: AnnexPart) -> int:
        return part.number

    return merged(working.annexes, base.annexes, number, coverage.covers_annex)


def _counted(chapters: Sequence[Section]) -> Iterator[Section]:
    """Count again: a 章 by its digits, what stands behind them by 別表, decimals below with them."""
    counts: dict[str, int] = {}
    for chapter in chapters:
        prefix = chapter.number.rstrip("0123456789")
        if prefix == chapter.number:
            yield chapter
            continue
        counts[prefix] = counts.get(prefix, 0) + 1
        yield _with_number(chapter, chapter.number, f"{prefix}{counts[prefix]}")


def _with_number(section: Section, old: str, new: str) -> Section:
    number = section.number
    if number == old:
        number = new
    elif number.startswith(f"{old}."):
        number = new + number.removeprefix(old)
    children = tuple(_with_number(child, old, new) for child in section.children)
    return replace(section, number=number, children=children)


def _numbers(chapters: Sequence[Section]) -> dict[str, str]:
    """Return the number of the 章 in which each anchor lies."""
    return {below.anchor: chapter.number for chapter in chapters for below in chapter.walk()}


def _relinked(section: Section, old: Mapping[str, str], new: Mapping[str, str]) -> Section:
    def text_of(anchor: str, text: str) -> str:
        before, after = old.get(anchor, ""), new.get(anchor, "")
        if not before or not after or before == after:
            return text
        if before in text:
            return text.replace(before, after, 1)
        return text.replace(before.translate(_FULL_WIDTH), after.translate(_FULL_WIDTH), 1)

    return section.with_blocks(
        lambda block: (
            TextBlock(with_link_texts(block.html, text_of))
            if isinstance(block, TextBlock)
            else block
        )
    )
