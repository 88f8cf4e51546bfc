"""Says which entries of the log prove revisions and editions that are there, and empties the others."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from bcp_portal.audit.disposal import dispose
from bcp_portal.audit.models import Entry
from plans.models.editions import Edition
from plans.models.revisions import Revision


def proofs() -> Q:
    """Return what the log tells of revisions and editions: their proofs read its words."""
    found = Q()
    for model in (Revision, Edition):
        uids = [str(uid) for uid in model.objects.values_list("uid", flat=True)]
        found |= Q(target_type=model._meta.label_lower, target_uid__in=uids)
    return found


def empty_entries_of(records: Iterable[Any], number: int) -> str:
    """Take out what the log tells of records that go; return the hash of what is left of it."""
    told = Q(pk__in=[])
    for record in records:
        told |= Q(target_type=record._meta.label_lower, target_uid=str(record.uid))
    return dispose(Entry.objects.filter(told, disposed_in=0), number)
