"""Says which entries of the log may lose their content: those by which the program decides nothing.

Two kinds may, and all others stay. Entries that changed nothing and only tell that somebody came,
looked or took something. And entries about records that are gone, written before the plan was last taken
over as a whole: who wrote something that no edition has yet is asked of the log, and who brought
what into a text or row that is there may be asked at any time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet

from bcp_portal.accounts.models import Membership
from bcp_portal.audit.disposal import DISPOSED
from bcp_portal.audit.models import Entry
from bcp_portal.audit.viewing_log import EXPORTED, LOOKS

_CHANGED_NOTHING = Q(changes=[], told=[], sealed=[])
_LOOKED = Q(shown_count__gt=0) | Q(action__in=(*LOOKS, EXPORTED))

Entries = Callable[[], Q]
Settled = Callable[[], datetime | None]
"""Returns up to when all that was written is settled; None where nothing is."""

_keepers: list[Entries] = []
_passing: list[Entries] = []
_settled: list[Settled] = []


def register_keepers(source: Entries) -> None:
    """Add a rule that keeps entries of any kind; called at start."""
    _keepers.append(source)


def register_passing(source: Entries) -> None:
    """Add what says which entries only record a sign-in, a view or a download; called at start."""
    _passing.append(source)


def register_settled(source: Settled) -> None:
    """Add what says up to when changes are settled; all of them have to agree; called at start."""
    _settled.append(source)


def disposable() -> "QuerySet[Entry]":
    """Return the entries of the municipality in scope by which nothing is decided, oldest first."""
    kept = reduce(or_, (source() for source in _keepers), _roles() | Q(action=DISPOSED))
    passing = reduce(or_, (source() for source in _passing), _LOOKED) & _CHANGED_NOTHING
    entries: QuerySet[Entry] = Entry.objects.filter(disposed_in=0)
    return entries.filter(passing | Q(pk__in=_about_gone())).exclude(kept).order_by("sequence")


def _roles() -> Q:
    """Return what told the roles of those who are members still."""
    members = Membership.objects.select_related("user")
    uids = [uid for member in members for uid in (member.log_uid, str(member.pk))]
    return Q(target_type=Membership._meta.label_lower, target_uid__in=uids)


def _about_gone() -> list[int]:
    """Return the keys of settled entries that concern nothing but deleted records."""
    moments = [source() for source in _settled]
    settled = [moment for moment in moments if moment is not None]
    if not settled or len(settled) < len(moments):
        return []
    entries = Entry.objects.filter(disposed_in=0, sealed=[], at__lte=min(settled)).order_by()
    gone = dict(_gone(entries.values_list("target_type", "target_uid").distinct()))
    found = []
    for kind, uids in gone.items():
        about = entries.filter(target_type=kind, target_uid__in=uids)
        for key, told in about.values_list("pk", "told").iterator(chunk_size=500):
            if all(_tells_of_gone(each, gone) for each in told):
                found.append(key)
    return found


def _gone(targets: Iterable[tuple[str, str]]) -> Iterator[tuple[str, set[str]]]:
    """Yield by kind the uids of records that are not there any more.

    Only of records that the log calls by their uid can that be told.
    """
    named: defaultdict[str, set[str]] = defaultdict(set)
    for kind, uid in targets:
        if uid:
            named[kind].add(uid)
    for kind, uids in named.items():
        model = _model_with_uid(kind)
        if model is not None:
            there = {str(uid) for uid in model._default_manager.values_list("uid", flat=True)}
            yield kind, uids - there


def _model_with_uid(kind: str) -> type[models.Model] | None:
    try:
        model = apps.get_model(kind)
        model._meta.get_field("uid")
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return None if hasattr(model, "log_uid") else model


def _tells_of_gone(told: Any, gone: Mapping[str, set[str]]) -> bool:
    return isinstance(told, dict) and told.get("key") in gone.get(str(told.get("kind")), ())
