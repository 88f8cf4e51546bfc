"""Names the kinds of revision, and which of them weighs more."""

from django.db import models


class RevisionKind(models.TextChoices):
    ENACTMENT = "enactment", "策定"
    MAJOR = "major", "重要な改定"
    MINOR = "minor", "軽微な改定"
    ANNEX = "annex", "附属資料の改定"
    DRILL = "drill", "訓練計画"
    MANUAL = "manual", "マニュアル"
    CONTACTS = "contacts", "連絡先"


# Who decides: the more it weighs, the higher the post. Kinds of one weight are decided alike.
WEIGHT = {
    RevisionKind.ENACTMENT: 4,
    RevisionKind.MAJOR: 3,
    RevisionKind.MINOR: 2,
    RevisionKind.ANNEX: 1,
    RevisionKind.DRILL: 1,
    RevisionKind.MANUAL: 1,
    RevisionKind.CONTACTS: 0,
}


def is_lowered(chosen: str, proposed: str) -> bool:
    """Tell whether the chosen kind weighs less than the proposed one, which needs a reason."""
    return WEIGHT[RevisionKind(chosen)] < WEIGHT[RevisionKind(proposed)]
