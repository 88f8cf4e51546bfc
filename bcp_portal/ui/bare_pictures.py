"""Lets a picture that somebody hands in be stored without what its camera or program wrote beside its dots."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image, ImageOps, ImageSequence

from bcp_portal.ui.picture_bytes import extras_in, is_known, without_extras

MOST_BYTES = 20 * 1024 * 1024
"""No field takes larger files, so they are left for it to refuse."""
MOST_PIXELS = 80_000_000  # a 20 MB file may unpack to gigabytes
_DRAWN_ANEW = ("TIFF", "BMP")
_STARTS = (b"II*\x00", b"MM\x00*", b"BM")
_TURNED = 0x0112
_QUALITIES = {"JPEG": 95, "WEBP": 95}
_PACKED_LOSSLESSLY = frozenset({"group3", "group4", "tiff_lzw", "packbits", "tiff_adobe_deflate"})
_NEEDED = ("transparency",)


class PictureTooLargeError(Exception):
    """A picture would have to be drawn anew, and unpacks to too much for that."""


def bare_upload(file: UploadedFile[Any]) -> UploadedFile[Any]:
    """Return the same file without what its picture does not need; no picture comes back as it is.

    Raises PictureTooLargeError.
    """
    if (file.size or 0) > MOST_BYTES:
        return file
    file.seek(0)
    content = file.read()
    file.seek(0)
    left = bare_picture(content)
    if left == content:
        return file
    return SimpleUploadedFile(file.name or "", left, file.content_type or "")


def bare_picture(content: bytes) -> bytes:
    """Return a picture (JPEG, PNG, GIF, WebP, TIFF, BMP) with nothing but its dots, the right way up.

    Its dots stay as they are, unless a note of the camera says that they lie on their side or the
    format cannot be taken apart: then it is drawn anew. What cannot be read comes back as it is.
    Raises PictureTooLargeError.
    """
    try:
        return _bare(content)
    except PictureTooLargeError:
        raise
    except Image.DecompressionBombError as error:  # Pillow has a limit of its own
        raise PictureTooLargeError from error
    except Exception:  # a broken file makes decoders fail in ways nobody lists
        return content


def _bare(content: bytes) -> bytes:
    if not is_known(content):
        return _without_tags(content) if content.startswith(_STARTS) else content
    if not extras_in(content):
        return content
    with Image.open(BytesIO(content)) as picture:
        if _is_turned(picture):
            return _drawn_anew(picture)
    bare = without_extras(content)
    with Image.open(BytesIO(bare)) as left:
        if _pixels(left) <= MOST_PIXELS:
            left.load()
    return bare


def _is_turned(picture: Image.Image) -> bool:
    try:
        return bool(picture.getexif().get(_TURNED, 1) != 1)
    except Exception:  # without readable notes nothing is rotated
        return False


def _without_tags(content: bytes) -> bytes:
    """Return a TIFF or BMP drawn anew; one of very many pages stays as it is."""
    with Image.open(BytesIO(content), formats=_DRAWN_ANEW) as picture:
        pages = sum(_pixels(page) for page in ImageSequence.Iterator(picture))
        picture.seek(0)
        return _drawn_anew(picture) if pages <= MOST_PIXELS else content


def _drawn_anew(picture: Image.Image) -> bytes:
    if _pixels(picture) > MOST_PIXELS:
        raise PictureTooLargeError
    kind = "JPEG" if picture.format == "MPO" else str(picture.format)
    pages = [_only_dots(page) for page in ImageSequence.Iterator(picture)]
    options: dict[str, Any] = {}
    if kind in _QUALITIES:
        options["quality"] = _QUALITIES[kind]
        pages = pages[:1]
    if kind == "TIFF":
        packed = str(picture.info.get("compression"))
        options["compression"] = packed if packed in _PACKED_LOSSLESSLY else "tiff_adobe_deflate"
    if len(pages) > 1:
        options |= {"save_all": True, "append_images": pages[1:]}
    into = BytesIO()
    pages[0].save(into, kind, **options)
    return into.getvalue()


def _only_dots(page: Image.Image) -> Image.Image:
    """Return a page the right way up, without what Pillow would write again beside its dots."""
    upright = ImageOps.exif_transpose(page).copy()
    upright.info = {name: upright.info[name] for name in _NEEDED if name in upright.info}
    return upright


def _pixels(picture: Image.Image) -> int:
    return picture.width * picture.height
