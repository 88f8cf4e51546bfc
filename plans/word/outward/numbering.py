"""Lists that Word counts itself; a file without any list of its own gets the part they live in."""

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_LEVELS = 4
STEP_TWIPS = 360


class Lists:
    """Hands out numbers of lists: one for all with dots, a new one for each that counts from 1."""

    def __init__(self, part: Any, *, fresh: bool) -> None:
        """With `fresh`, drop the lists that the library brings for its own styles."""
        self._root = _numbering_part(part).element
        if fresh:
            for child in list(self._root):
                self._root.remove(child)
        first = 1 + max(self._numbers("abstractNum", "abstractNumId"), default=0)
        self._dots, self._digits = first, first + 1
        self._add_kind(self._dots, "bullet", "・")
        self._add_kind(self._digits, "decimal", "")
        self._next = 1 + max(self._numbers("num", "numId"), default=0)
        self.dotted = self._add_list(self._dots)

    def counted(self, level: int, start: int) -> int:
        """Return the number of a list that begins at `start` on a level from 0."""
        return self._add_list(self._digits, min(level, _LEVELS - 1), start)

    def _numbers(self, tag: str, name: str) -> list[int]:
        return [int(e.get(qn(f"w:{name}"), "0")) for e in self._root.findall(qn(f"w:{tag}"))]

    def _add_kind(self, number: int, form: str, mark: str) -> None:
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{mark or f"%{level + 1}."}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{(level + 1) * STEP_TWIPS}" w:hanging="{STEP_TWIPS}"/></w:pPr>'
            "</w:lvl>"
            for level in range(_LEVELS)
        )
        kind = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        )
        # All kinds stand before all lists.
        first = self._root.find(qn("w:num"))
        if first is None:
            self._root.append(kind)
        else:
            first.addprevious(kind)

    def _add_list(self, kind: int, level: int = 0, start: int | None = None) -> int:
        number, self._next = self._next, self._next + 1
        again = (
            ""
            if start is None
            else f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        )
        added = parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}">'
            f'<w:abstractNumId w:val="{kind}"/>{again}</w:num>'
        )
        last = self._root.findall(qn("w:num"))
        if last:
            last[-1].addnext(added)
        else:
            self._root.append(added)
        return number


def _numbering_part(part: Any) -> Any:
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external:
            return relation.target_part
    made = XmlPart(
        PackURI("/word/numbering.xml"),
        CONTENT_TYPE.WML_NUMBERING,
        parse_xml(f"<w:numbering {nsdecls('w')}/>"),
        part.package,
    )
    part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return made
