"""Writes forms to be filled in by hand (様式9, 11, 19), each sheet with its number."""

from django.template.loader import render_to_string

from plans.leaflets.blank_sheets import WIDTH_MM, BlankForm, BlankSheet, sheets_of
from plans.printing.flows import BookPart, Flow
from plans.printing.geometry import MM, PageFormat
from plans.printing.prose import line

SHEET = PageFormat("blank", 297 * MM, 210 * MM, 10 * MM, 0, 0)
_NUMBER_WIDTH_MM = 8.0


def blank_part(form: BlankForm) -> BookPart:
    """Return all sheets of one form; a DomainError names the form whose text cannot be printed."""
    sheets = sheets_of(form)
    flows = tuple(
        Flow(f"{form.title} {number}枚目", SHEET, _sheet_html(form, sheet, number, len(sheets)))
        for number, sheet in enumerate(sheets, 1)
    )
    return BookPart(form.anchor, form.title, "", flows)


def _sheet_html(form: BlankForm, sheet: BlankSheet, number: int, count: int) -> str:
    place = f"「{form.title}」の用紙"
    context = {
        "title": line(form.title, place),
        "municipality": line(form.municipality, place),
        "fields": [
            {"label": label, "value": line(value, place), "span": span}
            for label, value, span in form.fields
        ],
        "number": number,
        "count": count,
        "widths": [_percent(_NUMBER_WIDTH_MM), *(_percent(c.width_mm) for c in form.columns)],
        "labels": [line(column.label, place) for column in form.columns],
        "rows": [
            {
                "number": row.number,
                "height": f"{row.height_mm:.2f}",
                "cells": [
                    {"kind": cell.kind, "lines": [line(text, place) for text in cell.lines]}
                    for cell in row.cells
                ],
            }
            for row in sheet.rows
        ],
        "advice": [line(text, place) for text in form.advice],
    }
    return render_to_string("print/blank_form.html", context)


def _percent(width_mm: float) -> str:
    return f"{100 * width_mm / WIDTH_MM:.3f}"
