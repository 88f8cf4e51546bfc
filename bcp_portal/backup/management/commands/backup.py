"""Lets an operator, or a timer, write the whole installation into one encrypted file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from bcp_portal.backup.passphrase import new_passphrase
from bcp_portal.backup.saving import save_backup
from bcp_portal.ui.errors import DomainError


class Command(BaseCommand):
    help = (
        "データベース、ファイル、秘密の値を、パスフレーズで暗号化した1つのファイルに書き出します。"
        "利用者は作業を続けられます。"
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--out",
            type=Path,
            required=True,
            help="書き出すファイル。フォルダーを指定すると、日時の名前（bcp-年月日-時分秒.bcpbackup）を付けます",
        )
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            help="パスフレーズを書いたファイル（省略すると端末で入力します）",
        )

    def handle(self, *, out: Path, passphrase_file: Path | None, **options: Any) -> None:
        if out.is_dir():
            out = out / f"bcp-{timezone.localtime():%Y%m%d-%H%M%S}.bcpbackup"
        try:
            saved = save_backup(out, new_passphrase(passphrase_file))
        except DomainError as error:
            raise CommandError(error.message) from error
        except OperationalError as error:
            raise CommandError(f"データベースを読めません: {error}") from error
        except OSError as error:
            raise CommandError(f"「{out}」に書き出せません: {error.strerror}") from error
        for name in saved.lost_files:
            self.stderr.write(f"データベースにあり、保管場所にないファイル: {name}")
        rows = sum(saved.tables.values())
        self.stdout.write(f"{rows:,}行、{saved.files:,}ファイルを{out}に書き出し、読み直しました。")
        for code, end in saved.log_ends.items():
            self.stdout.write(f"{code} 操作記録の末尾 {end}")
