"""Shows a comparison on a page: what changed, leading down to where, and the table."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import mark_safe

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.tampering import WARNING
from plans.comparison.changes import Comparison, GridRow, Picture, Runs
from plans.comparison.layout import NOTHING_CHANGED, REMARK_TITLE, Layout, note_of
from plans.comparison.line import ComparisonLine
from plans.comparison.lines import counts_said, entries_of, lines_of
from plans.editions.file_warnings import picture_proofs_of

register = template.Library()


@register.inclusion_tag("plans/comparison/_comparison.html", takes_context=True)
def comparison_table(context: Context, comparison: Comparison, layout: Layout) -> dict[str, object]:
    """Show the list of changes and the table in two columns."""
    request = context["request"]
    return {
        "entries": entries_of(comparison),
        "counts_said": counts_said(comparison),
        "rows": [_row(line, layout, request) for line in lines_of(comparison)],
        "titles": layout.titles,
        "remark_title": REMARK_TITLE,
        "note": note_of(comparison),
        "nothing": NOTHING_CHANGED.removesuffix("。"),
        "hidden": comparison.hidden_widths or comparison.otherwise_written,
        "is_empty": comparison.is_empty,
    }


def _row(line: ComparisonLine, layout: Layout, request: MemberRequest) -> dict[str, object]:
    marks = ("ins", "del") if layout.new_first else ("del", "ins")
    sides = zip(
        layout.titles,
        layout.sides(line),
        layout.cells(line),
        layout.pictures(line),
        marks,
        strict=True,
    )
    return {
        "kind": line.kind.value,
        "level": min(line.level, 4),
        "anchor": line.anchor,
        "remark": line.remark,
        "is_same": line.old == line.new
        and not any(run.changed for run in line.new)
        and not line.picture_old
        and not line.picture_new,
        "sides": [
            _side(title, runs, cells, _picture(picture, request), mark)
            for title, runs, cells, picture, mark in sides
        ],
    }


def _side(
    title: str, runs: Runs, cells: GridRow, picture: dict[str, str] | None, mark: str
) -> dict[str, object]:
    return {"title": title, "runs": runs, "cells": cells, "picture": picture, "mark": mark}


def _picture(picture: Picture | None, request: MemberRequest) -> dict[str, str] | None:
    """Return what a page needs of a picture; its SVG was written by the program, mark by mark."""
    if picture is None:
        return None
    fault = picture_proofs_of(request).fault_of(picture.sha256) if picture.sha256 else ""
    place = [request.municipality.code, picture.sha256]
    return {
        "svg": mark_safe(picture.svg),  # noqa: S308  see bcp_portal/figures/strokes.py
        "address": reverse("images:show", args=place) if picture.sha256 else "",
        "fault": WARNING.format(fault=fault) if fault else "",
        "words": picture.words,
    }
