"""Until when, and by whom, what a table does not yet say will be found out."""

import uuid

from django.db import models

from bcp_portal.accounts.models import Person, TenantOwned


class BlankAnswer(TenantOwned):
    """The one answer of a municipality for the blanks of one table: 未調査, until when, by whom."""

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("表", max_length=40, editable=False)
    until = models.DateField("いつまでに", help_text="調べ終える日です。例：令和9年3月31日")
    person = models.ForeignKey(
        Person,
        verbose_name="だれが（職員・関係者から選ぶ）",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_text = models.CharField(
        "だれが（一覧にいないとき）",
        max_length=80,
        blank=True,
        help_text="部署や事業者の名前でもかまいません。例：総務課庁舎管理係",
    )
    note = models.CharField(
        "備考",
        max_length=200,
        blank=True,
        help_text="空欄の理由など。例：耐震診断の結果を待っている",
    )
    answered_by = models.CharField("回答した人", max_length=80, blank=True, editable=False)
    version = models.PositiveIntegerField("更新回数", default=1, editable=False)

    class Meta:
        verbose_name = "未調査の回答"
        verbose_name_plural = "未調査の回答"
        ordering = ["until", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"], name="one_blank_answer_a_table"
            )
        ]

    def __str__(self) -> str:
        return f"未調査（{self.code}）"

    @property
    def who(self) -> str:
        """Return who finds out, as pages say it."""
        return str(self.person.name) if self.person else self.by_text or "（登録のない職員）"
