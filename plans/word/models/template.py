"""The town's own Word file, in which its plan is written."""

from django.conf import settings
from django.db import models

from bcp_portal.accounts.models import TenantOwned
from bcp_portal.accounts.private_files import private_storage


def template_path(template: "WordTemplate", _name: str) -> str:
    """Return the place of a file in the store: named by its content."""
    return f"word-templates/{template.municipality.code}/{template.sha256}.docx"


class WordTemplate(TenantOwned):
    """The one Word file of a municipality whose styles, pages, head and foot its plan takes on."""

    file = models.FileField("ファイル", upload_to=template_path, storage=private_storage)
    sha256 = models.CharField("SHA-256", max_length=64)
    original_name = models.CharField("元のファイル名", max_length=1000)
    kept_at = models.DateTimeField("登録日時", auto_now=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登録者",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "Wordのひな形"
        verbose_name_plural = "Wordのひな形"
        constraints = [models.UniqueConstraint(fields=["municipality"], name="word_template_once")]

    def __str__(self) -> str:
        return self.original_name
