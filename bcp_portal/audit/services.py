"""The one way to write the operation log."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from secrets import token_hex
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.terminal import present_terminal
from bcp_portal.audit.chain import entry_digest, rows_digest, searchable_text
from bcp_portal.audit.models import ChainHead, Entry, ShownRow
from bcp_portal.audit.seals import AccountNames, Seal, broken_seal, seal_of
from bcp_portal.audit.told_values import Told, gone_json, told_json
from bcp_portal.ui.counted_letters import ended

_LINES_AT_ONCE = 500
_SALT_BYTES = 16


@dataclass(frozen=True)
class Change:
    """One field before and after, as the reader of the log shall see it.

    `digests` say which values were stored, where what a reader sees may be the same of two of them;
    only of values that are not personal, since a short one could be guessed from its digest.
    """

    name: str
    label: str
    before: str
    after: str
    personal: bool = False
    digests: tuple[str, str] | None = None

    def to_json(self) -> dict[str, object]:
        """Return what the entry keeps; without digests as entries always were."""
        data: dict[str, object] = dict(vars(self))
        del data["digests"]
        return {**data, "digests": list(self.digests)} if self.digests else data


@dataclass(frozen=True)
class SeenRow:
    """A row whose personal values somebody saw: 'app.model', its uid, and what it was called."""

    row_type: str
    uid: str
    label: str = ""

    def to_json(self) -> list[str]:
        """Return plain data of which `SeenRow(*data)` makes an equal row."""
        return [self.row_type, self.uid, self.label]


@dataclass(frozen=True)
class Event:
    """One thing that was done, before it has its place in the log.

    The log calls the target by the label, or else by its text. `shown` are the rows whose personal
    values were shown; a row named twice counts once. `sealed` are records that it wrote, as they are
    stored now; `unsealed` are those that it is about to take out. `told` are records whose values it
    tells besides the changed columns of the target; of those that are `gone` that there are none.
    """

    action: str
    target: models.Model | None = None
    changes: Sequence[Change] = ()
    note: str = ""
    label: str = ""
    shown: Sequence[SeenRow] = ()
    sealed: Sequence[models.Model] = ()
    unsealed: Sequence[models.Model] = ()
    told: Sequence[Told] = ()
    gone: Sequence[models.Model] = ()

    def told_values(self) -> list[dict[str, Any]]:
        """Return what the log keeps of the values it tells, so that another one is found."""
        told = list(self.told)
        named = [*(each.record for each in told), *self.gone]
        if self.target is not None and all(record is not self.target for record in named):
            names = {change.name for change in self.changes}
            told.append(Told(self.target, names, label=self.label))
        gone = [gone_json(each, self.label if each is self.target else "") for each in self.gone]
        return [kept for kept in (*map(told_json, told), *gone) if kept]

    def seals(self) -> list[Seal]:
        """Return what the log keeps of the records, so that a later change of them is found."""
        accounts = AccountNames()
        return [seal_of(each, accounts) for each in self.sealed] + [
            broken_seal(each) for each in self.unsealed
        ]


def record(
    *,
    municipality: Municipality,
    actor: User | None,
    action: str,
    target: models.Model | None = None,
    changes: Sequence[Change] = (),
    note: str = "",
    address: str = "",
    label: str = "",
    shown: Sequence[SeenRow] = (),
    sealed: Sequence[models.Model] = (),
    unsealed: Sequence[models.Model] = (),
    told: Sequence[Told] = (),
    gone: Sequence[models.Model] = (),
) -> Entry:
    """Append one entry and return it; must run inside the municipality's scope.

    Without an address, the terminal of the request being handled is noted.
    """
    event = Event(action, target, changes, note, label, shown, sealed, unsealed, told, gone)
    [entry] = record_all(municipality=municipality, actor=actor, events=[event], address=address)
    return entry


@transaction.atomic
def record_all(
    *,
    municipality: Municipality,
    actor: User | None,
    events: Sequence[Event],
    address: str = "",
) -> list[Entry]:
    """Append an entry for each event, as `record` does, with as many queries as for one.

    All of them are held in memory: who has thousands hands over some hundreds at a time.
    """
    head = _locked_head(municipality)
    head.municipality = municipality
    entries = [_linked(head, actor, event, address or present_terminal()) for event in events]
    # Plain query sets: those of the models refuse this to everybody else.
    log: models.QuerySet[Entry] = models.QuerySet(Entry)
    log.bulk_create(entries)
    shown = [
        line
        for entry, event in zip(entries, events, strict=True)
        for line in _lines(entry, event.shown)
    ]
    lines: models.QuerySet[ShownRow] = models.QuerySet(ShownRow)
    lines.bulk_create(shown, batch_size=_LINES_AT_ONCE)
    head.save(update_fields=["sequence", "digest"])
    return entries


def _linked(head: ChainHead, actor: User | None, event: Event, address: str) -> Entry:
    """Return the entry of an event as the next link, which is the head from then on."""
    target = event.target
    rows = _once(event.shown)
    entry = Entry(
        municipality=head.municipality,
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=actor,
        actor_name=ended(str(actor), 200) if actor else "システム",
        actor_username=actor.username if actor else "",
        action=event.action,
        target_type=target._meta.label_lower if target else "",
        target_uid=log_uid(target) if target else "",
        target_label=ended(event.label or str(target), 300) if target else "",
        changes=[change.to_json() for change in event.changes],
        note=event.note,
        address=address,
        shown_count=len(rows),
        shown_digest=rows_digest(rows) if rows else "",
        sealed=event.seals(),
        told=event.told_values(),
        salt=token_hex(_SALT_BYTES),
        previous_digest=head.digest,
    )
    if target is None and len(rows) == 1:
        entry.target_type, uid, entry.target_label = rows[0]
        entry.target_uid = uid[:64]
    entry.search_text = entry_search_text(entry)
    entry.digest = entry_digest(head.digest, entry_content(entry))
    head.sequence, head.digest = entry.sequence, entry.digest
    return entry


def log_uid(target: models.Model) -> str:
    """Return what the log calls a record: what it has in every database, else its key in this one."""
    return str(getattr(target, "log_uid", None) or getattr(target, "uid", target.pk))


def _once(shown: Iterable[SeenRow]) -> list[tuple[str, str, str]]:
    """Return (type, uid, label) of the rows, each once and as the log can hold it."""
    rows: dict[str, tuple[str, str, str]] = {}
    for row in shown:
        rows.setdefault(row.uid, (row.row_type[:80], row.uid[:120], ended(row.label, 300)))
    return list(rows.values())


def _lines(entry: Entry, shown: Iterable[SeenRow]) -> Iterator[ShownRow]:
    for row_type, uid, label in _once(shown):
        yield ShownRow(
            municipality=entry.municipality,
            sequence=entry.sequence,
            row_type=row_type,
            row_uid=uid,
            row_label=label,
        )


def hold_log(municipality: Municipality) -> None:
    """Let nobody of the municipality finish writing before this transaction ends."""
    _locked_head(municipality)


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
    # Entries from before this was kept have none, and keep their digest.
    shown = {"count": entry.shown_count, "digest": entry.shown_digest}
    more: dict[str, object] = {}
    if entry.shown_count or entry.shown_digest:
        more["shown"] = shown
    if entry.sealed:
        more["sealed"] = entry.sealed
    if entry.told:
        more["told"] = entry.told
    if entry.salt:
        more["salt"] = entry.salt
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
        **more,
    }


def entry_search_text(entry: Entry) -> str:
    """Return what a search through the log may find in this entry."""
    return searchable_text(entry.target_label, entry.note, entry.changes)
