"""The register of carry cards handed out, so that old ones can be found and called in (B-17b)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.fields import reference


class CarryCard(Row):
    """One card in the hands of one person; what is printed on it is not kept here."""

    person = reference(
        "accounts.Person",
        "持つ人",
        related_name="carry_cards",
        help_text="カードを渡した人を、職員・関係者の一覧から選びます。",
    )
    issued_on = models.DateField(
        "渡した日", help_text="カードを印刷して渡した日、または端末に送った日を書きます。"
    )
    edition = models.CharField(
        "版", max_length=40, help_text="カードに印刷されている計画の版を書きます。例：第2版"
    )
    acknowledged_on = models.DateField(
        "受領を確認した日",
        null=True,
        blank=True,
        help_text="本人が受け取り、身に付けたことを確かめた日を書きます。",
    )

    class Meta(Row.Meta):
        verbose_name = "携行カードの配布"
        verbose_name_plural = "携行カードの配布"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "person", "issued_on"],
                name="carry_card_unique",
                violation_error_message="この人に同じ日に渡したカードがすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return f"携行カード（{self.edition}）"
