"""The one way to write the operation log."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import models, transaction
from django.utils import timezone

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.audit.chain import entry_digest
from bcp_portal.audit.models import ChainHead, Entry


@dataclass(frozen=True)
class Change:
    """One field before and after, as the reader of the log shall see it."""

    name: str
    label: str
    before: str
    after: str
    personal: bool = False


@transaction.atomic
def record(
    *,
    municipality: Municipality,
    actor: User | None,
    action: str,
    target: models.Model | None = None,
    changes: Sequence[Change] = (),
    note: str = "",
    address: str = "",
) -> Entry:
    """Append one entry and return it; must run inside the municipality's scope."""
    ChainHead.objects.get_or_create(municipality=municipality)
    head = ChainHead.objects.select_for_update().get(municipality=municipality)
    entry = Entry(
        municipality=municipality,
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=actor,
        actor_name=str(actor) if actor else "システム",
        action=action,
        target_type=target._meta.label_lower if target else "",
        target_uid=str(getattr(target, "uid", target.pk)) if target else "",
        target_label=str(target)[:300] if target else "",
        changes=[asdict(change) for change in changes],
        note=note,
        address=address,
        previous_digest=head.digest,
    )
    entry.digest = entry_digest(head.digest, entry_content(entry))
    entry.save(force_insert=True)
    head.sequence, head.digest = entry.sequence, entry.digest
    head.save(update_fields=["sequence", "digest"])
    return entry


def entry_content(entry: Entry) -> dict[str, object]:
    """Return the fields that the digest protects, as JSON values."""
    return {
        "municipality": entry.municipality_id,
        "sequence": entry.sequence,
        "at": entry.at.isoformat(),
        "actor_name": entry.actor_name,
        "action": entry.action,
        "target_type": entry.target_type,
        "target_uid": entry.target_uid,
        "target_label": entry.target_label,
        "changes": entry.changes,
        "note": entry.note,
        "address": entry.address,
    }
