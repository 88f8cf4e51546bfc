"""What a municipality chose for its public edition."""

from django.db import models

from bcp_portal.accounts.models import TenantOwned
from plans.document.public_choices import (
    HEADING_LABELS,
    USUAL_COLOPHON,
    HiddenHeading,
    PublicChoices,
)


def usual_colophon() -> list[str]:
    """Return the lines of the colophon that are public unless a municipality says otherwise."""
    return list(USUAL_COLOPHON)


class PublicSetting(TenantOwned):
    """How one municipality makes its public edition; without a row, with as little as possible."""

    enabled = models.BooleanField(
        "版を発行するとき、公開版も作る",
        default=True,
        help_text="外すと、次に発行する版から公開版を作りません。",
    )
    heading = models.CharField(
        "非公開の章・様式の見出し",
        max_length=10,
        choices=[(heading.value, label) for heading, label in HEADING_LABELS.items()],
        default=HiddenHeading.MARK,
        help_text="番号は、どれを選んでも残ります。",
    )
    colophon = models.JSONField("公開版の奥付に載せるもの", default=usual_colophon, blank=True)
    revision_reasons = models.BooleanField(
        "改定履歴の「制定・改訂の内容」を公開する",
        default=False,
        help_text="外すと、版数と年月日だけを載せ、内容は伏せ字にします。",
    )

    class Meta:
        verbose_name = "公開版の設定"
        verbose_name_plural = "公開版の設定"
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_public_setting")]

    def __str__(self) -> str:
        return "公開版の設定"

    @property
    def choices(self) -> PublicChoices:
        """Return what is frozen with a submitted content."""
        return PublicChoices(
            HiddenHeading(self.heading), frozenset(self.colophon), self.revision_reasons
        )
