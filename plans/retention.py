"""What of plans has a 保存年限, and which entries of the log prove plans that are still there."""

from django.db.models import Q

from bcp_portal.audit.disposal import register_keepers
from plans.models.editions import Edition
from plans.models.revisions import Revision


def register_retention() -> None:
    """Tell log and 保存年限; called once at start."""
    register_keepers(_proofs)


def _proofs() -> Q:
    """Return what the log tells of revisions and editions: their proofs read its words."""
    found = Q()
    for model in (Revision, Edition):
        uids = [str(uid) for uid in model.objects.values_list("uid", flat=True)]
        found |= Q(target_type=model._meta.label_lower, target_uid__in=uids)
    return found
