"""Tells of one entry of the log whether it holds what it was written with."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bcp_portal.audit.chain import entry_digest
from bcp_portal.audit.disposal import is_husk
from bcp_portal.audit.models import ChainHead, Entry
from bcp_portal.audit.services import entry_content, entry_search_text


def is_as_written(entry: Entry) -> bool:
    """Tell whether an entry holds what it was written with; its shown rows are not looked at.

    One that was disposed of has to be empty; what is left of it is proven together with all others.
    """
    if entry.disposed_in:
        return is_husk(entry)
    if entry.digest != entry_digest(entry.previous_digest, entry_content(entry)):
        return False
    # A deleted account leaves no key; an account that does not match the name was inserted.
    if entry.actor is not None and entry.actor.username != entry.actor_username:
        return False
    return entry.search_text == entry_search_text(entry)


def chained(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Return the same entries, each with what the next one, or the head of the chain, noted of it."""
    number = OuterRef("sequence")
    behind = Entry.objects.filter(sequence=number + 1).values("previous_digest")[:1]
    head = ChainHead.objects.filter(sequence=number).values("digest")[:1]
    noted = Coalesce(Subquery(behind), Subquery(head))
    return entries.select_related("municipality").annotate(noted=noted)


def is_altered(entry: Entry) -> bool:
    """Tell whether one of the `chained` entries is not what was written; of one that was emptied, what is left."""
    noted = getattr(entry, "noted", None) or entry.digest
    if noted != entry.digest:
        return True
    if entry.disposed_in:
        return not is_husk(entry)
    return entry.digest != entry_digest(entry.previous_digest, entry_content(entry))
