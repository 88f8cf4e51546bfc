"""What only the operator of an installation does for a town, because nobody in it can."""

from axes.models import AccessAttempt
from django.db import transaction
from django_scopes import scope, scopes_disabled

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.services import record
from bcp_portal.members.notices import notify
from bcp_portal.members.services import locked_member
from bcp_portal.ui.errors import DomainError

NO_ADMINISTRATOR = (
    "「{member}」は有効な団体管理者ではないため、発行しませんでした。"
    "新しい団体管理者を作るときは、別の利用者IDと --name で氏名を指定してください。"
)
_TOLD = "システムの運用者が初期パスワードを発行しました。それまでのパスワードは使えなくなりました。"


@transaction.atomic
def let_administrator_in(*, membership: Membership, initial_password: str) -> None:
    """Give a town's administrator an initial password, and forget their failures to sign in.

    Every town the account opens is told in its log. DomainError for who is no active administrator.
    """
    current = locked_member(membership)
    user = current.user
    if not (current.is_active and user.is_active and current.may(Permission.MANAGE_MEMBERS)):
        raise DomainError(NO_ADMINISTRATOR.format(member=current))
    user.set_password(initial_password)
    user.password_is_initial = True
    user.save(update_fields=["password", "password_is_initial"])
    AccessAttempt.objects.filter(username=user.username).delete()
    with scopes_disabled():
        homes = list(Membership.objects.select_related("municipality", "user").filter(user=user))
    for home in homes:
        with scope(municipality=home.municipality):
            notice = notify(home, None, _TOLD)
            record(
                municipality=home.municipality,
                actor=None,
                action="初期パスワードの発行",
                target=home,
                sealed=[notice],
            )
