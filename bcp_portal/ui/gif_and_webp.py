"""Takes GIF and WebP files apart into what their pixels need and what they do not; pure."""

from collections.abc import Iterator

from bcp_portal.ui.picture_part import BROKEN, TRAILING, PicturePart

GIF_STARTS = (b"GIF87a", b"GIF89a")
_GIF_HEAD, _GIF_IMAGE = 13, 10
_LOOP = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_LOOP_LENGTH = 19  # marker, name, one block of three bytes, the end
_TABLE_FLAG, _TABLE_SIZE = 0x80, 0x07

_WEBP_NEEDED = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_WEBP_NAMES = {
    b"EXIF": "撮影の情報（EXIF）",
    b"XMP ": "作成の情報（XMP）",
    b"ICCP": "色の情報（ICC）",
}
_RIFF_HEAD = 12
_SAID_OF_EXTRAS = 0x20 | 0x08 | 0x04
"""The bits of VP8X that promise ICC, EXIF and XMP."""


def is_gif(content: bytes) -> bool:
    return content.startswith(GIF_STARTS)


def is_webp(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def gif_parts(content: bytes) -> Iterator[PicturePart]:
    """Yield the parts of a GIF; comments, notes of programs and what follows the end are extras."""
    at = _GIF_HEAD + _colours(content[10:11])
    yield PicturePart(content[:at])
    while at < len(content):
        kind = content[at]
        if kind == 0x3B:
            yield PicturePart(content[at : at + 1])
            if content[at + 1 :]:
                yield PicturePart(content[at + 1 :], TRAILING)
            return
        if kind == 0x2C:
            start = at + _GIF_IMAGE + _colours(content[at + 9 : at + 10]) + 1
            end = _blocks_end(content, start)
            yield PicturePart(content[at:end])
        elif kind == 0x21:
            end = _blocks_end(content, at + 2)
            yield PicturePart(content[at:end], _gif_extra(content[at:end]))
        else:
            yield PicturePart(content[at:], BROKEN)
            return
        at = end


def webp_parts(content: bytes) -> Iterator[PicturePart]:
    """Yield the parts of a WebP; its head says the length of what is left without the extras."""
    said = min(int.from_bytes(content[4:8], "little") + 8, len(content))
    chunks = list(_chunks(content[:said]))
    kept = sum(len(chunk.content) for chunk in chunks if not chunk.extra)
    length = (kept + 4).to_bytes(4, "little")
    yield PicturePart(content[:4] + length + content[8:_RIFF_HEAD])
    yield from chunks
    if content[said:]:
        yield PicturePart(content[said:], TRAILING)


def _chunks(content: bytes) -> Iterator[PicturePart]:
    at = _RIFF_HEAD
    while at + 8 <= len(content):
        name = content[at : at + 4]
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        chunk = content[at:end]
        if name == b"VP8X" and len(chunk) > 8:
            chunk = chunk[:8] + bytes([chunk[8] & ~_SAID_OF_EXTRAS]) + chunk[9:]
        needed = name in _WEBP_NEEDED
        yield PicturePart(chunk, "" if needed else _WEBP_NAMES.get(name, "付帯の情報"))
        at = end


def _gif_extra(block: bytes) -> str:
    label = block[1:2]
    if label == b"\xf9":
        return ""
    if label == b"\xff" and block[3:14] in _LOOP and len(block) == _LOOP_LENGTH:
        return ""
    return "文字の注釈（GIF）" if label in {b"\xfe", b"\x01"} else "付帯の情報"


def _colours(flags: bytes) -> int:
    """Return how many bytes the table of colours has that these flags announce."""
    if not flags or not flags[0] & _TABLE_FLAG:
        return 0
    return 3 * 2 ** ((flags[0] & _TABLE_SIZE) + 1)


def _blocks_end(content: bytes, at: int) -> int:
    """Return where a row of blocks ends, each with its length before it and an empty one last."""
    while at < len(content) and content[at]:
        at += 1 + content[at]
    return min(at + 1, len(content))
