"""A picture handed in at any field is stored without what stands beside its dots, the right way up."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps, TiffImagePlugin

from bcp_portal.annex.attachment_fields import AttachmentField
from bcp_portal.ui import bare_pictures
from bcp_portal.ui.bare_pictures import bare_picture
from bcp_portal.ui.picture_bytes import extras_in, is_known
from bcp_portal.ui.uploads import UploadField
from plans.edition_pages.earlier.forms import EarlierEditionForm
from plans.revisions.forms import AgreeForm
from tests.findings.test_picture_metadata import ORIGINALS, SECRET_BYTES

SECRET = SECRET_BYTES
TURNED = 0x0112


def striped() -> Image.Image:
    """Twice as wide as high, with a red left half: turned, it is seen."""
    picture = Image.new("RGB", (64, 32), "blue")
    picture.paste("red", (0, 0, 32, 32))
    return picture


def saved(kind: str, picture: Image.Image | None = None, **options: object) -> bytes:
    into = BytesIO()
    (picture or striped()).save(into, kind, **options)
    return into.getvalue()


def turned(kind: str) -> bytes:
    exif = Image.Exif()
    exif[TURNED], exif[0x010E] = 6, "090-5555-1234"
    return saved(kind, exif=exif.tobytes())


def tiff() -> bytes:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[270] = "090-5555-1234"
    pages = [striped(), striped().convert("L")]
    options = {"tiffinfo": tags, "compression": "tiff_lzw"}
    return saved("TIFF", pages[0], save_all=True, append_images=pages[1:], **options)


def animated(kind: str) -> bytes:
    others = [Image.new("RGB", (64, 32), colour) for colour in ("green", "white")]
    said = {"comment": SECRET} if kind == "GIF" else {"xmp": SECRET, "exif": SECRET}
    more = {"save_all": True, "append_images": others, "duration": 90, "loop": 0}
    return saved(kind, **more, **said)


OTHERS: dict[str, Callable[[], bytes]] = {
    "webp icc": lambda: saved("WEBP", icc_profile=b"\x00" * 128 + SECRET),
    "webp trailing": lambda: saved("WEBP") + SECRET,
    "animated gif": lambda: animated("GIF"),
    "animated webp": lambda: animated("WEBP"),
    "tiff": tiff,
    "bmp trailing": lambda: saved("BMP") + SECRET,
    "filled jpeg": lambda: b"\xff\xd8" + b"\xff" * 3 + saved("JPEG", comment=SECRET)[2:],
}


def taken(content: bytes, field: forms.FileField | None = None) -> bytes:
    value = (field or AttachmentField()).clean(SimpleUploadedFile("写真.jpg", content))
    assert value.name == "写真.jpg"
    read: bytes = value.read()
    assert len(read) == value.size
    return read


@pytest.mark.parametrize("name", [*ORIGINALS, *OTHERS])
def test_nothing_but_the_dots_is_taken(name: str) -> None:
    content = {**ORIGINALS, **OTHERS}[name]()
    assert b"090-5555-1234" in content or b"iCCP" in content
    bare = taken(content)
    assert b"090-5555-1234" not in bare and SECRET not in bare
    assert not is_known(bare) or extras_in(bare) == []
    with Image.open(BytesIO(content)) as before, Image.open(BytesIO(bare)) as after:
        assert {"comment", "exif", "xmp", "icc_profile", "Author"}.isdisjoint(after.info)
        assert (before.format, before.size) == (after.format, after.size)
        frames = getattr(before, "n_frames", 1)
        assert getattr(after, "n_frames", 1) == frames
        for frame in range(frames):
            before.seek(frame)
            after.seek(frame)
            assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
        assert before.info.get("loop") == after.info.get("loop")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_on_its_side_is_stored_upright(kind: str) -> None:
    content = turned(kind)
    bare = taken(content)
    assert extras_in(bare) == []
    with Image.open(BytesIO(content)) as before, Image.open(BytesIO(bare)) as after:
        shown = ImageOps.exif_transpose(before)
        assert after.size == shown.size == (32, 64)
        assert after.getexif().get(TURNED) is None
        for place in ((16, 10), (16, 54)):
            for seen, meant in zip(_colour(after, place), _colour(shown, place), strict=True):
                assert abs(seen - meant) < 12


def _colour(picture: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    found = picture.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 GPS",
        b"\x00\x00\x00\x18ftypheic GPS",
        b"\xff\xd8\xff\xe1 no picture",
        b"\x89PNG\r\n\x1a\nno picture",
        b"GIF89a",
        b"RIFF\x04\x00\x00\x00WEBPVP8X",
        b"II*\x00",
        b"",
    ],
)
def test_what_is_no_picture_stays_as_it_is(content: bytes) -> None:
    assert bare_picture(content) == content


def test_a_bare_picture_stays_as_it_is() -> None:
    for kind in ("JPEG", "PNG", "GIF", "WEBP"):
        assert bare_picture(saved(kind)) == saved(kind)


def test_what_would_unpack_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bare_pictures, "MOST_PIXELS", 1000)
    with pytest.raises(forms.ValidationError, match="」は画素が多すぎる"):
        taken(turned("JPEG"))
    assert extras_in(taken(saved("JPEG", comment=SECRET))) == []


def test_every_field_that_keeps_a_file_takes_pictures_so() -> None:
    """The rows of all 様式 have AttachmentField; these are the others that keep what was handed in."""
    for form, name in ((EarlierEditionForm, "file"), (AgreeForm, "paper")):
        field = form.base_fields[name]
        assert isinstance(field, UploadField)
        assert extras_in(taken(saved("JPEG", comment=SECRET), field)) == []
