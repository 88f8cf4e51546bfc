"""Counts what a public document shows of a whole one, for those who decide on it; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.kinds import MASK, is_blank
from bcp_portal.annex.table import TableRow
from plans.document.document import Document, Section
from plans.document.redaction import ANNEX_LIST_ANCHOR
from plans.public_edition.overview import Count, pictures_of
from plans.text.markup import readable_text

PICTURES_UNREAD = "画像に写っている文字は、この検査では読めません。"


@dataclass(frozen=True)
class PublicCounts:
    """How many chapters (with all 節 and 項), 様式, rows of tables, figures and pictures are public.

    `pictures` are those that stand in texts, `picture_names` the public ones: in which section, with
    what words. None where a former release did not count them.
    """

    chapters: Count
    annexes: Count
    rows: Count
    figures: Count
    empty: bool
    pictures: Count | None = None
    picture_names: tuple[str, ...] = ()

    def lines(self) -> list[tuple[str, Count]]:
        """Return what pages say: (what is counted, the count)."""
        counted = [
            ("章・節", self.chapters),
            ("様式", self.annexes),
            ("表の行", self.rows),
            ("図", self.figures),
        ]
        return [*counted, ("本文の画像", self.pictures)] if self.pictures else counted

    @property
    def unread_said(self) -> str:
        """Return what has to be said beside a leak check; "" where no picture is public."""
        return "" if self.pictures and not self.pictures.shown else PICTURES_UNREAD

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data from which `from_json` makes equal counts."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PublicCounts":
        """Rebuild counts that were frozen with a submission."""
        return cls(
            chapters=Count(**data["chapters"]),
            annexes=Count(**data["annexes"]),
            rows=Count(**data["rows"]),
            figures=Count(**data["figures"]),
            empty=bool(data["empty"]),
            pictures=Count(**data["pictures"]) if data.get("pictures") else None,
            picture_names=tuple(data.get("picture_names", ())),
        )


def counts_of(document: Document, public: Document) -> PublicCounts:
    """Return what `public`, made of `document` by redaction, shows of it."""
    opened = list(_opened(public))
    named = tuple(name for section in public.sections() for name in pictures_of(section))
    in_all = sum(len(pictures_of(section)) for section in document.sections())
    return PublicCounts(
        chapters=Count(len(opened), sum(1 for _ in document.sections())),
        annexes=Count(len(public.annexes), len(document.annexes)),
        rows=Count(_visible_rows(public), sum(len(table.rows) for table in document.tables())),
        figures=Count(_figures(public), _figures(document)),
        empty=is_empty(public),
        pictures=Count(len(named), in_all),
        picture_names=named,
    )


def is_empty(public: Document) -> bool:
    """Tell whether a public document says nothing but that things are kept back."""
    says = any(_says_something(section) for section in _opened(public))
    return not says and not any(
        _is_visible(row) for part in public.annexes for table in part.tables for row in table.rows
    )


def _opened(public: Document) -> Iterator[Section]:
    """Yield the sections whose text is public; what lies below a hidden one is not in there."""
    for section in public.sections():
        listed = section.anchor == ANNEX_LIST_ANCHOR
        if section.confidentiality == Confidentiality.PUBLIC and not listed:
            yield section


def _says_something(section: Section) -> bool:
    return bool(
        section.figures
        or any(readable_text(html).strip() for html in section.texts)
        or any(_is_visible(row) for table in section.tables for row in table.rows)
    )


def _is_visible(row: TableRow) -> bool:
    """Tell whether a row says anything: one that is kept back in part is all masks."""
    return any(not is_blank(value) and value != MASK for value in row.cells.values())


def _visible_rows(document: Document) -> int:
    return sum(_is_visible(row) for table in document.tables() for row in table.rows)


def _figures(document: Document) -> int:
    return sum(len(section.figures) for section in document.sections())
