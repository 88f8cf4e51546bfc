"""Collects what is wrong with a form, so that one list at the top can lead to every field."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField


@dataclass(frozen=True)
class FieldProblem:
    """One error message, with the name of its field and the id of the control to go to."""

    label: str
    message: str
    control_id: str


def problems_of(form: "BaseForm | BaseFormSet[BaseForm]") -> list[FieldProblem]:
    """Return the errors in the order of the page; those of a form set name the row."""
    if isinstance(form, BaseFormSet):
        return list(_formset_problems(form))
    return list(_form_problems(form))


def _formset_problems(formset: "BaseFormSet[BaseForm]") -> Iterator[FieldProblem]:
    for message in formset.non_form_errors():
        yield FieldProblem("", str(message), "")
    for number, form in enumerate(formset.forms, start=1):
        yield from _form_problems(form, row=f"{number}行目")


def _form_problems(form: BaseForm, row: str = "") -> Iterator[FieldProblem]:
    if not form.errors:
        return
    for message in form.non_field_errors():
        yield FieldProblem(row, str(message), "")
    for field in form:
        label = f"{row} {field.label}".strip()
        for message in field.errors:
            yield FieldProblem(label, str(message), "" if field.is_hidden else control_id(field))


def control_id(field: BoundField) -> str:
    """Return the id a link to the field leads to; for a group of buttons, that of the first."""
    return field.id_for_label or f"{field.auto_id}_0"
