"""Writes number fields that hold the key of an account so that they mean the same account in another installation.

Some records note who acted by the key of the account, so that it survives the account itself. Keys
differ between databases: an archive names the account, or says that it was a former one.
"""

from collections.abc import Mapping
from typing import Any

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.archive.contents import Model, key_fields, rows_of

ACCOUNT, FORMER = "account", "former"
KeyValue = Mapping[str, Any]


def account_names(model: Model, municipality: Municipality) -> dict[int, str]:
    """Return the user names of the accounts that the key fields of a model name, by key."""
    keys: set[int] = set()
    for name in key_fields(model):
        keys |= set(rows_of(model, municipality).values_list(name, flat=True).distinct())
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "username")) if keys else {}


def written_key(key: int, names: Mapping[int, str]) -> KeyValue:
    """Return {"account": user name}, or {"former": number} for an account that was deleted."""
    return {ACCOUNT: names[key]} if key in names else {FORMER: abs(key)}


def stored_key(value: KeyValue, keys: Mapping[str, int]) -> int:
    """Return the key for this database; a former account gets one that no account can have."""
    return keys[value[ACCOUNT]] if ACCOUNT in value else -int(value[FORMER])


def key_fault(value: Any) -> str:
    """Return what is wrong with a written key (Japanese), or ''."""
    if isinstance(value, Mapping):
        if value.keys() == {ACCOUNT} and isinstance(value[ACCOUNT], str):
            return ""
        number = value.get(FORMER)
        small = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63
        if value.keys() == {FORMER} and small:
            return ""
    return "利用者を示す値ではありません"
