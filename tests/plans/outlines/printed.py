"""What a plan made from an outline prints, reduced to what a seed can be compared with."""

from bcp_portal.accounts.models import Municipality
from plans.document.document import Document, TableBlock
from plans.outlines.new_plan import create_plan
from plans.outlines.template import OutlineTemplate
from plans.working_copy.builder import build_document


def new_plan(municipality: Municipality, outline: OutlineTemplate) -> Document:
    """Return the document of a plan that was just created and has no rows."""
    create_plan(municipality=municipality, actor=None, outline=outline)
    return build_document(municipality, include_personal=False)


def tables(document: Document) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return heading, code and column labels of every table in the chapters, in printed order."""
    return [
        (section.title, block.table.code, tuple(column.label for column in block.table.columns))
        for section in document.sections()
        for block in section.blocks
        if isinstance(block, TableBlock) and block.table is not None
    ]


def codes(document: Document) -> dict[str, list[str]]:
    """Return the codes of the tables below each heading that has any."""
    found: dict[str, list[str]] = {}
    for title, code, _labels in tables(document):
        found.setdefault(title, []).append(code)
    return found


def columns(document: Document, title: str, code: str) -> tuple[str, ...]:
    """Return the column labels of one table below a heading."""
    [labels] = [found for at, of, found in tables(document) if (at, of) == (title, code)]
    return labels
