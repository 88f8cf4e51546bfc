"""Pictures that stand in chapter text, kept by content so that an edition finds its own for ever."""

from django.conf import settings
from django.db import models

from bcp_portal.accounts.models import TenantOwned


def image_path(image: "ChapterImage", _name: str) -> str:
    """Return the place of a picture in the file store: a folder a municipality, named by content."""
    extension = {"image/png": "png", "image/jpeg": "jpg"}[image.mime]
    return f"chapter-images/{image.municipality.code}/{image.sha256}.{extension}"


class ChapterImage(TenantOwned):
    """One picture, re-encoded by us and named by its content; chapters cite image:<sha256>."""

    sha256 = models.CharField("SHA-256", max_length=64)
    mime = models.CharField("形式", max_length=20)
    file = models.FileField("ファイル", upload_to=image_path)
    original_name = models.CharField("元のファイル名", max_length=1000, blank=True)
    width = models.PositiveIntegerField("幅（画素）")
    height = models.PositiveIntegerField("高さ（画素）")
    created_at = models.DateTimeField("登録日時", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登録者",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "本文の図"
        verbose_name_plural = "本文の図"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "sha256"],
                name="chapter_image_unique",
                violation_error_message="同じ図がすでに登録されています。",
            )
        ]

    def __str__(self) -> str:
        return self.original_name or self.sha256
