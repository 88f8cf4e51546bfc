"""Finds the rows whose personal values stand in what differs between two documents, for the log."""

from collections.abc import Iterator

from bcp_portal.annex import registry
from bcp_portal.audit.services import SeenRow
from plans.comparison.changes import Comparison, FigureChange, Status, TableChange
from plans.editions.personal_rows import PersonalDocument, named_in_blocks


def rows_in_comparison(comparison: Comparison, *sides: PersonalDocument) -> list[SeenRow]:
    """Return the rows whose personal values stand in what differs between two documents."""
    people = [person for side in sides for person in named_in_blocks(side)]
    found: list[SeenRow] = []
    for part in comparison.changed_parts():
        for content in part.contents:
            if isinstance(content, TableChange):
                found += _changed_rows(content)
            elif content.status is not Status.SAME:
                passages = content.passages if isinstance(content, FigureChange) else (content,)
                changed = [each for each in passages if each.status is not Status.SAME]
                text = "\n".join(f"{each.old_text}\n{each.new_text}" for each in changed)
                if isinstance(content, FigureChange):
                    # Both pictures are shown whole.
                    seen = (content.picture_old, content.picture_new)
                    text = "\n".join([text, *(each.words for each in seen if each)])
                found += [person.row for person in people if person.name in text]
    return found


def _changed_rows(table: TableChange) -> Iterator[SeenRow]:
    spec = registry.spec(table.code)
    kind = spec.model._meta.label_lower if spec else ""
    for row in table.rows:
        if any(cell.personal and (cell.old_text or cell.new_text) for cell in row.cells):
            # A row that a view shows a second time has a number behind its uid.
            yield SeenRow(kind, row.uid.partition(" ")[0], row.label_new or row.label_old)
