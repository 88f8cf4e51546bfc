"""Reads the pictures of chapters from the file store, proven by their SHA-256."""

from bcp_portal.accounts.proven_files import proven_bytes
from plans.chapters.models.image import ChapterImage


def load_image(sha256: str) -> bytes:
    """Return a picture of the municipality in scope; LookupError when it is lost or another one."""
    image = ChapterImage.objects.filter(sha256=sha256).first()
    if image is None:
        raise LookupError(sha256)
    return proven_bytes(image.file, image.sha256)
