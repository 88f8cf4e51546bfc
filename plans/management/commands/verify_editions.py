"""Lets an operator prove that nobody touched an issued edition, without reading it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bcp_portal.accounts.models import Municipality
from plans.editions.verification import EditionVerdict, verify_editions

SHOWN_FAULTS = 20


class Command(BaseCommand):
    help = "発行した版が改ざんされていないことを確かめます。改ざんがあれば版を示し、終了コード1で終わります。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", help="団体コード（省略するとすべての団体）")

    def handle(self, *, code: str | None, **options: Any) -> None:
        verdicts = [verify_editions(each) for each in _municipalities(code)]
        for verdict in verdicts:
            self._report(verdict)
        broken = [_name(verdict) for verdict in verdicts if verdict.faults]
        if broken:
            raise CommandError(f"版に改ざんがあります: {'、'.join(broken)}", returncode=1)

    def _report(self, verdict: EditionVerdict) -> None:
        name = _name(verdict)
        if not verdict.faults:
            self.stdout.write(f"{name}: {verdict.count}件の版に改ざんはありません。")
            self.stdout.write(f"  末尾 {verdict.count}:{verdict.last}")
            return
        for fault in verdict.faults[:SHOWN_FAULTS]:
            self.stdout.write(f"{name}: {fault}")
        if len(verdict.faults) > SHOWN_FAULTS:
            self.stdout.write(f"{name}: ほかに{len(verdict.faults) - SHOWN_FAULTS}か所あります。")


def _name(verdict: EditionVerdict) -> str:
    return f"{verdict.municipality.name}（{verdict.municipality.code}）"


def _municipalities(code: str | None) -> list[Municipality]:
    if code is None:
        return list(Municipality.objects.all())
    found = list(Municipality.objects.filter(code=code))
    if not found:
        raise CommandError(f"団体コード「{code}」の団体は登録されていません。")
    return found
