"""Sets short pieces of text as glyphs, for what is stamped on finished pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import uharfbuzz

from plans.printing.faces import find_face, font_face
from plans.printing.font_union import FontUse
from plans.printing.glyphs import runs


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


class Typesetter:
    """Shapes each text of a book once; knows which glyphs it needs before fonts are embedded."""

    def __init__(self) -> None:
        self._shaped: dict[str, list[ShapedRun]] = {}

    @property
    def base_fonts(self) -> list[str]:
        """Return the fonts of all prepared texts."""
        return sorted({use.base_font for use in self.font_uses()})

    def prepare(self, *texts: str) -> None:
        """Shape texts that will be drawn; UnprintableError as in glyphs.py."""
        for text in texts:
            if text not in self._shaped:
                self._shaped[text] = [_shape_run(family, run) for family, run in runs(text)]

    def font_uses(self) -> list[FontUse]:
        """Return the use of fonts of all prepared texts."""
        return [run.use() for shaped in self._shaped.values() for run in shaped]

    def width_em(self, text: str) -> float:
        """Return the width of a text in em."""
        self.prepare(text)
        return sum(sum(run.widths) for run in self._shaped[text]) / 1000

    def draw(self, text: str, x: float, y: float, size: float, turn: str = "1 0 0 1") -> str:
        """Return the operators that draw a prepared text; `turn` begins the text matrix."""
        parts = [f"BT {turn} {x:.2f} {y:.2f} Tm"]
        for run in self._shaped[text]:
            glyphs = "".join(f"{glyph:04x}" for glyph in run.glyphs)
            parts.append(f"{resource_name(run.base_font)} {size:.2f} Tf <{glyphs}> Tj")
        return " ".join((*parts, "ET"))

    def fitting(self, text: str, room_em: float) -> str:
        """Return the text, shortened until it is no wider than the room; it is prepared then."""
        kept = text
        while kept and _width_em(kept) > room_em:
            kept = kept.removesuffix("…")[:-1]
            kept += "…" if kept else ""
        self.prepare(kept)
        return kept


def resource_name(base_font: str) -> str:
    """Return the name by which stamps call a font, apart from WeasyPrint's six letters."""
    return f"/Stamp-{base_font}"


def _width_em(text: str) -> float:
    shaped: Iterable[ShapedRun] = (_shape_run(family, run) for family, run in runs(text))
    return sum(sum(run.widths) for run in shaped) / 1000


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
