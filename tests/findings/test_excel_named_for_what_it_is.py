"""A file, a table and a name are called what they are, even if renamed or shortened."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.references import References
from bcp_portal.importing import refusal_texts
from bcp_portal.importing.excel_reading import Refused
from bcp_portal.importing.reader_process import read
from tests.conftest import ClientFactory
from tests.findings.test_excel_old_names import rename
from tests.importing.desk import Desk, workbook_of
from tests.importing.test_pages import upload


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"},
            refusal_texts.OPEN_DOCUMENT,
        ),
        (
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"},
            refusal_texts.OTHER_DOCUMENT.format("LibreOffice（OpenDocument）"),
        ),
        ({"word/document.xml": "<a/>"}, refusal_texts.OTHER_DOCUMENT.format("Word")),
        ({"ppt/presentation.xml": "<a/>"}, refusal_texts.OTHER_DOCUMENT.format("PowerPoint")),
        ({"a.txt": "a"}, refusal_texts.NOT_A_TABLE),
    ],
)
def test_a_file_of_another_program_is_named(
    parts: dict[str, str], reason: str, tmp_path: Path
) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path = tmp_path / "表.xlsx"
    path.write_bytes(target.getvalue())
    with pytest.raises(Refused) as refused:
        list(read(path))
    assert str(refused.value) == reason


def test_a_name_with_a_comma_is_not_cut(in_scope: Municipality) -> None:
    name = "クラウドに契約し、切り替える"
    for number in (1, 2):
        Person.objects.create(municipality=in_scope, name=name, row_no=number)
    with pytest.raises(ValueError, match=f"「{name}」は.*に2件あります"):
        References(Person).find_many(name)


def test_nor_is_one_that_a_row_bore_before(desk: Desk, in_scope: Municipality) -> None:
    row = Department.objects.create(municipality=in_scope, name="総務、防災課", row_no=1)
    rename(desk, row, "危機管理課")
    with pytest.raises(ValueError, match="「総務、防災課」は、名称が「危機管理課」に変わって"):
        References(Department).find_many("総務、防災課")


def test_a_sheet_that_holds_another_table_is_told(
    client_for: ClientFactory, in_scope: Municipality
) -> None:
    heads = ("システム名称", "種別", "提供形態", "主管部門", "機種名", "台数")
    content = workbook_of(heads, ("書", "", "庁舎内", "", "RX", 1), title="様式7 バックアップ")
    answer = upload(client_for(Role.EDITOR), content, "")
    assert "の表のときは、その様式を選んでください" in answer.text
    assert "様式1 " in answer.text.split("の表のときは")[0].rsplit("「", 1)[1]
