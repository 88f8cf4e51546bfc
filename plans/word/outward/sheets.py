"""The sheets of a Word file: the town's own page with its head and foot, or ours, upright and lying."""

from copy import deepcopy
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from plans.printing import geometry
from plans.printing.geometry import PageFormat, Paper
from plans.word.outward.fields import number_field
from plans.word.outward.markup import TWIPS_PER_POINT, Look, paragraph, run, twips, xml_of

_TOP_MM, _FOOT_MM = 24, 20
_GREY = Look(points=8.5, colour="566271")
_REFERENCES = ("w:headerReference", "w:footerReference")


class SectionEnds:
    """Writes the end of a section for a sheet; what stands on each page comes with the first."""

    def __init__(self, section: Any) -> None:
        """Take a sectPr as the pattern of all sections."""
        self._pattern = section
        self._first = True
        self.paper = _paper_of(section)

    def end(self, sheet: PageFormat) -> str:
        """Return the sectPr of the next section, which lies on this sheet.

        Head and foot, and the first page without them, stand in the first: the others take them on,
        and go on with its page numbers.
        """
        section = deepcopy(self._pattern)
        if not self._first:
            for tag in (*_REFERENCES, "w:titlePg"):
                for old in section.findall(qn(tag)):
                    section.remove(old)
            _go_on(section)
        self._first = False
        _set_size(section, sheet)
        return xml_of(section)


def our_section(part: Any, left: str, right: str) -> Any:
    """Return a sectPr of A4 with head and foot of ours, and a first page without them."""
    sheet = geometry.PORTRAIT
    head = _filled(part.add_header_part(), _head(left, right))
    foot = _filled(part.add_footer_part(), _foot())
    return parse_xml(
        f"<w:sectPr {nsdecls('w', 'r')}>"
        f'<w:headerReference w:type="default" r:id="{head}"/>'
        f'<w:footerReference w:type="default" r:id="{foot}"/>'
        '<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(sheet.width)}" w:h="{twips(sheet.height)}"/>'
        f'{_margins(sheet)}<w:cols w:space="425"/><w:titlePg/></w:sectPr>'
    )


def with_head_and_foot(section: Any, part: Any, left: str, right: str) -> Any:
    """Return the town's own sectPr; without any head or foot it gets ours."""
    if any(section.findall(qn(tag)) for tag in _REFERENCES):
        return section
    ours = our_section(part, left, right)
    for position, tag in enumerate(_REFERENCES):
        section.insert(position, ours.find(qn(tag)))
    return section


def _paper_of(section: Any) -> Paper:
    """Return the sheets of this page size and these margins, as tables are laid out on them."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return geometry.A4
    width, height = sorted(_points(size, name) for name in ("w:w", "w:h"))
    side = (_points(margins, "w:left") + _points(margins, "w:right")) / 2
    if min(width, height) <= 4 * side or width < 200:
        return geometry.A4
    top = _points(margins, "w:header")
    lying = PageFormat(
        "landscape", height, width, min(side, geometry.LANDSCAPE.side_margin), top, top
    )
    upright = PageFormat("portrait", width, height, side, top, top, turned=lying)
    return Paper(upright, upright)


def _go_on(section: Any) -> None:
    """Have a section begin on the next page, with the next number, whatever the pattern asks for."""
    for numbers in section.findall(qn("w:pgNumType")):
        numbers.attrib.pop(qn("w:start"), None)
    for kind in section.findall(qn("w:type")):
        kind.set(qn("w:val"), "nextPage")


def _points(element: Any, name: str) -> float:
    return float(element.get(qn(name), "0")) / TWIPS_PER_POINT


def _set_size(section: Any, sheet: PageFormat) -> None:
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return
    was_lying = _points(size, "w:w") > _points(size, "w:h")
    size.set(qn("w:w"), str(twips(sheet.width)))
    size.set(qn("w:h"), str(twips(sheet.height)))
    size.attrib.pop(qn("w:orient"), None)
    if sheet.lies:
        size.set(qn("w:orient"), "landscape")
    if sheet.lies != was_lying:
        for side in ("left", "right"):
            margins.set(qn(f"w:{side}"), str(twips(sheet.side_margin)))


def _margins(sheet: PageFormat) -> str:
    top, bottom = (twips(mm * geometry.MM) for mm in (_TOP_MM, _FOOT_MM))
    side = twips(sheet.side_margin)
    return (
        f'<w:pgMar w:top="{top}" w:right="{side}" w:bottom="{bottom}" w:left="{side}"'
        f' w:header="{twips(sheet.head)}" w:footer="{twips(sheet.foot)}" w:gutter="0"/>'
    )


def _head(left: str, right: str) -> str:
    # A tab to the margin itself: it holds on upright and lying sheets.
    tab = '<w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/>'
    return paragraph(f"{run(left, _GREY)}<w:r>{tab}</w:r>{run(right, _GREY)}")


def _foot() -> str:
    pages = number_field(" PAGE ", _GREY) + run("／", _GREY) + number_field(" NUMPAGES ", _GREY)
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{pages}</w:p>'


def _filled(story: Any, content: str) -> str:
    """Return the relation of a new head or foot that says this, and nothing the library brings."""
    part, relation = story
    for child in list(part.element):
        part.element.remove(child)
    part.element.extend(parse_xml(f"<w:body {nsdecls('w', 'r')}>{content}</w:body>"))
    return str(relation)
