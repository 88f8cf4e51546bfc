"""Says what of plans and editions could not be there without the operation log."""

from collections.abc import Iterator

from bcp_portal.audit.witnesses import Witness, register_witnesses
from plans.editions.models.edition import Edition
from plans.revisions.models.revision import Revision


def edition_witnesses() -> Iterator[Witness]:
    """Yield every edition with the entry that it noted, and one revision, if there is any."""
    for label, sequence, digest in Edition.objects.order_by("sequence").values_list(
        "label", "log_sequence", "log_digest"
    ):
        yield Witness(label, sequence, digest)
    revision = Revision.objects.order_by("number").first()
    if revision:
        yield Witness(str(revision))


def register_log_witnesses() -> None:
    """Tell the log; called once at start."""
    register_witnesses(edition_witnesses)
