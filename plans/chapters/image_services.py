"""Takes in pictures for chapter text: only what Pillow can read, re-encoded by us, never as sent."""

import hashlib
from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.audit.services import record
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.picture_bytes import extras_in
from bcp_portal.ui.text import GETA, substituted
from bcp_portal.ui.uploads import name_refused
from plans.chapters.models.image import ChapterImage

MAX_BYTES = 20 * 1024 * 1024
MAX_SIDE_PIXELS = 2000
MAX_PIXELS = 80_000_000  # a 20 MB file may unpack to gigabytes
_READABLE = ("PNG", "JPEG", "GIF", "WEBP")


class ImageRefused(DomainError):
    """The file is not a picture we take; the message names it and says what to do."""


@transaction.atomic
def add_image(
    *, municipality: Municipality, actor: User | None, name: str, file: IO[bytes], size: int
) -> ChapterImage:
    """Store a picture (or find the same one) and return it; ImageRefused for anything else.

    `size` is in bytes. The result is a JPEG or PNG of at most 2000 pixels a side.
    """
    if refused := name_refused(name):
        raise ImageRefused(refused)
    shown_name = _shown_name(name)
    if size > MAX_BYTES:
        raise ImageRefused(
            f"「{shown_name}」は{size / 1024 / 1024:.1f}MBあり、上限の20MBを超えています。"
            "画像を縮小してから登録してください。"
        )
    content, mime, width, height = _re_encoded(shown_name, file)
    digest = hashlib.sha256(content).hexdigest()
    existing: ChapterImage | None = ChapterImage.objects.filter(sha256=digest).first()
    if existing:
        return existing
    image = ChapterImage(
        municipality=municipality,
        sha256=digest,
        mime=mime,
        original_name=name or shown_name,
        width=width,
        height=height,
        created_by=actor,
    )
    image.file.save(digest, ContentFile(content), save=False)
    _require_bare(shown_name, image)
    image.save()
    record(
        municipality=municipality,
        actor=actor,
        action="図の登録",
        target=image,
        note=digest,
        sealed=[image],
    )
    return image


def _require_bare(name: str, image: ChapterImage) -> None:
    """Read the stored file again and refuse it when it carries anything besides the picture."""
    with image.file.storage.open(str(image.file.name), "rb") as stored:
        content = stored.read()
    extras = extras_in(content)
    if not extras and hashlib.sha256(content).hexdigest() == image.sha256:
        return
    image.file.delete(save=False)
    found = "、".join(extras) or "登録したものと違う内容"
    raise ImageRefused(
        f"「{name}」から{found}を取り除けませんでした。別の形式で保存し直してから登録してください。"
    )


def _shown_name(name: str) -> str:
    text, _refused = substituted(name, GETA)
    return text or "図"


def _re_encoded(name: str, file: IO[bytes]) -> tuple[bytes, str, int, int]:
    try:
        with Image.open(file, formats=_READABLE) as source:
            if source.width * source.height > MAX_PIXELS:
                raise _too_large(name, f"{source.width:,}×{source.height:,}画素")
            keeps_jpeg = source.format == "JPEG"
            picture = ImageOps.exif_transpose(source)
            picture.thumbnail((MAX_SIDE_PIXELS, MAX_SIDE_PIXELS))
            return _encoded(picture, keeps_jpeg)
    except ImageRefused:
        raise
    except Image.DecompressionBombError as error:  # Pillow has a limit of its own
        raise _too_large(name, f"{MAX_PIXELS:,}を超える画素") from error
    except Exception as error:  # a broken file makes decoders fail in ways nobody lists
        raise ImageRefused(
            f"「{name}」は図として読み取れませんでした。PNG、JPEG、GIF、WebPのいずれかで保存し直してから"
            "登録してください（SVGやPDF、Officeの図形は登録できません）。"
        ) from error


def _too_large(name: str, pixels: str) -> ImageRefused:
    return ImageRefused(
        f"「{name}」は{pixels}があり、大きすぎます。"
        "長い辺が2,000画素程度になるよう縮小してから登録してください。"
    )


def _encoded(picture: Image.Image, keeps_jpeg: bool) -> tuple[bytes, str, int, int]:
    """Write without the metadata (place, camera, name, comments) that the original may carry."""
    into = BytesIO()
    if keeps_jpeg:
        clean = picture.convert("L" if picture.mode == "L" else "RGB")
        clean.info.clear()  # a comment would be written again
        clean.save(into, "JPEG", quality=88, optimize=True)
        mime = "image/jpeg"
    else:
        mode = picture.mode if picture.mode in {"1", "L", "LA", "RGB", "RGBA"} else "RGBA"
        clean = picture.convert(mode)
        clean.info.clear()
        clean.save(into, "PNG", optimize=True)
        mime = "image/png"
    return into.getvalue(), mime, clean.width, clean.height
