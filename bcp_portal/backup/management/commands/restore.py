"""Lets an operator put a backup onto a bare machine, or make sure that it can be read."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from bcp_portal.backup.loading import Contents, read_through, restore_backup
from bcp_portal.backup.passphrase import known_passphrase
from bcp_portal.backup.restore_proof import town_faults
from bcp_portal.ui.errors import DomainError

FAULTY = "復元しましたが、{count}か所がバックアップの時と違うか、確かめられません。上の行を見てください。"


class Command(BaseCommand):
    help = (
        "backup で作ったファイルを、同じ種類の空のデータベースと空のデータのフォルダーに復元し、"
        "元と同じであることを確かめます。"
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="バックアップのファイル")
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            help="パスフレーズを書いたファイル（省略すると端末で入力します）",
        )
        parser.add_argument(
            "--check-only", action="store_true", help="復元せず、最後まで読めることだけを確かめます"
        )

    def handle(self, *, file: Path, passphrase_file: Path | None, **options: Any) -> None:
        try:
            passphrase = known_passphrase(passphrase_file)
            if options["check_only"]:
                self._say_what_is_in(read_through(file, passphrase))
                return
            faults = restore_backup(file, passphrase, say=self.stdout.write)
        except DomainError as error:
            raise CommandError(error.message) from error
        except OperationalError as error:
            raise CommandError(f"データベースを使えません: {error}") from error
        except OSError as error:
            raise CommandError(f"「{error.filename or file}」: {error.strerror}") from error
        self._prove(faults)

    def _say_what_is_in(self, contents: Contents) -> None:
        rows, files = sum(contents.end["tables"].values()), contents.end["files"]
        self.stdout.write(
            f"{contents.begin['made_at']} のバックアップ（{rows:,}行、{files:,}ファイル）を最後まで読めました。"
        )
        for code, end in contents.end["log_ends"].items():
            self.stdout.write(f"{code} 操作記録の末尾 {end}")

    def _prove(self, faults: list[str]) -> None:
        for fault in faults:
            self.stdout.write(fault)
        if not faults:
            self.stdout.write("表の行数、操作記録の末尾、全てのファイルのSHA-256は、元と同じです。")
        count = len(faults)
        for town, found in town_faults():
            for fault in found:
                self.stdout.write(f"{town}: {fault}")
            if not found:
                self.stdout.write(f"{town}: 操作記録と版に改ざんはありません。")
            count += len(found)
        if count:
            raise CommandError(FAULTY.format(count=count), returncode=1)
