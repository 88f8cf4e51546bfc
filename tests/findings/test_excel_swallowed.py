"""A sheet of another 様式, and a quotation mark that swallows lines, are said and not read."""

import pytest

from bcp_portal.importing.csv_reading import unclosed_line
from bcp_portal.importing.excel_reading import Refused
from tests.importing.desk import Desk, workbook_of

HEAD = ("システム名", "所管課", "備考")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b\n1,"2\n3,4\n5,6\n', 2),
        ('a,b\n1,"2\n3,"4"\n5,6\n', 2),
        ('a,b\r\n"1\n2",x\r\n"3', 4),
        ('a,b\n"1\n2",3\n"4","5"\n', 0),
        ('a,b\n1,5""\n2,3"\n', 0),
        ('a,b\n"1 ""x"" 2","3" \n', 0),
        ('a;b\n1;"2', 2),
    ],
)
def test_a_mark_that_takes_the_lines_behind_it_is_found(text: str, line: int) -> None:
    assert unclosed_line(text, ";" if ";" in text else ",") == line


def test_such_a_file_is_refused_with_its_line(desk: Desk) -> None:
    content = 'システム名,所管課\n零,"総務課\n壱,総務課\n'.encode()
    with pytest.raises(Refused, match="CSVの2行目に、閉じていない引用符"):
        desk.check(content, "1")


@pytest.mark.parametrize("lines", [[], [("様式9　緊急連絡先一覧",)]])
def test_a_sheet_of_another_number_is_not_taken(desk: Desk, lines: list[tuple[str]]) -> None:
    title = "Sheet1" if lines else "様式9 緊急連絡先一覧"
    desk.check(workbook_of(*lines, HEAD, ("GIS", "総務課", ""), title=title), "1")
    assert not desk.assigned.taken
    assert "「様式9」とあるため、" in desk.assigned.left[0].note


@pytest.mark.parametrize("title", ["様式1 一覧", "Sheet1", "様式１", "第9回"])
def test_a_sheet_of_this_number_or_none_is(desk: Desk, title: str) -> None:
    desk.check(workbook_of(HEAD, ("GIS", "総務課", ""), title=title), "1")
    assert desk.assigned.taken
