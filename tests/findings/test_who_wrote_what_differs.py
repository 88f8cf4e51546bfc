"""Who wrote what changes is named with the parts that differ, and with no other."""

from dataclasses import replace
from unittest.mock import patch

from bcp_portal.annex.table import Table, TableRow
from plans.document.coverage import WHOLE
from plans.document.document import AnnexPart, Cover, Document, Section, TableBlock, TextBlock
from plans.revisions.authors import authors_of
from plans.revisions.printed_places import printed_places
from tests.findings.security_decisions.test_authors import line

ROLE = "plans.responserole"


def table(code: str, *rows: tuple[str, str]) -> Table:
    return Table(
        code=code, number=None, title=code, columns=(),
        rows=tuple(TableRow(uid, {"c": value}) for uid, value in rows),
    )  # fmt: skip


def document(text: str, own: Table, derived: Table) -> Document:
    """Return a chapter of text, a chapter that shows a derived table, and the annex of the rows."""
    chapters = (
        Section("chapter-a", 1, "1", "目的", (TextBlock(text),)),
        Section("chapter-b", 1, "2", "体制", (TableBlock(derived),)),
    )
    annexes = (AnnexPart("annex-8", 8, "様式8", tables=(own,)),)
    return Document(Cover("市", "計画", "", ""), chapters=chapters, annexes=annexes)


OLD = document("<p>前</p>", table("view-own", ("u", "班長")), table("view", ("u", "甲")))


def parts(new: Document, *, uid: str = "u", column: str = "role_name", action: str = "変更") -> set:
    with patch("plans.revisions.printed_places._own_rows", return_value={}):
        printed = printed_places([OLD, new], WHOLE, [])
    changes = {"changes": ()} if action == "並べ替え" else {}
    lines = [line(column, "1", "2", target_type="", target_uid=uid, action=action, **changes)]
    return {part for hand in authors_of(lines, printed).authors for part in hand.parts}


def test_a_view_that_does_not_show_the_changed_column_is_not_named() -> None:
    new = document("<p>前</p>", table("view-own", ("u", "隊長")), table("view", ("u", "甲")))
    assert parts(new) == {"様式8"}


def test_a_view_that_shows_it_is_named() -> None:
    new = document("<p>前</p>", table("view-own", ("u", "隊長")), table("view", ("u", "乙")))
    assert parts(new) == {"様式8", "2 体制"}


def test_a_text_that_stands_as_it_did_has_no_author_in_this_revision() -> None:
    assert parts(OLD, uid="a", column="body") == set()
    assert parts(document("<p>後</p>", *_tables()), uid="a", column="body") == {"1 目的"}


def test_who_decided_that_a_row_is_public_is_named_although_the_print_is_the_same() -> None:
    assert parts(OLD, column="confidentiality") == set()
    own = table("view-own", ("u", "班長"))
    public = replace(own, rows=(replace(own.rows[0], confidentiality="public"),))
    assert parts(document("<p>前</p>", public, _tables()[1]), column="confidentiality") == {"様式8"}


def test_moving_a_row_counts_where_the_order_differs() -> None:
    old, new = (("u", "甲"), ("v", "乙")), (("v", "乙"), ("u", "甲"))
    own = table("view-own", ("u", "班長"))
    first, second = (document("<p>前</p>", own, table("view", *rows)) for rows in (old, new))
    with patch("plans.revisions.printed_places._own_rows", return_value={}):
        printed = printed_places([first, second], WHOLE, [])
    moved = line("x", "", "", target_type="", action="並べ替え", changes=())
    assert [hand.parts for hand in authors_of([moved], printed).authors] == [("2 体制",)]


def _tables() -> tuple[Table, Table]:
    return table("view-own", ("u", "班長")), table("view", ("u", "甲"))
