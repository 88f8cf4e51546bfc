"""Says which entries of the log something of plans is proven or decided by, and empties the others."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from bcp_portal.audit.disposal import dispose
from bcp_portal.audit.models import Entry
from bcp_portal.audit.viewing_log import LOOKS
from plans.claims.models import PublicClaim
from plans.comparison.services import TAKEN as COMPARISON_TAKEN
from plans.editions.models.edition import Edition
from plans.prints.models import PrintJob
from plans.revisions.account_changes import KINDS
from plans.revisions.models.revision import Revision, Submission


def proofs() -> Q:
    """Return what the log tells of revisions and editions: their proofs read its words."""
    found = Q()
    for model in (Revision, Edition):
        uids = [str(uid) for uid in model.objects.values_list("uid", flat=True)]
        found |= Q(target_type=model._meta.label_lower, target_uid__in=uids)
    return found


def asked_of_people() -> Q:
    """Return what the log tells of people and accounts since the first submission or statement there.

    Who may decide on them, and what their pages say of people since, is asked of these entries.
    """
    moments = [
        *Submission.objects.order_by("submitted_at").values_list("submitted_at", flat=True)[:1],
        *PublicClaim.objects.order_by("claimed_at").values_list("claimed_at", flat=True)[:1],
    ]
    if not moments:
        return Q(pk__in=[])
    looks = Q(shown_count__gt=0) | Q(action__in=LOOKS)
    return Q(target_type__in=KINDS, at__gte=min(moments)) & ~looks


def prints() -> Q:
    """Return the entries that only tell that somebody took a print or a comparison."""
    return Q(target_type=PrintJob._meta.label_lower) | Q(action=COMPARISON_TAKEN)


def empty_entries_of(records: Iterable[Any], number: int, *, beside: Iterable[Any] = ()) -> str:
    """Take out what the log tells of records that go; return the hash of what is left of it.

    `beside` are records told of there that go with them.
    """
    records = list(records)
    told = Q(pk__in=[])
    for record in records:
        told |= Q(target_type=record._meta.label_lower, target_uid=str(record.uid))
    entries = Entry.objects.filter(told, disposed_in=0)
    return dispose(entries, number, going=[*records, *beside])
