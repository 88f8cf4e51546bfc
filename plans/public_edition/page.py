"""Writes a public document as one HTML file that needs nothing beside it and runs nothing."""

from html import escape
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bcp_portal.annex.table import Table
from bcp_portal.figures.figure import Figure
from bcp_portal.ui.data_addresses import drawing_address, picture_address
from plans.document.document import Block, Document, FigureBlock, Section, TableBlock, TextBlock
from plans.document.public_pictures import LoadImage
from plans.document.table_heads import head_rows
from plans.printing.front_parts import plan_name, title_alone
from plans.text.cleaning import with_image_addresses
from plans.text.phrase_words import explains_terms, term_anchor

STYLE_SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "public.css"
_DEEPEST = 6


def public_page(document: Document, load_image: LoadImage) -> str:
    """Return the whole page; LookupError when a picture is missing."""
    writer = _Writer(load_image)
    sections = (*document.front, *document.chapters)
    context = {
        "document": document,
        "title": page_title(document),
        "name": title_alone(document.cover),
        "style": mark_safe(style()),  # noqa: S308  a file of the program
        "revisions": writer.table(document.revisions) if document.revisions else "",
        "sections": [writer.section(section, 2) for section in sections],
        "annexes": [(part, list(map(writer.table, part.tables))) for part in document.annexes],
    }
    return render_to_string("plans/public_edition/page.html", context)


def page_title(document: Document) -> str:
    """Return what the tab of the browser says."""
    cover = document.cover
    return f"{plan_name(cover)}（{cover.edition}）"


def style() -> str:
    """Return the style sheet that every public page carries."""
    return STYLE_SHEET.read_text(encoding="utf-8")


class _Writer:
    def __init__(self, load_image: LoadImage) -> None:
        self.load_image = load_image

    def section(self, section: Section, level: int) -> SafeString:
        context = {
            "section": section,
            "level": min(level, _DEEPEST),
            "blocks": [self.block(block) for block in section.blocks],
            "children": [self.section(child, level + 1) for child in section.children],
        }
        return render_to_string("plans/public_edition/section.html", context)

    def block(self, block: Block) -> SafeString:
        if isinstance(block, TextBlock):
            html = with_image_addresses(block.html, self.picture)
            return mark_safe(html)  # noqa: S308  cleaned when it was saved, and again when redacted
        if isinstance(block, FigureBlock) and block.figure:
            return _figure(block.figure)
        if isinstance(block, TableBlock) and block.table:
            return self.table(block.table)
        return format_html("<p>{}</p>", block.message)

    def table(self, table: Table) -> SafeString:
        explained = explains_terms(table.code)
        rows = [
            [
                (term_anchor(row.uid) if explained and not place else "", text)
                for place, text in them
            ]
            for row, them in zip(table.rows, map(enumerate, table.texts()), strict=True)
        ]
        context = {"table": table, "heads": head_rows(table.columns), "rows": rows}
        return render_to_string("plans/public_edition/table.html", context)

    def picture(self, sha256: str) -> str:
        return picture_address(self.load_image(sha256))


def _figure(figure: Figure) -> SafeString:
    lines = format_html_join("", "<li>{}</li>", ((p,) for p in figure.alternative_text.split("\n")))
    if not figure.svg:
        return format_html("<figure><p>{}</p><ul>{}</ul></figure>", figure.title, lines)
    words = escape(f"{figure.title}\n{figure.alternative_text}")
    return format_html(
        '<figure><img src="{}" alt="{}"><figcaption>{}</figcaption>{}</figure>',
        drawing_address(figure.svg),
        mark_safe(words),  # noqa: S308  escaped above, with its line breaks kept
        figure.title,
        format_html("<p>{}</p>", figure.legend) if figure.legend else "",
    )
