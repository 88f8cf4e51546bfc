"""Finds what was altered, removed, inserted or reordered in an operation log behind its back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.db.models import Max
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.audit.chain import GENESIS, rows_digest
from bcp_portal.audit.emptied_entries import disposal_doubts
from bcp_portal.audit.entry_proofs import is_as_written
from bcp_portal.audit.models import ChainHead, Entry, ShownRow
from bcp_portal.audit.role_proofs import role_faults, untold_members
from bcp_portal.audit.told_proofs import verify_told
from bcp_portal.audit.witnesses import Witness, witnesses


@dataclass(frozen=True)
class Link:
    """The place and the digest of one entry: what the head keeps, and what paper can keep."""

    sequence: int
    digest: str


@dataclass(frozen=True)
class Fault:
    """Something wrong at one number of the log, with a Japanese sentence."""

    sequence: int
    sentence: str


@dataclass(frozen=True)
class LogExamination:
    """What the examination of one municipality's log found."""

    municipality: Municipality
    head: Link
    faults: list[Fault]
    untold_members: int = 0
    untold_records: int = 0


def verify(municipality: Municipality, *, noted: Link | None = None) -> LogExamination:
    """Examine the whole log; `noted` is a link written down earlier, outside the database.

    Without a noted link, a log that was rewritten together with its head passes.
    """
    with scope(municipality=municipality):
        head, highest = _head_and_highest()
        entries = Entry.objects.select_related("municipality", "actor").order_by("sequence")
        faults = list(chain_faults(entries.filter(sequence__lte=highest).iterator(), head))
        faults += [*shown_row_faults(highest), *_disposal_faults()]
        faults += witness_faults(witnesses())
        faults += [Fault(sequence, sentence) for sequence, sentence in role_faults()]
        if noted and not entries.filter(sequence=noted.sequence, digest=noted.digest).exists():
            sentence = f"{noted.sequence}番の記録が、控えておいた値と一致しません。"
            faults.append(Fault(noted.sequence, sentence))
        untold = untold_members()
        told = verify_told()
        faults += [Fault(sequence, sentence) for sequence, sentence in told.faults]
    return LogExamination(municipality, head, faults, untold, told.untold)


@transaction.atomic
def _head_and_highest() -> tuple[Link, int]:
    """Read both while no entry can be added; what is added later is not examined."""
    head = ChainHead.objects.select_for_update().first()
    highest = Entry.objects.aggregate(highest=Max("sequence"))["highest"] or 0
    return (Link(head.sequence, head.digest) if head else Link(0, GENESIS)), highest


def chain_faults(entries: Iterable[Entry], head: Link) -> Iterator[Fault]:
    """Walk the entries in the order of their numbers and yield every fault."""
    last = Link(0, GENESIS)
    for entry in entries:
        yield from _place_faults(entry, last)
        yield from _content_faults(entry)
        if entry.sequence > head.sequence:
            yield Fault(entry.sequence, f"{entry.sequence}番は末尾の後に挿入されています。")
        last = Link(entry.sequence, entry.digest)
    if last.sequence < head.sequence:
        first = last.sequence + 1
        yield Fault(first, f"{_range(first, head.sequence)}の記録が末尾から削除されています。")
    elif last.sequence == head.sequence and last.digest != head.digest:
        yield Fault(last.sequence, f"末尾の{last.sequence}番が差し替えられています。")


def shown_row_faults(highest: int) -> Iterator[Fault]:
    """Yield every entry up to a number whose list of shown rows is not the one it was written with."""
    rows = ShownRow.objects.filter(sequence__lte=highest).order_by("sequence", "pk")
    stored = {
        sequence: rows_digest([(row.row_type, row.row_uid, row.row_label) for row in them])
        for sequence, them in groupby(rows.iterator(), key=lambda row: row.sequence)
    }
    naming = Entry.objects.filter(sequence__lte=highest).exclude(shown_digest="")
    noted = dict(naming.values_list("sequence", "shown_digest"))
    for sequence in sorted(stored.keys() | noted.keys()):
        if stored.get(sequence) != noted.get(sequence):
            yield Fault(
                sequence,
                f"{sequence}番の「個人情報を見せた行」の一覧が記録の後に書き換えられています。",
            )


def witness_faults(noted: Sequence[Witness]) -> Iterator[Fault]:
    """Yield what others noted of the log, and it does not hold any more."""
    links = set(
        Entry.objects.filter(sequence__in={each.sequence for each in noted}).values_list(
            "sequence", "digest"
        )
    )
    is_empty = not Entry.objects.exists()
    for each in noted:
        if each.sequence and (each.sequence, each.digest) not in links:
            yield Fault(
                each.sequence,
                f"{each.sequence}番の記録が、{each.name}に控えてある値と一致しません。"
                "書き換え、削除、または記録全体の作り直しがあります。",
            )
    members = Membership.objects.exists()
    if is_empty and not noted and members:
        yield Fault(0, "利用者がいるのに、操作記録が1件もありません。記録全体が削除されています。")
    if is_empty and noted:
        yield Fault(
            0, f"{noted[0].name}があるのに、操作記録が1件もありません。記録全体が削除されています。"
        )


def _place_faults(entry: Entry, last: Link) -> Iterator[Fault]:
    number = entry.sequence
    if number > last.sequence + 1:
        first = last.sequence + 1
        yield Fault(first, f"{_range(first, number - 1)}の記録が削除されています。")
    elif entry.previous_digest != last.digest:
        yield Fault(
            number,
            f"{number}番が直前の記録とつながりません。挿入、並べ替え、または直前の書き換えがあります。",
        )


def _disposal_faults() -> Iterator[Fault]:
    yield from (Fault(sequence, sentence) for sequence, sentence in disposal_doubts())


def _content_faults(entry: Entry) -> Iterator[Fault]:
    if not is_as_written(entry):
        yield Fault(entry.sequence, f"{entry.sequence}番の内容が記録の後に書き換えられています。")


def _range(first: int, last: int) -> str:
    return f"{first}番" if first == last else f"{first}番から{last}番まで"
