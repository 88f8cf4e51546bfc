"""Lists the editions so far as the table of revisions (C-10) prints them, those on paper first."""

from django.utils import timezone

from plans.document.revision_table import RevisionLine
from plans.editions.disposed_editions import gone_editions
from plans.editions.models.earlier_edition import EarlierEdition
from plans.editions.models.edition import Edition


def lines_of_editions() -> list[RevisionLine]:
    """Return one line an edition of the municipality in scope, the first one first.

    An issued edition keeps the day it was listed by, whatever the setting says since.
    """
    earlier = [
        RevisionLine(each.shown_label, each.revised_on, each.content)
        for each in EarlierEdition.objects.all()
    ]
    issued = Edition.objects.values_list("sequence", "label", "revised_on", "issued_at", "reason")
    lines = {
        number: RevisionLine(label, day or timezone.localdate(at), reason)
        for number, label, day, at, reason in issued
    }
    for each in gone_editions():
        lines[each.sequence] = RevisionLine(each.label, each.listed_on, each.reason)
    return earlier + [lines[number] for number in sorted(lines)]
