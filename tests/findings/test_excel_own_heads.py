"""A sheet of ours whose visible heads are not those of its hidden row is asked for, never read by the hidden row."""

import re
from typing import Any

import pytest
from openpyxl.cell.cell import MergedCell

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.importing.heading import Head, WantedColumn, own_head
from bcp_portal.importing.own_heads import why_unclear
from bcp_portal.importing.sources import SourceLine, SourceSheet
from systems.models import Site
from tests.conftest import ClientFactory
from tests.findings.workbooks import Book, Page
from tests.importing.desk import Desk
from tests.importing.test_pages import job, upload
from tests.rows import make_row

WANTED = (
    WantedColumn("model", "機種名", aliases=("機種",)),
    WantedColumn("note", "備考"),
    WantedColumn("means", "代替手段"),
)


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (("機種名", "備考", "代替手段"), ()),
        (("機種", "特記事項", "代替手段"), ()),
        (("", "備考", "代替手段"), ()),
        (("代替手段", "備考", "機種名"), ("A列の見出しは「代替手段」", "C列の見出しは「機種名」")),
        (("機種名", "※機 種", "代替手段"), ("B列の見出しは「※機 種」ですが",)),
    ],
)
def test_a_head_called_like_another_column_is_told(labels: Any, told: tuple[str, ...]) -> None:
    names = dict(enumerate(("model", "note", "means"), start=1))
    said = why_unclear(Head(1, dict(enumerate(labels, start=1)), {}, "1", names, 9), WANTED)
    assert bool(said) == bool(told) and all(part in said for part in told)


def test_a_column_copied_with_its_hidden_name_is_told() -> None:
    said = why_unclear(Head(1, {}, {}, "1", {2: "note", 5: "note"}, 9), WANTED)
    assert "B・E列がどれも「備考」の列" in said


GROUPED = (
    WantedColumn("first_phone", "電話番号", "第1順位"),
    WantedColumn("second_phone", "電話番号", "第2順位"),
    WantedColumn("note", "備考"),
)
ORDERS = ("第1順位", "第2順位")


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        (ORDERS, ()),
        ((None, None), ()),
        (("連絡先", "予備"), ()),
        (ORDERS[::-1], ("A列の見出しは「第2順位」の「電話番号」", "C列の見出しは「第1順位」の")),
    ],
)
def test_columns_of_one_label_that_changed_groups_are_told(groups: Any, told: Any) -> None:
    names = ["uid", "first_phone", None, "second_phone", "note"]
    lines = [
        SourceLine(1, names),
        SourceLine(2, [None, groups[0], None, groups[1], "備考"]),
        SourceLine(3, [None, "電話番号", None, "電話番号", None]),
        SourceLine(4, ["a", "1", None, "2", "x"]),
    ]
    sheet = SourceSheet("表", lines, merged=[(2, 2, 2, 3)])
    head = own_head(sheet, "1", GROUPED)
    assert head is not None
    said = why_unclear(head, GROUPED)
    assert bool(said) == bool(told) and all(part[1:] in said for part in told)


def _swapped(page: Page, one: str, other: str) -> None:
    """Move two visible columns, head and values, and leave the hidden row of names."""
    sheet = page.worksheet
    for row in range(page.names_row + 1, sheet.max_row + 1):
        first, second = (sheet.cell(row, page.columns[name]) for name in (one, other))
        if MergedCell in (type(first), type(second)):
            continue
        first.value, second.value = second.value, first.value


@pytest.fixture
def swapped(desk: Desk, in_scope: Municipality) -> bytes:
    spec = registry.spec("3")
    assert spec is not None
    make_row(spec, in_scope, 1)
    Site.objects.update(address="中央1-1", note="駐車場")
    book = Book(desk.export("3"))
    _swapped(book.sheet("3"), "address", "note")
    return book.content


def test_swapped_columns_change_nothing_unasked(desk: Desk, swapped: bytes) -> None:
    checked = desk.bring_in(swapped)
    assert not checked.plan.entries and not desk.assigned.is_clear
    assert "見出しと値だけを動かした列" in "".join(each.note for each in desk.assigned.left)
    assert Site.objects.get().note == "駐車場"


def test_a_person_is_asked_and_the_heads_that_are_seen_are_offered(
    client_for: ClientFactory, swapped: bytes
) -> None:
    client = client_for(Role.EDITOR)
    answer = upload(client, swapped, "3")
    assert "見出しと値だけを動かした列" in answer.text and "この対応で確かめる" in answer.text

    chosen = re.findall(
        r'name="(column-\d+)"(?:(?!</select>).)*?value="(\w+)" selected', answer.text, re.S
    )
    assert {"address", "note"} <= {name for _, name in chosen} and len(chosen) == len(set(chosen))

    row = re.search(r'name="row" value="(\d+)"', answer.text)
    sheet = re.search(r'name="sheet" value="([^"]*)"', answer.text)
    assert row and sheet
    columns = {"sheet": sheet[1], "code": "3", "row": row[1], **dict(chosen)}
    client.post(f"/139998/annex/import/{job().uid}/columns/", columns)
    assert job().summary["counts"]["unchanged"] == 1, job().summary
