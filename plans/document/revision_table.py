"""Makes the table of revisions (C-10): which editions there were, when, and what they changed; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Public, Table, TableRow
from bcp_portal.ui.eras import DateStyle

WORKING_COPY = "作業中"


@dataclass(frozen=True)
class RevisionLine:
    """One line of the list of editions (C-10)."""

    edition: str
    issued_on: date
    content: str


def revision_table(revisions: Sequence[RevisionLine], style: DateStyle) -> Table:
    """Return the list of editions (C-10); before the first, one line says that work is going on."""
    cells = [
        {"edition": line.edition, "issued_on": line.issued_on.isoformat(), "content": line.content}
        for line in revisions
    ] or [{"edition": WORKING_COPY, "issued_on": "", "content": "制定に向けて作成しています。"}]
    return Table(
        code="c-10",
        title="計画の新規制定／改訂一覧",
        columns=(
            Column("edition", "版数", width=15, public=Public.SHOW),
            Column("issued_on", "制定／改訂年月日", Kind.DATE, width=25, public=Public.SHOW),
            Column(
                "content", "計画の新規制定／改訂内容", Kind.LONG_TEXT, width=60, public=Public.SHOW
            ),
        ),
        rows=tuple(
            TableRow(f"revision-{number}", line, Confidentiality.PUBLIC)
            for number, line in enumerate(cells, 1)
        ),
        date_style=style,
    )
