"""Makes the pictures of a comparison ready for Word and Excel, which want pixels."""

import io
from dataclasses import dataclass

from PIL import Image

from plans.comparison.changes import Picture
from plans.comparison.layout import LoadImage
from plans.printing.raster import rastered


@dataclass(frozen=True)
class OfficePicture:
    """A picture as a file, with its size in pixels."""

    content: bytes
    width: int
    height: int

    def size_within(self, width: float, height: float) -> tuple[float, float]:
        """Return the largest width and height within the room, in the unit of the room."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


def office_picture(picture: Picture | None, load_image: LoadImage) -> OfficePicture | None:
    """Return the picture; None where there is no drawing or no file, so that words must do."""
    if picture is None:
        return None
    try:
        content = _content(picture, load_image)
        with Image.open(io.BytesIO(content)) as image:
            return OfficePicture(content, image.width, image.height)
    except (LookupError, ValueError, OSError):
        return None


def _content(picture: Picture, load_image: LoadImage) -> bytes:
    if picture.svg:
        return rastered(picture.svg).content
    if picture.sha256:
        return load_image(picture.sha256)
    raise LookupError(picture.words)
