"""Writes frozen rows of tables back, each as an ordinary change with its entry in the log."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils.dateparse import parse_date

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.raw_rows import RawRow, ReadRow, file_sha256, raw_rows, read_raw, references
from bcp_portal.annex.services import save_row, set_status
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.told_kinds import PLACE
from bcp_portal.audit.services import record
from bcp_portal.audit.told_values import Told
from bcp_portal.ui.errors import DomainError
from plans.editions.attachments import kept_file
from plans.issuing.restore_report import RestoreReport

REORDERED = "並べ替え"
# Who wrote a row, when and how often is recorded in the log, not restored.
_OWN = frozenset(
    {"uid", "version", "created_at", "created_by", "updated_at", "updated_by", "verified_by"}
)


class RowRestorer:
    """Restores tables of one municipality; rows are found by uid and read once for each table."""

    def __init__(
        self,
        presentation: Presentation,
        tables: Mapping[str, Sequence[RawRow]],
        actor: User | None,
        report: RestoreReport,
    ) -> None:
        self.presentation = presentation
        self.actor = actor
        self.report = report
        self._frozen: dict[tuple[type[models.Model], str], tuple[AnnexSpec, RawRow]] = {
            (spec.model, raw["uid"]): (spec, raw)
            for code, rows in tables.items()
            if (spec := registry.spec(code))
            for raw in rows
        }
        self._rows: dict[type[models.Model], dict[str, Any]] = {}

    def create_missing(self, specs: Sequence[AnnexSpec]) -> None:
        """Create missing rows, after the rows they name; their lists are set later."""
        models_of = {spec.model for spec in specs}
        for model, uid in self._frozen:
            if model in models_of:
                self._create(model, uid, ())

    def restore_table(self, spec: AnnexSpec) -> None:
        """Make every frozen row of a table say what it said; most say it still."""
        stored = {raw["uid"]: raw for raw in raw_rows(spec.model.objects.all())}
        for (model, uid), (_, raw) in self._frozen.items():
            if model is not spec.model:
                continue
            self._note_unknown(Sheet(spec, self.presentation), raw.keys() - stored[uid].keys())
            if not _says(stored[uid], raw):
                row = self._find(model, uid)
                before = row.version
                self._save(spec, row, raw, before)
                if row.version == before or stored[uid].get("row_no") != row.row_no:
                    self._save_what_no_column_shows(spec, row)
                self.report.changed += 1

    def retire_others(self, spec: AnnexSpec) -> None:
        """Retire rows that the edition did not have."""
        sheet = Sheet(spec, self.presentation)
        for row in spec.model.objects.exclude(row_status=RowStatus.RETIRED):
            if (spec.model, str(row.uid)) not in self._frozen:
                set_status(sheet=sheet, actor=self.actor, row=row, status=RowStatus.RETIRED)
                self.report.retired += 1

    def _create(self, model: type[models.Model], uid: str, under_way: tuple[str, ...]) -> None:
        frozen = self._frozen.get((model, uid))
        if self._find(model, uid) or uid in under_way or frozen is None:
            return
        spec, raw = frozen
        for target, name in references(model, raw):
            self._create(target, name, (*under_way, uid))
        row: Any = spec.model(uid=uid)
        self._save(spec, row, {**raw, **_without_lists(model)}, 0)
        self._rows[model][uid] = row
        self.report.added += 1

    def _find(self, model: type[models.Model], uid: str) -> Any:
        if model is get_user_model():
            return None
        if model not in self._rows:
            manager: Any = model._default_manager
            self._rows[model] = {str(row.uid): row for row in manager.all()}
        return self._rows[model].get(uid)

    def _save(self, spec: AnnexSpec, row: Any, raw: RawRow, version: int) -> None:
        sheet = Sheet(spec, self.presentation)
        read = read_raw(spec.model, raw, self._find)
        for name, value in read.values.items():
            if name not in _OWN:
                setattr(row, name, value)
        row.pending = dict(read.many)
        self._restore_files(sheet, row, read)
        self._note_gaps(sheet, row, read)
        try:
            with transaction.atomic():
                save_row(
                    sheet=sheet,
                    actor=self.actor,
                    row=row,
                    expected_version=version,
                    stays_confirmed=True,
                )
                _verified_as(row, raw)
        except IntegrityError as error:
            raise DomainError(
                f"{sheet.heading}の「{row}」を戻せません。同じ名前などを持つ別の行があるか、"
                "この行が必要とする行がなくなっています。別の行の名前を変えるか廃止にしてから、"
                "もう一度実行してください。何も変更していません。"
            ) from error

    def _save_what_no_column_shows(self, spec: AnnexSpec, row: Any) -> None:
        """Write what an ordinary change does not look at, such as the place among the rows."""
        row.save()
        heading = Sheet(spec, self.presentation).heading
        record(
            municipality=self.presentation.municipality,
            actor=self.actor,
            action=REORDERED,
            target=row,
            note=heading,
            told=[Told(row, [PLACE])],
        )

    def _restore_files(self, sheet: Sheet, row: Any, read: ReadRow) -> None:
        for name, frozen in read.files.items():
            current = getattr(row, name)
            wanted = frozen.get("sha256", "")
            if (file_sha256(current) if current else "") == wanted:
                continue
            if not wanted:
                setattr(row, name, "")
                continue
            content = kept_file(sheet.municipality, wanted)
            if content is None:
                self.report.note(f"{sheet.heading}の「{row}」の添付ファイルは残っていません。")
            else:
                file_name = frozen["name"].rsplit("/", 1)[-1]
                current.save(file_name, ContentFile(content), save=False)

    def _note_unknown(self, sheet: Sheet, names: Iterable[str]) -> None:
        for name in sorted(names):
            self.report.note(
                f"{sheet.heading}の項目「{name}」は今のシステムにないか形が変わったため、戻していません。"
            )

    def _note_gaps(self, sheet: Sheet, row: Any, read: ReadRow) -> None:
        self._note_unknown(sheet, (*read.unknown, *read.unreadable))
        for name in read.missing:
            if name not in _OWN:
                label = sheet.spec.model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
                self.report.note(
                    f"{sheet.heading}の「{row}」の{label}が指す行は、なくなっているため戻していません。"
                )


def _verified_as(row: Any, raw: RawRow) -> None:
    """Say again when and by whom the row was found right: it says again what was seen then."""
    row.verified_on = parse_date(raw.get("verified_on") or "")
    name = raw.get("verified_by") or ""
    row.verified_by = User.objects.filter(username=name).first() if name else None
    row.save(update_fields=["verified_on", "verified_by"])


def _says(stored: RawRow, frozen: RawRow) -> bool:
    """Tell whether a stored row says what the frozen one says, as far as it has a place for it."""
    return all(
        _content(stored[name]) == _content(value)
        for name, value in frozen.items()
        if name in stored and name not in _OWN
    )


def _content(value: Any) -> Any:
    """Return the hash of a file, which may be kept under another name, and any other value."""
    return value.get("sha256", value) if isinstance(value, dict) else value


def _without_lists(model: type[models.Model]) -> dict[str, list[str]]:
    """Return empty lists for all relations to many rows, some of which may not be there yet."""
    return {relation.name: [] for relation in model._meta.many_to_many}
