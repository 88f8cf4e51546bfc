"""Lets an operator prove that nobody touched the operation log, without reading it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from bcp_portal.audit.proofs import ProofCommand, chosen_municipalities
from bcp_portal.audit.verification import Link, verify


class Command(ProofCommand):
    help = "操作記録が改ざんされていないことを確かめます。改ざんがあれば番号を示し、終了コード1で終わります。"
    subject = "操作記録"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--noted",
            metavar="番号:値",
            help="以前に表示された末尾の「番号:値」。控えた後に記録全体を作り直していないことも確かめます。",
        )

    def handle(self, *, code: str | None, noted: str | None, **options: Any) -> None:
        if noted and not code:
            raise CommandError("--noted を使うときは団体コードを指定してください。")
        link = _link(noted) if noted else None
        verdicts = [verify(each, noted=link) for each in chosen_municipalities(code)]
        for each in verdicts:
            self.report(each.municipality, each.head, [fault.sentence for fault in each.faults])
        self.refuse([each.municipality for each in verdicts if each.faults])


def _link(noted: str) -> Link:
    sequence, separator, digest = noted.partition(":")
    if not separator or not (sequence.isascii() and sequence.isdigit()):
        raise CommandError("--noted は、表示された「番号:値」をそのまま指定してください。")
    return Link(int(sequence), digest)
