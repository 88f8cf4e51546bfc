"""Imports that were asked for, and the columns of town's own sheets that somebody assigned by hand."""

from datetime import timedelta

from django.db import models

from bcp_portal.accounts.models import TenantOwned
from bcp_portal.accounts.private_files import private_storage
from bcp_portal.annex.import_files import entries_path, entries_path_of_turn, source_path
from bcp_portal.importing import limits
from bcp_portal.jobs.models import BackgroundJob


class ImportState(models.TextChoices):
    """How far an import is; between the two queues a person looks at what it would do."""

    QUEUED = "queued", "順番待ち"
    CHECKING = "checking", "確認中"
    ASSIGNING = "assigning", "項目の指定待ち"
    READY = "ready", "登録待ち"
    APPLY_QUEUED = "apply_queued", "登録の順番待ち"
    APPLYING = "applying", "登録中"
    DONE = "done", "完了"
    FAILED = "failed", "失敗"


class ImportJob(BackgroundJob):
    """One file that one person brings in, what was decided about its columns, and what came of it.

    `outline` holds the first lines of each sheet, `choices` what the person assigned by hand by
    the name of the sheet, `confirmed` the lines (as ImportLine.key) that are meant although something
    spoke against them, `spared` by such a key the columns that are left nevertheless, `summary` the counts and sheets of the check, `refusals` the lines that
    turned out wrong beside others when they were saved.
    """

    steps = {
        ImportState.QUEUED: ImportState.CHECKING,
        ImportState.APPLY_QUEUED: ImportState.APPLYING,
    }
    folder = "imports"
    # No step is silent for as long as reading may take at most.
    silence = timedelta(seconds=limits.WALL_SECONDS + 60)
    stopped = (
        "取り込みの処理が2度続けて途中で止まりました。この回は何も登録していません。"
        "もう一度ファイルを選び、続く場合はシステムの担当者に時刻を知らせてください。"
    )
    unforeseen = (
        "取り込みの途中で問題が起きました。この回は何も登録していません。もう一度ファイルを選び、"
        "続く場合はシステムの担当者に時刻を知らせてください。"
    )

    code = models.CharField("表", max_length=40, blank=True)
    file_name = models.CharField("ファイル名", max_length=1000)
    file = models.FileField("ファイル", upload_to=source_path, storage=private_storage, blank=True)
    entries = models.FileField(
        "確認の結果", upload_to=entries_path, storage=private_storage, blank=True
    )
    state = models.CharField(
        "状態", max_length=20, choices=ImportState.choices, default=ImportState.QUEUED
    )
    as_drafts = models.BooleanField("項目がそろわない行を「作成中」にする", default=True)
    only_good = models.BooleanField("取り込める行だけを取り込む", default=False)
    outline = models.JSONField("シートの初めの行", default=list, blank=True)
    choices = models.JSONField("項目の指定", default=dict, blank=True)
    confirmed = models.JSONField("確かめた行", default=list, blank=True)
    spared = models.JSONField("確かめた行のうち残す項目", default=dict, blank=True)
    summary = models.JSONField("確認の要約", default=dict, blank=True)
    refusals = models.JSONField("登録のときに断られた行", default=dict, blank=True)
    with_personal = models.BooleanField("個人情報を含む", default=False)

    class Meta(BackgroundJob.Meta):
        app_label = "annex"
        verbose_name = "Excelからの取り込み"
        verbose_name_plural = "Excelからの取り込み"
        indexes = [models.Index(fields=["municipality", "state"], name="import_job_state")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def saved_before(self) -> int:
        """Return how many lines were saved while others were held back to be looked at again."""
        settled = self.summary.get("settled", {})
        return int(settled.get("new", 0)) + int(settled.get("changed", 0))

    @property
    def is_partly_saved(self) -> bool:
        return bool(self.saved_before)

    def files(self) -> list[str]:
        stored = [name for name in (self.file.name, self.entries.name) if name]
        return [source_path(self, ""), *self.earlier_entries(), entries_path(self, ""), *stored]

    def earlier_entries(self) -> list[str]:
        """Return the names of what earlier turns may have found."""
        return [entries_path_of_turn(self, turn) for turn in range(self.turn)]


class RememberedColumn(TenantOwned):
    """The column that a label of a town's own sheet stands for; no column where it is left out.

    A `label_key` of * and the name of a column holds in `constant` what every line gets there,
    because sheets of this kind have no such column.
    """

    code = models.CharField("表", max_length=40)
    label_key = models.CharField("見出し", max_length=200)
    column = models.CharField("項目", max_length=60, blank=True)
    constant = models.CharField("すべての行に入れる値", max_length=200, blank=True)

    class Meta:
        app_label = "annex"
        verbose_name = "覚えた項目の対応"
        verbose_name_plural = "覚えた項目の対応"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code", "label_key"], name="remembered_column_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}.{self.label_key}"
