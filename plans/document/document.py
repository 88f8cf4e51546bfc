"""One plan as plain data, from which preview, PDF and every later form are made."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bcp_portal.accounts.row_states import Confidentiality
from bcp_portal.annex.table import Table, known_values
from bcp_portal.figures.figure import Figure


@dataclass(frozen=True)
class TextBlock:
    """Cleaned HTML: p, ul, ol, li, strong, em, u, br, a, table parts, img with src="image:<sha256>".

    A phrase nobody has set is <span data-unset="key">〔…〕</span>; a word of the glossary is a link
    to #term-<uid> that ends in （※）.
    """

    html: str


@dataclass(frozen=True)
class TableBlock:
    """A table that stands in a chapter or an annex; `message` replaces one that could not be built."""

    table: Table | None
    message: str = ""


@dataclass(frozen=True)
class FigureBlock:
    """A figure drawn from rows; `message` replaces one that could not be made.

    `public` says that everything it is drawn from may stand in the public edition.
    """

    figure: Figure | None
    message: str = ""
    public: bool = False


REVISIONS_TITLE = "改定履歴"
"""What stands above the table of revisions unless the municipality calls it something else."""

Block = TextBlock | TableBlock | FigureBlock
UNKNOWN_BLOCK = "この部分は、今のシステムでは表示できない形で保存されています。"


@dataclass(frozen=True)
class Section:
    """One 章, 節 or 項: its number as the program counted it, its text and what lies below."""

    anchor: str
    level: int
    number: str
    title: str
    blocks: tuple[Block, ...] = ()
    children: tuple["Section", ...] = ()
    confidentiality: str = Confidentiality.INTERNAL.value

    @property
    def heading(self) -> str:
        return f"{self.number} {self.title}".strip()

    def walk(self) -> Iterator["Section"]:
        """Yield this section and all below it in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def texts(self) -> list[str]:
        """The cleaned HTML of its own text, block by block."""
        return [block.html for block in self.blocks if isinstance(block, TextBlock)]

    @property
    def tables(self) -> list[Table]:
        """The tables that stand in its own text and could be built."""
        return [b.table for b in self.blocks if isinstance(b, TableBlock) and b.table]

    @property
    def figures(self) -> list[Figure]:
        """The figures that stand in its own text and could be drawn."""
        return [b.figure for b in self.blocks if isinstance(b, FigureBlock) and b.figure]

    def with_blocks(self, rewritten: Callable[[Block], Block]) -> "Section":
        """Return the section with each block of it, and of all below it, rewritten."""
        return replace(
            self,
            blocks=tuple(map(rewritten, self.blocks)),
            children=tuple(child.with_blocks(rewritten) for child in self.children),
        )


@dataclass(frozen=True)
class AnnexPart:
    """One annex as printed: its heading, what stands under it, and its tables."""

    anchor: str
    number: int
    heading: str
    subtitle: str = ""
    reference_note: str = ""
    managing_department: str = ""
    confidentiality_label: str = ""
    tables: tuple[Table, ...] = ()
    confidentiality: str = Confidentiality.INTERNAL.value


@dataclass(frozen=True)
class Cover:
    """What the first sheet says."""

    municipality: str
    title: str
    edition: str
    date_text: str
    department: str = ""
    draft: bool = True


@dataclass(frozen=True)
class Document:
    """One plan, whole: every reader of it is a function of this and of the images it names."""

    cover: Cover
    chapters: tuple[Section, ...] = ()
    front: tuple[Section, ...] = ()
    annexes: tuple[AnnexPart, ...] = ()
    revisions: Table | None = None
    colophon: tuple[tuple[str, str], ...] = ()
    language: str = "ja"
    images: tuple[str, ...] = field(default=())
    revisions_title: str = REVISIONS_TITLE

    def sections(self) -> Iterator[Section]:
        """Yield every section in printed order: what stands before the chapters comes first."""
        for chapter in (*self.front, *self.chapters):
            yield from chapter.walk()

    def tables(self) -> Iterator[Table]:
        """Yield every table in printed order, those of chapters and then of annexes."""
        for section in self.sections():
            yield from section.tables
        for annex in self.annexes:
            yield from annex.tables

    def only(self, anchors: Collection[str]) -> "Document":
        """Return the document with the chapters and annexes of these anchors."""
        return replace(
            self,
            front=tuple(chapter for chapter in self.front if chapter.anchor in anchors),
            chapters=tuple(chapter for chapter in self.chapters if chapter.anchor in anchors),
            annexes=tuple(annex for annex in self.annexes if annex.anchor in anchors),
        )

    def with_blocks(self, rewritten: Callable[[Block], Block]) -> "Document":
        """Return the document with each block of its chapters rewritten."""
        return replace(
            self,
            front=tuple(section.with_blocks(rewritten) for section in self.front),
            chapters=tuple(section.with_blocks(rewritten) for section in self.chapters),
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data from which `from_json` makes an equal document."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Document":
        """Rebuild a document frozen by any release: keys unknown today are ignored."""
        revisions = data.get("revisions")
        return cls(
            cover=Cover(**known_values(Cover, data["cover"])),
            chapters=tuple(_section(item) for item in data["chapters"]),
            front=tuple(_section(item) for item in data.get("front", ())),
            annexes=tuple(_annex(item) for item in data.get("annexes", ())),
            revisions=Table.from_json(revisions) if revisions else None,
            revisions_title=data.get("revisions_title") or REVISIONS_TITLE,
            colophon=tuple((label, value) for label, value in data.get("colophon", ())),
            language=data.get("language", "ja"),
            images=tuple(data.get("images", ())),
        )


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        **{
            **known_values(Section, data),
            "blocks": tuple(block_of(item) for item in data.get("blocks", ())),
            "children": tuple(_section(item) for item in data.get("children", ())),
        }
    )


def block_of(data: Mapping[str, Any]) -> Block:
    """Rebuild a frozen block; one of a kind that this release does not have says so."""
    if "html" in data:
        return TextBlock(data["html"])
    if "figure" in data:
        figure = Figure.from_json(data["figure"]) if data["figure"] else None
        return FigureBlock(figure, data.get("message", ""), data.get("public") is True)
    if "table" in data:
        table = Table.from_json(data["table"]) if data["table"] else None
        return TableBlock(table, data.get("message", ""))
    return TableBlock(None, UNKNOWN_BLOCK)


def _annex(data: Mapping[str, Any]) -> AnnexPart:
    tables = tuple(Table.from_json(item) for item in data.get("tables", ()))
    return AnnexPart(**{**known_values(AnnexPart, data), "tables": tables})
