"""Decides which table each sheet of a file goes to, and which column each of its columns is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from bcp_portal.annex.excel.instruction_sheets import COLUMNS_SHEET, GUIDE_SHEET
from bcp_portal.audit.emptied_entries import last_deletion_disposed_of
from bcp_portal.importing import passed_on_heads
from bcp_portal.importing.assignment import Assignment, Export
from bcp_portal.importing.heading import (
    Head,
    find_head,
    head_at,
    label_key,
    likely_head,
    marked_code,
    match_columns,
    own_head,
    stamp_of,
)
from bcp_portal.importing.import_outcome import SheetReport
from bcp_portal.importing.measuring_units import MONEY_UNITS
from bcp_portal.importing.next_table import next_table, words_of
from bcp_portal.importing.odd_shapes import shape_of
from bcp_portal.importing.own_heads import WHAT_TO_DO, why_unclear
from bcp_portal.importing.passed_on_heads import why_asked
from bcp_portal.importing.sources import SourceFile, SourceSheet
from bcp_portal.importing.tables_beside import NeighbourTable, head_without, tables_beside, without
from bcp_portal.importing.targets import (
    ImportTarget,
    is_numbered,
    likely_target,
    numbered_otherwise,
)

_OWN_OTHER_SHEETS = (GUIDE_SHEET, COLUMNS_SHEET)
TOO_OLD = (
    "書き出した後に削除された行の操作記録が保存年限により廃棄されていて、名称がどの行を指していたかを"
    "確かめられないため、取り込みません。今の一覧を書き出し直して、それに書き写してください。"
)
A_GUIDE = "説明のシートのため、取り込みません。"
ANOTHER_NUMBER = (
    "シートの名前か表の題に「{}」とあるため、{}としては取り込みません。その様式の画面か"
    "「まとめて取り込む」から取り込むか、シートの名前と題を直してください。"
)
CONSTANT = "*"
Remembered = Mapping[str, Mapping[str, str]]
"""By the code of a table: the name of the column, or '' for none, by the key of a label.

Behind * and the name of a column stands what every line gets where a sheet has no such column.
"""


@dataclass
class Assigned:
    """The sheets of a file that are taken, and what is said about those that are not."""

    taken: list[Assignment] = field(default_factory=list)
    left: list[SheetReport] = field(default_factory=list)

    def reports(self) -> list[SheetReport]:
        return [*(each.report() for each in self.taken), *self.left]

    @property
    def is_clear(self) -> bool:
        """Tell whether the file can be checked without asking the person for the columns."""
        return bool(self.taken) and all(
            each.head.is_ours or not (each.missing or each.is_money_unclear) for each in self.taken
        )


def assign(
    file: SourceFile,
    targets: Mapping[str, ImportTarget],
    *,
    remembered: Remembered,
    wanted_code: str = "",
    by_hand: Mapping[str, Mapping[str, Any]] | None = None,
) -> Assigned:
    """Assign every sheet; `by_hand` are decisions of the person by the name of the sheet.

    With `wanted_code` the file was given for this one table, and other tables are left out.
    """
    assigned = Assigned()
    for sheet in file.sheets:
        choice = (by_hand or {}).get(sheet.name)
        if choice is not None:
            found = _by_hand(sheet, choice, targets)
        elif file.identity and sheet.name in _OWN_OTHER_SHEETS:
            assigned.left.append(SheetReport(sheet.name, note=A_GUIDE, exported=True))
            continue
        else:
            identity = identity_of(file, sheet)
            found = _by_itself(sheet, targets, remembered, wanted_code, identity)
        if isinstance(found, Assignment):
            assigned.taken.append(found)
        else:
            assigned.left.append(SheetReport(sheet.name, note=found))
    if not by_hand:
        _keep_the_fitting(assigned)
    words = words_of(column for target in targets.values() for column in target.wanted)
    assigned.taken = [
        _without_strange_uids(_ended(replace(each, export=export_of(file, each)), words), file)
        for each in assigned.taken
    ]
    _leave_the_unprovable(assigned)
    return assigned


def _leave_the_unprovable(assigned: Assigned) -> None:
    """Leave out sheets that are older than what was disposed of: nothing says what their names meant."""
    last = last_deletion_disposed_of()
    kept = []
    for each in assigned.taken:
        if last and each.export and each.export.says_when and each.export.since <= last:
            assigned.left.append(SheetReport(each.source.name, note=TOO_OLD, exported=True))
        else:
            kept.append(each)
    assigned.taken = kept


def identity_of(file: SourceFile, sheet: SourceSheet) -> Mapping[str, str]:
    """Return what is said of the origin of a sheet: by itself, as sheets are put into other books."""
    return stamp_of(sheet) or file.identity


def export_of(file: SourceFile, assignment: Assignment) -> Export | None:
    """Return when this program wrote a sheet; None for one that it did not write."""
    identity, earliest = identity_of(file, assignment.source), datetime.min.replace(tzinfo=UTC)
    if identity.get("frozen"):
        return Export(earliest, frozen=True)
    if made_at := made_at_of(identity):
        return Export(made_at)
    is_own = assignment.head.names or marked_code(assignment.source)
    return Export(earliest, undated=True) if is_own else None


def made_at_of(identity: Mapping[str, str]) -> datetime | None:
    """Return when this program wrote what is stored today; None where nothing says so."""
    try:
        made_at = datetime.fromisoformat("" if identity.get("frozen") else identity["made_at"])
    except (KeyError, ValueError):
        return None
    return timezone.make_aware(made_at) if timezone.is_naive(made_at) else made_at


def is_from_elsewhere(identity: Mapping[str, str], municipality_code: str) -> bool:
    """Tell whether this program wrote what is said so of for another municipality."""
    return identity.get("municipality", "") not in ("", municipality_code)


def _without_strange_uids(assignment: Assignment, file: SourceFile) -> Assignment:
    """Read a sheet of another municipality as a town's own sheet: no uid of it is known here."""
    identity = identity_of(file, assignment.source)
    if not is_from_elsewhere(identity, assignment.target.sheet.municipality.code):
        return assignment
    return replace(assignment, head=replace(assignment.head, uid_column=0, code=""), export=None)


def _ended(assignment: Assignment, words: Collection[str]) -> Assignment:
    if assignment.head.is_ours:
        return assignment
    return replace(assignment, ends_before=next_table(assignment.source, assignment.head, words))


def _keep_the_fitting(assigned: Assigned) -> None:
    """Where one sheet has all a new row must have, leave out those that merely look like it."""
    fitting = {each.target.code for each in assigned.taken if each.head.is_ours or not each.missing}
    kept = []
    for each in assigned.taken:
        if each.target.code in fitting and each.missing and not each.head.is_ours:
            note = f"必要な項目（{'、'.join(each.missing)}）がないため、取り込みません。"
            assigned.left.append(SheetReport(each.source.name, note=note))
        else:
            kept.append(each)
    assigned.taken = kept


def _by_itself(
    sheet: SourceSheet,
    targets: Mapping[str, ImportTarget],
    remembered: Remembered,
    wanted_code: str,
    identity: Mapping[str, str],
) -> Assignment | str:
    code = marked_code(sheet)
    if why_left := _why_left(sheet, code, wanted_code, targets):
        return why_left
    target = _target(sheet, code or wanted_code, targets)
    if target is None:
        return f"どの様式の表か分からないため、取り込みません。{odd_shape(sheet, targets.values())}"
    if not code and (odd := shape_of(sheet, target.wanted)):
        return odd
    head = _head_by_itself(sheet, code, target, remembered)
    if head is None:
        return "見出しの行が見つかりません。"
    is_strange = is_from_elsewhere(identity, target.sheet.municipality.code)
    if unclear := why_unclear(head, target.wanted, None if is_strange else made_at_of(identity)):
        return f"{unclear}{WHAT_TO_DO}"
    known = remembered.get(target.code)
    beside = tables_beside(sheet, head, target.wanted, known)
    head, sheet = _apart(sheet, head, beside)
    columns = match_columns(head, target.wanted, known)
    columns = {number: name for number, name in columns.items() if name in target.known}
    if asked := why_asked(head, target.wanted, target.unused, columns):
        return f"{asked}{passed_on_heads.WHAT_TO_DO}"
    constants = _constants(target, head, columns, remembered)
    return Assignment(sheet, target, head, columns, constants, beside=tuple(beside))


def _why_left(
    sheet: SourceSheet, code: str, wanted_code: str, targets: Mapping[str, ImportTarget]
) -> str:
    """Say in Japanese why a sheet is for no table, or for another than was asked for; or ''."""
    if code and code not in targets:
        return "この表を変更する役割がないか、この版にない表のため、取り込みません。"
    if code and wanted_code and code != wanted_code:
        return f"{targets[code].sheet.heading}のシートのため、ここでは取り込みません。"
    if not sheet.lines:
        return "空のシートです。"
    if wanted_code and not code and (other := numbered_otherwise(sheet, wanted_code, targets)):
        return ANOTHER_NUMBER.format(other, targets[wanted_code].sheet.heading)
    return ""


def _head_by_itself(
    sheet: SourceSheet, code: str, target: ImportTarget, remembered: Remembered
) -> Head | None:
    head = own_head(sheet, target.code, target.wanted) if code else None
    head = head or _remembered_head(sheet, target, remembered) or find_head(sheet, target.wanted)
    return likely_head(sheet) if head is None and is_numbered(sheet, target) else head


def odd_shape(sheet: SourceSheet, targets: Iterable[ImportTarget]) -> str:
    """Return in Japanese why a sheet is no list, whichever of the tables it may be for; or ''."""
    return next(filter(None, (shape_of(sheet, target.wanted) for target in targets)), "")


def _apart(
    sheet: SourceSheet, head: Head, beside: Iterable[NeighbourTable]
) -> tuple[Head, SourceSheet]:
    """Return head and sheet without the other tables beside this one."""
    columns = {column for each in beside for column in each.columns}
    return head_without(head, columns), without(sheet, head, columns)


def _constants(
    target: ImportTarget, head: Head, columns: Mapping[int, str], remembered: Remembered
) -> dict[str, str]:
    """Return what every line got when somebody assigned a sheet with one of these labels."""
    known = remembered.get(target.code, {})
    if not any(label_key(head, number, label) in known for number, label in head.labels.items()):
        return {}
    return {
        key.removeprefix(CONSTANT): text
        for key, text in known.items()
        if key.startswith(CONSTANT)
        and key.removeprefix(CONSTANT) in target.items
        and key.removeprefix(CONSTANT) not in columns.values()
    }


def _target(
    sheet: SourceSheet, code: str, targets: Mapping[str, ImportTarget]
) -> ImportTarget | None:
    return targets.get(code) if code else likely_target(sheet, list(targets.values()))


def _remembered_head(
    sheet: SourceSheet, target: ImportTarget, remembered: Remembered
) -> Head | None:
    """Return the line whose labels somebody has assigned by hand before, the fullest of them."""
    known = remembered.get(target.code)
    if not known:
        return None
    heads = [head_at(sheet, line.number) for line in sheet.lines[:60]]
    best = max(heads, key=lambda head: len(match_columns(head, target.wanted, known)))
    found = match_columns(best, target.wanted, known)
    plain = find_head(sheet, target.wanted)
    fewer = len(match_columns(plain, target.wanted, known)) if plain else 0
    return best if len(found) > max(1, fewer) else None


def _by_hand(
    sheet: SourceSheet, choice: Mapping[str, Any], targets: Mapping[str, ImportTarget]
) -> Assignment | str:
    target = targets.get(str(choice.get("code", "")))
    if target is None:
        return "取り込まないと決めたシートです。"
    head = _head_by_hand(sheet, target, choice)
    columns = {
        int(number): name
        for number, name in dict(choice.get("columns", {})).items()
        if name in target.known
    }
    constants = {
        name: str(text)
        for name, text in dict(choice.get("constants", {})).items()
        if name in target.items and name not in columns.values()
    }
    unit = str(choice.get("money_unit", ""))
    # What a person assigned belongs to this table, wherever it stands.
    beside = [
        each
        for each in tables_beside(sheet, head, target.wanted)
        if not columns.keys() & set(each.columns)
    ]
    head, sheet = _apart(sheet, head, beside)
    return Assignment(
        sheet,
        target,
        head,
        columns,
        constants,
        money_unit=unit if unit in MONEY_UNITS else "",
        beside=tuple(beside),
    )


def _head_by_hand(sheet: SourceSheet, target: ImportTarget, choice: Mapping[str, Any]) -> Head:
    if marked_code(sheet) == target.code:
        ours = own_head(sheet, target.code, target.wanted)
        if ours:
            return ours
    row = choice.get("head_row")
    return head_at(sheet, int(row)) if row else likely_head(sheet)
