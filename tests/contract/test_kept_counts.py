"""What is kept of the progress of tables is what a fresh count says, for every kind of write in between."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, models, transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.models import AnnexSetting, ColumnSetting
from bcp_portal.annex.row_order import move_row
from bcp_portal.annex.services import confirm_row, delete_row, save_row, set_status
from bcp_portal.annex.sheet import Presentation, Sheet, is_needed
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.audit.services import record
from bcp_portal.ui.errors import DomainError
from plans.home import kept_counts
from plans.home.kept_counts import KeptCounts
from plans.home.kept_progress import counted_where_changed
from plans.home.progress_queries import annex_progress
from tests.cases import cases
from tests.conftest import MemberFactory
from tests.rows import make_row

PRINTED = [spec for spec in registry.specs() if spec.printed and spec.number]
WRITES = cases(12, 300)
pytestmark = [pytest.mark.django_db, pytest.mark.long_form]


class Writer:
    """Somebody who writes at random, by the services by which people write."""

    def __init__(self, municipality: Municipality, actor: User, seed: int) -> None:
        self.municipality, self.actor, self.random = municipality, actor, Random(seed)
        self.number = 1

    def write(self) -> str:
        """Write something; return what, or why it was refused."""
        self.number += 1
        spec = self.random.choice(PRINTED)
        rows = list(spec.model.objects.order_by("pk"))
        acts: list[Callable[..., None]] = [self.change, self.name, self.status, self.delete]
        acts += [self.confirm, self.move, self.label, self.look, self.change]
        act = self.random.choice(acts) if rows else self.add
        try:
            with transaction.atomic():
                act(Sheet.of(spec, self.municipality), self.random.choice(rows) if rows else None)
        except (DomainError, IntegrityError) as error:
            return f"{spec.code}: {error}"
        return f"{act.__name__} {spec.code}"

    def add(self, sheet: Sheet, _row: Any) -> None:
        row = make_row(sheet.spec, self.municipality, self.number, full=self.random.random() < 0.5)
        record(municipality=self.municipality, actor=self.actor, action="追加", target=row)

    def change(self, sheet: Sheet, row: Any) -> None:
        """Empty a column that approval asks for, or fill it again."""
        items = [i for i in sheet.items if is_needed(i) and _may_be_empty(i.model_field)]
        for item in items[:1] and [self.random.choice(items)]:
            setattr(row, item.name, None if item.model_field.null else "")
        row.note = f"{self.number}"
        self.save(sheet, row)

    def name(self, sheet: Sheet, row: Any) -> None:
        """Change which rows a list of the row names."""
        for field in row._meta.many_to_many:
            there = list(field.related_model._default_manager.all())
            row.pending = {field.name: self.random.sample(there, min(len(there), 1))}
        row.note = f"{self.number}"
        self.save(sheet, row)

    def save(self, sheet: Sheet, row: Any) -> None:
        save_row(sheet=sheet, actor=self.actor, row=row, expected_version=row.version)

    def status(self, sheet: Sheet, row: Any) -> None:
        set_status(
            sheet=sheet, actor=self.actor, row=row, status=self.random.choice(list(RowStatus))
        )

    def delete(self, sheet: Sheet, row: Any) -> None:
        delete_row(sheet=sheet, actor=self.actor, row=row)

    def confirm(self, sheet: Sheet, row: Any) -> None:
        confirm_row(sheet=sheet, actor=self.actor, row=row)

    def move(self, sheet: Sheet, row: Any) -> None:
        move_row(sheet=sheet, actor=self.actor, row=row, up=self.random.random() < 0.5)

    def label(self, sheet: Sheet, _row: Any) -> None:
        """Hide or name a column, or name the table, as a municipality may."""
        item = self.random.choice(sheet.all_items)
        values = {"hidden": self.random.random() < 0.5, "label": f"項目{self.number}"}
        key: dict[str, Any] = {"municipality": self.municipality, "code": sheet.spec.code}
        ColumnSetting.objects.update_or_create(**key, column=item.name, defaults=values)
        AnnexSetting.objects.update_or_create(**key, defaults={"title": f"表{self.number}"})
        record(municipality=self.municipality, actor=self.actor, action="設定の変更")

    def look(self, _sheet: Sheet, _row: Any) -> None:
        record(municipality=self.municipality, actor=self.actor, action="個人情報の表示")


def _may_be_empty(field: models.Field[Any, Any]) -> bool:
    return not field.many_to_many and field.blank


def test_kept_counts_are_fresh_counts_after_any_write(
    in_scope: Municipality, member: MemberFactory
) -> None:
    writer = Writer(in_scope, member("editor").user, seed=12)
    for spec in PRINTED:
        if not spec.model.objects.exists():
            writer.add(Sheet.of(spec, in_scope), None)
    written = []
    for _ in range(WRITES):
        written.append(writer.write())
        presentation = Presentation.load(in_scope)
        assert counted_where_changed(presentation) == annex_progress(presentation), written[-3:]
    assert any(each.startswith("change") for each in written)


def known_after(municipality: Municipality, write: Callable[[], Any]) -> set[str]:
    """Return the tables that need no counting after a write."""
    counted_where_changed(Presentation.load(municipality))
    write()
    return set(KeptCounts(Presentation.load(municipality)).known)


def table(code: str) -> AnnexSpec:
    spec = registry.spec(code)
    assert spec is not None
    return spec


def test_a_write_costs_the_count_of_its_own_table(
    in_scope: Municipality, member: MemberFactory
) -> None:
    writer = Writer(in_scope, member("editor").user, seed=1)
    sheet = Sheet.of(table("1"), in_scope)
    writer.add(sheet, None)
    row = sheet.spec.model.objects.get()
    everything = {spec.code for spec in PRINTED}
    assert known_after(in_scope, lambda: writer.change(sheet, row)) == everything - {"1"}
    assert known_after(in_scope, lambda: writer.look(sheet, row)) == everything
    assert known_after(in_scope, lambda: writer.label(sheet, row)) == set()


def test_what_was_counted_beside_another_log_is_not_believed(
    in_scope: Municipality, member: MemberFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = Writer(in_scope, member("editor").user, seed=1)
    writer.add(Sheet.of(table("1"), in_scope), None)
    assert known_after(in_scope, lambda: None)
    monkeypatch.setattr(kept_counts, "last_link", lambda: (1, "0" * 64))
    assert not known_after(in_scope, lambda: None)
    cache.clear()
    assert not KeptCounts(Presentation.load(in_scope)).known
