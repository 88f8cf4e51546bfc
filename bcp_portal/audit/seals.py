"""Seals records that no chain holds: their fields, hashed, go into the entry of the log that is written with them.

The entry is chained, so a change of a sealed record outside the program is found. A record
of before there were seals has none until it is written again.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from bcp_portal.accounts.models import User

# Fields that no page shows have no Japanese name of their own.
_LABELS = {
    "user": "利用者",
    "submitted_by": "提出した利用者",
    "claimed_by": "申し出た利用者",
    "confirmed_by": "確かめた利用者",
    "slot": "決定の席",
    "code_hash": "確認コードのハッシュ値",
    "sha256": "内容のハッシュ値",
}
_HASH_SIGNS = 24  # 96 bits a field: nobody finds another text with the same

Seal = Mapping[str, Any]
Values = dict[str, Any]


@dataclass(frozen=True)
class SealedKind:
    """How records of one model are sealed.

    `key` names a record in every database, `place` says in Japanese which it is. `beside` are fields
    that are not sealed, each with the reason; `accounts` are fields that hold an account, which is
    sealed by its user name. `more` adds what belongs to the record and lies in other tables, by a
    Japanese label. `target` is the (type, uid) under which the log tells of the record; an empty uid
    stands for any. Records that are not kept may go without a word.
    """

    model: type[models.Model]
    key: Callable[[Any], str]
    place: Callable[[Any], str]
    target: Callable[[Any], tuple[str, str]]
    beside: Mapping[str, str] = field(default_factory=dict)
    accounts: tuple[str, ...] = ()
    more: Callable[[Any, "AccountNames"], Values] | None = None
    related: tuple[str, ...] = ()
    made_at: Callable[[Any], datetime | None] = lambda record: None
    is_kept: bool = True

    @property
    def code(self) -> str:
        return self.model._meta.label_lower


@dataclass(frozen=True)
class Account:
    """The user name of an account that a record names; None when the account was deleted."""

    username: str | None


class AccountNames:
    """Names the accounts that records name by key, so that a seal says the same after a move; each is looked up once."""

    def __init__(self) -> None:
        self._names: dict[int, str | None] = {}

    def account(self, key: int | None) -> Account:
        """Return the account of a key, with no name where it was deleted."""
        if key is None:
            return Account(None)
        if key not in self._names:
            found = User.objects.filter(pk=key).values_list("username", flat=True)
            self._names[key] = found.first()
        return Account(self._names[key])

    def all_names(self) -> list[str]:
        """Return the user names of all accounts."""
        return list(User.objects.values_list("username", flat=True))


class SealRegistry:
    """The kinds of records that are sealed; each room brings its own."""

    def __init__(self) -> None:
        self._kinds: dict[str, SealedKind] = {}

    def register(self, *kinds: SealedKind) -> None:
        for kind in kinds:
            self._kinds[kind.code] = kind

    def kind_of(self, record: models.Model) -> SealedKind:
        """Return the kind of a record; KeyError (a fault of the program) when it has none."""
        return self._kinds[record._meta.label_lower]

    def kind(self, code: str) -> SealedKind | None:
        return self._kinds.get(code)

    def kinds(self) -> Iterable[SealedKind]:
        return self._kinds.values()


seal_registry = SealRegistry()


def seal_of(record: models.Model, accounts: AccountNames | None = None) -> Seal:
    """Return the seal of a record as it is now, plain JSON data."""
    kind = seal_registry.kind_of(record)
    key = kind.key(record)
    values = sealed_values(record, accounts or AccountNames())
    return {
        "kind": kind.code,
        "key": key,
        "place": kind.place(record),
        "fields": {name: field_hash(kind.code, key, name, value) for name, value in values.items()},
    }


def broken_seal(record: models.Model) -> Seal:
    """Return what the log keeps of a record that is taken out: that there is none."""
    kind = seal_registry.kind_of(record)
    return {
        "kind": kind.code,
        "key": kind.key(record),
        "place": kind.place(record),
        "fields": {},
    }


def sealed_values(record: models.Model, accounts: AccountNames) -> Values:
    """Return what is sealed of a record, as plain values by field or label."""
    kind = seal_registry.kind_of(record)
    values: Values = {}
    for each in sealed_fields(kind):
        value = getattr(record, each.attname)
        values[each.name] = accounts.account(value) if each.name in kind.accounts else _plain(value)
    return values | (kind.more(record, accounts) if kind.more else {})


def sealed_fields(kind: SealedKind) -> Iterator[Any]:
    """Yield the fields of a kind that its seal covers: all but those it names beside."""
    for each in kind.model._meta.concrete_fields:
        if not each.primary_key and each.name != "municipality" and each.name not in kind.beside:
            yield each


def field_hash(code: str, key: str, name: str, value: Any) -> str:
    """Return the hash (hex) of one field of one record; equal values of two records differ in it."""
    if isinstance(value, Account):
        value = value.username
    # Read back as JSON first: what is stored has text as keys.
    said = json.loads(json.dumps([code, key, name, value], ensure_ascii=False))
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_SIGNS]


def field_label(kind: SealedKind, name: str) -> str:
    """Return what a reader calls a sealed field."""
    try:
        found = kind.model._meta.get_field(name)
    except FieldDoesNotExist:
        return name  # what lies in other tables goes by its label
    return _LABELS.get(name) or str(getattr(found, "verbose_name", name))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
