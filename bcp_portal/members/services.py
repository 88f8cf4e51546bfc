"""Every change of who belongs to a municipality, what they may do, and what it is called."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max
from django_scopes import scope

from bcp_portal.accounts.models import Department, Membership, Municipality, Person, User
from bcp_portal.accounts.permissions import Permission, Role
from bcp_portal.accounts.queries import belongs_elsewhere
from bcp_portal.audit.edits import Edit, displayed, save_changes, write_edits
from bcp_portal.audit.services import Change, record
from bcp_portal.audit.told_values import Told
from bcp_portal.members.models import AccountNotice
from bcp_portal.members.notices import notify
from bcp_portal.members.sign_ins import record_everywhere
from bcp_portal.ui.errors import DomainError


@transaction.atomic
def open_municipality(
    *,
    code: str,
    name: str,
    prefecture: str,
    administrator_username: str,
    administrator_name: str,
    initial_password: str,
) -> Membership:
    """Register a municipality with its first administrator; raise ValidationError for a bad code."""
    municipality = Municipality(code=code, name=name, prefecture=prefecture)
    municipality.full_clean()
    municipality.save()
    with scope(municipality=municipality):
        administrator = add_member(
            municipality=municipality,
            actor=None,
            username=administrator_username,
            initial_password=initial_password,
            roles=[Role.ADMIN.value],
            department=None,
            name=administrator_name,
        )
        record(
            municipality=municipality,
            actor=None,
            action="団体の登録",
            target=municipality,
            told=[Told(municipality)],
        )
    return administrator


@transaction.atomic
def add_member(
    *,
    municipality: Municipality,
    actor: User | None,
    username: str,
    initial_password: str,
    roles: Sequence[str],
    department: Department | None,
    person: Person | None = None,
    name: str = "",
) -> Membership:
    """Create the account of one human being; without a person of the list, `name` is added to it.

    The password counts as initial: until its owner changes it, nothing else can be done with it.
    """
    _lock(municipality)
    person = person or add_person(municipality, actor, name, department)
    _require_no_account(person)
    user = _add_user(username, person.name, initial_password)
    membership = Membership(municipality=municipality, user=user)
    values = {"roles": list(roles), "department": department, "person": person}
    edit = Edit(membership, values, labels=_LABELS, text=shown_of_member, is_new=True)
    written = write_edits([edit])
    notices: list[AccountNotice] = []
    if actor is not None:
        roles_said = "、".join(membership.role_labels)
        told = f"この利用者を作り、役割「{roles_said}」を付けました。"
        notices.append(notify(membership, actor, told))
    _record(membership, actor, "利用者の追加", written.changes, notices, told=written.told)
    return membership


@transaction.atomic
def change_member(
    *,
    membership: Membership,
    actor: User,
    display_name: str,
    roles: Sequence[str],
    department: Department | None,
    person: Person | None,
) -> Membership:
    """Change what a member is called and may do; nobody changes their own roles."""
    current = locked_member(membership)
    if current.user_id == actor.pk and set(roles) != set(current.roles):
        raise DomainError("自分の役割は変更できません。ほかの団体管理者に依頼してください。")
    if display_name != current.user.display_name:
        _require_only_here(current, "氏名")
    if person is not None and person.pk != current.person_id:
        _require_no_account(person)
    named = current.roles if set(roles) == set(current.roles) else list(roles)
    values = {"roles": named, "department": department, "person": person}
    edits = [
        Edit(current.user, {"display_name": display_name}),
        Edit(current, values, text=shown_of_member),
    ]
    changes = write_edits(edits).changes
    _require_an_administrator(current.municipality)
    if changes:
        is_own = current.user_id == actor.pk
        notices = [] if is_own else [notify(current, actor, _told(changes))]
        _record(current, actor, "利用者の変更", changes, notices)
    return current


@transaction.atomic
def deactivate_member(*, membership: Membership, actor: User) -> None:
    """Close the municipality to this person immediately; what they did stays under their name."""
    current = locked_member(membership)
    if current.user_id == actor.pk:
        raise DomainError("自分の利用者は停止できません。ほかの団体管理者に依頼してください。")
    _set_active(current, actor, active=False)
    _require_an_administrator(current.municipality)


@transaction.atomic
def reactivate_member(*, membership: Membership, actor: User) -> None:
    """Open the municipality to this person again, with the roles they had."""
    _set_active(locked_member(membership), actor, active=True)


@transaction.atomic
def issue_initial_password(*, membership: Membership, actor: User, initial_password: str) -> None:
    """Replace a forgotten password; every session of the person ends with it."""
    current = locked_member(membership)
    if current.user_id == actor.pk:
        raise DomainError("自分のパスワードは「パスワードの変更」で変更してください。")
    _require_only_here(current, "パスワード")
    current.user.set_password(initial_password)
    current.user.password_is_initial = True
    current.user.save(update_fields=["password", "password_is_initial"])
    notice = notify(
        current, actor, "初期パスワードを発行しました。それまでのパスワードは使えなくなりました。"
    )
    _record(current, actor, "初期パスワードの発行", notices=[notice])


@transaction.atomic
def change_password(*, user: User, new_password: str, address: str) -> None:
    """Set the password its owner chose."""
    user.set_password(new_password)
    user.password_is_initial = False
    user.save(update_fields=["password", "password_is_initial"])
    record_everywhere(user=user, actor=user, action="パスワードの変更", address=address)


@transaction.atomic
def save_municipality(
    *, municipality: Municipality, actor: User, values: dict[str, str]
) -> Municipality:
    """Change what `MunicipalityForm` lets a person type; the entry names the fields that differ."""
    current = _lock(municipality)
    save_changes(
        municipality=current,
        actor=actor,
        action="団体の情報の変更",
        edits=[Edit(current, values)],
        target=current,
    )
    return current


_LABELS = {
    "display_name": "氏名",
    "roles": "役割",
    "department": "所属",
    "person": "職員",
    "is_active": "状態",
}


def shown_of_member(membership: Membership, name: str) -> str:
    """Return what the log says of a member, as a reader sees it."""
    if name == "display_name":
        return membership.user.display_name
    if name == "roles":
        return "、".join(membership.role_labels)
    if name == "is_active":
        return "有効" if membership.is_active else "停止中"
    return displayed(membership, name)


def _told(changes: Sequence[Change]) -> str:
    """Return changes of a member as their owner reads them."""
    parts = [f"{each.label}を「{each.before}」から「{each.after}」に" for each in changes]
    return f"{'、'.join(parts)}変更しました。"


def locked_member(membership: Membership) -> Membership:
    """Return the membership as it is now; changes of one municipality's members wait in line."""
    _lock(membership.municipality)
    members = Membership.objects.select_related("user", "municipality", "department", "person")
    return members.get(pk=membership.pk)


def _lock(municipality: Municipality) -> Municipality:
    return Municipality.objects.select_for_update().get(pk=municipality.pk)


def _add_user(username: str, display_name: str, initial_password: str) -> User:
    user = User(username=username, display_name=display_name, password_is_initial=True)
    user.set_password(initial_password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(
            f"利用者ID「{username}」はすでに使われています。別のIDにしてください。"
        ) from error
    return user


def _require_no_account(person: Person) -> None:
    if Membership.objects.filter(person=person).exists():
        raise DomainError(
            f"「{person.name}」の利用者はすでに登録されています。1人が使う利用者は1つだけです。"
        )


def add_person(
    municipality: Municipality, actor: User | None, name: str, department: Department | None
) -> Person:
    """Add somebody at the end of the list of persons."""
    last = Person.objects.aggregate(last=Max("row_no"))["last"] or 0
    person = Person.objects.create(
        municipality=municipality,
        name=name,
        department=department,
        row_no=last + 1,
        created_by=actor,
        updated_by=actor,
    )
    changes = [Change("name", "氏名", "", name)]
    record(
        municipality=municipality,
        actor=actor,
        action="追加",
        target=person,
        changes=changes,
        told=[Told(person)],
    )
    return person


def _set_active(membership: Membership, actor: User, *, active: bool) -> None:
    labels = {"is_active": _LABELS["is_active"]}
    edit = Edit(membership, {"is_active": active}, labels=labels, text=shown_of_member)
    changes = write_edits([edit]).changes
    if changes:
        action = "利用者の再開" if active else "利用者の停止"
        notice = notify(membership, actor, _told(changes))
        _record(membership, actor, action, changes, [notice])


def _require_an_administrator(municipality: Municipality) -> None:
    members = Membership.objects.filter(
        municipality=municipality, is_active=True, user__is_active=True
    )
    if not any(member.may(Permission.MANAGE_MEMBERS) for member in members):
        raise DomainError(
            f"この変更により{Role.ADMIN.label}が一人もいなくなるため、保存しませんでした。"
        )


def _require_only_here(membership: Membership, what: str) -> None:
    """An account that opens another municipality is not one administrator's to change."""
    if belongs_elsewhere(membership):
        raise DomainError(
            f"「{membership.user}」はほかの団体でも使われているため、{what}を変更できません。"
            "本人か、共同利用の運用者に依頼してください。"
        )


def _record(
    membership: Membership,
    actor: User | None,
    action: str,
    changes: Sequence[Change] = (),
    notices: Sequence[AccountNotice] = (),
    told: Sequence[Told] = (),
) -> None:
    record(
        municipality=membership.municipality,
        actor=actor,
        action=action,
        target=membership,
        changes=changes,
        sealed=notices,
        told=told,
    )
