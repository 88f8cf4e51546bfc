"""Lets the operator prove to a new town, or to one with one administrator, who decides."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.members.decision_codes import VALID_FOR, issue_code


class Command(BaseCommand):
    help = "確認・承認をする人に渡す確認コードを発行し、一度だけ表示します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="団体コード")
        parser.add_argument("username", help="確認・承認をする人の利用者ID")

    def handle(self, **options: Any) -> None:
        municipality = Municipality.objects.filter(code=options["code"]).first()
        if municipality is None:
            raise CommandError(f"団体コード「{options['code']}」の団体は登録されていません。")
        with scope(municipality=municipality):
            membership = (
                Membership.objects.select_related("user", "municipality")
                .filter(user__username=options["username"], is_active=True)
                .first()
            )
            if membership is None:
                raise CommandError(
                    f"利用者ID「{options['username']}」は{municipality}で使われていません。"
                )
            code = issue_code(membership=membership, actor=None)
        hours = int(VALID_FOR.total_seconds() // 3600)
        self.stdout.write(f"{membership.user}（{membership.user.username}）の確認コード\t{code}")
        self.stdout.write(
            f"{hours}時間のうちに一度だけ使えます。利用者を設定した人を通さず、本人に直接渡してください。"
        )
