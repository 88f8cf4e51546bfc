"""Removes what nobody needs any more; the worker does it once a night without being asked."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bcp_portal.accounts.models import Municipality
from bcp_portal.jobs.housekeeping.nightly_run import BusyError, keep_house


class Command(BaseCommand):
    """Done by the worker every night; by hand after a disk ran full, or without a worker."""

    help = "期限の過ぎた印刷・取り込み・下書き・ファイルなどを取り除きます。"

    def handle(self, *args: Any, **options: Any) -> None:
        # A database that is not there is told before a folder is made where it should be.
        Municipality.objects.exists()
        try:
            report = keep_house()
        except BusyError as error:
            raise CommandError(
                "ほかの処理が整理の途中です。終わってから実行してください。"
            ) from error
        for code in sorted(report.removed):
            if report.removed[code]:
                self.stdout.write(f"{code or '全体'}: {report.sentence(code)}")
        if not any(report.removed.values()):
            self.stdout.write("取り除くものはありませんでした。")
