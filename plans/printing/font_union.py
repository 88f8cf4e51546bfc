"""Embeds each font once for the whole book: parts rendered apart carry a subset each.

It works because WeasyPrint keeps the glyph ids of the original file, so one subset made for the
union of all ids serves every page unchanged.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
import uharfbuzz
from pikepdf import Array, Dictionary, Name

from plans.printing.cache import PartCache, content_key
from plans.printing.faces import Face, face_of_base_font, font_face

_DROPPED_TABLES = ("BASE", "DSIG", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "VORG", "vhea", "vmtx")
_SYMBOLIC = 4
_LINES_PER_BLOCK = 100
_BF_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_BF_LINE = re.compile(rb"<([0-9a-f]+)> <([0-9a-f]+)>")


@dataclass
class FontUse:
    """Everything the book draws with one font: widths and texts by glyph id."""

    base_font: str
    widths: dict[int, float] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    ascent: int = 880
    descent: int = -120

    def add(self, widths: Mapping[int, float], texts: Mapping[int, str]) -> None:
        """Join another use of the same font; of two texts for one glyph the first is kept."""
        for glyph, width in widths.items():
            self.widths.setdefault(glyph, width)
        for glyph, text in texts.items():
            self.texts.setdefault(glyph, text)

    def only(self, glyphs: Collection[int]) -> "FontUse":
        """Return the use of some of the glyphs."""
        return replace(
            self,
            widths={glyph: w for glyph, w in self.widths.items() if glyph in glyphs},
            texts={glyph: text for glyph, text in self.texts.items() if glyph in glyphs},
        )


def base_font_of(font: Any) -> str:
    """Return the name of a font without the six letters of its subset."""
    return str(font.BaseFont).lstrip("/").rpartition("+")[2]


def read_use(font: Any) -> FontUse:
    """Read what one part drew with a font."""
    descendant = font.DescendantFonts[0]
    descriptor = descendant.FontDescriptor
    return FontUse(
        base_font=base_font_of(font),
        widths=_read_widths(descendant.W),
        texts=_read_texts(font.ToUnicode.read_bytes()),
        ascent=int(descriptor.Ascent),
        descent=int(descriptor.Descent),
    )


class FontCase:
    """The fonts of one book: collects what is used, then embeds each once."""

    def __init__(self, cache: PartCache) -> None:
        self._cache = cache
        self._uses: dict[str, FontUse] = {}
        self._faces: dict[str, Face] = {}
        self._glyphs: dict[Face, set[int]] = {}

    def add(self, use: FontUse) -> None:
        """Note a use; raise LookupError for a font that is not one of the print families."""
        face = face_of_base_font(use.base_font)
        if face is None:
            raise LookupError(use.base_font)
        self._glyphs.setdefault(face, set()).update(use.widths, use.texts)
        self._faces[use.base_font] = face
        empty = FontUse(use.base_font, ascent=use.ascent, descent=use.descent)
        self._uses.setdefault(use.base_font, empty).add(use.widths, use.texts)

    def embed(self, pdf: pikepdf.Pdf) -> dict[str, Any]:
        """Return the font objects of the book by base font; one file serves all weights it has."""
        files = {face: self._font_file(pdf, face, glyphs) for face, glyphs in self._glyphs.items()}
        return {
            name: pdf.make_indirect(_font_object(pdf, use, *files[self._faces[name]]))
            for name, use in sorted(self._uses.items())
        }

    def _font_file(self, pdf: pikepdf.Pdf, face: Face, glyphs: set[int]) -> tuple[Any, bool]:
        used = sorted(glyphs)
        key = content_key("font-1", face.fingerprint, uharfbuzz.__version__, repr(used))
        content = self._cache.get(key)
        if content is None:
            content = _subset(face, used)
            self._cache.put(key, content)
        stream = pdf.make_stream(content)
        has_cff_outlines = content[:4] == b"OTTO"
        if has_cff_outlines:
            stream.Subtype = Name.OpenType
        else:
            stream.Length1 = len(content)
        return stream, has_cff_outlines


def _subset(face: Face, glyphs: list[int]) -> bytes:
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = (
        uharfbuzz.SubsetFlags.RETAIN_GIDS
        | uharfbuzz.SubsetFlags.NO_HINTING
        | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    )
    for table in _DROPPED_TABLES:
        wanted.drop_table_tag_set.add(int.from_bytes(table.encode().ljust(4)))
    return bytes(uharfbuzz.subset(font_face(face), wanted).blob.data)


def _font_object(pdf: pikepdf.Pdf, use: FontUse, file: Any, has_cff_outlines: bool) -> Dictionary:
    # A subset's name begins with six letters; these are made from what it holds.
    tag = "".join(chr(65 + int(c, 16)) for c in content_key(repr(sorted(use.texts)))[:6])
    name = Name(f"/{tag}+{use.base_font}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        FontFamily=pikepdf.String(use.base_font.replace("-", " ")),
        Flags=_SYMBOLIC,
        FontBBox=Array([0, use.descent, int(max(use.widths.values(), default=0)), use.ascent]),
        ItalicAngle=0,
        Ascent=use.ascent,
        Descent=use.descent,
        CapHeight=use.ascent,
        StemV=80,
    )
    descriptor[Name.FontFile3 if has_cff_outlines else Name.FontFile2] = file
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0 if has_cff_outlines else Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        W=_widths_array(use.widths),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    if not has_cff_outlines:
        descendant.CIDToGIDMap = Name.Identity
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(_texts_map(use.texts)),
    )


def _read_widths(array: Any) -> dict[int, float]:
    widths: dict[int, float] = {}
    items = list(array)
    for first, run in zip(items[::2], items[1::2], strict=True):
        for offset, width in enumerate(run):
            widths[int(first) + offset] = float(width)
    return widths


def _widths_array(widths: Mapping[int, float]) -> Array:
    items: list[Any] = []
    previous: int | None = None
    for glyph in sorted(widths):
        if previous is None or glyph != previous + 1:
            items += [glyph, []]
        items[-1].append(round(widths[glyph]))
        previous = glyph
    return Array([item if isinstance(item, int) else Array(item) for item in items])


def _read_texts(stream: bytes) -> dict[int, str]:
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for block in _BF_BLOCK.findall(stream)
        for glyph, text in _BF_LINE.findall(block)
    }


def _texts_map(texts: Mapping[int, str]) -> bytes:
    lines = [f"<{glyph:04x}> <{texts[glyph].encode('utf-16-be').hex()}>" for glyph in sorted(texts)]
    blocks = [
        "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar"))
        for block in (
            lines[i : i + _LINES_PER_BLOCK] for i in range(0, len(lines), _LINES_PER_BLOCK)
        )
    ]
    return "\n".join((_MAP_START, *blocks, _MAP_END)).encode()


_MAP_START = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""
_MAP_END = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
