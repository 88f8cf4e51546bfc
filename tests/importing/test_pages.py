"""The pages of an import: choose, assign, look, save, and what stops each step."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import Settings

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.audit.models import Entry
from bcp_portal.importing.models import ImportJob, ImportState, RememberedColumn
from bcp_portal.jobs.models import Preparation
from systems.models import EmergencyContact, Site
from tests.conftest import ClientFactory, MemberFactory
from tests.importing.desk import Desk, workbook_of
from tests.importing.office import Office
from tests.jobs.by_hand import carry_out, taken
from tests.rows import make_row

HEADS = ("庁舎（建物）名", "拠点区分", "所在地")
GOOD = ("本庁舎", "本庁舎", "中央1-1")
BAD = ("別館", "たぶん本庁舎", "中央1-2")


@pytest.fixture
def editor(client_for: ClientFactory, in_scope: Municipality) -> Client:
    return client_for(Role.EDITOR)


def upload(client: Client, content: bytes, code: str = "3", name: str = "庁舎.xlsx") -> Any:
    path = f"/139998/annex/{code}/import/" if code else "/139998/annex/import/"
    file = SimpleUploadedFile(name, content)
    return client.post(path, {"file": file, "as_drafts": "on"}, follow=True)


def job() -> ImportJob:
    return ImportJob.objects.latest("pk")


def page(client: Client, step: str = "", **query: str) -> Any:
    return client.get(f"/139998/annex/import/{job().uid}/{step}", query)


def send(client: Client, step: str, **data: str) -> Any:
    return client.post(f"/139998/annex/import/{job().uid}/{step}/", data, follow=True)


def test_nothing_is_written_before_the_person_says_so(editor: Client) -> None:
    answer = upload(editor, workbook_of(HEADS, GOOD))
    assert job().state == ImportState.READY
    assert "まだ何も登録していません" in answer.text and "中央1-1" in answer.text
    assert not Site.objects.exists()
    answer = send(editor, "apply")
    assert "登録しました" in answer.text
    assert Site.objects.get().address == "中央1-1"
    assert not job().file
    entry = Entry.objects.get(action="Excelからの取り込み")
    assert "庁舎.xlsx（1シート、新規1行、変更0行" in entry.note
    assert Entry.objects.filter(action="追加", target_uid=str(Site.objects.get().uid)).exists()


def test_all_or_nothing_unless_the_person_takes_the_good_rows(editor: Client) -> None:
    answer = upload(editor, workbook_of(HEADS, GOOD, BAD))
    assert "「たぶん本庁舎」は選択肢にありません" in answer.text and "B列" in answer.text
    refused = send(editor, "apply")
    assert refused.status_code == 422 and not Site.objects.exists()
    send(editor, "apply", only_good="on")
    assert [site.name for site in Site.objects.all()] == ["本庁舎"]


def test_a_change_is_shown_old_and_new_and_kept_in_the_history(editor: Client, desk: Desk) -> None:
    desk.bring_in(workbook_of(HEADS, GOOD), "3")
    workbook = load_workbook(BytesIO(desk.export("3")))
    sheet = workbook[workbook.sheetnames[1]]
    names = {cell.value: cell.column for cell in sheet[4]}
    row = next(cell.row for cell in sheet["A"] if cell.value == str(Site.objects.get().uid))
    sheet.cell(row, names["address"], "新しい住所")
    stored = BytesIO()
    workbook.save(stored)
    answer = upload(editor, stored.getvalue())
    assert job().summary["counts"]["changed"] == 1
    assert "中央1-1</del>" in answer.text and "新しい住所</ins>" in answer.text
    # The guide in front of the table is a sheet of ours as well.
    assert "このシステムで書き出したシート（3枚）" in answer.text
    assert "<h2>シート</h2>" not in answer.text
    send(editor, "apply")
    site = Site.objects.get()
    assert (site.address, site.version) == ("新しい住所", 2)
    assert Entry.objects.filter(action="変更", target_uid=str(site.uid)).count() == 1


def test_what_somebody_saved_meanwhile_is_shown_first(editor: Client, desk: Desk) -> None:
    desk.bring_in(workbook_of(HEADS, GOOD), "3")
    upload(editor, workbook_of(HEADS, ("本庁舎", "本庁舎", "わたしの住所")))
    Site.objects.update(address="ほかの人の住所", version=2)
    answer = send(editor, "apply")
    assert "この回に登録した行はありません。1行は" in answer.text
    assert "今は「ほかの人の住所」を「わたしの住所」にする変更です。" in answer.text
    assert Site.objects.get().address == "ほかの人の住所"
    assert send(editor, "apply", only_good="on").status_code == 422
    answer = send(editor, "confirm", chosen="2:Sheet1", shown="2:Sheet1")
    assert "ほかの人の住所</del>" in answer.text
    send(editor, "apply")
    assert Site.objects.get().address == "わたしの住所"


def test_columns_assigned_by_hand_are_remembered(editor: Client) -> None:
    content = workbook_of(
        ("わが町の建物",), ("呼び名", "ありか", "無関係"), ("本庁舎", "甲町", "x")
    )
    answer = upload(editor, content)
    assert job().state == ImportState.ASSIGNING and "列の対応" in answer.text
    assert "呼び名" in answer.text
    choice = {"sheet": "Sheet1", "code": "3", "row": "2", "column-1": "name"}
    twice = send(editor, "columns", **choice, **{"column-2": "name"})
    assert twice.status_code == 422 and "2つ以上の列" in twice.text
    filled = {"column-2": "address", "constant-site_kind": "main"}
    answer = send(editor, "columns", **choice, **filled)
    assert job().summary["counts"]["new"] == 1, answer.text
    send(editor, "apply")
    assert Site.objects.get().address == "甲町" and Site.objects.get().site_kind == "main"
    remembered = {each.label_key: each.column for each in RememberedColumn.objects.all()}
    assert sorted(remembered.values()) == ["", "address", "name", "site_kind"]
    upload(editor, content)
    assert job().summary["counts"]["unchanged"] == 1


def test_a_whole_workbook_goes_to_its_tables(
    editor: Client, desk: Desk, in_scope: Municipality
) -> None:
    spec = registry.spec("departments")
    assert spec is not None
    make_row(spec, in_scope)
    desk.bring_in(workbook_of(HEADS, GOOD), "3")
    answer = upload(editor, desk.export(), code="")
    counts = job().summary["counts"]
    assert counts["new"] == counts["changed"] == counts["refused"] == 0, answer.text
    assert counts["unchanged"] == 2
    assert "登録するものがありません" in send(editor, "apply").text


def test_a_file_that_nobody_reads_yet_says_so(editor: Client) -> None:
    upload(editor, workbook_of(HEADS, GOOD))
    waiting = {"state": ImportState.QUEUED, "started_at": None}
    ImportJob.objects.update(**waiting)
    assert "順番を待っています" not in page(editor).text
    ImportJob.objects.update(**waiting, created_at=timezone.now() - timedelta(minutes=2))
    assert "順番を待っています" in page(editor).text


def test_who_may_not_see_personal_values_neither_imports_nor_finds_them(
    editor: Client, client_for: ClientFactory
) -> None:
    heads = ("区分", "機関名（その他）", "役割", "責任者・担当者（登録のない人）", "携帯電話")
    upload(
        editor, workbook_of(heads, ("関係機関", "県", "当番", "秘密 花子", "090-0000-1111")), "9"
    )
    assert job().with_personal
    assert page(client_for(Role.EDITOR)).status_code == 404
    assert page(client_for(Role.VIEWER)).status_code == 403
    steward = client_for(Role.CONTACT_STEWARD)
    assert steward.get("/139998/annex/3/import/").status_code == 403
    assert steward.get("/139998/annex/9/import/").status_code == 200
    assert not EmergencyContact.objects.exists()


def test_an_import_can_be_dropped_and_its_findings_taken_as_a_workbook(
    editor: Client, settings: Settings
) -> None:
    upload(editor, workbook_of(HEADS, GOOD, BAD))
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    asked = editor.post(f"/139998/annex/import/{job().uid}/report/")
    assert taken(editor, asked).status_code == 404, "no request makes it"
    carry_out(Preparation.objects.get())
    report = load_workbook(BytesIO(b"".join(taken(editor, asked))))
    lines = list(report["取り込めない"].iter_rows(min_row=2, values_only=True))
    assert lines[0][:6] == ("Sheet1", "3", "別館", "B", "拠点区分", "たぶん本庁舎")
    kept = Path(job().file.path)
    assert kept.exists()
    assert "取りやめました" in send(editor, "discard").text
    assert not ImportJob.objects.exists()
    assert not kept.exists()


@pytest.mark.parametrize("outcome", ["new", "refused", "unchanged", "changed", "skipped", "?"])
def test_every_kind_of_line_has_its_page(editor: Client, outcome: str) -> None:
    upload(editor, workbook_of(HEADS, GOOD, BAD, ("合計",)))
    assert page(editor, show=outcome, page="99").status_code == 200


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"])
def test_what_is_no_table_is_refused_with_a_sentence(editor: Client, content: bytes) -> None:
    answer = upload(editor, content)
    assert answer.status_code in (200, 422)
    assert any(
        word in answer.text for word in ("書かれていません", "ファイルではありません", ".xls")
    )


def test_the_number_of_queries_does_not_grow_with_the_lines(
    editor: Client, desk: Desk, django_assert_max_num_queries: Any
) -> None:
    for number in (1, 40):
        lines = [(f"庁舎{n}", "本庁舎", "中央") for n in range(number)]
        with django_assert_max_num_queries(30):
            desk.check(workbook_of(HEADS, *lines), "3")


def test_what_a_line_was_and_is_stands_on_the_page_with_who_changed_it(
    editor: Client, desk: Desk, member: MemberFactory
) -> None:
    office = Office(desk, member(Role.EDITOR).user)
    desk.bring_in(workbook_of(HEADS, GOOD, ("別館", "本庁舎", "旧")), "3")
    upload(editor, workbook_of(HEADS, ("本庁舎", "本庁舎", "新1"), ("別館", "本庁舎", "新2")))
    office.edit(Site.objects.get(name="別館"), address="同僚")
    answer = send(editor, "apply")
    for said in (
        "一部の行を登録しました。",
        "1行を登録しました。1行は、確かめていただいてから登録するまでの間に変わったため",
        "確かめたときは「旧」を「新2」にする変更でした。",
        "今は「同僚」を「新2」にする変更です。",
        "残りの行を取り込まずに終える",
    ):
        assert said in answer.text, said
    assert "まだ何も登録していません" not in answer.text and "列の対応を直す" not in answer.text
    assert "新1</ins>" in page(editor, show="saved").text
    answer = send(editor, "discard")
    assert "先に登録した1行は、登録したままです。" in answer.text
    assert {each.address for each in Site.objects.all()} == {"新1", "同僚"}


def test_cells_of_a_line_that_waits_are_marked_one_by_one(
    editor: Client, desk: Desk, member: MemberFactory
) -> None:
    heads = (*HEADS, "構造")
    desk.bring_in(workbook_of(heads, (*GOOD[:2], "旧", "木造")), "3")
    upload(editor, workbook_of(heads, (*GOOD[:2], "新", "木造")))
    office = Office(desk, member(Role.EDITOR).user)
    office.edit(Site.objects.get(), structure="同僚")
    editor.post(f"/139998/annex/import/{job().uid}/apply/")
    text = page(editor).content.decode()
    assert "印を付けるまで取り込まない行が1行あります。" in text and "取り込めない行が" not in text
    assert "印を付けた項目だけを取り込みます。ほかの項目は、今のままにします。" in text
    [name] = {key for key in ("address:2:Sheet1",) if f'value="{key}"' in text}
    data = {"shown": ["2:Sheet1"], "cells": [name]}
    text = editor.post(
        f"/139998/annex/import/{job().uid}/confirm/", data, follow=True
    ).content.decode()
    assert f'value="{name}"' in text and text.count(" checked") == 1
    editor.post(f"/139998/annex/import/{job().uid}/apply/")
    text = page(editor, show="held").content.decode()
    assert "所在地（はい）" in text and "構造（いいえ）" in text
    assert "印を付けてください" not in text
    saved = Site.objects.get()
    assert (saved.address, saved.structure) == ("新", "同僚")


def test_new_drafts_that_were_saved_are_not_said_to_be_taken_later(
    editor: Client, desk: Desk, member: MemberFactory
) -> None:
    heads = (*HEADS, "状態")
    desk.bring_in(workbook_of(heads, (*GOOD[:2], "旧", "有効")), "3")
    new = ("新館", "本庁舎", "新", "作成中")
    upload(editor, workbook_of(heads, (*GOOD[:2], "新", "有効"), new))
    assert job().summary["draft_count"] == 1
    Office(desk, member(Role.EDITOR).user).edit(Site.objects.get(), address="同僚")
    editor.post(f"/139998/annex/import/{job().uid}/apply/")
    assert job().saved_before == 1 and Site.objects.count() == 2
    assert "「作成中」として取り込みます" not in page(editor).content.decode()
