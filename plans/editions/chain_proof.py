"""Tells whether the records of all editions of a municipality are what was issued, without their texts."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.models import Entry
from plans.editions.chain import GENESIS
from plans.editions.disposed_editions import gone_editions
from plans.editions.edition_proof import record_fault
from plans.editions.log_words import ISSUED
from plans.editions.models.edition import Edition
from plans.editions.queries import HEAVY


def chain_fault(municipality: Municipality) -> str:
    """Return what is wrong with the records of the editions and their order (Japanese), "".

    Three queries in the municipality's scope; texts are not read. That the latest is there the
    operation log says.
    """
    sequence, before = 0, GENESIS
    editions = Edition.objects.defer(*HEAVY).order_by("sequence")
    last = ""
    gone = {each.sequence: each for each in gone_editions()}
    for edition in editions:
        while sequence + 1 in gone and gone[sequence + 1].previous_hash == before:
            sequence, before = sequence + 1, gone[sequence + 1].chain_hash
        edition.municipality = municipality
        fault = record_fault(edition)
        if fault:
            return fault
        if (edition.sequence, edition.previous_hash) != (sequence + 1, before):
            return f"{edition.label}が直前の版とつながりません。"
        sequence, before, last = edition.sequence, edition.chain_hash, str(edition.uid)
    told = Entry.objects.filter(action=ISSUED, target_type=Edition._meta.label_lower)
    issued = told.order_by("-sequence").values_list("target_uid", "target_label").first()
    if issued and issued[0] != last:
        return f"{issued[1]}は、発行の記録があるのに削除されています。"
    return ""
