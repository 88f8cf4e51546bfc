"""Lets the operator of an installation add a municipality and its first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from bcp_portal.members.fields import NewUsernameField
from bcp_portal.members.passwords import new_initial_password
from bcp_portal.members.services import open_municipality
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text_fields import CleanTextField


class Command(BaseCommand):
    help = "団体と最初の団体管理者を登録し、初期パスワードを一度だけ表示します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="団体コード（6桁の全国地方公共団体コード）")
        parser.add_argument("name", help="団体名")
        parser.add_argument("prefecture", help="都道府県")
        parser.add_argument("--admin-id", required=True, help="最初の団体管理者の利用者ID")
        parser.add_argument("--admin-name", required=True, help="最初の団体管理者の氏名")

    def handle(self, **options: Any) -> None:
        password = new_initial_password()
        try:
            membership = open_municipality(
                code=options["code"],
                name=CleanTextField().clean(options["name"]),
                prefecture=options["prefecture"],
                administrator_username=NewUsernameField().clean(options["admin_id"]),
                administrator_name=CleanTextField().clean(options["admin_name"]),
                initial_password=password,
            )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{membership.municipality}（{options['code']}）を登録しました。")
        self.stdout.write(f"団体管理者\t{membership.user.username}\t{password}")
        self.stdout.write(
            "初期パスワードは再び表示されません。本人が最初のサインインで変更します。"
        )
