"""Compares what members may do now with the last word of the log, and finds a role that was given behind it."""

from collections.abc import Iterator

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry

_KNOWN = frozenset(str(role.label) for role in Role)
_ROLES = "roles"


Told = dict[tuple[str, str], tuple[int, frozenset[str]]]
_ANY_NAME = ""


def told_roles() -> Told:
    """Return what the log of the municipality in scope told last of each member: number and roles.

    Members go by what the log calls them in every database; in older entries by key and name, because
    an archive that is loaded gives them new keys.
    """
    entries = Entry.objects.filter(target_type=Membership._meta.label_lower).order_by("sequence")
    told: Told = {}
    for entry in entries.only("sequence", "target_uid", "target_label", "changes").iterator():
        for change in entry.changes:
            if change.get("name") == _ROLES:
                roles = frozenset(filter(None, str(change.get("after", "")).split("、")))
                name = entry.target_label if entry.target_uid.isdecimal() else _ANY_NAME
                told[entry.target_uid, name] = entry.sequence, roles
    return told


def role_faults() -> Iterator[tuple[int, str]]:
    """Yield number and Japanese sentence for each member whose roles are not those the log told last.

    Of a member whom the log never told of under this name, and of roles of another release, nothing
    can be said.
    """
    told = told_roles()
    for member in Membership.objects.select_related("user", "municipality").order_by("pk"):
        nothing: tuple[int, frozenset[str]] = (0, frozenset())
        old = told.get((str(member.pk), str(member)), nothing)
        sequence, roles = told.get((member.log_uid, _ANY_NAME), old)
        now = frozenset(member.role_labels)
        if sequence and roles <= _KNOWN and roles != now:
            yield (
                sequence,
                f"{member.user}の役割は、操作記録の{sequence}番では「{_said(roles)}」ですが、"
                f"今は「{_said(now)}」です。役割が、操作記録に残らない方法で変えられています。",
            )


def untold_members() -> int:
    """Return of how many members the log never told roles, so that nothing vouches for theirs."""
    told = told_roles()
    return sum(
        (member.log_uid, _ANY_NAME) not in told and (str(member.pk), str(member)) not in told
        for member in Membership.objects.select_related("user", "municipality")
    )


def _said(roles: frozenset[str]) -> str:
    return "、".join(str(role.label) for role in Role if str(role.label) in roles) or "なし"
