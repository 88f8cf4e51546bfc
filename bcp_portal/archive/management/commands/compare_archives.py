"""Lets an operator see that two archives say the same: before and after a move, for instance."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bcp_portal.archive.comparing import differences
from bcp_portal.ui.errors import DomainError


class Command(BaseCommand):
    help = (
        "2つのアーカイブを、行ごと、ファイルごとに比べます。違いがあれば終了コード1で終わります。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("first", type=Path, help="元のアーカイブ")
        parser.add_argument("second", type=Path, help="比べるアーカイブ")

    def handle(self, *, first: Path, second: Path, **options: Any) -> None:
        try:
            found = differences(first, second)
        except DomainError as error:
            raise CommandError(error.message) from error
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"{len(found)}か所が違います。", returncode=1)
        self.stdout.write("同じ内容です（後から加わった操作記録は比べません）。")
