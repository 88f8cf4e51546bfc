"""A plan as a list of lines, headings and what stands below each, to hold beside a published plan.

A table is written 「表 first column／second column」, with 「head above｜label」 where columns share a
head, a figure 「図 what it shows」. In the expectation, which is written by hand from the published plan:

    ＋ marks a table or figure that ours adds;
    ≒ parts our columns (left) from those that plan prints (right), where they differ.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.table import Column, Table
from plans.annexes.drawn.figure_source import is_figure_code
from plans.chapters.queries import load_outline
from plans.document.document import Block, TableBlock, TextBlock
from plans.models import Plan
from plans.outlines.new_plan import create_plan
from plans.outlines.template import OutlineTemplate
from plans.text.live_blocks import LiveBlock, split_body
from plans.text.outline import OutlineNode
from plans.working_copy.builder import build_document

ADDED, DIFFERS = "＋", "≒"
FIGURES = {
    "fig-documents": "文書体系",
    "fig-muster": "参集の流れ",
    "fig-dependency": "情報システムの依存関係",
    "fig-organisation-normal": "平常時の体制",
    "fig-organisation-disaster": "災害時の体制",
    "fig-organisation-security": "情報セキュリティ事象発生時の体制",
    "fig-organisation-infection": "感染症流行時の体制",
    "fig-actions-disaster": "災害時の行動の流れ",
    "fig-actions-security": "情報セキュリティ事象の行動の流れ",
    "fig-actions-infection": "感染症流行時の行動の流れ",
}
_HEAD = re.compile(r"<thead>(.*?)</thead>")
_CELL = re.compile(r"<th>(.*?)</th>")


@dataclass(frozen=True)
class Expected:
    """One line of an expectation: as ours must read, and as the published plan prints it."""

    ours: str
    printed: str

    @property
    def is_heading(self) -> bool:
        return not self.ours.startswith(("表 ", "図 "))


def expected(text: str) -> list[Expected]:
    """Read an expectation written by hand."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [_expected(line) for line in lines]


def _expected(line: str) -> Expected:
    if line.startswith(ADDED):
        return Expected(line.removeprefix(ADDED), "")
    ours, _, printed = (part.strip() for part in line.partition(DIFFERS))
    return Expected(ours, printed or ours)


def structure(municipality: Municipality, outline: OutlineTemplate) -> list[str]:
    """Create a plan from its outline, build its document, and return its lines."""
    plan = create_plan(municipality=municipality, actor=None, outline=outline)
    document = build_document(municipality, include_personal=False)
    nodes = list(load_outline(Plan.objects.get(pk=plan.pk)).walk())
    sections = list(document.sections())
    assert [(n.number, n.depth) for n in nodes] == [(s.number, s.level) for s in sections]
    lines: list[str] = []
    for node, section in zip(nodes, sections, strict=True):
        lines.append(f"{node.full_number} {section.title}")
        lines += _below(node, section.blocks)
    return lines


def _below(node: OutlineNode, blocks: tuple[Block, ...]) -> Iterator[str]:
    for part, block in zip(split_body(node.chapter.body), blocks, strict=True):
        if isinstance(part, LiveBlock) and is_figure_code(part.code):
            yield f"図 {FIGURES[part.code]}"
        elif isinstance(block, TableBlock):
            assert block.table is not None, block.message
            yield table_line(block.table)
        elif isinstance(block, TextBlock):
            heads = _HEAD.findall(block.html)
            yield from (f"表 {'／'.join(_CELL.findall(head))}" for head in heads)


def table_line(table: Table) -> str:
    """Return the printed columns of a table as one line."""
    return f"表 {'／'.join(_column(column) for column in table.columns)}"


def _column(column: Column) -> str:
    label = column.label.replace("\n", " ")
    return f"{column.group}｜{label}" if column.group else label
