"""Writes a block as an HTML-like label of graphviz: every text escaped, every size our own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from bcp_portal.figures.box_sizes import (
    AIRY,
    LINE_SIZE,
    TITLE_SIZE,
    Line,
    Spacing,
    attached_lines,
    lines_of,
)
from bcp_portal.figures.graph import Block, Box, BoxShape

FONT = "BIZ UDGothic"
INK, FAINT, PAPER, SHADE = "#1c2430", "#6b7785", "#ffffff", "#e9eef4"
INVISIBLE = "\u2060"
PLAIN = 'BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"'
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def quoted(text: str) -> str:
    """Return the text for an HTML-like label; nothing in it can end the label or be a tag.

    A backslash gets an invisible character behind it: graphviz replaces \\N by the node's name.
    """
    return escape(_NOT_XML.sub("", text).replace("\\", "\\" + INVISIBLE))


@dataclass(frozen=True)
class LabelWriter:
    """Writes labels; `box_widths` holds the width in points of the boxes of each kin."""

    label_width: int
    box_widths: Mapping[str, float]
    spacing: Spacing = AIRY

    def block(self, block: Block, first_number: int) -> str:
        """Return the label of a block; its boxes are marked b<first_number>, and so on."""
        boxes = [self._box(cell.box, first_number + i) for i, cell in enumerate(block.cells)]
        if block.columns > 1 or block.framed:
            return self._grid(block, boxes)
        if len(boxes) == 1 and not block.headless:
            return table_of(f"<TR>{self._counterweight(block.box)}{boxes[0]}</TR>")
        extra = 1 if block.headless else 0
        indents = [cell.indent + extra for cell in block.cells]
        rows = (
            f"<TR><TD>{self._indented(box, indent, max(indents) - indent)}</TD></TR>"
            for box, indent in zip(boxes, indents, strict=True)
        )
        gap = f'<TR><TD HEIGHT="{self.spacing.between}"></TD></TR>'
        return table_of(gap.join(rows))

    def width(self, box: Box) -> str:
        return f"{self.box_widths[box.kin]:.0f}"

    def _counterweight(self, box: Box) -> str:
        """Keep the box itself in the middle when something stands on its right."""
        if not (box.beside and box.attached):
            return ""
        return f'<TD WIDTH="{self.width(box)}" HEIGHT="1" FIXEDSIZE="TRUE"></TD>'

    def _indented(self, box: str, before: int, after: int) -> str:
        """Return a row as wide as every other: graphviz would stretch the boxes of a shorter one."""
        spaces = (
            f'<TD WIDTH="{steps * self.spacing.indent}" HEIGHT="1" FIXEDSIZE="TRUE"></TD>'
            if steps
            else ""
            for steps in (before, after)
        )
        return table_of(f"<TR>{box.join(spaces)}</TR>")

    def _grid(self, block: Block, boxes: list[str]) -> str:
        """Boxes row by row in a frame, below the title of the frame."""
        rows = [boxes[at : at + block.columns] for at in range(0, len(boxes), block.columns)]
        body = "".join(f"<TR>{''.join(row)}</TR>" for row in rows)
        head = ""
        if block.title:
            line = row_of(block.title, self.spacing, bold=True)
            span = max(1, min(block.columns, len(boxes)))
            head = f'<TR><TD COLSPAN="{span}">{table_of(line)}</TD></TR>'
        return (
            f'<TABLE BORDER="1" COLOR="{FAINT}" CELLBORDER="0"'
            f' CELLSPACING="{self.spacing.in_grid}" CELLPADDING="0">{head}{body}</TABLE>'
        )

    def _box(self, box: Box, number: int) -> str:
        """Return one TD that holds the box and what is attached to it."""
        sides = [
            "TRB" if box.beside else "LRB",
            *["RB" if box.beside else "LRB"] * len(box.attached),
        ]
        rows = [
            f"<TR>{self._attached(box, text, edges)}</TR>"
            for text, edges in zip(box.attached, sides, strict=False)
        ]
        if box.beside and rows:
            inside = f"<TR>{self.outlined(box)}<TD>{table_of(''.join(rows))}</TD></TR>"
        else:
            inside = f"<TR>{self.outlined(box)}</TR>{''.join(rows)}"
        return f'<TD VALIGN="TOP" HREF="b{number}" TITLE="b">{table_of(inside)}</TD>'

    def outlined(self, box: Box) -> str:
        styles = {"rounded": box.shape is BoxShape.ROUND, "dashed": box.dashed}
        look = f'BORDER="{2 if box.heavy else 1}"'
        if any(styles.values()):
            look += f' STYLE="{",".join(name for name, on in styles.items() if on)}"'
        lines = lines_of(box, self.label_width)
        ground = SHADE if box.shape is BoxShape.HEAD else PAPER
        return self._td(box, lines, f'{look} BGCOLOR="{ground}"', self.spacing.above)

    def _attached(self, box: Box, text: str, edges: str) -> str:
        """Return a dashed box; `edges` leaves out the side it shares with its neighbour."""
        lines = attached_lines(box, text, self.label_width)
        return self._td(
            box, lines, f'BORDER="1" STYLE="dashed" SIDES="{edges}"', self.spacing.above_attached
        )

    def _td(self, box: Box, lines: list[Line], look: str, above: int) -> str:
        """Return a cell around its lines, which stay together in the middle when it is stretched."""
        height = sum(self.spacing.height(bold) for _text, bold in lines) + 2 * above
        size = f'FIXEDSIZE="TRUE" WIDTH="{self.width(box)}" HEIGHT="{height}"'
        margin = f'<TR><TD WIDTH="{self.width(box)}" HEIGHT="{above}"></TD></TR>'
        rows = "".join(row_of(text, self.spacing, bold=bold) for text, bold in lines)
        return f'<TD {look} COLOR="{INK}"><TABLE {size} {PLAIN}>{margin}{rows}{margin}</TABLE></TD>'


def row_of(text: str, spacing: Spacing, *, bold: bool) -> str:
    """Return one line of text as a row of a table."""
    shown = quoted(text) or " "
    shown = f"<B>{shown}</B>" if bold else shown
    size = TITLE_SIZE if bold else LINE_SIZE
    height = spacing.height(bold)
    return f'<TR><TD HEIGHT="{height}"><FONT POINT-SIZE="{size}">{shown}</FONT></TD></TR>'


def table_of(rows: str) -> str:
    """Return a table without lines or gaps of its own."""
    return f"<TABLE {PLAIN}>{rows}</TABLE>"


def spacer(width: float, height: float) -> str:
    """Return an empty cell that keeps its size."""
    return f'<TD FIXEDSIZE="TRUE" WIDTH="{width:.0f}" HEIGHT="{height:.0f}"></TD>'
