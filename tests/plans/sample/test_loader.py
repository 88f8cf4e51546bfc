"""Lines of a sample become rows by form and service; a line that is refused is named exactly."""

from pathlib import Path

import pytest

from bcp_portal.accounts.models import Department, Municipality, Person, User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.audit.models import Entry
from plans.sample.loader import SampleError, load_tables, read_tables


@pytest.fixture
def actor(db: None) -> User:
    return User.objects.create_user("writer", display_name="書き手")


def load(municipality: Municipality, actor: User, folder: Path, **files: str) -> dict[str, int]:
    for code, text in files.items():
        (folder / f"{code}.csv").write_text(text, encoding="utf-8")
    tables = read_tables(municipality=municipality, codes=list(files), directory=folder)
    return load_tables(tables, actor)


def test_a_line_becomes_a_row_with_an_entry_in_the_log(
    in_scope: Municipality, actor: User, tmp_path: Path
) -> None:
    text = "部署名,ICT部門,設置日\n情報課,はい,令和2年4月1日\n"
    assert load(in_scope, actor, tmp_path, departments=text) == {"departments": 1}
    row = Department.objects.get()
    assert (row.name, row.is_ict, str(row.valid_from)) == ("情報課", True, "2020-04-01")
    assert (row.row_no, row.created_by) == (1, actor)
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_username, entry.target_label) == ("追加", "writer", "情報課")


def test_a_line_may_name_a_row_further_down(
    in_scope: Municipality, actor: User, tmp_path: Path
) -> None:
    text = "部署名,上位の部署\n情報課,総務部\n総務部,\n"
    load(in_scope, actor, tmp_path, departments=text)
    row = Department.objects.get(name="情報課")
    assert row.parent is not None
    assert row.parent.name == "総務部"
    assert row.row_status == RowStatus.ACTIVE
    assert row.row_no == 1


def test_a_line_may_name_a_row_of_a_later_table(
    in_scope: Municipality, actor: User, tmp_path: Path
) -> None:
    people = "氏名,所属,任用区分,最終確認日\n見本 太郎,情報課,常勤,令和8年10月1日\n"
    load(in_scope, actor, tmp_path, people=people, departments="部署名\n情報課\n")
    person = Person.objects.select_related("department").get()
    assert str(person.department) == "情報課"
    assert str(person.verified_on) == "2026-10-01"


def test_the_status_of_a_line_is_kept(in_scope: Municipality, actor: User, tmp_path: Path) -> None:
    text = "部署名,上位の部署,状態\n情報課,総務部,作成中\n総務部,,有効\n"
    load(in_scope, actor, tmp_path, departments=text)
    statuses = dict(Department.objects.values_list("name", "row_status"))
    assert statuses == {"情報課": "draft", "総務部": "active"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("部署名,設置日\n情報課,きのう\n", r"departments\.csv:2: 設置日: 「きのう」は日付"),
        (
            "部署名\n情報課\n情報課\n",
            r"departments\.csv:3: 行全体: .* / 部署名: 「情報課」は、登録済み",
        ),
        ("部署名,色\n情報課,青\n", r"departments\.csv: unknown columns \['色'\]"),
        ("部署名,設置日\n情報課\n", r"departments\.csv:2: the number of cells differs"),
        ("部署名\n情報課,青\n", r"departments\.csv:2: the number of cells differs"),
        ('部署名,備考\n情報課,"1\n2"\n,3\n', r"departments\.csv:4: 部署名: 入力してください"),
        (
            "部署名,上位の部署\n情報課,総務部\n",
            r"departments\.csv:2: 上位の部署: 「総務部」は部署に",
        ),
    ],
    ids=["date", "twice", "column", "too-short", "too-long", "several-lines", "unknown-name"],
)
def test_what_the_form_refuses_is_named(
    in_scope: Municipality, actor: User, tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(SampleError, match=message):
        load(in_scope, actor, tmp_path, departments=text)


@pytest.mark.parametrize("code", ["departments", "no-such-table"])
def test_a_missing_file_or_table_is_an_error(
    in_scope: Municipality, tmp_path: Path, code: str
) -> None:
    with pytest.raises(SampleError, match=code):
        read_tables(municipality=in_scope, codes=[code], directory=tmp_path)
