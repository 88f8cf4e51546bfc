"""Draws running head, running foot and page number onto finished pages, as real text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pikepdf
import uharfbuzz
from pikepdf import Array, Dictionary, Name

from plans.printing.faces import find_face, font_face
from plans.printing.font_union import FontUse
from plans.printing.geometry import MM, Sheet
from plans.printing.glyphs import runs

HEAD_PT = 7.5
NUMBER_PT = 9.0
_INK = "0.27 0.32 0.37 rg 0.55 0.60 0.66 RG"
_DRAFT_INK = "0.64 0.23 0.17 rg 0.64 0.23 0.17 RG"
_RULE_BELOW_HEAD = 2 * MM
_GAP = 6 * MM


@dataclass(frozen=True)
class ShapedRun:
    """Some text as glyphs of one font."""

    base_font: str
    glyphs: tuple[int, ...]
    widths: tuple[float, ...]
    texts: tuple[str, ...]

    def use(self) -> FontUse:
        """Return what this run needs of its font."""
        return FontUse(
            self.base_font,
            dict(zip(self.glyphs, self.widths, strict=True)),
            dict(zip(self.glyphs, self.texts, strict=True)),
        )


@dataclass(frozen=True)
class RunningText:
    """What head and foot of a page say besides the number; `draft` marks the edition in red."""

    left: str
    right: str
    edition: str
    draft: bool


def shape(text: str) -> list[ShapedRun]:
    """Return the text as runs of glyphs; UnprintableError as in glyphs.py."""
    return [_shape_run(family, run) for family, run in runs(text)]


def width_em(shaped: list[ShapedRun]) -> float:
    """Return the width of the text in em."""
    return sum(sum(run.widths) for run in shaped) / 1000


class Stamper:
    """Makes the stamps of one book; knows which glyphs they need before fonts are embedded."""

    def __init__(self) -> None:
        self._shaped: dict[str, list[ShapedRun]] = {}
        self._heads: dict[tuple[RunningText, Sheet], str] = {}

    @property
    def base_fonts(self) -> list[str]:
        """Return the fonts of all prepared texts."""
        return sorted({use.base_font for use in self.font_uses()})

    def prepare(self, running: RunningText, sheet: Sheet, number: str) -> None:
        """Shape the texts of one page, once each."""
        for text in (running.left, running.edition, number):
            if text not in self._shaped:
                self._shaped[text] = shape(text)
        if (running, sheet) not in self._heads:
            room = sheet.measure - _GAP - width_em(self._shaped[running.left]) * HEAD_PT
            kept = _fitting(running.right, room)
            self._heads[running, sheet] = kept
            self._shaped[kept] = shape(kept)

    def font_uses(self) -> list[FontUse]:
        """Return the use of fonts of all prepared texts."""
        return [run.use() for shaped in self._shaped.values() for run in shaped]

    def head_and_foot(
        self, pdf: pikepdf.Pdf, fonts: Mapping[str, Any], running: RunningText, sheet: Sheet
    ) -> Any:
        """Return the form that all pages of one part and sheet share."""
        left, right = sheet.side_margin, sheet.width - sheet.side_margin
        head_y = sheet.height - sheet.head
        rule_y = head_y - _RULE_BELOW_HEAD
        shaped_right = self._shaped[self._heads[running, sheet]]
        lines = [
            "/Artifact <</Type /Pagination /Subtype /Header>> BDC q",
            _INK,
            _draw(self._shaped[running.left], left, head_y, HEAD_PT),
            _draw(shaped_right, right - width_em(shaped_right) * HEAD_PT, head_y, HEAD_PT),
            f"0.4 w {left:.2f} {rule_y:.2f} m {right:.2f} {rule_y:.2f} l S Q EMC",
            "/Artifact <</Type /Pagination /Subtype /Footer>> BDC q",
            _DRAFT_INK if running.draft else _INK,
            _draw(self._shaped[running.edition], left, sheet.foot, HEAD_PT),
            "Q EMC",
        ]
        form = pdf.make_stream("\n".join(lines).encode())
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array([0, 0, round(sheet.width, 2), round(sheet.height, 2)])
        form.Resources = Dictionary(
            Font=Dictionary({resource_name(base): fonts[base] for base in self.base_fonts})
        )
        return form

    def number(self, sheet: Sheet, text: str) -> str:
        """Return the operators that draw a page number in the middle of the foot."""
        shaped = self._shaped[text]
        x = (sheet.width - width_em(shaped) * NUMBER_PT) / 2
        drawn = _draw(shaped, x, sheet.foot, NUMBER_PT)
        return f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q {_INK} {drawn} Q EMC"


def _fitting(text: str, room: float) -> str:
    """Return the text, shortened until it is no wider than the room in points."""
    kept = text
    while kept and width_em(shape(kept)) * HEAD_PT > room:
        kept = kept.removesuffix("…")[:-1]
        kept += "…" if kept else ""
    return kept


def resource_name(base_font: str) -> str:
    """Return the name by which stamps call a font, apart from WeasyPrint's six letters."""
    return f"/Stamp-{base_font}"


def _shape_run(family: str, text: str) -> ShapedRun:
    font = _font(family)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"kern": False, "liga": False})
    starts = [info.cluster for info in buffer.glyph_infos]
    ends = [*starts[1:], len(text)]
    return ShapedRun(
        family.replace(" ", "-"),
        tuple(info.codepoint for info in buffer.glyph_infos),
        tuple(1000 * place.x_advance / font.face.upem for place in buffer.glyph_positions),
        tuple(text[start:end] for start, end in zip(starts, ends, strict=True)),
    )


@cache
def _font(family: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(font_face(find_face(family)))


def _draw(shaped: list[ShapedRun], x: float, y: float, size: float) -> str:
    parts = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
    for run in shaped:
        glyphs = "".join(f"{glyph:04x}" for glyph in run.glyphs)
        parts.append(f"{resource_name(run.base_font)} {size} Tf <{glyphs}> Tj")
    return " ".join((*parts, "ET"))
