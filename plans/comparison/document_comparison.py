"""Compares two documents: the one function that every form of the 新旧対照表 begins with."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from plans.comparison.annexes import compare_annexes, renamed_annexes
from plans.comparison.changes import Comparison, PartChange, PartKind, PassageChange, Status
from plans.comparison.difference_marks import plain
from plans.comparison.passages import labelled_changes
from plans.comparison.publicity import publicity_changes
from plans.comparison.section_comparison import compare_sections
from plans.comparison.text_equality import widths_counted
from plans.comparison.text_forms import otherwise_written
from plans.document.document import Cover, Document
from plans.document.imprint import without_imprint
from plans.document.public_choices import PublicChoices

COVER_TITLE, PUBLIC_TITLE, COLOPHON_TITLE = "表紙", "公開版で公開する範囲", "奥付"
USUAL_CHOICES = (PublicChoices(), PublicChoices())


def compare(
    old: Document,
    new: Document,
    choices: tuple[PublicChoices, PublicChoices] = USUAL_CHOICES,
    *,
    with_widths: bool = False,
) -> Comparison:
    """Return everything that a reader of the old document must know to know the new one.

    `choices` are what both say of the public edition apart from what stands in the documents.

    Widths (unless `with_widths`), spaces, numbers that the program counts, the look of figures and the
    order of keys make no change. Where the same words are written in another form (emphasis,
    paragraphs, lists, tables, which words are links within the plan) the section is named. Edition, date and table of editions are left out: they differ by nature.
    """
    with widths_counted(with_widths):
        forms = (
            *otherwise_written(old.front, new.front),
            *otherwise_written(old.chapters, new.chapters),
        )
        return Comparison(tuple(_parts(old, new, choices)), with_widths, otherwise_written=forms)


def compare_counting_widths(
    old: Document, new: Document, choices: tuple[PublicChoices, PublicChoices] = USUAL_CHOICES
) -> Comparison:
    """Compare without differences of width, and count in how many places these were left out."""
    found = compare(old, new, choices)
    exact = compare(old, new, choices, with_widths=True)
    return replace(found, hidden_widths=max(0, exact.places - found.places))


def _parts(
    old: Document, new: Document, choices: tuple[PublicChoices, PublicChoices]
) -> Iterator[PartChange]:
    renamed = renamed_annexes(old.annexes, new.annexes)
    yield from (
        *_lines("cover", COVER_TITLE, _cover(old.cover), _cover(new.cover)),
        *compare_sections("front", old.front, new.front, renamed),
        *compare_sections("chapter", old.chapters, new.chapters, renamed),
        *compare_annexes(old.annexes, new.annexes),
        *_public(old, new, choices),
        *_lines("colophon", COLOPHON_TITLE, _colophon(old), _colophon(new)),
    )


def _cover(cover: Cover) -> dict[str, str]:
    lines = {"団体": cover.municipality, "題名": cover.title, "担当": cover.department}
    return {label: text for label, text in lines.items() if text}


def _colophon(document: Document) -> dict[str, str]:
    return dict(without_imprint(document.colophon))


def _lines(
    kind: PartKind, title: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[PartChange]:
    """Yield the cover or the last page, unless neither document has it."""
    if not old and not new:
        return
    yield _part(kind, title, tuple(labelled_changes(old, new)))


def _public(
    old: Document, new: Document, choices: tuple[PublicChoices, PublicChoices]
) -> Iterator[PartChange]:
    """Yield what becomes public or no longer is; it is no part of the plan, so only if it changes."""
    changes = tuple(publicity_changes(old, new, choices))
    if changes:
        yield _part("public", PUBLIC_TITLE, changes)


def _part(kind: PartKind, title: str, changes: tuple[PassageChange, ...]) -> PartChange:
    return PartChange(
        kind=kind,
        anchor=kind,
        level=1,
        status=Status.CHANGED if changes else Status.SAME,
        title_old=plain(title),
        title_new=plain(title),
        contents=changes,
    )
