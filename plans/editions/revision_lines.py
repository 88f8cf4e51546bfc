"""Lists the editions issued so far as the table of revisions (C-10) prints them."""

from django.utils import timezone

from plans.models.editions import Edition
from plans.revision_table import RevisionLine


def lines_of_editions() -> list[RevisionLine]:
    """Return one line an edition of the municipality in scope, the first one first."""
    issued = Edition.objects.order_by("sequence").values_list("label", "issued_at", "reason")
    return [RevisionLine(label, timezone.localdate(at), reason) for label, at, reason in issued]
