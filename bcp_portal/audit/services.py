"""The one way to write the operation log."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC

from django.db import models, transaction
from django.utils import timezone

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.terminal import present_terminal
from bcp_portal.audit.chain import entry_digest, searchable_text
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
    """Append one entry and return it; must run inside the municipality's scope.

    Without an address, the terminal of the request being handled is noted.
    """
    head = _locked_head(municipality)
    entry = Entry(
        municipality=municipality,
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=actor,
        actor_name=str(actor)[:200] if actor else "システム",
        actor_username=actor.username if actor else "",
        action=action,
        target_type=target._meta.label_lower if target else "",
        target_uid=str(getattr(target, "uid", target.pk)) if target else "",
        target_label=str(target)[:300] if target else "",
        changes=[asdict(change) for change in changes],
        note=note,
        address=address or present_terminal(),
        previous_digest=head.digest,
    )
    entry.search_text = entry_search_text(entry)
    entry.digest = entry_digest(head.digest, entry_content(entry))
    entry.save()
    head.sequence, head.digest = entry.sequence, entry.digest
    head.save(update_fields=["sequence", "digest"])
    return entry


def _locked_head(municipality: Municipality) -> ChainHead:
    """Return the last link, so that two writers of one municipality follow one another."""
    heads = ChainHead.objects.select_for_update()
    try:
        return heads.get(municipality=municipality)
    except ChainHead.DoesNotExist:
        ChainHead.objects.get_or_create(municipality=municipality)
        return heads.get(municipality=municipality)


def entry_content(entry: Entry) -> dict[str, object]:
    """Return the fields that the digest protects, as JSON values.

    The municipality is named by its code and the actor by name, not by database keys, so that a
    log restored into another database, or after an account is gone, still verifies.
    """
    return {
        "municipality": entry.municipality.code,
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor_name": entry.actor_name,
        "actor_username": entry.actor_username,
        "action": entry.action,
        "target_type": entry.target_type,
        "target_uid": entry.target_uid,
        "target_label": entry.target_label,
        "changes": entry.changes,
        "note": entry.note,
        "address": entry.address,
    }


def entry_search_text(entry: Entry) -> str:
    """Return what a search through the log may find in this entry."""
    return searchable_text(entry.target_label, entry.note, entry.changes)
