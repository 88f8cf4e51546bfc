"""Says of lines that were held back what was shown, what is so now, and who changed it between."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils import timezone

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.audit.entry_proofs import chained, is_altered
from bcp_portal.audit.models import Entry as LogEntry
from bcp_portal.importing.changed_lines import HeldBack, new_namesakes
from bcp_portal.importing.check_result import CANCELLED
from bcp_portal.importing.import_outcome import (
    LABELS,
    CellProblem,
    ImportedCell,
    ImportLine,
    LineOutcome,
)
from bcp_portal.importing.line_form import WHOLE_LINE
from bcp_portal.importing.meanings import rows_meant, status_meant
from bcp_portal.ui.eras import format_date

WAS_CHANGE = "確かめたときは「{old}」を「{new}」にする変更でした。"
WAS_NEW = "確かめたときは「{new}」とする新しい行でした。"
WAS_NO_CHANGE = "確かめたときは、この項目の変更はありませんでした。"
IS_CHANGE = "今は「{old}」を「{new}」にする変更です。"
IS_NEW = "今は「{new}」とする新しい行です。"
IS_NO_CHANGE = "今は、この項目の変更はありません。"
WAS_HELD = "確かめたときは、印を付けるまで取り込まない項目でした。"
STILL = "確かめたときのまま、「{old}」を「{new}」にする変更です。"
WAS_LINE = "確かめたときは「{label}」の行でした。"
IS_LINE = "今は「{label}」の行です。"
REFUSED_NOW = "今は取り込めません。"
NAMES_ANOTHER = "書かれた名称が、確かめたときとは別の行を指すようになりました。"
ANOTHER_ROW = "確かめたときとは別の行を指すようになりました。"
WAS_CALLED = "確かめたときの行の名称は「{}」でした。"
IS_CALLED = "今は「{}」です。"
WAS_STATE = "確かめたときは「{}」の行になるところでした。"
IS_STATE = "今は「{}」の行になります。"
READS_ALIKE = "名称の似た行「{}」が、その間に登録されたか、その名称に変わりました。"
SAME_NAME = "確かめたときにはなかった、同じ名称の別の行「{}」が登録されています。"
OTHERWISE = "確かめたときと、登録される内容が変わりました。"
HANGS_TOGETHER = (
    "この行の内容は確かめたときのままですが、その間に変わった行（{}）と関わるため、一緒に止めました。"
    "そちらの行と一緒に確かめてください。"
)
CELL_CHANGED = "{when}に、{who}が「{before}」から「{after}」に変えました。"
ROW_ADDED = "{when}に、{who}が「{row}」の行を登録しました。"
ROW_DELETED = "{when}に、{who}が「{row}」の行を削除しました。"
ROW_CHANGED = (
    "{when}に、{who}が「{row}」の行の「{label}」を「{before}」から「{after}」に変えました。"
)
ALTERED = (
    "その間に変えた人は、操作記録（{number}番）が書き換えられているため、分かりません。"
    "システムの担当者に連絡してください。"
)
_ADDED, _DELETED = "追加", "削除"
_EMPTY = "（空欄）"
_MOST_TOLD = 3
_OF_STORED_ROWS = (LineOutcome.CHANGED, LineOutcome.UNCHANGED)


class SinceWords:
    """What was written since a check about the rows that held lines tell of."""

    def __init__(self, held: Sequence[HeldBack], log_at: int, date_style: str) -> None:
        """`log_at` is the number of the last entry of the log before the check that was shown."""
        self._style = date_style
        self._altered: set[int] = set()
        self._by_uid: dict[str, list[LogEntry]] = {}
        self._added: dict[tuple[str, str], list[LogEntry]] = {}
        if held:
            self._read(held, log_at)

    def waiting(self, held: HeldBack) -> ImportLine:
        """Return the entry of a line that is not taken before a person has looked at it again."""
        said = tuple(self._said(held))
        name = held.now.name or held.shown.name
        entry = ImportLine(held.now.sheet, held.now.code, held.now.row, LineOutcome.REFUSED, name)
        uid = held.now.uid or held.shown.uid
        cells = cells_to_choose(held)
        return replace(entry, uid=uid, problems=said, held=said, since=said, cells=cells)

    def _read(self, held: Sequence[HeldBack], log_at: int) -> None:
        kinds = {kind for each in held if (kind := _kind(each.shown.code))}
        wanted = {uid for each in held for uid in _uids(each)}
        since = chained(LogEntry.objects.filter(sequence__gt=log_at).order_by("sequence"))
        for entry in since:
            if is_altered(entry):
                self._altered.add(entry.sequence)
            if entry.target_uid in wanted:
                self._by_uid.setdefault(entry.target_uid, []).append(entry)
            if entry.action == _ADDED and entry.target_type in kinds:
                key = entry.target_type, entry.target_label
                self._added.setdefault(key, []).append(entry)

    def _said(self, held: HeldBack) -> Iterator[CellProblem]:
        if held.because:
            yield _of_line(HANGS_TOGETHER.format(_called(held.because)))
            found = [*self._of_cells(held)]
        else:
            found = [*self._of_whole_line(held), *self._of_cells(held)]
            found = found or [_of_line(OTHERWISE)]
        yield from found
        yield from _as_before(held, {problem.name for problem in found})

    def _of_whole_line(self, held: HeldBack) -> Iterator[CellProblem]:
        shown, now = held.shown, held.now
        if _is_another_row(shown, now):
            yield _of_line(ANOTHER_ROW + self._row(shown.uid) + self._row(now.uid))
        if _would_be(shown) is not _would_be(now):
            yield _of_line(self._outcome(held))
            yield from (p for p in now.problems if now.outcome is LineOutcome.REFUSED)
        elif shown.name != now.name:
            who = self._row(shown.uid)
            yield _of_line(WAS_CALLED.format(shown.name) + who + IS_CALLED.format(now.name))
        was, is_now = status_meant(shown), status_meant(now)
        if was and is_now and was != is_now:
            states = [RowStatus(each).label for each in (was, is_now)]
            who = self._row(now.uid)
            yield _of_line(WAS_STATE.format(states[0]) + who + IS_STATE.format(states[1]))
        if more := [name for name in now.alike if name not in shown.alike]:
            yield _of_line(READS_ALIKE.format("」「".join(more)))
        for uid, label in new_namesakes(shown, now):
            yield _of_line(SAME_NAME.format(label) + self._row(uid))

    def _outcome(self, held: HeldBack) -> str:
        shown, now = held.shown, held.now
        was = WAS_LINE.format(label=LABELS[_would_be(shown)])
        uids = dict.fromkeys([now.uid, shown.uid, *sorted(_named(shown) | _named(now))])
        who = "".join(self._row(uid) for uid in uids if uid) or self._namesake(held)
        who = "" if _is_another_row(shown, now) else who
        if now.outcome is LineOutcome.REFUSED:
            return was + who + REFUSED_NOW
        return was + who + IS_LINE.format(label=LABELS[_would_be(now)])

    def _of_cells(self, held: HeldBack) -> Iterator[CellProblem]:
        shown, now = held.shown, held.now
        was = {change.name: change for change in shown.changes}
        withheld = {cell.name for cell in now.withheld}
        is_now = {change.name: change for change in (*now.changes, *now.withheld)}
        if not is_now:
            return
        for name, either in (was | is_now).items():
            before, after = was.get(name), is_now.get(name)
            if before == after and name not in withheld:
                continue
            who, said = self._cell(held, name), _was(shown, before, name)
            said += who or "".join(p.reason for p in now.held if p.name == name)
            said += _is(now, after) if who or name not in withheld else ""
            yield CellProblem("", either.label, either.new, said, either.personal, name)
        yield from self._of_names(held, was, is_now)

    def _of_names(
        self,
        held: HeldBack,
        was: Mapping[str, ImportedCell],
        is_now: Mapping[str, ImportedCell],
    ) -> Iterator[CellProblem]:
        """Yield what to say of names that read as they did, and are those of other rows."""
        then, today = rows_meant(held.shown), rows_meant(held.now)
        for name in sorted(then.keys() & today.keys()):
            change = is_now.get(name)
            if then[name] == today[name] or change is None or was.get(name) != change:
                continue
            uids = sorted({*then[name][0], *then[name][1], *today[name][0], *today[name][1]})
            who = "".join(self._row(uid) for uid in uids)
            said = NAMES_ANOTHER + who
            yield CellProblem("", change.label, change.new, said, change.personal, name)

    def _cell(self, held: HeldBack, name: str) -> str:
        """Say who changed a cell last; "" where the log tells of nobody."""
        uid = held.now.uid or held.shown.uid
        for entry in reversed(self._by_uid.get(uid, [])):
            for change in entry.changes:
                if change["name"] == name and entry.action != _ADDED:
                    return self._by(entry, CELL_CHANGED, **_values(change))
        return ""

    def _row(self, uid: str) -> str:
        """Say what became of a row: added, deleted, called otherwise; "" where nothing did."""
        for entry in reversed(self._by_uid.get(uid, [])):
            if entry.action == _ADDED:
                return self._by(entry, ROW_ADDED)
            if entry.action == _DELETED:
                return self._by(entry, ROW_DELETED)
            for change in entry.changes:
                if change["name"] in _TELLING:
                    return self._by(entry, ROW_CHANGED, label=change["label"], **_values(change))
        return ""

    def _namesake(self, held: HeldBack) -> str:
        """Say who added a row of the name of a line that was shown as new."""
        found = self._added.get((_kind(held.shown.code), held.shown.name), [])
        return self._by(found[-1], ROW_ADDED) if found else ""

    def _by(self, entry: LogEntry, said: str, **words: str) -> str:
        if entry.sequence in self._altered:
            return ALTERED.format(number=entry.sequence)
        at = timezone.localtime(entry.at)
        when = f"{format_date(at.date(), self._style)} {at:%H時%M分}"
        return said.format(when=when, who=entry.actor_name, row=entry.target_label, **words)


def cells_to_choose(held: HeldBack) -> tuple[str, ...]:
    """Return the columns of a stored row that a person may take one by one; () where there is one."""
    now = held.now
    if now.outcome not in _OF_STORED_ROWS or _is_another_row(held.shown, now):
        return ()
    cells = (*now.changes, *now.withheld)
    names = tuple(dict.fromkeys(cell.name for cell in cells if cell.shown != CANCELLED))
    return names if len(names) > 1 else ()


_TELLING = ("name", "aliases", "row_status")


def _values(change: Mapping[str, str]) -> dict[str, str]:
    return {"before": change["before"] or _EMPTY, "after": change["after"] or _EMPTY}


def _as_before(held: HeldBack, told: Collection[str]) -> Iterator[CellProblem]:
    """Yield what to say of cells to choose from that are as they were shown."""
    choices = set(cells_to_choose(held)) - set(told)
    for cell in held.now.changes:
        if cell.name in choices:
            said = STILL.format(old=cell.old or _EMPTY, new=cell.new or _EMPTY)
            yield CellProblem("", cell.label, cell.new, said, cell.personal, cell.name)


def _is_another_row(shown: ImportLine, now: ImportLine) -> bool:
    return bool(shown.uid and now.uid) and shown.uid.lower() != now.uid.lower()


def _would_be(entry: ImportLine) -> LineOutcome:
    """Return the outcome of a line, were the cells that are not taken taken."""
    is_held = entry.outcome is LineOutcome.UNCHANGED and entry.withheld
    return LineOutcome.CHANGED if is_held else entry.outcome


def _was(shown: ImportLine, change: ImportedCell | None, name: str) -> str:
    if not shown.writes and shown.outcome is not LineOutcome.UNCHANGED:
        return ""
    if any(cell.name == name for cell in shown.withheld):
        return WAS_HELD
    if change is None:
        return WAS_NO_CHANGE
    said = WAS_NEW if shown.outcome is LineOutcome.NEW else WAS_CHANGE
    return said.format(old=change.old or _EMPTY, new=change.new or _EMPTY)


def _is(now: ImportLine, change: ImportedCell | None) -> str:
    if change is None:
        return IS_NO_CHANGE
    said = IS_NEW if now.outcome is LineOutcome.NEW else IS_CHANGE
    return said.format(old=change.old or _EMPTY, new=change.new or _EMPTY)


def _of_line(reason: str) -> CellProblem:
    return CellProblem("", WHOLE_LINE, "", reason)


def _called(entries: Sequence[ImportLine]) -> str:
    named = (f"シート「{each.sheet}」の{each.row}行目「{each.name}」" for each in entries)
    told = "、".join(name for name, _ in zip(named, range(_MOST_TOLD), strict=False))
    return told + ("など" if len(entries) > _MOST_TOLD else "")


def _named(entry: ImportLine) -> set[str]:
    return {uid for was, is_now in rows_meant(entry).values() for uid in was | is_now}


def _uids(held: HeldBack) -> Iterable[str]:
    own = {held.shown.uid.lower(), held.now.uid.lower()}
    own |= {uid for uid, _ in held.now.namesakes}
    return (own | _named(held.shown) | _named(held.now)) - {""}


def _kind(code: str) -> str:
    spec = registry.spec(code)
    return spec.model._meta.label_lower if spec else ""
