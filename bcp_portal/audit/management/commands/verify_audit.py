"""Lets an operator prove that nobody touched the operation log, without reading it."""

from typing import Any

from bcp_portal.audit.proof_command import ProofCommand, chosen_municipalities, noted_link
from bcp_portal.audit.verification import verify

UNTOLD = "  役割の記録が操作記録にない利用者が{count}人います。その役割は確かめられません。"
UNTOLD_VALUES = (
    "  値の控えが操作記録にない行や設定が{count}件あります。その値は確かめられません"
    "（note_values で、今の値から控え始められます）。"
)


class Command(ProofCommand):
    help = "操作記録が改ざんされていないことを確かめます。改ざんがあれば番号を示し、終了コード1で終わります。"
    subject = "操作記録"

    def handle(self, *, code: str | None, noted: str | None, **options: Any) -> None:
        link = noted_link(noted, code)
        verdicts = [verify(each, noted=link) for each in chosen_municipalities(code)]
        for each in verdicts:
            self.report(each.municipality, each.head, [fault.sentence for fault in each.faults])
            if each.untold_members:
                self.stdout.write(UNTOLD.format(count=each.untold_members))
            if each.untold_records:
                self.stdout.write(UNTOLD_VALUES.format(count=each.untold_records))
        self.refuse([each.municipality for each in verdicts if each.faults])
