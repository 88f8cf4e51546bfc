"""Measures the comparison of two plans of about 500 pages: little, much and everything changed."""

import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bcp_portal.annex.table import Table
    from plans.document.document import Document, Section, TextBlock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("BCP_DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcp_portal.settings")

# 240 pages of text with 40 sentences each, 260 pages of tables with 30 rows each.
CHAPTERS, SECTIONS, SENTENCES = 12, 20, 40
ANNEXES, ROWS, COLUMNS = 20, 390, 12
SHARES = (0.0, 0.01, 0.1, 0.5, 1.0)
_WHO = (
    "情報政策課",
    "危機管理課",
    "総務課",
    "業務の担当課",
    "当番の職員",
    "本部長",
    "保守の事業者",
)
_WHERE = ("市民会館", "中央公民館", "本庁舎の3階", "支所", "データセンター", "消防本部")
_WHAT = ("安否の確認", "機器の点検", "回線の切替え", "記録の持出し", "復旧の判断", "住民への周知")


def main() -> None:
    """Print one line a share: how long, how many changes, and how long beside the first line."""
    print("| changed | seconds | parts | passages | rows | beside unchanged |")
    print("|---:|---:|---:|---:|---:|---:|")
    old = plan(random.Random(1))
    first = 0.0
    for share in SHARES:
        seconds, parts, passages, rows = measure(old, changed(old, random.Random(2), share))
        first = first or seconds
        ratio = seconds / first
        print(f"| {share:.0%} | {seconds:.2f} | {parts} | {passages} | {rows} | {ratio:.1f} |")


def measure(old: "Document", new: "Document") -> tuple[float, int, int, int]:
    """Return seconds, and the numbers of changed parts, passages and rows."""
    from plans.comparison.document_comparison import compare

    started = time.perf_counter()
    comparison = compare(old, new)
    seconds = time.perf_counter() - started
    parts = list(comparison.changed_parts())
    passages = sum(len(part.texts) for part in parts)
    rows = sum(len(table.rows) for part in parts for table in part.tables)
    return seconds, len(parts), passages, rows


def plan(chance: random.Random) -> "Document":
    """Return a plan of about 500 pages."""
    from plans.document.document import AnnexPart, Cover, Document

    annexes = (
        AnnexPart(f"annex-{n}", n, f"様式{n} 一覧{n}", tables=(_table(n, chance),))
        for n in range(1, ANNEXES + 1)
    )
    cover = Cover("見本市", "ICT業務継続計画", "第1版", "令和8年4月1日")
    chapters = tuple(_chapter(n, chance) for n in range(1, CHAPTERS + 1))
    return Document(cover, chapters=chapters, annexes=tuple(annexes))


def changed(old: "Document", chance: random.Random, share: float) -> "Document":
    """Return a copy in which this share of sentences and rows differs."""
    from plans.document.document import Document

    # Through JSON, so that nothing is the same object.
    copy = Document.from_json(old.to_json())
    return replace(
        copy,
        chapters=tuple(_changed_section(c, chance, share) for c in copy.chapters),
        annexes=tuple(
            replace(a, tables=tuple(_changed_table(t, chance, share) for t in a.tables))
            for a in copy.annexes
        ),
    )


def _chapter(number: int, chance: random.Random) -> "Section":
    from plans.document.document import Section

    below = tuple(
        Section(f"c-{number}-{n}", 2, f"({n})", f"節{n}", (_text(_sentences(chance)),))
        for n in range(1, SECTIONS + 1)
    )
    return Section(f"c-{number}", 1, str(number), f"章{number}", (), below)


def _text(sentences: list[str]) -> "TextBlock":
    from plans.document.document import TextBlock

    return TextBlock("".join(f"<p>{sentence}</p>" for sentence in sentences))


def _sentences(chance: random.Random) -> list[str]:
    return [_sentence(chance) for _ in range(SENTENCES)]


def _sentence(chance: random.Random) -> str:
    who, where, what = chance.choice(_WHO), chance.choice(_WHERE), chance.choice(_WHAT)
    return f"{who}は、発災から{chance.randint(1, 72)}時間以内に{where}で{what}を行い、結果を本部に報告する。"


def _changed_section(section: "Section", chance: random.Random, share: float) -> "Section":
    from plans.document.document import TextBlock

    children = tuple(_changed_section(child, chance, share) for child in section.children)
    blocks = tuple(
        TextBlock("".join(_changed_lines(block.html, chance, share)))
        for block in section.blocks
        if isinstance(block, TextBlock)
    )
    return replace(section, blocks=blocks, children=children)


def _changed_lines(html: str, chance: random.Random, share: float) -> Iterator[str]:
    for line in html.split("</p>")[:-1]:
        if chance.random() >= share:
            yield f"{line}</p>"
        elif chance.random() < 0.7:
            yield line.replace("本部に報告", "責任者に24時間以内に報告") + "</p>"
        elif chance.random() < 0.5:
            yield f"<p>{_sentence(chance)}</p>"


def _table(number: int, chance: random.Random) -> "Table":
    from bcp_portal.annex.table import Column, Table, TableRow

    columns = tuple(Column(f"c{n}", f"項目{n}") for n in range(COLUMNS))
    rows = tuple(
        TableRow(f"{number}-{n}", {c.name: f"{chance.choice(_WHO)}{n}" for c in columns})
        for n in range(ROWS)
    )
    return Table(str(number), f"一覧{number}", columns, rows, number)


def _changed_table(table: "Table", chance: random.Random, share: float) -> "Table":
    rows = [
        replace(row, cells={**row.cells, "c3": chance.choice(_WHERE)})
        if chance.random() < share
        else row
        for row in table.rows
    ]
    for _ in range(int(len(rows) * share / 4)):
        rows.insert(chance.randrange(len(rows)), rows.pop(chance.randrange(len(rows))))
    return replace(table, rows=tuple(rows))


if __name__ == "__main__":
    main()
