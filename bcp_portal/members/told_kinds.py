"""What the log keeps of members and of the municipality: they decide who is who, and what is printed of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django_scopes import get_scope

from bcp_portal.accounts.models import Membership, Municipality, User
from bcp_portal.accounts.queries import belongs_elsewhere
from bcp_portal.audit.told_values import NOT_TOLD, ToldKind, Value, labels_of, plain_value

_MUNICIPALITY = (
    "name",
    "prefecture",
    "date_style",
    "postal_address",
    "telephone",
    "ict_department_name",
)


def kinds() -> Iterator[ToldKind]:
    """Yield the kinds of this room; for roles there is a proof of its own, which reads older logs too."""
    yield ToldKind(
        Membership,
        key=lambda member: str(member.log_uid),
        title="利用者",
        call=lambda member: str(member.user),
        columns={
            "display_name": "氏名",
            "person": "職員",
            **labels_of(Membership, "department"),
            "is_active": "状態",
        },
        value=_member_value,
        text=_member_text,
        read=_members,
        went_rightly=_account_is_gone,
    )
    yield ToldKind(
        Municipality,
        key=lambda municipality: str(municipality.code),
        title="団体の情報",
        call=lambda municipality: "",
        columns=labels_of(Municipality, *_MUNICIPALITY),
        value=plain_value,
        text=lambda municipality, name: str(getattr(municipality, name)),
        read=lambda: Municipality.objects.filter(pk=get_scope()["municipality"].pk),
    )


def _members() -> Iterable[Any]:
    elsewhere: models.QuerySet[Membership] = models.QuerySet(Membership)
    others = elsewhere.filter(user=OuterRef("user")).exclude(pk=OuterRef("pk"))
    members = Membership.objects.select_related("user", "municipality", "person", "department")
    return members.annotate(is_elsewhere=Exists(others)).order_by("pk")


def _account_is_gone(key: str) -> bool:
    """Tell whether no account is called so: the operator may remove one, and who it was goes with it."""
    return all(user.log_uid != key for user in User.objects.only("username"))


def _member_value(member: Any, name: str) -> Value:
    """Read a value; the name of an account that opens other municipalities is not one log's to tell."""
    if name != "display_name":
        return plain_value(member, name)
    elsewhere = getattr(member, "is_elsewhere", None)
    if elsewhere is None:
        elsewhere = belongs_elsewhere(member)
    return NOT_TOLD if elsewhere else member.user.display_name


def _member_text(member: Any, name: str) -> str:
    match name:
        case "is_active":
            return "有効" if member.is_active else "停止中"
        case "display_name":
            return str(member.user.display_name)
    return str(getattr(member, name) or "")
