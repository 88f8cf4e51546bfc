"""Writes the cover, the table of revisions, the contents and the colophon."""

from collections.abc import Mapping, Sequence

from django.template.loader import render_to_string

from bcp_portal.annex.table import Table
from plans.document.document import Cover
from plans.printing.annex_parts import table_flows
from plans.printing.flows import BookPart, Flow, OutlineEntry
from plans.printing.geometry import A4, Paper
from plans.printing.prose import cross_reference, line

DRAFT = "作業中"
COVER, REVISIONS, CONTENTS, COLOPHON = "cover", "revisions", "contents", "colophon"
CONTENTS_TITLE, COLOPHON_TITLE = "目次", "奥付"
# In which setting an unprintable character of the heading stands.
REVISIONS_PLACE = "改訂一覧の見出し"
CONTENTS_DEPTH = 2


def edition_text(cover: Cover) -> str:
    """Return what head and foot call this copy: the edition, or 「作業中」 for a draft."""
    return DRAFT if cover.draft else cover.edition


def plan_name(cover: Cover) -> str:
    """Return municipality and title; a title that begins with the municipality says both."""
    return f"{cover.municipality}　{title_alone(cover)}"


def title_alone(cover: Cover) -> str:
    """Return the title without the name of the municipality, which stands above it."""
    rest = cover.title.removeprefix(cover.municipality).strip()
    return rest or cover.title


def cover_part(cover: Cover, paper: Paper = A4) -> BookPart:
    """Return the first sheet."""
    texts = {
        "municipality": cover.municipality,
        "title": title_alone(cover),
        "edition": "" if cover.edition == DRAFT else cover.edition,
        "date_text": cover.date_text,
        "department": cover.department,
        "draft": DRAFT if cover.draft else "",
    }
    context = {name: line(text, "表紙") for name, text in texts.items()}
    html = render_to_string("print/cover.html", context)
    return BookPart(COVER, "表紙", "", (Flow("表紙", paper.portrait, html),))


def revisions_part(table: Table, title: str, paper: Paper = A4) -> BookPart:
    """Return the table of revisions under what the municipality calls it."""
    context = {"anchor": REVISIONS, "title": line(title, REVISIONS_PLACE)}
    heading = render_to_string("print/front_head.html", context)
    flows = table_flows(table, title, heading, paper.portrait)
    return BookPart(REVISIONS, "改定", title, flows)


def contents_part(
    entries: Sequence[OutlineEntry], page_texts: Mapping[str, str], paper: Paper = A4
) -> BookPart:
    """Return the contents; `page_texts` says what stands at the end of an entry's leader."""
    lines = [
        {
            "level": entry.level,
            "number": line(entry.number, CONTENTS_TITLE),
            "title": line(entry.title, CONTENTS_TITLE),
            "href": cross_reference(entry.anchor),
            "page": page_texts.get(entry.anchor, ""),
        }
        for entry in entries
        if entry.level <= CONTENTS_DEPTH
    ]
    context = {"anchor": CONTENTS, "title": CONTENTS_TITLE, "lines": lines}
    html = render_to_string("print/contents.html", context)
    flow = Flow(CONTENTS_TITLE, paper.portrait, html)
    return BookPart(CONTENTS, CONTENTS_TITLE, CONTENTS_TITLE, (flow,))


def colophon_part(lines: Sequence[tuple[str, str]], paper: Paper = A4) -> BookPart:
    """Return the last sheet: who made this copy of what, and when."""
    facts = [(line(label, COLOPHON_TITLE), line(value, COLOPHON_TITLE)) for label, value in lines]
    html = render_to_string("print/colophon.html", {"anchor": COLOPHON, "facts": facts})
    flow = Flow(COLOPHON_TITLE, paper.portrait, html)
    return BookPart(COLOPHON, COLOPHON_TITLE, COLOPHON_TITLE, (flow,))
