"""What each assumed event is feared to do, told cause by cause (table C-13)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.fields import optional_reference, reference


class RiskNarrative(Row):
    """One cause within a scenario and the damage and effects it is feared to have."""

    scenario = reference(
        "systems.Scenario",
        "想定",
        related_name="risk_narratives",
        help_text="どの想定についてのリスクかを、様式14から選びます。",
    )
    cause = models.CharField(
        "事象（原因）", max_length=100, help_text="リスクのもとになる出来事を書きます。例：断水"
    )
    text = models.TextField(
        "想定されるリスク（被害と影響）",
        blank=True,
        help_text="その出来事によって起こる被害と、業務への影響を書きます。",
    )
    refers_to = optional_reference(
        "systems.Scenario",
        "同じリスクを書いた想定",
        related_name="referring_narratives",
        help_text="別の想定と同じ内容のとき、本文の代わりにその想定を選びます。",
    )

    class Meta(Row.Meta):
        verbose_name = "事象別リスク"
        verbose_name_plural = "事象別リスク"

    def __str__(self) -> str:
        return self.cause
