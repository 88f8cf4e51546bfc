"""Small documents to compare."""

from typing import Any

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table, TableRow
from plans.document.document import AnnexPart, Block, Cover, Document, Section, TextBlock

COVER = Cover("見本市", "見本市ICT業務継続計画", "作業中", "令和8年7月1日", "情報政策課")
COLUMNS = (
    Column("name", "システム名"),
    Column("rto", "目標復旧時間", Kind.DURATION),
    Column("place", "設置場所"),
    Column("mobile", "携帯電話", personal=True),
)


def section(anchor: str, title: str, *blocks: str | Block, **more: Any) -> Section:
    """Return a section; a str is HTML."""
    made = tuple(TextBlock(block) if isinstance(block, str) else block for block in blocks)
    return Section(anchor, more.pop("level", 1), more.pop("number", "1"), title, made, **more)


def row(uid: str, name: str, hours: int = 24, place: str = "本庁舎", mobile: str = "") -> TableRow:
    cells = {
        "name": name,
        "rto": {"minutes": hours * 60, "unit": "hour"},
        "place": place,
        "mobile": mobile,
    }
    return TableRow(uid, cells)


def table(*rows: TableRow, **more: Any) -> Table:
    values: dict[str, Any] = {"code": "17", "title": "重要情報システム一覧", "columns": COLUMNS}
    return Table(rows=rows, number=17, **{**values, **more})


def annex(
    *tables: Table, number: int = 17, title: str = "重要情報システム一覧", **more: Any
) -> AnnexPart:
    return AnnexPart(f"annex-{number}", number, f"様式{number} {title}", tables=tables, **more)


def document(*parts: Section | AnnexPart, **more: Any) -> Document:
    return Document(
        more.pop("cover", COVER),
        chapters=tuple(part for part in parts if isinstance(part, Section)),
        annexes=tuple(part for part in parts if isinstance(part, AnnexPart)),
        **more,
    )
