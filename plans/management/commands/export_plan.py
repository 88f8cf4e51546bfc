"""Prints the plan of a municipality into a file, without a browser."""

import os
from argparse import ArgumentParser, BooleanOptionalAction
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.services import SeenRow, record
from bcp_portal.audit.viewing_log import SHOWING
from bcp_portal.ui.errors import DomainError
from plans.editions.models.edition_setting import PageNumbering
from plans.printing.options import Binding, PrintOptions
from plans.prints.print_jobs import print_plan

_SWITCHES = {
    "--new-sheets": "begin each part on a new sheet (with --binding double)",
    "--index-tabs": "put index tabs on the outer edge",
    "--large-print": "set the type 1.35 times as large",
    "--tagged": "tag the file for screen readers (PDF/UA-1)",
}


class Command(BaseCommand):
    """manage.py export_plan 152056 --out plan.pdf."""

    help = "Write the plan of a municipality as PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="6-digit code of the municipality")
        parser.add_argument("--out", type=Path, required=True, help="the file to write")
        parser.add_argument(
            "--with-personal", action="store_true", help="include personal telephone numbers"
        )
        parser.add_argument(
            "--numbering", choices=PageNumbering.values, default=PageNumbering.WHOLE.value
        )
        parser.add_argument(
            "--binding",
            choices=[binding.value for binding in Binding],
            default=Binding.NONE.value,
            help="single: wider margin on the left; double: mirrored for both sides",
        )
        parser.add_argument(
            "--part",
            action="append",
            default=[],
            metavar="ANCHOR",
            help="print only this chapter or annex, such as annex-17; may be given several times",
        )
        parser.add_argument(
            "--draft-mark",
            action=BooleanOptionalAction,
            default=True,
            help="print 「案」 across each page: what is exported is the working copy",
        )
        for option, text in _SWITCHES.items():
            parser.add_argument(option, action="store_true", help=text)

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = Municipality.objects.filter(code=options["code"]).first()
        if municipality is None:
            raise CommandError(f"団体コード{options['code']}の団体はありません。")
        shown: list[SeenRow] = []
        try:
            with scope(municipality=municipality):
                content = print_plan(
                    municipality,
                    with_personal=options["with_personal"],
                    numbering=options["numbering"],
                    options=_print_options(options),
                    on_progress=self._show,
                    note_shown=shown.extend,
                )
                if shown:
                    record(
                        municipality=municipality,
                        actor=None,
                        action=SHOWING,
                        note=f"計画のPDFの書き出し（運用者）（{len(shown)}行）",
                        shown=shown,
                    )
        except DomainError as error:
            raise CommandError(error.message) from error
        _write_private(options["out"], content)
        self.stdout.write(f"{options['out']}（{len(content):,}バイト）")

    def _show(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done}/{total}", ending="\n" if done == total else "")


def _print_options(options: dict[str, Any]) -> PrintOptions:
    return PrintOptions(
        binding=Binding(options["binding"]),
        parts=tuple(options["part"]),
        new_sheets=options["new_sheets"],
        index_tabs=options["index_tabs"],
        large_print=options["large_print"],
        draft_mark=options["draft_mark"],
        tagged=options["tagged"],
    )


def _write_private(path: Path, content: bytes) -> None:
    """Write a file, the whole of it or none, that only its owner can read: it may name people."""
    beside = path.with_name(f"{path.name}.part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise CommandError(f"{path}に書き込めません：{error.strerror}") from error
