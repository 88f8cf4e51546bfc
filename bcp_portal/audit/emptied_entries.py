"""Says, wherever something is told from the log, that older entries may be missing there."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Max

from bcp_portal.audit.disposal import disposal_faults, husks_digest
from bcp_portal.audit.models import Disposal, Entry
from bcp_portal.audit.seal_proofs import kind_faults
from bcp_portal.audit.told_proofs import DELETED
from bcp_portal.ui.eras import fiscal_year, format_fiscal_year

LOG, SIGN_IN = "log", "sign-in"
GAP = (
    "{year}までの操作記録のうち、見た人、書き出し、印刷、サインインなどの記録と、今はない行や文の記録は、"
    "保存年限が過ぎたため内容を廃棄しました。そのため、ここに出ないものがあるかもしれません。"
)


def gap_in_log(style: str) -> str:
    """Return what to say beside an answer from the log of the municipality in scope (Japanese).

    "" where nothing of it was disposed of, so that the answer is complete. One query.
    """
    disposals = Disposal.objects.filter(kind__in=(LOG, SIGN_IN)).values_list("items", flat=True)
    last = max((item["closed_on"] for items in disposals for item in items), default="")
    if not last:
        return ""
    return GAP.format(year=format_fiscal_year(fiscal_year(date.fromisoformat(last)), style))


def disposal_doubts() -> Iterator[tuple[int, str]]:
    """Yield number and sentence for what was emptied, or altered after it, without a record that says so."""
    disposals = Disposal.objects.exclude(husks_sha256="").values_list("number", "husks_sha256")
    yield from disposal_faults(dict(disposals))
    yield from ((0, sentence) for sentence in kind_faults(Disposal))


class EmptiedEntries:
    """Tells of entries that say nothing any more whether the record of a disposal bears it out.

    What it found of a disposal is kept, so that a page asks once for each.
    """

    def __init__(self) -> None:
        self._in_doubt: dict[int, bool] = {}

    def are_in_doubt(self, entry: Entry) -> bool:
        """Tell whether the entry was emptied without a disposal, or altered with others after it."""
        number = entry.disposed_in
        if not number:
            return False
        if number not in self._in_doubt:
            self._in_doubt[number] = _is_in_doubt(number)
        return self._in_doubt[number]


def _is_in_doubt(number: int) -> bool:
    noted = Disposal.objects.filter(number=number).values_list("husks_sha256", flat=True).first()
    left = husks_digest(Entry.objects.filter(disposed_in=number))
    return noted != left or bool(kind_faults(Disposal))


def last_deletion_disposed_of() -> datetime | None:
    """Return when the last row was deleted of which the log does not tell any more what it was called."""
    deleted = Entry.objects.filter(action=DELETED).exclude(disposed_in=0)
    found: datetime | None = deleted.aggregate(last=Max("at"))["last"]
    return found
