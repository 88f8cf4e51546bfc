"""Shows with which accounts the sample municipality can be tried."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bcp_portal.accounts.demo import DEMO_PASSWORD, existing_demo_memberships


class Command(BaseCommand):
    help = "見本の団体の利用者を、1行に1人（役割・利用者ID・パスワード・氏名・団体）表示します。"

    def handle(self, **options: Any) -> None:
        existing = existing_demo_memberships()
        if not existing:
            raise CommandError(
                "見本の利用者はありません。先に load_sample で見本の団体を読み込んでください。"
            )
        for account, membership in existing:
            known = membership.user.check_password(DEMO_PASSWORD)
            password = DEMO_PASSWORD if known else "（変更済み）"
            self.stdout.write(
                "\t".join(
                    [
                        str(account.role.label),
                        account.username,
                        password,
                        account.display_name,
                        f"{membership.municipality.name}（{membership.municipality.code}）",
                    ]
                )
            )
