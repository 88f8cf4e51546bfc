"""Copies a row with all that stands below it, and says what the copy does not take over."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Max

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.cells import kind_of
from bcp_portal.annex.row_changes import stored_items
from bcp_portal.annex.row_states import problems_when_active
from bcp_portal.annex.services import save_row, save_rows, set_status
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.table_builder import rows_of
from bcp_portal.ui.counted_letters import ended
from bcp_portal.ui.errors import DomainError


@dataclass(frozen=True)
class Copied:
    """A new row, how many lines below it were copied, and what somebody has to know of them."""

    row: Any
    lines: int
    told: tuple[str, ...] = ()


@transaction.atomic
def copy_row(*, sheet: Sheet, actor: User | None, row: Any) -> Copied:
    """Add a draft copy below all rows, with its lines and files, all 作成中, each in the log.

    What may stand only once is freed: a name gets 「（写し）」, an order the next free number.
    Other names (別名) stay with the original. DomainError says why a row cannot be copied.
    """
    told: list[str] = []
    copy = _copied(sheet, row, told)
    _free(sheet, copy, told)
    saved = save_row(sheet=sheet, actor=actor, row=copy, expected_version=0)
    lines = _copy_lines(sheet, actor, [(row, saved)], told)
    return Copied(saved, lines, tuple(dict.fromkeys(told)))


@transaction.atomic
def finish_lines(*, sheet: Sheet, actor: User | None, row: Any) -> tuple[int, int]:
    """Let the lines below a row count that are 作成中 and complete; return how many do, and do not."""
    finished = unfinished = 0
    for below, lines in _lines_below(sheet, [row], status=RowStatus.DRAFT):
        for line in lines:
            if problems_when_active(below, line):
                unfinished += 1
                continue
            set_status(sheet=below, actor=actor, row=line, status=RowStatus.ACTIVE)
            finished += 1
    for below, lines in _lines_below(sheet, [row]):
        for line in lines:
            more = finish_lines(sheet=below, actor=actor, row=line)
            finished, unfinished = finished + more[0], unfinished + more[1]
    return finished, unfinished


def _lines_below(
    sheet: Sheet, rows: list[Any], status: RowStatus | None = None
) -> Iterator[tuple[Sheet, list[Any]]]:
    """Yield each table whose rows belong to these rows, with its rows that are not retired."""
    for spec in registry.children(sheet.spec):
        below = Sheet(spec, sheet.presentation)
        lines = rows_of(below).filter(**{f"{spec.parent}__in": rows})
        lines = lines.exclude(row_status=RowStatus.RETIRED)
        yield below, list(lines.filter(row_status=status) if status else lines)


def _copy_lines(
    sheet: Sheet, actor: User | None, pairs: list[tuple[Any, Any]], told: list[str]
) -> int:
    """Copy what stands below the originals to below their copies; return how many lines."""
    copies_of = {original.pk: copy for original, copy in pairs}
    count = 0
    for below, lines in _lines_below(sheet, [original for original, _ in pairs]):
        if not lines:
            continue
        made = []
        for line in lines:
            copy = _copied(below, line, told)
            parent = below.spec.parent
            setattr(copy, parent, copies_of[getattr(line, f"{parent}_id")])
            _free(below, copy, told)
            made.append((line, copy))
        save_rows(sheet=below, actor=actor, rows=[(copy, 0) for _, copy in made])
        count += len(made) + _copy_lines(below, actor, made, told)
    return count


def _copied(sheet: Sheet, row: Any, told: list[str]) -> Any:
    """Return an unsaved draft that says what the row says."""
    copy: Any = sheet.spec.model(row_status=RowStatus.DRAFT, municipality=sheet.municipality)
    copy.pending = {}
    for item in stored_items(sheet):
        field = item.model_field
        if item.name == "aliases":
            if getattr(row, item.name):
                told.append(f"「{item.column.label}」は、元の行だけのものなので写していません。")
        elif field.many_to_many:
            copy.pending[field.name] = list(getattr(row, field.name).all())
        elif isinstance(field, models.FileField):
            _copy_file(row, copy, field, told)
        else:
            setattr(copy, field.name, getattr(row, field.name))
            if hasattr(field, "unit_field"):
                setattr(copy, field.unit_field, getattr(row, field.unit_field))
    copy.row_status = RowStatus.DRAFT
    return copy


def _copy_file(row: Any, copy: Any, field: Any, told: list[str]) -> None:
    stored = getattr(row, field.name)
    if not stored:
        return
    name = stored.name.rsplit("/", 1)[-1]
    try:
        with stored.storage.open(stored.name, "rb") as original:
            setattr(copy, field.name, ContentFile(original.read(), name=name))
    except OSError:
        told.append(f"添付ファイル「{name}」は、本体が見つからないため写していません。")


def _free(sheet: Sheet, copy: Any, told: list[str]) -> None:
    """Rename or renumber what a constraint would refuse, and tell each number that changed."""
    constraints = [
        each for each in copy._meta.constraints if isinstance(each, models.UniqueConstraint)
    ]
    before: dict[str, Any] = {}
    attempts = 0
    while broken := next((each for each in constraints if _refuses(each, copy)), None):
        names = [name for name in broken.fields if name != "municipality"]
        number = next((name for name in names if _is_number(copy, name)), None)
        text = next((name for name in names if _is_free_text(copy, name)), None)
        if number:
            before.setdefault(number, getattr(copy, number))
            setattr(copy, number, _next_number(copy, names, number))
        elif text:
            original = before.setdefault(text, getattr(copy, text))
            attempts += 1
            limit = copy._meta.get_field(text).max_length or 1000
            setattr(copy, text, _name_of_copy(original, attempts, limit))
        else:
            labels = "・".join(f"「{copy._meta.get_field(name).verbose_name}」" for name in names)
            raise DomainError(
                f"{labels}が同じ行は1つしか作れないため、写しを作れません。"
                "「行を追加」から入力してください。"
            )
    for name, old in before.items():
        if _is_number(copy, name):
            label = copy._meta.get_field(name).verbose_name
            told.append(
                f"「{label}」の{old}は元の行が使っているため、{getattr(copy, name)}にしました。"
            )


def _refuses(constraint: models.UniqueConstraint, copy: Any) -> bool:
    try:
        constraint.validate(type(copy), copy)
    except ValidationError:
        return True
    return False


def _is_number(copy: Any, name: str) -> bool:
    field = copy._meta.get_field(name)
    return kind_of(field).numbers_rows and name != "at_minutes"


def _next_number(copy: Any, names: list[str], number: str) -> int:
    same = {name: getattr(copy, name) for name in names if name != number}
    last = type(copy).objects.filter(**same).aggregate(last=Max(number))["last"] or 0
    return max(last, getattr(copy, number)) + 1


def _is_free_text(copy: Any, name: str) -> bool:
    field = copy._meta.get_field(name)
    is_code = bool(field.choices) or hasattr(field, "choice_list")
    return isinstance(getattr(copy, name), str) and bool(getattr(copy, name)) and not is_code


def _name_of_copy(original: str, number: int, limit: int) -> str:
    """Return what the copy is called; a name too long for that is cut between letters."""
    suffix = "（写し）" if number == 1 else f"（写し{number}）"
    return ended(original, limit - len(suffix)) + suffix
