"""Small documents made by hand, for tests that need no database."""

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.figures.figure import Figure, FigureLine
from plans.document.document import (
    AnnexPart,
    Block,
    Cover,
    Document,
    FigureBlock,
    Section,
    TableBlock,
    TextBlock,
)

SECRET_NUMBER = "090-1234-5678"
SECRET_NAME = "秘密 花子"
MASKED_NAME = "＊＊＊"


def cover(edition: str = "作業中") -> Cover:
    return Cover("見本市", "見本市 ICT業務継続計画書", edition, "令和8年4月1日", "情報政策課")


def section(
    name: str, number: str, text: str = "", children: tuple[Section, ...] = (), level: int = 1
) -> Section:
    blocks: tuple[Block, ...] = (TextBlock(f"<p>{text or name}</p>"),)
    return Section(f"chapter-{name}", level, number, name, blocks, children)


def contacts(number: str = SECRET_NUMBER) -> Table:
    columns = (Column("name", "連絡先"), Column("phone", "携帯電話", personal=True))
    rows = (
        TableRow("row-1", {"name": "情報政策課", "phone": number}),
        TableRow("row-2", {"name": "防災課", "phone": ""}),
    )
    return Table("9", "緊急連絡先", columns, rows, number=9)


def days(value: int) -> Table:
    columns = (Column("days", "日数", Kind.INTEGER),)
    return Table("1", "情報システム", columns, (TableRow("r", {"days": value}),), number=1)


def annex(number: int, table: Table) -> AnnexPart:
    return AnnexPart(f"annex-{number}", number, f"様式{number}", tables=(table,))


def organisation(name: str) -> FigureBlock:
    return FigureBlock(
        Figure("fig-organisation-x", "体制図", f"<svg>{name}</svg>", (FigureLine(name),))
    )


def document(
    *chapters: Section, annexes: tuple[AnnexPart, ...] = (), front: tuple[Section, ...] = ()
) -> Document:
    return Document(cover(), chapters, front, annexes, colophon=(("発行", "見本市"),))


def personal_document(name: str = SECRET_NAME, number: str = SECRET_NUMBER) -> Document:
    """Return a plan with personal values in an annex, a table of a chapter, a figure and a text."""
    blocks: tuple[Block, ...] = (
        TextBlock(f"<p>責任者は{name}とする。</p>"),
        TableBlock(contacts(number)),
        organisation(name),
    )
    chapter = Section("chapter-a", 1, "1", "体制", blocks)
    return document(chapter, section("b", "2", "目的"), annexes=(annex(9, contacts(number)),))
