"""The operation log: append-only, one hash chain a municipality."""

from django.conf import settings
from django.db import models

from bcp_portal.accounts.frozen_records import Frozen
from bcp_portal.accounts.models import TenantOwned


class ChainHead(TenantOwned):
    """The last link of one municipality's chain; locked while an entry is appended."""

    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_chain_head")]

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.sequence}"


class Entry(Frozen):
    """One thing somebody did: who, when, what, before and after; written by record() only."""

    sequence = models.PositiveBigIntegerField("番号")
    at = models.DateTimeField("日時")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="利用者",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    actor_name = models.CharField("氏名", max_length=200)
    actor_username = models.CharField("利用者ID", max_length=150, blank=True)
    action = models.CharField("操作", max_length=40)
    target_type = models.CharField("対象の種類", max_length=80, blank=True)
    target_uid = models.CharField("対象の識別子", max_length=64, blank=True, db_index=True)
    target_label = models.CharField("対象", max_length=300, blank=True)
    changes = models.JSONField("変更内容", default=list)
    note = models.TextField("補足", blank=True)
    search_text = models.TextField("検索用の文", blank=True)
    address = models.CharField("端末", max_length=64, blank=True)
    # How many rows it names as shown, and the SHA-256 of them: what ties ShownRow to the chain.
    shown_count = models.PositiveIntegerField("個人情報を見せた行の件数", default=0)
    shown_digest = models.CharField(max_length=64, blank=True, default="")
    # Hashes of the records written with it: what ties decisions and the like to the chain.
    sealed = models.JSONField("封をした記録", default=list)
    # Hashes of the values it tells of: what ties the rows of every table to the chain.
    told = models.JSONField("控えた値", default=list)
    # A random text, disposed of together with the words, so that nobody finds those by trying.
    salt = models.CharField(max_length=32, blank=True, default="")
    # The number of the disposal that took out what it says; its digest stays (bcp_portal/audit/disposal.py).
    disposed_in = models.PositiveIntegerField("内容の廃棄の番号", default=0)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "操作記録"
        verbose_name_plural = "操作記録"
        ordering = ["-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "sequence"], name="entry_sequence")
        ]
        indexes = [
            models.Index(fields=["municipality", "action"], name="entry_action"),
            models.Index(fields=["municipality", "at"], name="entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.target_label}"

    @property
    def target_key(self) -> str:
        """Name the target among all kinds of records; numbers of different kinds may coincide."""
        return f"{self.target_type}:{self.target_uid}"


class Disposal(Frozen):
    """One decision to dispose of what was kept for its 保存年限: what, who, why; written by retention only.

    `husks_sha256` is the hash of what is left of the log entries that it emptied, "" if it emptied none.
    """

    number = models.PositiveIntegerField("回")
    kind = models.CharField("記録の種類", max_length=40)
    kind_label = models.CharField("記録の種類の名前", max_length=80)
    years = models.PositiveSmallIntegerField("保存年限（年）")
    reason = models.TextField("理由")
    items = models.JSONField("廃棄したもの", default=list)
    husks_sha256 = models.CharField("残した記録の照合値", max_length=64, blank=True)
    decided_by_name = models.CharField("決めた人", max_length=200)
    decided_by_username = models.CharField("決めた人の利用者ID", max_length=150)
    decided_at = models.DateTimeField("決めた日時")
    # Another person proposed it; "" where nobody else could, and one decided alone.
    proposed_by_name = models.CharField("提案した人", max_length=200, blank=True, default="")
    proposed_by_username = models.CharField(
        "提案した人の利用者ID", max_length=150, blank=True, default=""
    )
    circumstances = models.TextField("確認した利用者を設定した人", blank=True, default="")

    class Meta:
        verbose_name = "保存年限による廃棄"
        verbose_name_plural = "保存年限による廃棄"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="disposal_number")
        ]

    def __str__(self) -> str:
        return f"{self.kind_label}の第{self.number}回の廃棄"

    @property
    def log_uid(self) -> str:
        """Return what the operation log calls it: the same in every database."""
        return str(self.number)

    @property
    def count(self) -> int:
        """Return of how many records it was: of the log entries, not years."""
        return sum(item.get("count", 1) for item in self.items)


class ShownRow(Frozen):
    """One row whose personal values one entry says were shown; found by the row in one query.

    It names its entry by number, as the log does everywhere, so that an archive carries it.
    """

    sequence = models.PositiveBigIntegerField("操作記録の番号")
    row_type = models.CharField("行の種類", max_length=80, blank=True)
    row_uid = models.CharField("行の識別子", max_length=120)
    row_label = models.CharField("行", max_length=300, blank=True)

    class Meta:
        verbose_name = "個人情報を見せた行"
        verbose_name_plural = "個人情報を見せた行"
        ordering = ["sequence", "pk"]
        indexes = [models.Index(fields=["municipality", "row_uid", "sequence"], name="shown_row")]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "sequence", "row_uid"], name="shown_once_an_entry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.row_label or self.row_uid}"
