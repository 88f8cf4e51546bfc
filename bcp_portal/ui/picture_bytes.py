"""Says what a stored picture carries besides its dots, and takes that away without touching a dot; pure.

A camera writes where and when a photograph was taken, a drawing program who drew it, and anybody can
write behind the end of a file. Nobody sees any of it on paper, and every reader of a file finds it.
"""

from collections.abc import Iterator

from bcp_portal.ui.gif_and_webp import gif_parts, is_gif, is_webp, webp_parts
from bcp_portal.ui.picture_part import BROKEN, TRAILING, UNKNOWN_FORMAT, PicturePart

JPEG_START, PNG_START = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"

_EOI, _SOS, _COM, _APP0, _APP14, _FILL = 0xD9, 0xDA, 0xFE, 0xE0, 0xEE, 0xFF
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
_RESTARTS = frozenset({0x00, *range(0xD0, 0xD8)})  # inside the dots
_JFIF = b"JFIF\x00"
_JFIF_LENGTH = 14  # without a small copy of the picture
_ADOBE_LENGTH = 12  # how colours are written; a picture of four colours cannot be read without it
_APP_NAMES = (
    (b"Exif\x00", "撮影の情報（EXIF）"),
    (b"http://ns.adobe.com/x", "作成の情報（XMP）"),
    (b"ICC_PROFILE\x00", "色の情報（ICC）"),
    (b"Photoshop 3.0\x00", "作成の情報（IPTC）"),
)
_PNG_NEEDED = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_PNG_NAMES = {
    b"tEXt": "文字の注釈（PNG）",
    b"zTXt": "文字の注釈（PNG）",
    b"iTXt": "文字の注釈（PNG）",
    b"eXIf": "撮影の情報（EXIF）",
    b"iCCP": "色の情報（ICC）",
    b"tIME": "作成の日時",
}


def extras_in(content: bytes) -> list[str]:
    """Return in Japanese what a picture carries besides its dots, each once; empty when nothing."""
    return list(dict.fromkeys(part.extra for part in _parts(content) if part.extra))


def without_extras(content: bytes) -> bytes:
    """Return the same picture without what its dots do not need; another format comes back as it is."""
    return b"".join(
        part.content for part in _parts(content) if not part.extra or part.extra == UNKNOWN_FORMAT
    )


def is_known(content: bytes) -> bool:
    """Tell whether a file begins as a picture of a format that can be taken apart."""
    return content.startswith((JPEG_START, PNG_START)) or is_gif(content) or is_webp(content)


def _parts(content: bytes) -> Iterator[PicturePart]:
    if content.startswith(JPEG_START):
        return _jpeg_parts(content)
    if content.startswith(PNG_START):
        return _png_parts(content)
    if is_gif(content):
        return gif_parts(content)
    if is_webp(content):
        return webp_parts(content)
    return iter([PicturePart(content, UNKNOWN_FORMAT)])


def _jpeg_parts(content: bytes) -> Iterator[PicturePart]:
    yield PicturePart(content[:2])
    at = 2
    while at + 1 < len(content):
        if content[at] != 0xFF:
            yield PicturePart(content[at:], BROKEN)
            return
        marker = content[at + 1]
        if marker == _FILL:  # a marker may have any number of them before it
            at += 1
            continue
        if marker == _EOI:
            yield PicturePart(content[at : at + 2])
            if content[at + 2 :]:
                yield PicturePart(content[at + 2 :], TRAILING)
            return
        end = at + 2
        if marker not in _ALONE:
            end += int.from_bytes(content[at + 2 : at + 4])
        if marker == _SOS:
            end = _end_of_dots(content, end)
        yield PicturePart(content[at:end], _segment_extra(marker, content[at + 4 : end]))
        at = end


def _end_of_dots(content: bytes, at: int) -> int:
    """Return where the next marker stands that is not part of the dots."""
    while (at := content.find(b"\xff", at)) >= 0:
        if at + 1 < len(content) and content[at + 1] not in _RESTARTS:
            return at
        at += 2
    return len(content)


def _segment_extra(marker: int, body: bytes) -> str:
    if marker == _COM:
        return "文字の注釈（JPEG）"
    if marker == _APP0 and body.startswith(_JFIF) and len(body) == _JFIF_LENGTH:
        return ""
    if marker == _APP14 and body.startswith(b"Adobe") and len(body) == _ADOBE_LENGTH:
        return ""
    if _APP0 <= marker <= 0xEF:
        return next((name for start, name in _APP_NAMES if body.startswith(start)), "付帯の情報")
    return ""


def _png_parts(content: bytes) -> Iterator[PicturePart]:
    yield PicturePart(content[: len(PNG_START)])
    at = len(PNG_START)
    while at + 8 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4])
        name = content[at + 4 : at + 8]
        yield PicturePart(
            content[at:end],
            "" if name in _PNG_NEEDED else _PNG_NAMES.get(name, "付帯の情報"),
        )
        at = end
        if name == b"IEND":
            break
    if content[at:]:
        yield PicturePart(content[at:], TRAILING)
