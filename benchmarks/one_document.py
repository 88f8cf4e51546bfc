"""Puts all parts into one HTML document, to compare the joined book and other engines with it."""

from collections.abc import Sequence

from plans.printing.flows import BookPart


def single_html(parts: Sequence[BookPart], style_sheet: str) -> str:
    """Return the parts as one document in which each flow begins on a new page."""
    flows = "".join(
        f'<main class="{flow.sheet.page}">{flow.before}{"".join(flow.rows)}{flow.after}</main>'
        for part in parts
        for flow in part.flows
    )
    return (
        '<!doctype html><html lang="ja"><meta charset="utf-8"><title></title>'
        f"<style>{style_sheet}\nmain {{ break-before: page }}</style><body>{flows}</body></html>"
    )
