"""What each threat level means for the information systems (table C-3)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.fields import ChoiceField
from systems.choice_lists import THREAT_LEVEL


class ThreatLevel(Row):
    """One threat level, what happens at it, and examples."""

    level = ChoiceField("脅威度", choice_list=THREAT_LEVEL, help_text="脅威度の段階を選びます。")
    event = models.TextField(
        "事象", help_text="この段階で情報システムに起こることを書きます。例：一部のシステムが止まる"
    )
    example = models.TextField(
        "事例", blank=True, help_text="この段階に当たる出来事の例を書きます。例：計画停電の予告"
    )

    class Meta(Row.Meta):
        verbose_name = "脅威度"
        verbose_name_plural = "脅威度"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "level"],
                name="threat_level_unique",
                violation_error_message="同じ脅威度の行がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return THREAT_LEVEL.label(self.level)
