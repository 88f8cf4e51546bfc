"""The form of one row, built from its sheet: the same class serves page, grid and every other way in."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.batch import clashes
from bcp_portal.annex.form_factory import Making, Mode, assign, make_field, value_of
from bcp_portal.annex.kinds import MASK, is_blank
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.row_changes import CONFIRMED_ON
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.spec import RequiredWhen


def items_for(sheet: Sheet, membership: Membership, mode: Mode) -> tuple[Item, ...]:
    """Return the columns this person may type: personal ones only with VIEW_PERSONAL."""
    personal = membership.may(Permission.VIEW_PERSONAL)
    return tuple(
        item
        for item in sheet.editable_items
        if (personal or not item.column.personal)
        and not (mode is Mode.GRID and item.column.kind.holds_file)
    )


MASK_IS_NO_VALUE = (
    f"「{MASK}」は、個人情報を隠すための印です。元の値に戻すか、新しい値を入力してください。"
)


class AnnexForm(forms.Form):
    """Types one row: parses, assigns to `self.row`, then asks the model and the annex's rules."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        sheet: Sheet,
        row: Any,
        items: Collection[Item],
        mode: Mode = Mode.PAGE,
        pool: ReferencePool | None = None,
        typed: Collection[str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Make the fields; with `typed` only of these columns, and the others stay as they are."""
        super().__init__(*args, **kwargs)
        self.sheet, self.row, self.mode = sheet, row, mode
        # Not asked of the row later: a save that is taken back leaves it with a key.
        self.is_new = row.pk is None
        self.items = {item.name: item for item in items}
        self.initial.setdefault("version", row.version if row.pk else 0)
        self.pool = pool = pool or ReferencePool()
        style = sheet.presentation.date_style
        for item in items:
            if typed is not None and item.name not in typed:
                continue
            current = value_of(row, item)
            making = Making(item, mode, style, pool, current)
            self.fields[item.name] = pool.field_of(making, make_field)
            shown = item.column.kind.initial(current, in_grid=mode is Mode.GRID)
            self.initial.setdefault(item.name, shown)

    @property
    def changed_columns(self) -> list[str]:
        return [name for name in self.changed_data if name != "version"]

    @property
    def cancels_confirmation(self) -> bool:
        """Tell whether saving what was typed empties 最終確認日, which stands in the form."""
        changed = self.changed_columns
        confirmed = self.initial.get(CONFIRMED_ON) is not None
        return not self.is_new and confirmed and bool(changed) and CONFIRMED_ON not in changed

    @property
    def shows_stored_personal(self) -> bool:
        """Tell whether a field shows a stored personal value: it has one, and nothing else was typed."""
        typed = set(self.changed_columns) if self.is_bound else set()
        return any(
            item.column.personal and name not in typed and not is_blank(self.initial.get(name))
            for name, item in self.items.items()
            if not self.is_new
        )

    def open_again(self, current: Any, theirs: Collection[str]) -> None:
        """After a conflict: keep what was typed, and let the next save replace this version.

        The columns that only the other person changed show what that person saved.
        """
        stored = type(self)(
            sheet=self.sheet,
            row=current,
            items=self.items.values(),
            mode=self.mode,
            prefix=self.prefix,
        )
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name in ("version", *theirs):
            value = stored[name].value()
            data.setlist(self.add_prefix(name), value if isinstance(value, list) else [value])
        self.data = data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.row.pending = getattr(self.row, "pending", {})
        self._refuse_masks(cleaned)
        for name, item in self.items.items():
            if name in cleaned and not self._is_kept_file(name, item, cleaned):
                assign(self.row, item, cleaned[name])
        self._ask_model()
        self._ask_rules()
        return cleaned

    def is_valid_still(self) -> bool:
        """Ask model and rules once more, after other rows of the same request were saved."""
        self._ask_model()
        self._ask_rules()
        return not self.errors

    def put_aside(self) -> None:
        """Forget what only a page draws; of thousands of forms that wait it is most of the memory."""
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]

    def _refuse_masks(self, cleaned: dict[str, Any]) -> None:
        """Refuse what a list shows in place of a personal value: copied back, it would replace the value."""
        for name, item in self.items.items():
            if item.column.personal and cleaned.get(name) == MASK:
                self.add_error(name, MASK_IS_NO_VALUE)

    def _is_kept_file(self, name: str, item: Item, cleaned: dict[str, Any]) -> bool:
        return item.column.kind.holds_file and cleaned[name] is None

    def _ask_model(self) -> None:
        """Run field validators and constraints; what is not in the form was valid before."""
        outside = [f.name for f in self.row._meta.concrete_fields if f.name not in self.items]
        # A row that was chosen by name or from a list has been looked up already.
        chosen = [i.name for i in self.items.values() if i.column.kind.names_rows]
        unusable = {*outside, *chosen, *self.errors}
        try:
            self.row.clean_fields(exclude=unusable)
        except ValidationError as error:
            self._take(error)
        for clash in list(clashes(self.row, set(self.errors))):
            self._take(clash)

    def _take(self, error: ValidationError) -> None:
        messages = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, texts in messages.items():
            for text in texts:
                self._add(name, text)

    def _add(self, name: str, message: str) -> None:
        """Put a message at its field, or with the label of its column above all fields."""
        if name in self.fields:
            self.add_error(name, message)
        else:
            item = self.items.get(name)
            self.add_error(None, f"「{item.column.label}」：{message}" if item else message)

    def _ask_rules(self) -> None:
        draft = self.row.row_status == RowStatus.DRAFT
        for rule in self.sheet.spec.rules:
            if isinstance(rule, RequiredWhen) and (draft or rule.column not in self.items):
                continue
            if self.errors and isinstance(rule, RequiredWhen) and rule.column in self.errors:
                continue
            for problem in self._problems(rule):
                self._add(problem.column, problem.message)

    def _problems(self, rule: Any) -> list[Any]:
        """Return what a rule says; a rule that needs a value which failed to parse stays silent."""
        try:
            return list(rule(self.row))
        except (AttributeError, TypeError, ValueError):
            if self.errors:
                return []
            raise
