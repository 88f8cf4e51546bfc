"""Puts pictures into the text of a Word file, with the words for readers who cannot see them."""

import io
from typing import Any

from plans.word.outward.markup import attribute, picture_run

_EMU_PER_POINT = 12_700
# A picture of a screen or camera, set at the size it was meant for.
_POINTS_PER_PIXEL = 0.6
_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


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
        return picture_run(
            _drawing(relation, self._next, words, name, width * scale, height * scale)
        )


def _drawing(relation: str, number: int, words: str, name: str, width: float, height: float) -> str:
    x, y = round(width * _EMU_PER_POINT), round(height * _EMU_PER_POINT)
    named = attribute(name or f"図{number}")
    facts = f'id="{number}" name={named} descr={attribute(words)}'
    return (
        f'<w:drawing><wp:inline {_NAMESPACES} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{x}" cy="{y}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f"<wp:docPr {facts}/><wp:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {facts}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{x}" cy="{y}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
