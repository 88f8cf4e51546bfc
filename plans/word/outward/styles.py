"""The styles a plan is written in: taken from the town's own file, or made where it lacks them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from plans.word.outward.markup import attribute, half_points

FONT = "BIZ UDゴシック"
# Word takes the first of these that the reader's machine has.
_OTHER_FONTS = "BIZ UDGothic,ＭＳ ゴシック,MS Gothic,游ゴシック"
_LANGUAGE = "ja-JP"
_TEXT_POINTS = 10.5
HEADINGS = tuple(f"heading {level}" for level in range(1, 5))
CONTENTS = ("toc 1", "toc 2")
CAPTION, CONTENTS_HEADING, LINK = "caption", "TOC Heading", "Hyperlink"
COVER_TITLE, CELL, NOTE = "Title", "BCP Cell", "BCP Note"
LIVE_TITLE = "BCP Title"
TABLE = "Table Grid"


@dataclass(frozen=True)
class _Style:
    """One style of ours: what stands in its paragraph and run properties, in Word's order."""

    kind: str = "paragraph"
    paragraph: str = ""
    run: str = ""
    table: str = ""
    based_on: str = "Normal"
    next: str = ""


def _heading(level: int, points: float, before: int) -> _Style:
    return _Style(
        paragraph="<w:keepNext/><w:keepLines/>"
        f'<w:spacing w:before="{before}" w:after="80"/><w:outlineLvl w:val="{level - 1}"/>',
        run=f'<w:b/><w:bCs/><w:sz w:val="{half_points(points)}"/>'
        f'<w:szCs w:val="{half_points(points)}"/>',
        next="Normal",
    )


def _contents(indent: int) -> _Style:
    return _Style(
        paragraph='<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs>'
        f'<w:spacing w:after="40"/><w:ind w:left="{indent}" w:right="600"/>',
    )


def _sized(points: float) -> str:
    return f'<w:sz w:val="{half_points(points)}"/><w:szCs w:val="{half_points(points)}"/>'


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="6B7785"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_OURS: Mapping[str, _Style] = {
    HEADINGS[0]: _heading(1, 16, 240),
    HEADINGS[1]: _heading(2, 13, 200),
    HEADINGS[2]: _heading(3, 11.5, 160),
    HEADINGS[3]: _heading(4, 10.5, 120),
    CONTENTS[0]: _contents(0),
    CONTENTS[1]: _contents(240),
    CONTENTS_HEADING: _Style(paragraph='<w:spacing w:after="200"/>', run=f"<w:b/>{_sized(16)}"),
    CAPTION: _Style(
        paragraph='<w:keepNext/><w:spacing w:before="120" w:after="60"/>',
        run=f"<w:b/>{_sized(9.5)}",
    ),
    LIVE_TITLE: _Style(
        paragraph='<w:keepNext/><w:spacing w:before="120" w:after="60"/>',
        run=f"<w:b/>{_sized(9.5)}",
    ),
    COVER_TITLE: _Style(
        paragraph='<w:spacing w:before="3600" w:after="360"/><w:jc w:val="center"/>',
        run=f"<w:b/>{_sized(24)}",
    ),
    CELL: _Style(paragraph='<w:spacing w:before="0" w:after="0"/>', run=_sized(8.5)),
    NOTE: _Style(run=f'<w:color w:val="566271"/>{_sized(9)}'),
    LINK: _Style(
        kind="character",
        run='<w:color w:val="0017C1"/><w:u w:val="single"/>',
        based_on="Default Paragraph Font",
    ),
    TABLE: _Style(
        kind="table", table=f"<w:tblBorders>{_BORDERS}</w:tblBorders>", based_on="Normal Table"
    ),
}


@dataclass
class WordStyles:
    """The identities of the styles of one file by their names, which Word never translates."""

    root: Any
    keep: bool
    ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for style in self.root.findall(qn("w:style")):
            name = style.find(qn("w:name"))
            if name is not None:
                self.ids[name.get(qn("w:val"), "").lower()] = style.get(qn("w:styleId"), "")

    def prepare(self) -> None:
        """Make what is missing; a file of ours begins without what the library brings for English."""
        if not self.keep:
            self._begin_anew()
            self._set_defaults()
        for name, style in _OURS.items():
            if name.lower() not in self.ids:
                self._add(name, style)

    def id(self, name: str) -> str:
        """Return the identity of a style by its name."""
        return self.ids[name.lower()]

    def counts(self, name: str) -> bool:
        """Tell whether Word would put a number before each paragraph of this style."""
        styles = {style.get(qn("w:styleId")): style for style in self.root.findall(qn("w:style"))}
        style = styles.pop(self.id(name), None)
        while style is not None:
            number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            if number is not None:
                return bool(number.get(qn("w:val")) != "0")
            base = style.find(qn("w:basedOn"))
            # Taken out once: a circle of styles ends here.
            style = None if base is None else styles.pop(base.get(qn("w:val")), None)
        return False

    def _add(self, name: str, style: _Style) -> None:
        identity = "Bcp" + "".join(part.capitalize() for part in name.split())
        based_on = self.ids.get(style.based_on.lower(), "")
        following = self.ids.get(style.next.lower(), "") if style.next else ""
        parts = [
            f"<w:name w:val={attribute(name)}/>",
            f"<w:basedOn w:val={attribute(based_on)}/>" if based_on else "",
            f"<w:next w:val={attribute(following)}/>" if following else "",
            "<w:qFormat/>" if style.kind == "paragraph" else "",
            f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else "",
            f"<w:rPr>{style.run}</w:rPr>" if style.run else "",
            f"<w:tblPr>{style.table}</w:tblPr>" if style.table else "",
        ]
        self.root.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="{style.kind}" w:styleId="{identity}">'
                f"{''.join(parts)}</w:style>"
            )
        )
        self.ids[name.lower()] = identity

    def _begin_anew(self) -> None:
        """Drop all styles but the four that every other is based on."""
        for style in self.root.findall(qn("w:style")):
            if style.get(qn("w:default")) != "1":
                self.root.remove(style)
            elif style.get(qn("w:type")) == "paragraph":
                for look in (*style.findall(qn("w:pPr")), *style.findall(qn("w:rPr"))):
                    style.remove(look)
        kept = {style.get(qn("w:styleId")) for style in self.root.findall(qn("w:style"))}
        self.ids = {name: identity for name, identity in self.ids.items() if identity in kept}

    def _set_defaults(self) -> None:
        """Set font, size and language of everything that says nothing else."""
        for old in self.root.findall(qn("w:docDefaults")):
            self.root.remove(old)
        fonts = " ".join(
            f"w:{script}={attribute(FONT)}" for script in ("ascii", "hAnsi", "eastAsia", "cs")
        )
        self.root.insert(
            0,
            parse_xml(
                f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
                f"{_sized(_TEXT_POINTS)}<w:lang"
                f' w:val="{_LANGUAGE}" w:eastAsia="{_LANGUAGE}" w:bidi="ar-SA"/></w:rPr>'
                "</w:rPrDefault><w:pPrDefault><w:pPr>"
                '<w:spacing w:after="100" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
                "</w:docDefaults>"
            ),
        )


def name_other_fonts(fonts: Any) -> None:
    """Tell Word which fonts may stand in for ours on a machine that lacks it."""
    known = {font.get(qn("w:name")) for font in fonts.findall(qn("w:font"))}
    if FONT not in known:
        fonts.append(
            parse_xml(
                f"<w:font {nsdecls('w')} w:name={attribute(FONT)}>"
                f"<w:altName w:val={attribute(_OTHER_FONTS)}/>"
                '<w:charset w:val="80"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>'
            )
        )
