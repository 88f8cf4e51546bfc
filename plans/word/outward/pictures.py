"""Puts pictures into the text of a Word file, with the words for readers who cannot see them."""

import io
from typing import Any

from docx.oxml.shape import CT_Inline
from docx.shared import Pt

from plans.word.outward.markup import picture_run, without_controls, xml_of

# A picture of a screen or camera, set at the size it was meant for.
_POINTS_PER_PIXEL = 0.6


class Pictures:
    """The pictures of one file; the same one is stored once."""

    def __init__(self, part: Any) -> None:
        self._part = part
        # Numbers of pictures in a template's own pages are far lower.
        self._next = 100_000

    def run(
        self,
        content: bytes,
        words: str,
        room: tuple[float, float],
        name: str = "",
        points: float = 0,
    ) -> str:
        """Return a run with the picture, reduced to the room (points); `points` is its own width."""
        relation, image = self._part.get_or_add_image(io.BytesIO(content))
        width = points or image.px_width * _POINTS_PER_PIXEL
        height = width * image.px_height / image.px_width
        scale = min(1.0, room[0] / width, room[1] / height)
        self._next += 1
        size = Pt(width * scale), Pt(height * scale)
        drawn: Any = CT_Inline.new_pic_inline(self._next, relation, "", *size)
        for facts in (drawn.docPr, drawn.graphic.graphicData.pic.nvPicPr.cNvPr):
            facts.set("name", without_controls(name) or f"図{self._next}")
            facts.set("descr", without_controls(words))
        return picture_run(xml_of(drawn))
