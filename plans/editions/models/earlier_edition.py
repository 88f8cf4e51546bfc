"""The editions a plan had before it came into this program, most of them on paper."""

import uuid

from django.db import models

from bcp_portal.accounts.models import TenantOwned
from bcp_portal.accounts.private_files import private_storage
from plans.document.edition_number import EditionNumber


def earlier_edition_path(edition: "EarlierEdition", _name: str) -> str:
    """Return the place of the file: named by its content, in a folder a municipality."""
    return f"earlier-editions/{edition.municipality.code}/{edition.uid}/{edition.file_sha256}"


class EarlierEdition(TenantOwned):
    """One edition from before this program: its line in the table of revisions, perhaps its file."""

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    number_major = models.PositiveIntegerField(
        "版の番号", help_text="初版は1、第2版は2。この続きから、次の版の番号を付けます。"
    )
    number_minor = models.PositiveIntegerField(
        "枝番", default=0, help_text="第2.1版なら1。ないときは0のままにします。"
    )
    label = models.CharField(
        "版数の書き方",
        max_length=40,
        blank=True,
        help_text="計画書での呼び方が「初版」「第2版」と違うときだけ書きます。例：平成28年改訂版",
    )
    revised_on = models.DateField(
        "制定／改訂年月日", help_text="計画書の改訂一覧に書いてある日です。"
    )
    effective_on = models.DateField(
        "施行日", null=True, blank=True, help_text="改訂一覧の日と違うときに書きます。"
    )
    content = models.TextField("制定／改訂の内容", help_text="例：新規制定")
    file = models.FileField(
        "計画書のファイル",
        upload_to=earlier_edition_path,
        storage=private_storage,
        max_length=200,
        blank=True,
    )
    file_name = models.CharField("元のファイル名", max_length=1000, blank=True)
    file_sha256 = models.CharField("ファイルのSHA-256", max_length=64, blank=True)
    with_personal = models.BooleanField(
        "ファイルは個人の氏名・電話番号を含む",
        default=True,
        help_text="印があるファイルは、個人情報を見てよい人だけが開けます。開いたことは操作記録に残ります。",
    )
    version = models.PositiveIntegerField("更新回数", default=1, editable=False)

    class Meta:
        verbose_name = "これまでの版"
        verbose_name_plural = "これまでの版"
        ordering = ["number_major", "number_minor"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "number_major", "number_minor"],
                name="earlier_edition_number",
                violation_error_message="同じ番号の版が、すでに入力されています。",
            )
        ]

    def __str__(self) -> str:
        return self.shown_label

    @property
    def number(self) -> EditionNumber:
        return EditionNumber(self.number_major, self.number_minor)

    @property
    def shown_label(self) -> str:
        """Return what the plan calls this edition."""
        return self.label or self.number.label
