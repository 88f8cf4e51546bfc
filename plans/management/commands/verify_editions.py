"""Lets an operator prove that nobody touched an issued edition, without reading it."""

from typing import Any

from bcp_portal.audit.proof_command import ProofCommand, chosen_municipalities, noted_link
from bcp_portal.audit.verification import Link
from plans.proofs.verification import verify_editions


class Command(ProofCommand):
    help = "発行した版が改ざんされていないことを確かめます。改ざんがあれば版を示し、終了コード1で終わります。"
    subject = "版"

    def handle(self, *, code: str | None, noted: str | None, **options: Any) -> None:
        link = noted_link(noted, code)
        place = (link.sequence, link.digest) if link else None
        verdicts = [verify_editions(each, noted=place) for each in chosen_municipalities(code)]
        for each in verdicts:
            self.report(each.municipality, Link(each.count, each.last), each.faults, each.notes)
        self.refuse([each.municipality for each in verdicts if each.faults])
