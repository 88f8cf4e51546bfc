"""What changed between the page and the saving is shown again, line by line; the rest is saved."""

from pathlib import Path
from unittest.mock import patch

import pytest

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.audit.verification import verify
from bcp_portal.importing import import_jobs, requests
from bcp_portal.importing.models import ImportState
from bcp_portal.jobs.supervision import look_at
from bcp_portal.ui.errors import DomainError
from systems.models import Site
from tests.audit.test_verification import TABLE, sql
from tests.conftest import MemberFactory
from tests.findings.workbooks import Book
from tests.importing.desk import Desk, workbook_of
from tests.importing.office import Office
from tests.jobs.by_hand import carry_out

HEADS = ("庁舎（建物）名", "拠点区分", "所在地")
NAMES = ("本館", "別館", "倉庫")
DEPARTMENTS = ("部署名", "上位の部署", "備考")


@pytest.fixture
def office(desk: Desk, member: MemberFactory) -> Office:
    desk.bring_in(workbook_of(HEADS, *((name, "本庁舎", "旧") for name in NAMES)), "3")
    return Office(desk, member(Role.EDITOR).user)


def site(name: str) -> Site:
    found: Site = Site.objects.get(name=name)
    return found


def addresses() -> dict[str, str]:
    return dict(Site.objects.values_list("name", "address"))


def new_addresses(*names: str) -> bytes:
    return workbook_of(HEADS, *((name, "本庁舎", "新") for name in names or NAMES))


def edits_of(name: str) -> list[tuple[str, str]]:
    """Return what the log tells of the address of a site since it was added."""
    entries = Entry.objects.filter(target_label=name, action="変更").order_by("sequence")
    return [(change["before"], change["after"]) for each in entries for change in each.changes]


def test_lines_as_they_were_shown_are_saved_and_the_others_shown_again(office: Office) -> None:
    office.show(new_addresses(), "3")
    office.edit(site("別館"), address="同僚")
    job = office.press()
    assert addresses() == {"本館": "新", "別館": "同僚", "倉庫": "新"}
    assert job.state == ImportState.READY
    assert "2行を登録しました。1行は、" in job.message and "お確かめください" in job.message
    assert office.saved() == [2, 4]
    said = office.waiting()
    assert list(said) == [3]
    assert "所在地：確かめたときは「旧」を「新」にする変更でした。" in said[3]
    assert f"に、{office.colleague.username}が「旧」から「同僚」に変えました。" in said[3]
    assert "今は「同僚」を「新」にする変更です。" in said[3]
    note = Entry.objects.filter(action="Excelからの取り込み").latest("sequence").note
    assert "変更2行" in note and "その間に変わったため取り込まなかった行1行" in note
    assert verify(office.desk.municipality).faults == []


def test_who_changed_a_line_is_not_told_from_an_altered_entry(office: Office) -> None:
    office.show(new_addresses(), "3")
    office.edit(site("別館"), address="同僚")
    altered = Entry.objects.filter(action="変更").latest("sequence")
    assert altered.actor_name == office.colleague.username
    sql(f"UPDATE {TABLE} SET actor_name = '濡衣 太郎' WHERE id = %s", altered.pk)
    office.press()
    said = office.waiting()[3]
    assert f"操作記録（{altered.sequence}番）が書き換えられている" in said
    assert "濡衣" not in said and "に変えました" not in said


def test_a_line_shown_again_is_taken_in_a_second_step_and_logged_once(office: Office) -> None:
    office.show(new_addresses(), "3")
    office.edit(site("別館"), address="同僚")
    office.press()
    office.edit(site("本館"), address="後から")
    office.mark(3)
    changed = {entry.row: entry.changes for entry in office.entries() if not entry.settled}
    assert [(c.old, c.new) for c in changed[3]] == [("同僚", "新")]
    job = office.press()
    assert (job.state, job.message, job.file.name) == (ImportState.DONE, "", "")
    assert addresses() == {"本館": "後から", "別館": "新", "倉庫": "新"}
    assert edits_of("本館") == [("旧", "新"), ("新", "後から")]
    assert edits_of("別館") == [("旧", "同僚"), ("同僚", "新")]
    assert edits_of("倉庫") == [("旧", "新")]
    assert job.summary["counts"]["changed"] == 3 and job.saved_before == 0


def test_a_line_that_changes_again_is_asked_for_again(office: Office) -> None:
    office.show(new_addresses(), "3")
    office.edit(site("別館"), address="一度")
    office.press()
    office.mark(3)
    office.edit(site("別館"), address="二度")
    job = office.press()
    assert job.state == ImportState.READY and job.confirmed == []
    assert addresses()["別館"] == "二度"
    assert "今は「二度」を「新」にする変更です。" in office.waiting()[3]
    assert office.saved() == [2, 4]


def test_a_line_that_is_no_longer_marked_waits_with_its_reasons(office: Office) -> None:
    office.show(new_addresses(), "3")
    office.edit(site("別館"), address="同僚")
    office.press()
    before = office.waiting()
    office.mark(3)
    assert office.waiting() == {}
    office.mark()
    assert office.waiting() == before
    with pytest.raises(DomainError):
        office.press()


def test_a_line_may_be_left(office: Office) -> None:
    office.show(new_addresses(), "3")
    office.edit(site("別館"), address="同僚")
    office.edit(site("倉庫"), address="同僚")
    office.press()
    office.mark(4)
    job = office.press(only_good=True)
    assert job.state == ImportState.DONE and job.summary["waiting"] == 1
    assert addresses() == {"本館": "新", "別館": "同僚", "倉庫": "新"}


def test_what_a_colleague_saved_alike_needs_nobody(office: Office) -> None:
    office.show(new_addresses(), "3")
    office.edit(site("別館"), address="新")
    job = office.press()
    assert job.state == ImportState.DONE
    assert (
        "2行を登録しました。1行は、取り込むはずの項目がその間にファイルと同じ値になった"
        in job.message
    )
    assert edits_of("別館") == [("旧", "新")]


def test_another_column_of_a_colleague_stays_and_stops_nothing(office: Office) -> None:
    office.show(new_addresses(), "3")
    office.edit(site("別館"), structure="鉄骨")
    assert office.press().state == ImportState.DONE
    assert (site("別館").address, site("別館").structure) == ("新", "鉄骨")


def test_a_cell_that_was_as_in_the_file_is_not_taken_back_unseen(office: Office) -> None:
    office.show(workbook_of(HEADS, ("本館", "本庁舎", "旧"), ("別館", "本庁舎", "新")), "3")
    office.edit(site("本館"), address="同僚")
    office.press()
    assert addresses() == {"本館": "同僚", "別館": "新", "倉庫": "旧"}
    assert "「変更なし」の行でした。" in office.waiting()[2]


def test_rows_that_are_gone_or_retired_are_shown_again(office: Office) -> None:
    book = Book(office.desk.export("3"))
    page = book.sheet("3")
    for row in page.rows:
        page.put(row, "address", "新")
    first, second, third = page.rows
    office.show(book.content, "3")
    office.delete(site("本館"))
    office.retire(site("別館"))
    office.press()
    said = office.waiting()
    assert sorted(said) == [first, second] and office.saved() == [third]
    name = office.colleague.get_full_name()
    assert (
        f"{name}が「本館」の行を削除しました。" in said[first]
        and "今は取り込めません" in said[first]
    )
    assert "「有効」から「廃止」に変えました。" in said[second]
    assert addresses() == {"別館": "旧", "倉庫": "新"}


def test_a_row_that_a_colleague_added_meanwhile_is_not_added_twice(office: Office) -> None:
    office.show(new_addresses("新館", "倉庫"), "3")
    office.add(Site(name="新館", site_kind="main", address="同僚"))
    office.press()
    assert "「新規」の行でした。" in office.waiting()[2]
    assert "「新館」の行を登録しました。" in office.waiting()[2]
    assert addresses()["新館"] == "同僚" and addresses()["倉庫"] == "新"
    office.mark(2)
    office.press()
    assert Site.objects.filter(name="新館").count() == 1
    assert addresses()["新館"] == "新"


@pytest.fixture
def departments(office: Office) -> dict[str, Department]:
    for name in ("甲", "乙", "丙", "丁"):
        office.add(Department(name=name))
    return {each.name: each for each in Department.objects.all()}


def test_new_lines_wait_with_the_new_line_that_they_name(
    office: Office, departments: dict[str, Department]
) -> None:
    lines = [("甲課", "甲", "い"), ("甲係", "甲課", "ろ"), ("乙課", None, "は")]
    office.show(workbook_of(DEPARTMENTS, *lines), "departments")
    office.edit(departments["甲"], name="元の甲")
    office.edit(departments["乙"], name="甲")
    message = office.press().message
    said = office.waiting()
    assert sorted(said) == [2, 3] and office.saved() == [4]
    assert "1行は、確かめていただいてから登録するまでの間に変わったため" in message
    assert "1行は、その間に変わった行と関わるため、一緒に止めました。" in message
    assert "その間に変わった行（シート「Sheet1」の2行目「甲課」）と関わる" in said[3]
    assert not Department.objects.filter(name__in=("甲課", "甲係")).exists()
    office.mark(2, 3)
    office.press()
    added = Department.objects.get(name="甲係").parent
    assert added == Department.objects.get(name="甲課") and added is not None
    assert added.parent == departments["乙"]
    assert Entry.objects.filter(action="追加", target_label="乙課").count() == 1


def test_names_that_go_round_are_saved_together_or_not_at_all(
    office: Office, departments: dict[str, Department]
) -> None:
    book = Book(office.desk.export("departments"))
    page = book.sheet("departments")
    first, second, third, fourth = page.rows
    for row, name in ((first, "乙"), (second, "甲")):
        page.put(row, "name", name)
        page.put(row, "note", "新")
    page.put(third, "parent", "甲")
    page.put(fourth, "note", "新")
    office.show(book.content, "departments")
    if office.waiting() or office.job.summary["held"]:
        office.mark(first, second)
    office.edit(departments["甲"], note="同僚")
    office.press()
    assert sorted(office.waiting()) == [first, second, third]
    assert office.saved() == [fourth]
    names = dict(Department.objects.values_list("pk", "name"))
    assert names == {each.pk: name for name, each in departments.items()}
    assert Department.objects.get(name="丙").parent is None
    office.mark(first, second, third)
    office.press()
    assert Department.objects.get(pk=departments["甲"].pk).name == "乙"
    assert Department.objects.get(name="丙").parent_id == departments["乙"].pk


def test_a_name_that_is_another_rows_now_is_asked_for(
    office: Office, departments: dict[str, Department]
) -> None:
    heads = ("庁舎（建物）名", "拠点区分", "管理部門（部署）")
    lines = [("本館", "本庁舎", "甲"), ("別館", "本庁舎", "丙")]
    office.show(workbook_of(heads, *lines), "3")
    office.edit(departments["甲"], name="元の甲")
    office.edit(departments["乙"], name="甲")
    office.press()
    said = office.waiting()
    assert list(said) == [2] and "確かめたときとは別の行を指すようになりました" in said[2]
    assert "「甲」から「元の甲」に変えました" in said[2]
    assert site("本館").manager_department is None
    assert site("別館").manager_department == departments["丙"]


def test_what_happens_after_the_second_check_is_found_as_well(office: Office) -> None:
    office.show(new_addresses(), "3")
    with office.between_check_and_saving(lambda: office.edit(site("別館"), address="同僚")):
        job = office.press()
    assert job.state == ImportState.READY and list(office.waiting()) == [3]
    assert addresses() == {"本館": "新", "別館": "同僚", "倉庫": "新"}


def test_a_row_added_after_the_second_check_is_found_as_well(office: Office) -> None:
    office.show(workbook_of(DEPARTMENTS, ("甲課", None, "い"), ("乙課", None, "")), "departments")
    with office.between_check_and_saving(lambda: office.add(Department(name="甲課"))):
        office.press()
    assert list(office.waiting()) == [2]
    assert set(Department.objects.values_list("name", flat=True)) == {"甲課", "乙課"}


def test_a_worker_killed_after_writing_saves_nothing_and_the_next_saves_once(
    office: Office,
) -> None:
    office.show(new_addresses(), "3")
    office.edit(site("別館"), address="同僚")
    with patch.object(requests, "hand_over"):
        job = office.press()
    job.turn += 1
    job.save()
    with (
        patch.object(import_jobs, "end", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        carry_out(job)
    assert addresses() == {"本館": "旧", "別館": "同僚", "倉庫": "旧"}
    assert office.job.saved_before == 0
    look_at(office.job)
    assert office.job.state == ImportState.READY and office.saved() == [2, 4]
    assert edits_of("本館") == [("旧", "新")]


def test_columns_are_not_assigned_anew_once_lines_were_saved(office: Office) -> None:
    office.show(new_addresses(), "3")
    office.edit(site("別館"), address="同僚")
    job = office.press()
    with pytest.raises(DomainError, match="一部を登録しました"):
        requests.decide(membership=office.desk.membership, job=job, sheet="Sheet1", choice={})


def test_what_was_kept_of_the_page_must_be_what_was_shown(
    office: Office, in_scope: Municipality
) -> None:
    job = office.show(new_addresses(), "3")
    with job.entries.open("rb") as file:
        kept = file.read()
    Path(job.entries.path).write_bytes(kept.replace("旧".encode(), "偽".encode()))
    job = office.press()
    assert "確認の結果を作り直しました" in job.message
    assert set(addresses().values()) == {"旧"}
