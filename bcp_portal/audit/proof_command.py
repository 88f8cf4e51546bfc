"""What the commands have in common that prove to an operator that nothing was altered."""

from argparse import ArgumentParser
from collections.abc import Sequence

from django.core.management.base import BaseCommand, CommandError

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.verification import Link

SHOWN_FAULTS = 20


class ProofCommand(BaseCommand):
    """Examines what one or all municipalities have of `subject`; exit status 1 names the broken."""

    subject = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", help="団体コード（省略するとすべての団体）")

        parser.add_argument(
            "--noted",
            metavar="番号:値",
            help="以前に表示された末尾の「番号:値」。控えた後に全体を作り直していないことも確かめます。",
        )

    def report(
        self,
        municipality: Municipality,
        end: Link,
        faults: Sequence[str],
        notes: Sequence[str] = (),
    ) -> None:
        """Say what is wrong, or the end of the chain for those who note it on paper."""
        name = _name(municipality)
        for note in notes:
            self.stdout.write(f"{name}: {note}")
        if not faults:
            self.stdout.write(f"{name}: {end.sequence}件の{self.subject}に改ざんはありません。")
            self.stdout.write(f"  末尾 {end.sequence}:{end.digest}")
            return
        for fault in faults[:SHOWN_FAULTS]:
            self.stdout.write(f"{name}: {fault}")
        if len(faults) > SHOWN_FAULTS:
            self.stdout.write(f"{name}: ほかに{len(faults) - SHOWN_FAULTS}か所あります。")

    def refuse(self, broken: Sequence[Municipality]) -> None:
        """Raise CommandError if there is any."""
        if broken:
            names = "、".join(map(_name, broken))
            raise CommandError(f"{self.subject}に改ざんがあります: {names}", returncode=1)


def chosen_municipalities(code: str | None) -> list[Municipality]:
    """Return the one of this code, or all; CommandError when there is none."""
    if code is None:
        return list(Municipality.objects.all())
    found = list(Municipality.objects.filter(code=code))
    if not found:
        raise CommandError(f"団体コード「{code}」の団体は登録されていません。")
    return found


def noted_link(noted: str | None, code: str | None) -> Link | None:
    """Read what was written down of the end of a chain; CommandError when it is none."""
    if not noted:
        return None
    if not code:
        raise CommandError("--noted を使うときは団体コードを指定してください。")
    sequence, separator, digest = noted.partition(":")
    if not separator or not (sequence.isascii() and sequence.isdigit()):
        raise CommandError("--noted は、表示された「番号:値」をそのまま指定してください。")
    return Link(int(sequence), digest)


def _name(municipality: Municipality) -> str:
    return f"{municipality.name}（{municipality.code}）"
