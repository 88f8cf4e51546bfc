"""Writes one chapter: its sections, text and the tables and figures that stand in it."""

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from plans.document.document import Block, FigureBlock, Section, TableBlock, TextBlock
from plans.printing.annex_parts import table_title
from plans.printing.figure_html import figure_html
from plans.printing.flows import BookPart, Flow, Tab
from plans.printing.geometry import PORTRAIT, PageFormat
from plans.printing.prose import LoadImage, line, prose
from plans.printing.table_html import table_html
from plans.printing.table_layout import lay_out_in_text

DEEPEST_HEADING = 4


def chapter_part(chapter: Section, load_image: LoadImage, sheet: PageFormat = PORTRAIT) -> BookPart:
    """Return the chapter ready for the press; DomainError names what cannot be printed."""
    html = _section_html(chapter, load_image, sheet)
    flow = Flow(chapter.heading, sheet, html)
    tab = Tab(chapter.number) if chapter.number else None
    label = chapter.number or chapter.title
    return BookPart(chapter.anchor, label, chapter.heading, (flow,), tab)


def _section_html(section: Section, load_image: LoadImage, sheet: PageFormat) -> SafeString:
    place = f"「{section.heading}」"
    context = {
        "anchor": section.anchor,
        "level": section.level,
        "tag": f"h{min(section.level, DEEPEST_HEADING)}",
        "number": line(section.number, place),
        "title": line(section.title, place),
        "turned": _begins_turned(section, sheet),
        "blocks": [_block_html(b, place, load_image, sheet) for b in section.blocks],
        "children": [_section_html(c, load_image, sheet) for c in section.children],
    }
    return render_to_string("print/section.html", context)


def _begins_turned(section: Section, sheet: PageFormat) -> bool:
    """Tell whether a table on a lying sheet follows the heading, which then goes with it."""
    if section.blocks:
        first = section.blocks[0]
        table = first.table if isinstance(first, TableBlock) else None
        return table is not None and lay_out_in_text(table, sheet).sheet.lies
    return bool(section.children) and _begins_turned(section.children[0], sheet)


def _block_html(block: Block, place: str, load_image: LoadImage, sheet: PageFormat) -> SafeString:
    if isinstance(block, TextBlock):
        return format_html('<div class="prose">{}</div>', prose(block.html, place, load_image))
    if isinstance(block, FigureBlock):
        return _figure_block_html(block, place)
    return _table_block_html(block, place, sheet)


def _figure_block_html(block: FigureBlock, section: str) -> SafeString:
    if block.figure is None:
        return _unbuilt(block.message, section)
    return figure_html(block.figure, section)


def _table_block_html(block: TableBlock, section: str, sheet: PageFormat) -> SafeString:
    table = block.table
    if table is None:
        return _unbuilt(block.message, section)
    place = f"{section}の表「{table.title}」"
    layout = lay_out_in_text(table, sheet)
    turned = " landscape" if layout.sheet.lies else ""
    title = table_title(table, table.title, "", place)
    inner = title + table_html(table, layout, place)
    return format_html('<div class="live{}">{}</div>', turned, inner)


def _unbuilt(message: str, section: str) -> SafeString:
    return format_html('<p class="unbuilt">{}</p>', line(message, section))
