"""Lets the log keep the values of records that were written before it kept any."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django_scopes import scope

from bcp_portal.audit.proof_command import chosen_municipalities
from bcp_portal.audit.told_proofs import note_untold


class Command(BaseCommand):
    help = (
        "操作記録が値を控えていない行や設定について、今の値を操作記録に控えます。新しい版に更新した後に1度実行します。"
        "それより前に書き換えられた値は見つかりません。先に verify_audit で確かめてください。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", help="団体コード（省略するとすべての団体）")

    def handle(self, *, code: str | None, **options: Any) -> None:
        for municipality in chosen_municipalities(code):
            with scope(municipality=municipality), transaction.atomic():
                count = note_untold(municipality)
            self.stdout.write(
                f"{municipality.name}（{municipality.code}）: {count}件の値を控えました。"
            )
