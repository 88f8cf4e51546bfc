"""Collects what a Word file says, and ends a section wherever the paper turns."""

from plans.printing.geometry import PageFormat
from plans.word.outward.sheets import SectionEnds

# The paragraph that ends a section takes no room: it could begin a page of its own.
_NO_ROOM = (
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr>'
)


class Body:
    """The text in order, each stretch on the sheet it needs."""

    def __init__(self, sheets: SectionEnds, *, goes_on: bool) -> None:
        """With `goes_on`, pages of the town's own stand before, on an upright sheet."""
        self._sheets = sheets
        self._sheet: PageFormat | None = sheets.paper.portrait if goes_on else None
        self._parts: list[str] = []

    def add(self, xml: str, sheet: PageFormat) -> None:
        """Add a stretch; another orientation than before begins a section."""
        if self._sheet is not None and sheet.lies != self._sheet.lies:
            end = self._sheets.end(self._sheet)
            self._parts.append(f"<w:p><w:pPr>{_NO_ROOM}{end}</w:pPr></w:p>")
        if self._sheet is None or sheet.lies != self._sheet.lies:
            self._sheet = sheet
        self._parts.append(xml)

    def xml(self) -> str:
        """Return everything added."""
        return "".join(self._parts)

    def last_section(self) -> str:
        """Return the properties of the section that is open at the end."""
        return self._sheets.end(self._sheet or self._sheets.paper.portrait)
