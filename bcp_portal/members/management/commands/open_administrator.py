"""Lets the operator open a town again whose last administrator cannot sign in."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.members.fields import NewUsernameField
from bcp_portal.members.operator import let_administrator_in
from bcp_portal.members.passwords import new_initial_password
from bcp_portal.members.services import add_member
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text_fields import CleanTextField


class Command(BaseCommand):
    help = (
        "サインインできなくなった団体管理者に初期パスワードを発行するか、新しい団体管理者を作り、"
        "初期パスワードを一度だけ表示します。操作記録に残り、本人にも知らせます。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="団体コード")
        parser.add_argument("username", help="団体管理者の利用者ID")
        parser.add_argument("--name", help="新しい団体管理者を作るときの氏名")

    def handle(self, *, code: str, username: str, name: str | None, **options: Any) -> None:
        municipality = Municipality.objects.filter(code=code).first()
        if municipality is None:
            raise CommandError(f"団体コード「{code}」の団体は登録されていません。")
        try:
            with scope(municipality=municipality):
                password = (
                    _new_one(municipality, username, name)
                    if name
                    else _known_one(municipality, username)
                )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"団体管理者\t{username}\t{password}")
        self.stdout.write(
            "初期パスワードは再び表示されません。本人に直接渡し、本人が最初のサインインで変更します。"
        )


def _known_one(municipality: Municipality, username: str) -> str:
    membership = Membership.objects.filter(user__username=username).first()
    if membership is None:
        raise DomainError(
            f"利用者ID「{username}」は{municipality}で使われていません。"
            "新しい団体管理者を作るときは、--name で氏名を指定してください。"
        )
    password = new_initial_password()
    let_administrator_in(membership=membership, initial_password=password)
    return password


def _new_one(municipality: Municipality, username: str, name: str) -> str:
    password = new_initial_password()
    add_member(
        municipality=municipality,
        actor=None,
        username=NewUsernameField().clean(username),
        initial_password=password,
        roles=[Role.ADMIN.value],
        department=None,
        name=CleanTextField().clean(name),
    )
    return password
