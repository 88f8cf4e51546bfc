"""Lets an operator prove that nobody touched the operation log, without reading it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.verification import Link, Verdict, verify

SHOWN_FAULTS = 20


class Command(BaseCommand):
    help = "操作記録が改ざんされていないことを確かめます。改ざんがあれば番号を示し、終了コード1で終わります。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", help="団体コード（省略するとすべての団体）")
        parser.add_argument(
            "--noted",
            metavar="番号:値",
            help="以前に表示された末尾の「番号:値」。控えた後に記録全体を作り直していないことも確かめます。",
        )

    def handle(self, *, code: str | None, noted: str | None, **options: Any) -> None:
        if noted and not code:
            raise CommandError("--noted を使うときは団体コードを指定してください。")
        link = _link(noted) if noted else None
        verdicts = [verify(each, noted=link) for each in _municipalities(code)]
        for verdict in verdicts:
            self._report(verdict)
        broken = [verdict.municipality for verdict in verdicts if verdict.faults]
        if broken:
            names = "、".join(f"{each.name}（{each.code}）" for each in broken)
            raise CommandError(f"操作記録に改ざんがあります: {names}", returncode=1)

    def _report(self, verdict: Verdict) -> None:
        name = f"{verdict.municipality.name}（{verdict.municipality.code}）"
        if not verdict.faults:
            head = verdict.head
            self.stdout.write(f"{name}: {head.sequence}件の操作記録に改ざんはありません。")
            self.stdout.write(f"  末尾 {head.sequence}:{head.digest}")
            return
        for fault in verdict.faults[:SHOWN_FAULTS]:
            self.stdout.write(f"{name}: {fault.sentence}")
        if len(verdict.faults) > SHOWN_FAULTS:
            self.stdout.write(f"{name}: ほかに{len(verdict.faults) - SHOWN_FAULTS}か所あります。")


def _municipalities(code: str | None) -> list[Municipality]:
    if code is None:
        return list(Municipality.objects.all())
    found = list(Municipality.objects.filter(code=code))
    if not found:
        raise CommandError(f"団体コード「{code}」の団体は登録されていません。")
    return found


def _link(noted: str) -> Link:
    sequence, separator, digest = noted.partition(":")
    if not separator or not (sequence.isascii() and sequence.isdigit()):
        raise CommandError("--noted は、表示された「番号:値」をそのまま指定してください。")
    return Link(int(sequence), digest)
