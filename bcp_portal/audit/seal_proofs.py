"""Compares sealed records with their seals in the operation log."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import models

from bcp_portal.audit.entry_proofs import chained, is_altered
from bcp_portal.audit.models import Entry
from bcp_portal.audit.seals import (
    Account,
    AccountNames,
    Seal,
    SealedKind,
    field_hash,
    field_label,
    seal_registry,
    sealed_values,
)

_PARTS = {"kind", "key", "place", "fields"}
ALTERED = "その証拠になる操作記録（{number}番）が、書き換えられています。"

Seals = dict[tuple[str, str], Seal]


@dataclass(frozen=True)
class SealVerdict:
    """What the comparison found: faults (Japanese), since when there are seals, records of before."""

    faults: list[str]
    since: datetime | None
    unsealed: int


def verify_seals() -> SealVerdict:
    """Compare every record of the municipality in scope that is sealed, or should be."""
    seals = _last_seals(Entry.objects.exclude(sealed=[]))
    since = Entry.objects.exclude(sealed=[]).order_by("sequence").values_list("at", flat=True)
    check = _Check(seals, since.first())
    faults = []
    for kind in seal_registry.kinds():
        try:
            faults += list(check.of_kind(kind))
        except ValueError:  # an invalid date or number, which SQLite accepts
            name = kind.model._meta.verbose_name
            faults.append(f"「{name}」の記録に、書き換えられて読み取れないものがあります。")
    return SealVerdict([*faults, *check.removed()], check.since, check.unsealed)


def seal_faults_of(records: Sequence[models.Model]) -> list[str]:
    """Return what is wrong with some records that the log tells of under one target each; cheap.

    What lacks a seal passes here: verify_seals tells whether it may.
    """
    targets = {seal_registry.kind_of(each).target(each) for each in records}
    seals: Seals = {}
    faults: list[str] = []
    for target_type, uid in targets:
        told = Entry.objects.filter(target_type=target_type).exclude(sealed=[])
        seals |= _proven_seals(told.filter(target_uid=uid) if uid else told, faults)
    accounts = AccountNames()
    faults += [fault for each in records for fault in _field_faults(each, seals, accounts)]
    return faults


def kind_faults(model: type[models.Model]) -> list[str]:
    """Return what is wrong with all records of a kind that has few: altered, put in, or removed."""
    entries = Entry.objects.exclude(sealed=[]).order_by("sequence")
    kind = seal_registry.kind_of(model())
    faults: list[str] = []
    of_kind = _proven_seals(entries.filter(target_type=model._meta.label_lower), faults)
    check = _Check(of_kind, entries.values_list("at", flat=True).first())
    return [*faults, *check.of_kind(kind), *check.removed()]


def missing_records(target: tuple[str, str], records: Iterable[models.Model]) -> list[str]:
    """Return what the log sealed under one target and is not among these records."""
    seals = _last_seals(Entry.objects.filter(target_type=target[0], target_uid=target[1]))
    there = {(seal_registry.kind_of(each).code, _key(each)) for each in records}
    return [_gone(seal) for key, seal in seals.items() if key not in there and seal["fields"]]


def _last_seals(entries: "models.QuerySet[Entry]") -> Seals:
    return _seals_in(entries.order_by("sequence").values_list("sealed", flat=True).iterator())


def _proven_seals(entries: "models.QuerySet[Entry]", faults: list[str]) -> Seals:
    """Return the last seals of some entries, and add to the faults those entries that were altered."""
    read = list(chained(entries).order_by("sequence"))
    faults += [ALTERED.format(number=each.sequence) for each in read if is_altered(each)]
    return _seals_in(each.sealed for each in read)


def _seals_in(all_sealed: Iterable[Sequence[Seal]]) -> Seals:
    found: Seals = {}
    for sealed in all_sealed:
        for seal in sealed:
            if not (isinstance(seal, dict) and seal.keys() >= _PARTS):
                continue  # the chain of the log tells that this entry was altered
            found[seal["kind"], seal["key"]] = seal
    return found


class _Check:
    """One comparison of all records; counts what is of before there were seals."""

    def __init__(self, seals: Seals, since: datetime | None) -> None:
        self.seals = seals
        self.since = since
        self.unsealed = 0
        self._accounts = AccountNames()
        self._seen: set[tuple[str, str]] = set()

    def of_kind(self, kind: SealedKind) -> Iterator[str]:
        """Yield what is wrong with the records of one kind."""
        rows = kind.model._default_manager.order_by("pk").select_related(*kind.related)
        for record in rows:
            key = (kind.code, kind.key(record))
            self._seen.add(key)
            if key in self.seals:
                yield from _field_faults(record, self.seals, self._accounts)
            elif self._is_of_before(kind, record):
                self.unsealed += 1
            else:
                yield f"{kind.place(record)}は、操作記録にないのに挿入されています。"

    def removed(self) -> Iterator[str]:
        """Yield what was sealed and is missing."""
        for key, seal in self.seals.items():
            kind = seal_registry.kind(key[0])
            if key not in self._seen and seal["fields"] and kind and kind.is_kept:
                yield _gone(seal)

    def _is_of_before(self, kind: SealedKind, record: models.Model) -> bool:
        if self.since is None:
            return True
        made_at = kind.made_at(record)
        if made_at and made_at >= self.since:
            return False
        return kind.target(record) in self._told

    @cached_property
    def _told(self) -> set[tuple[str, str]]:
        """Return (type, uid) of everything the log told of before there were seals."""
        entries = Entry.objects.exclude(target_type="")
        if self.since:
            entries = entries.filter(at__lt=self.since)
        told = set(entries.values_list("target_type", "target_uid").distinct())
        return told | {(target_type, "") for target_type, _ in told}


def _field_faults(record: models.Model, seals: Seals, accounts: AccountNames) -> Iterator[str]:
    kind = seal_registry.kind_of(record)
    key = _key(record)
    seal = seals.get((kind.code, key))
    if seal is None:
        return
    if not seal["fields"]:
        yield f"{kind.place(record)}は、取り除かれた後に戻されています。"
        return
    values = sealed_values(record, accounts)
    # A field of a later release is in no older seal.
    altered = [
        field_label(kind, name)
        for name, noted in seal["fields"].items()
        if name in values
        and field_hash(kind.code, key, name, values[name]) != noted
        and not (
            values[name] == Account(None) and _account_is_gone(kind, key, name, noted, accounts)
        )
    ]
    if altered:
        names = "、".join(f"「{name}」" for name in altered)
        yield f"{seal['place']}の{names}が、記録の後に書き換えられています。"


def _account_is_gone(
    kind: SealedKind, key: str, name: str, noted: str, accounts: AccountNames
) -> bool:
    """Tell whether no account has the user name that was sealed, so that the record lost it rightly."""
    return all(field_hash(kind.code, key, name, each) != noted for each in accounts.all_names())


def _gone(seal: Seal) -> str:
    return f"{seal['place']}は、操作記録にあるのに削除されています。"


def _key(record: models.Model) -> str:
    return seal_registry.kind_of(record).key(record)
