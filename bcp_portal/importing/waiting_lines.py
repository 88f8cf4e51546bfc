"""What is left of an import when some of its lines were saved and others must be looked at again."""

from collections.abc import Sequence
from dataclasses import replace

from bcp_portal.importing.changed_line_texts import SinceWords
from bcp_portal.importing.changed_lines import ImportComparison
from bcp_portal.importing.check_result import CheckedFile
from bcp_portal.importing.import_outcome import ImportLine, LineOutcome, digest_of
from bcp_portal.importing.models import ImportJob
from bcp_portal.importing.requests import entries_of
from bcp_portal.importing.standins import Place
from bcp_portal.ui.errors import DomainError

LOST = (
    "前の回に登録した行の記録を読めないため、残りの行を取り込めません。この回は何も登録していません。"
    "残りの行だけのファイルを選び直してください。"
)
SAVED = "{}行を登録しました。"
SAVED_NONE = "この回に登録した行はありません。"
HELD = "{}行は、確かめていただいてから登録するまでの間に変わったため、まだ登録していません。"
HELD_TOGETHER = "{}行は、その間に変わった行と関わるため、一緒に止めました。"
LOOK_AGAIN = "「確かめてほしい行」で、1行ずつ、もう一度お確かめください。"
SAME_NOW = "{}行は、取り込むはずの項目がその間にファイルと同じ値になったため、登録するものがありませんでした。"


def shown_entries(job: ImportJob) -> list[ImportLine]:
    """Return the entries that were shown; none where what is kept of them is not what was shown.

    Raises DomainError where that leaves open which lines were saved before.
    """
    entries = list(entries_of(job, personal=True))
    if digest_of(entries) == job.summary.get("digest"):
        return entries
    if job.is_partly_saved:
        raise DomainError(LOST)
    return []


def waiting_entries(job: ImportJob, shown: Sequence[ImportLine]) -> dict[Place, ImportLine]:
    """Return the lines that wait until a person says that they are meant, and what is said of them."""
    return {
        entry.place: replace(
            entry,
            outcome=LineOutcome.REFUSED,
            changes=(),
            alike=(),
            namesakes=(),
            meant=(),
            withheld=(),
            problems=entry.since,
            held=entry.since,
        )
        for entry in shown
        if entry.since and not entry.settled and entry.key not in job.confirmed
    }


def keep_since(checked: CheckedFile, shown: Sequence[ImportLine]) -> None:
    """Let lines that are meant nevertheless still say why they were held back."""
    before = {entry.place: entry for entry in shown if entry.since}
    entries = checked.plan.entries
    for place, entry in enumerate(entries):
        if waited := before.get(entry.place):
            entries[place] = replace(entry, since=waited.since, cells=waited.cells)


def tell_held(job: ImportJob, compared: ImportComparison) -> None:
    """Say of the lines held back what was shown, what is so now, and who changed it."""
    words = SinceWords(compared.held, job.summary.get("log_at", 0), job.municipality.date_style)
    for held in compared.held:
        compared.checked.plan.entries[held.place] = words.waiting(held)


def after_saving(compared: ImportComparison) -> list[ImportLine]:
    """Return the entries after saving: while lines wait, the others are settled."""
    entries = compared.checked.plan.entries
    if not compared.held:
        return [replace(entry, settled=False) for entry in entries]
    rows = {_row(entry) for entry in entries if entry.waits and entry.uid}
    return [
        # Other lines of a row that waits, told together with it, are looked at with it.
        entry
        if entry.waits or (not entry.writes and _row(entry) in rows)
        else replace(entry, settled=True)
        for entry in entries
    ]


def keep_confirmed(job: ImportJob, entries: Sequence[ImportLine]) -> None:
    """Let only those lines be confirmed that are open and need not be confirmed again."""
    open_keys = {entry.key for entry in entries if not entry.settled and not entry.waits}
    job.confirmed = [key for key in job.confirmed if key in open_keys]
    job.spared = {key: names for key, names in job.spared.items() if key in open_keys}


def closing(compared: ImportComparison) -> str:
    """Return what became of the lines, in numbers; "" where all were saved as they were shown."""
    saved = len(compared.checked.writes)
    together = sum(bool(held.because) for held in compared.held)
    changed = len(compared.held) - together
    said = HELD.format(changed) if changed else ""
    said += HELD_TOGETHER.format(together) if together else ""
    said += LOOK_AGAIN if compared.held else ""
    if compared.same_now:
        said += SAME_NOW.format(compared.same_now)
    first = SAVED.format(saved) if saved else SAVED_NONE
    return first + said if said or not saved else ""


def _row(entry: ImportLine) -> tuple[str, str]:
    return entry.code, entry.uid.lower()
