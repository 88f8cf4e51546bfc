"""Lets an operator write everything of a municipality into one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bcp_portal.accounts.models import Municipality
from bcp_portal.archive.services import save_archive
from bcp_portal.ui.errors import DomainError


class Command(BaseCommand):
    help = "団体の全てのデータを1つのアーカイブ（.zip）に書き出します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="団体コード（6桁）")
        parser.add_argument("--out", type=Path, required=True, help="書き出すファイル（.zip）")

    def handle(self, *, code: str, out: Path, **options: Any) -> None:
        municipality = Municipality.objects.filter(code=code).first()
        if municipality is None:
            raise CommandError(f"団体コード「{code}」の団体は登録されていません。")
        try:
            manifest = save_archive(municipality, out)
        except FileExistsError as error:
            raise CommandError(f"「{out}」はすでにあります。別の名前にしてください。") from error
        except OSError as error:
            raise CommandError(f"「{out}」に書けません: {error.strerror}") from error
        except DomainError as error:
            raise CommandError(error.message) from error
        for name in manifest.lost_files:
            self.stderr.write(f"保管場所から失われていたファイル: {name}")
        files = sum(path.startswith("files/") for path in manifest.members)
        rows = sum(manifest.rows.values())
        self.stdout.write(
            f"{municipality}（{code}）の{rows:,}行、{files:,}ファイルを{out}に書き出しました。"
        )
        self.stdout.write("個人の情報と操作記録を含みます。暗号化した媒体に保管してください。")
