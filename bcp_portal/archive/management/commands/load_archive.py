"""Lets an operator load the archive of a municipality that this installation does not have."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bcp_portal.archive.loading import load_archive
from bcp_portal.archive.services import open_to_administrator
from bcp_portal.ui.errors import DomainError


class Command(BaseCommand):
    help = "団体のアーカイブを、その団体のない環境に読み込みます。全て読み込むか、何も登録しないかのどちらかです。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="アーカイブ（.zip）")
        parser.add_argument(
            "--join-accounts",
            action="store_true",
            help="この環境にある同じ利用者IDの利用者を、同じ人として使います",
        )
        parser.add_argument(
            "--accept-faults",
            action="store_true",
            help="操作記録や版に改ざん・欠けがあっても読み込みます",
        )
        parser.add_argument("--admin-id", help="初期パスワードを発行する団体管理者の利用者ID")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            municipality = load_archive(
                file,
                join_accounts=options["join_accounts"],
                accept_faults=options["accept_faults"],
                on_step=self.stdout.write,
            )
            opened = open_to_administrator(municipality, username=options["admin_id"])
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{municipality}（{municipality.code}）を読み込みました。")
        if opened is None:
            self.stdout.write("有効な団体管理者がいないため、初期パスワードは発行していません。")
            return
        self.stdout.write(f"団体管理者\t{opened.username}\t{opened.password}")
        self.stdout.write("ほかの利用者の初期パスワードは、団体管理者が画面で発行します。")
