"""Writes a lane, the column of an action flow, as a label: its sections and rows one below another."""

from bcp_portal.figures.box_sizes import Spacing, box_height
from bcp_portal.figures.graph import Block, Box, BoxShape, LaneRow, LaneSection
from bcp_portal.figures.labels import FAINT, PAPER, LabelWriter, row_of, spacer, table_of

AXIS = 34
"""How far from the left edge of the boxes the line runs, in points."""

DIAMOND = (56, 28)
CIRCLE = 16
STEP, ASIDE = "step", "aside"
ASIDE_NARROWER = 14
"""By how many half-width characters what stands beside a diamond is narrower than a step."""

_LINE = 1
_BESIDE_DIAMOND = 14


def gap_below(row: LaneRow, spacing: Spacing) -> int:
    """Return the length of the line below a row, which may carry a word."""
    return spacing.arrow + (6 if row.label else 0)


def row_height(row: LaneRow, label_width: int, spacing: Spacing) -> int:
    """Return the height of a row with the line below it, in points."""
    heights = [box_height(box, label_width, spacing) for box in row.boxes]
    if row.boxes[0].shape is BoxShape.CIRCLE:
        heights = [CIRCLE]
    elif row.boxes[0].shape is BoxShape.DIAMOND:
        aside = sum(box_height(box, label_width, spacing) for box in row.asides)
        heights = [max(DIAMOND[1], aside + spacing.between * (len(row.asides) - 1))]
    elif len(row.boxes) > 1:
        heights += [spacing.title, spacing.in_grid * (len(row.boxes) + 2)]
    return sum(heights) + gap_below(row, spacing)


def section_height(spacing: Spacing) -> int:
    """Return what the frame and title of a section add, in points."""
    return spacing.title + 4 * spacing.in_grid


def lane_label(block: Block, writer: LabelWriter, first_number: int) -> str:
    """Return the label; the first box of each row and all that stands aside are marked b<number>."""
    number = first_number
    rows = []
    for section in block.sections:
        rows.append(f"<TR><TD>{_section(section, writer, number)}</TD></TR>")
        number += sum(len(row.boxes) + len(row.asides) for row in section.rows)
    gap = f"<TR>{spacer(1, writer.spacing.between)}</TR>"
    return table_of(gap.join(rows))


def _section(section: LaneSection, writer: LabelWriter, number: int) -> str:
    side = spacer(2 * writer.spacing.in_grid, 1)
    lines = []
    for row in section.rows:
        gap = spacer(_inner_width(writer), gap_below(row, writer.spacing))
        lines.append(f"<TR>{side}<TD>{_row(row, writer, number)}</TD>{side}</TR>")
        lines.append(f"<TR>{side}{gap}{side}</TR>")
        number += len(row.boxes) + len(row.asides)
    title = table_of(row_of(section.title, writer.spacing, bold=True))
    air = spacer(1, writer.spacing.in_grid)
    return (
        f'<TABLE BORDER="1" COLOR="{FAINT}" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">'
        f'<TR>{air}</TR><TR><TD COLSPAN="3">{title}</TD></TR><TR>{air}</TR>{"".join(lines)}</TABLE>'
    )


def _row(row: LaneRow, writer: LabelWriter, number: int) -> str:
    first = row.boxes[0]
    if first.shape is BoxShape.CIRCLE:
        rest = _inner_width(writer) - AXIS - CIRCLE / 2
        return table_of(
            f"<TR>{spacer(AXIS - CIRCLE / 2, 1)}{_sign(number, CIRCLE, CIRCLE)}{spacer(rest, 1)}</TR>"
        )
    if first.shape is BoxShape.DIAMOND:
        return _decision(row, writer, number)
    if len(row.boxes) > 1:
        return _frame(row, writer, number)
    return table_of(f'<TR><TD HREF="b{number}" TITLE="b">{_box(first, writer)}</TD></TR>')


def _decision(row: LaneRow, writer: LabelWriter, number: int) -> str:
    asides = [
        f'<TR><TD HREF="b{number + 1 + at}" TITLE="b">{_box(box, writer)}</TD></TR>'
        for at, box in enumerate(row.asides)
    ]
    gap = f"<TR>{spacer(1, writer.spacing.between)}</TR>"
    rest = _inner_width(writer) - _decision_width(writer)
    return table_of(
        f"<TR>{spacer(AXIS - DIAMOND[0] / 2, 1)}<TD>{_sign_table(number)}</TD>"
        f"{spacer(_BESIDE_DIAMOND, 1)}<TD>{table_of(gap.join(asides))}</TD>{spacer(rest, 1)}</TR>"
    )


def _decision_width(writer: LabelWriter) -> float:
    beside = _BESIDE_DIAMOND + writer.box_widths.get(ASIDE, 0) + 2 * _LINE
    return AXIS + DIAMOND[0] / 2 + beside


def _frame(row: LaneRow, writer: LabelWriter, number: int) -> str:
    boxes = "".join(f"<TR><TD>{_box(box, writer)}</TD></TR>" for box in row.boxes)
    title = f"<TR><TD>{table_of(row_of(row.title, writer.spacing, bold=True))}</TD></TR>"
    return (
        f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR>'
        f'<TD HREF="b{number}" TITLE="b" BORDER="1" COLOR="{FAINT}" BGCOLOR="{PAPER}">'
        f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="{writer.spacing.in_grid}" CELLPADDING="0">'
        f"{title}{boxes}</TABLE></TD></TR></TABLE>"
    )


def _box(box: Box, writer: LabelWriter) -> str:
    return table_of(f"<TR>{writer.outlined(box)}</TR>")


def _sign_table(number: int) -> str:
    return table_of(f"<TR>{_sign(number, *DIAMOND)}</TR>")


def _sign(number: int, width: float, height: float) -> str:
    """Return the place of a diamond or circle, which a table cannot draw."""
    return (
        f'<TD HREF="b{number}" TITLE="b" BGCOLOR="{PAPER}" FIXEDSIZE="TRUE"'
        f' WIDTH="{width}" HEIGHT="{height}"></TD>'
    )


def _inner_width(writer: LabelWriter) -> float:
    """Return the width of the widest row: steps in a frame, or a decision with what is beside it."""
    framed = writer.box_widths[STEP] + 2 * (writer.spacing.in_grid + 2 * _LINE)
    return max(framed, _decision_width(writer))
