"""What the first person of a municipality may do alone, so that work can begin without a second one."""

from django.db import transaction

from bcp_portal.accounts.models import Membership, Person, User
from bcp_portal.accounts.permissions import Permission, Role
from bcp_portal.audit.edits import Edit, save_changes
from bcp_portal.members.notices import notify
from bcp_portal.members.queries import administers_alone, free_namesakes
from bcp_portal.members.services import add_person, locked_member, shown_of_member
from bcp_portal.members.standing_alone import NotAlone, proof_of_operator, why_not_alone
from bcp_portal.ui.errors import DomainError

NOT_ALONE = "自分の役割は変更できません。ほかの団体管理者に依頼してください。"
NOBODY_ELSE = (
    "自分の役割は変更できません。ほかに団体管理者がいない間は、自分に「編集者」を加えることだけができます。"
    "ほかの役割は、もう一人の団体管理者を追加し、その人に依頼してください。"
)
_NOTE = "ほかに団体管理者がいないため、本人が自分に加えました。"
_NOTE_OF_CODE = "{proof}し、本人が自分に加えました。"
_DEED = "自分に「編集者」を加えられません"
_INSTEAD = "その人の役割か利用を元に戻して依頼するか"


def why_not_own_roles(membership: Membership) -> str:
    """Return the sentence that tells an administrator who can change their own roles, and how."""
    return NOBODY_ELSE if administers_alone(membership) else NOT_ALONE


def may_become_editor(membership: Membership) -> bool:
    """Tell whether this member may give their own account 編集者: nobody else could do it."""
    return Role.EDITOR.value not in membership.roles and administers_alone(membership)


def own_editor_offer(membership: Membership) -> dict[str, object]:
    """Return for a page whether this member may become 編集者, and why only with a code, if so."""
    may = may_become_editor(membership)
    not_alone = _not_alone(membership) if may else None
    waits = not_alone.refusal(_DEED, _INSTEAD) if not_alone else ""
    return {"may_become_editor": may, "own_editor_waits": waits}


@transaction.atomic
def become_editor(*, membership: Membership, actor: User, code: str = "") -> Membership:
    """Add 編集者 to the roles of the only administrator, who keeps it when others are added.

    Raises DomainError for anybody else, where somebody else could be asked, and without a code of
    the operator for who is alone only because of what they set lately.
    """
    current = locked_member(membership)
    if current.user_id != actor.pk or not current.may(Permission.MANAGE_MEMBERS):
        raise DomainError("編集者にできるのは団体管理者です。", status=403)
    if Role.EDITOR.value in current.roles:
        return current
    if not administers_alone(current):
        raise DomainError(NOT_ALONE)
    note = _why_alone(current, code)
    roles = [*current.roles, Role.EDITOR.value]
    save_changes(
        municipality=current.municipality,
        actor=actor,
        action="利用者の変更",
        edits=[Edit(current, {"roles": roles}, text=shown_of_member)],
        target=current,
        note=note,
    )
    return current


def _not_alone(membership: Membership) -> NotAlone | None:
    return why_not_alone(membership, {Permission.MANAGE_MEMBERS})


def _why_alone(membership: Membership, code: str) -> str:
    """Return what the log says of why nobody else gave the role; DomainError where somebody else could."""
    not_alone = _not_alone(membership)
    if not_alone is None:
        return _NOTE
    refusal = not_alone.refusal(_DEED, _INSTEAD)
    proof = proof_of_operator(membership, not_alone, code, refusal=refusal)
    return _NOTE_OF_CODE.format(proof=proof)


@transaction.atomic
def enter_person(*, membership: Membership, actor: User) -> Person:
    """Let a member be somebody of the list of persons: the one of that name, or a new entry.

    Raises DomainError where two entries have the name: a person has to say which one it is.
    """
    current = locked_member(membership)
    if current.person is not None:
        return current.person
    name = current.user.display_name
    known = free_namesakes(name)
    if len(known) > 1:
        raise DomainError(
            f"職員・関係者の一覧に「{name}」が{len(known)}人います。"
            "下の「職員・関係者」で本人を選んで保存してください。"
        )
    person: Person = (
        known[0] if known else add_person(current.municipality, actor, name, current.department)
    )
    told = f"職員・関係者の「{person}」と結び付けました。"
    notices = [notify(current, actor, told)] if current.user_id != actor.pk else []
    save_changes(
        municipality=current.municipality,
        actor=actor,
        action="利用者の変更",
        edits=[Edit(current, {"person": person})],
        target=current,
        sealed=notices,
    )
    return person
