"""Writes the cells of a grid as HTML: a template for each of thousands of controls would be most of the page's cost."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe

from bcp_portal.annex.choice_fields import ReferenceTextField
from bcp_portal.annex.forms import AnnexForm

# No browser cuts what is pasted (templates/django/forms/widgets/attrs.html).
_CALLED = {"maxlength": "data-most-letters"}


# Beside the cells of a stored row: the digest of what they held when the page was made.
SHOWN = "shown"


def is_untouched(data: Mapping[str, Any], prefix: str, names: Iterable[str]) -> bool:
    """Tell whether the cells of a line came back as they were sent: without JavaScript all come."""
    sent = data.get(f"{prefix}-{SHOWN}")
    # By name: a person may put the columns in another order meanwhile.
    texts = (data.get(f"{prefix}-{name}", "") for name in sorted(names))
    return bool(sent) and sent == _digest(texts)


def _by_name(form: AnnexForm, texts: Iterable[str]) -> list[str]:
    return [text for _, text in sorted(zip(form.items, texts, strict=True))]


def _digest(texts: Iterable[str]) -> str:
    # A browser posts line breaks its own way, and drops one at the very beginning.
    plain = (text.replace("\r\n", "\n").strip() for text in texts)
    return sha256("\0".join(plain).encode()).hexdigest()[:32]


class CellWriter:
    """Writes lines of one grid; what is the same for all cells of a column is made once."""

    def __init__(self, tags: Mapping[str, str]) -> None:
        """Take what the tag of each cell of a column says beside its name."""
        self._tags = tags
        # By the field itself, so that a field stays as long as what was made of it.
        self._attributes: dict[forms.Field, tuple[str, str]] = {}
        self._options: dict[tuple[forms.Field, Any], str] = {}

    def line(self, form: AnnexForm, number: int) -> SafeString:
        """Return a `td` for each column, its control named for a screen reader by column and line.

        The line that the browser copies has the number 0.
        """
        where = f"{number}行目" if number else "新しい行"
        texts: list[str] = []
        cells = "\n".join(self._cell(form, name, where, texts) for name in form.items)
        # What came back refused is always asked again, and a new line has nothing to compare with.
        if not (form.is_bound or form.is_new):
            told = f'<input type="hidden" name="{form.prefix}-{SHOWN}" value="{_digest(_by_name(form, texts))}">'
            cells = f"{cells.removesuffix('</td>')}{told}</td>"
        return mark_safe(cells)  # noqa: S308 -- every value is escaped below

    def _cell(self, form: AnnexForm, name: str, where: str, texts: list[str]) -> str:
        problems: Any = form.errors.get(name, ()) if form.is_bound else ()
        control = self._control(form, name, where, bool(problems), texts)
        if not problems:
            return f"<td{self._tags[name]}>{control}</td>"
        told = "".join(
            f'<div class="cell-error" id="id_{form.prefix}-{name}-error'
            f'{f"-{place}" if place > 1 else ""}">{escape(str(problem))}</div>'
            for place, problem in enumerate(problems, start=1)
        )
        return f"<td{self._tags[name]}>{control}{told}</td>"

    def _control(
        self, form: AnnexForm, name: str, where: str, is_wrong: bool, texts: list[str]
    ) -> str:
        """Return the control of a cell, and add to `texts` what it posts when nobody touches it."""
        field, html_name = form.fields[name], f"{form.prefix}-{name}"
        before, after = self._attributes.get(field) or self._made(field, name)
        wrong = f' aria-invalid="true" aria-describedby="id_{html_name}-error"' if is_wrong else ""
        named = f'aria-label="{where} {escape(str(field.label))}" class="grid-input"'
        attributes = f'{before} {named}{wrong}{after} id="id_{html_name}"'
        value = _value(form, name)
        if isinstance(field.widget, forms.Select):
            options = self._options_of(field, value)
            texts.append(str(value or ""))
            return f'<select name="{html_name}"{attributes}>{options}\n</select>'
        text = field.widget.format_value(value)
        texts.append(str(text or ""))
        shown = "" if text is None else escape(str(text))
        if isinstance(field.widget, forms.Textarea):
            # The first line break belongs to the tag; another one is part of the value.
            return f'<textarea name="{html_name}"{attributes}>\n{shown}</textarea>'
        told = "" if text is None else f' value="{shown}"'
        return f'<input type="{field.widget.input_type}" name="{html_name}"{told}{attributes}>'

    def _made(self, field: forms.Field, name: str) -> tuple[str, str]:
        """Return the attributes before and behind those of the single cell."""
        kinds = (forms.Select, forms.Textarea, forms.TextInput)
        if not isinstance(field.widget, kinds):
            raise TypeError(f"{name}: no cell of a grid is written as {field.widget!r}.")
        own = "".join(_attribute(key, value) for key, value in field.widget.attrs.items())
        named = isinstance(field, ReferenceTextField) and not field.many
        names = f' list="names-{name}"' if named else ""
        asked = field.required and field.widget.use_required_attribute(None)
        self._attributes[field] = own, f"{names}{' required' if asked else ''}"
        return self._attributes[field]

    def _options_of(self, field: Any, value: Any) -> str:
        known = self._options.get((field, value))
        if known is None:
            groups = field.widget.optgroups("", field.widget.format_value(value))
            options = (option for _, group, _ in groups for option in group)
            known = "".join(map(_option, options))
            self._options[field, value] = known
        return known


def _value(form: AnnexForm, name: str) -> Any:
    """Return what stands in a cell: what was typed, or what the row holds."""
    if form.is_bound:
        return form[name].value()
    field = form.fields[name]
    return field.prepare_value(form.get_initial_for_field(field, name))


def _attribute(name: str, value: Any) -> str:
    if value is False:
        return ""
    called = _CALLED.get(name, name)
    return f" {called}" if value is True else f' {called}="{escape(str(value))}"'


def _option(option: dict[str, Any]) -> str:
    selected = " selected" if option["selected"] else ""
    value, label = escape(str(option["value"])), escape(str(option["label"]))
    return f'\n  <option value="{value}"{selected}>{label}</option>'
