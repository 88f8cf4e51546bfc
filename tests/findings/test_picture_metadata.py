"""Only the pixels of a picture are stored, none of the metadata of the original."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from bcp_portal.accounts.models import Municipality
from bcp_portal.ui.picture_bytes import TRAILING, extras_in, without_extras
from plans.chapters.image_services import ImageRefused, add_image

SECRET = "四万十川清流 090-5555-1234 鍵は3番引き出し"
SECRET_BYTES = SECRET.encode()


def _picture(mode: str = "RGB") -> Image.Image:
    picture = Image.new(mode, (40, 30), 200)
    for x in range(40):
        picture.putpixel((x, x % 30), 5 if mode == "L" else (x, 90, 10, 128)[: len(mode)])
    return picture


def _saved(kind: str, mode: str = "RGB", **options: object) -> bytes:
    into = BytesIO()
    _picture(mode).save(into, kind, **options)
    return into.getvalue()


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def _jpeg_with(*segments: bytes, **options: object) -> bytes:
    plain = _saved("JPEG", **options)
    return plain[:2] + b"".join(segments) + plain[2:]


def _chunk(name: bytes, body: bytes) -> bytes:
    crc = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc)


def _png_with(*chunks: bytes) -> bytes:
    plain = _saved("PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


def _png_text() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET)
    info.add_itxt("Comment", SECRET, zip=False)
    return _saved("PNG", pnginfo=info, exif=_exif())


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET
    return exif.tobytes()


ORIGINALS: dict[str, Callable[[], bytes]] = {
    "jpeg comment": lambda: _saved("JPEG", comment=SECRET_BYTES),
    "jpeg grey comment": lambda: _saved("JPEG", mode="L", comment=SECRET_BYTES),
    "jpeg progressive comment": lambda: _saved("JPEG", comment=SECRET_BYTES, progressive=True),
    "jpeg two comments": lambda: _jpeg_with(_segment(0xFE, SECRET_BYTES), comment=SECRET_BYTES),
    "jpeg exif": lambda: _saved("JPEG", exif=_exif()),
    "jpeg xmp": lambda: _saved("JPEG", xmp=b"<x:xmpmeta>" + SECRET_BYTES + b"</x:xmpmeta>"),
    "jpeg icc": lambda: _saved("JPEG", icc_profile=b"\x00" * 128 + SECRET_BYTES),
    "jpeg iptc": lambda: _jpeg_with(_segment(0xED, b"Photoshop 3.0\x00" + SECRET_BYTES)),
    "jpeg unknown": lambda: _jpeg_with(_segment(0xEA, SECRET_BYTES)),
    "jpeg trailing": lambda: _saved("JPEG") + SECRET_BYTES,
    "png text": _png_text,
    "png unknown chunk": lambda: _png_with(_chunk(b"prVt", SECRET_BYTES)),
    "png icc": lambda: _saved("PNG", icc_profile=b"\x00" * 128 + SECRET_BYTES),
    "png trailing": lambda: _saved("PNG") + SECRET_BYTES,
    "gif comment": lambda: _saved("GIF", comment=SECRET_BYTES),
    "gif trailing": lambda: _saved("GIF") + SECRET_BYTES,
    "webp exif": lambda: _saved("WEBP", exif=_exif(), xmp=SECRET_BYTES),
}


@pytest.mark.parametrize("original", ORIGINALS.values(), ids=ORIGINALS)
def test_nothing_but_the_dots_is_stored(
    in_scope: Municipality, original: Callable[[], bytes]
) -> None:
    content = original()
    assert b"090-5555-1234" in content or b"iCCP" in content
    image = add_image(
        municipality=in_scope, actor=None, name="a", file=BytesIO(content), size=len(content)
    )
    with image.file.storage.open(image.file.name, "rb") as file:
        stored = file.read()
    assert extras_in(stored) == []
    assert b"090" not in stored
    with Image.open(BytesIO(stored)) as shown:
        assert shown.size == (40, 30)
        assert {"comment", "exif", "xmp", "icc_profile", "Author"}.isdisjoint(shown.info)


@pytest.mark.parametrize(
    "original",
    [each for name, each in ORIGINALS.items() if name.startswith(("jpeg", "png"))],
    ids=[name for name in ORIGINALS if name.startswith(("jpeg", "png"))],
)
def test_what_was_stored_earlier_is_freed_without_touching_a_dot(
    original: Callable[[], bytes],
) -> None:
    content = original()
    assert extras_in(content)
    bare = without_extras(content)
    assert extras_in(bare) == [] and b"090-5555-1234" not in bare
    with Image.open(BytesIO(content)) as before, Image.open(BytesIO(bare)) as after:
        assert list(before.tobytes()) == list(after.tobytes())


def test_a_bare_picture_is_left_as_it_is() -> None:
    for content in (_saved("JPEG"), _saved("JPEG", progressive=True), _saved("PNG")):
        assert extras_in(content) == []
        assert without_extras(content) == content


def test_trailing_data_is_named() -> None:
    assert extras_in(_saved("PNG") + b"x") == [TRAILING]
    assert extras_in(_saved("JPEG") + b"x") == [TRAILING]


def test_what_could_not_be_freed_is_not_stored(
    in_scope: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later Pillow that writes something of its own is noticed on the stored bytes."""
    save = Image.Image.save

    def with_comment(picture: Image.Image, into: BytesIO, kind: str, **options: object) -> None:
        save(picture, into, kind, **options, comment=b"made by")

    content = _saved("JPEG")
    monkeypatch.setattr(Image.Image, "save", with_comment)
    with pytest.raises(ImageRefused, match="文字の注釈（JPEG）を取り除けませんでした"):
        add_image(municipality=in_scope, actor=None, name="a", file=BytesIO(content), size=9)
