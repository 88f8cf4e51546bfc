"""A cell that others changed between the page and the saving is neither lost nor taken back unseen."""

import pytest

from bcp_portal.accounts.permissions import Role
from bcp_portal.importing.models import ImportState
from systems.models import Site
from tests.conftest import MemberFactory
from tests.findings.workbooks import Book
from tests.importing.desk import Desk, workbook_of
from tests.importing.office import Office

HEADS = ("庁舎（建物）名", "拠点区分", "所在地", "構造")
NAMES = ("本館", "別館", "倉庫")


@pytest.fixture
def office(desk: Desk, member: MemberFactory) -> Office:
    lines = ((name, "本庁舎", "旧", "木造") for name in NAMES)
    desk.bring_in(workbook_of(HEADS, *lines), "3")
    return Office(desk, member(Role.EDITOR).user)


def site(name: str) -> Site:
    found: Site = Site.objects.get(name=name)
    return found


def cells(name: str) -> tuple[str, str]:
    return site(name).address, site(name).structure


def export_with(office: Office, *names: str, **values: str) -> tuple[bytes, dict[str, int]]:
    """Return an export in which these sites got these values, and the line of each site."""
    book = Book(office.desk.export("3"))
    page = book.sheet("3")
    for name in names:
        for column, value in values.items():
            page.put(page.row("name", name), column, value)
    return book.content, {name: page.row("name", name) for name in NAMES}


def test_a_cell_that_a_colleague_set_to_another_value_waits(office: Office) -> None:
    content, rows = export_with(office, "本館", "別館", address="取込")
    office.show(content, "3")
    office.edit(site("本館"), address="同僚")
    job = office.press()
    assert job.state == ImportState.READY
    assert "1行を登録しました。1行は、" in job.message and "同じ" not in job.message
    assert (cells("本館")[0], cells("別館")[0]) == ("同僚", "取込")
    said = office.waiting()
    assert list(said) == [rows["本館"]]
    assert said[rows["本館"]].startswith("所在地：確かめたときは「旧」を「取込」にする変更でした。")
    name = office.colleague.username
    assert f"に、{name}が「旧」から「同僚」に変えました。" in said[rows["本館"]]
    assert said[rows["本館"]].endswith("今は「同僚」を「取込」にする変更です。")
    office.mark(rows["本館"])
    assert office.press().state == ImportState.DONE
    assert cells("本館") == ("取込", "木造")


def test_a_cell_that_a_colleague_set_and_emptied_again_is_not_lost(office: Office) -> None:
    office.edit(site("本館"), address="")
    content, rows = export_with(office, "本館", "別館", address="取込")
    office.show(content, "3")
    office.edit(site("本館"), address="一度")
    office.edit(site("本館"), address="")
    job = office.press()
    assert job.state == ImportState.READY and "同じ" not in job.message
    said = office.waiting()[rows["本館"]]
    assert "「一度」から「（空欄）」に変えました。" in said
    assert said.endswith("今は「（空欄）」を「取込」にする変更です。")
    office.mark(rows["本館"])
    office.press()
    assert cells("本館")[0] == "取込"


def test_a_line_that_is_the_only_one_and_waits_is_shown_and_nothing_saved(office: Office) -> None:
    content, rows = export_with(office, "本館", address="取込")
    office.show(content, "3")
    office.edit(site("本館"), address="同僚")
    job = office.press()
    assert "この回に登録した行はありません。1行は、" in job.message
    assert list(office.waiting()) == [rows["本館"]] and job.summary["waiting"] == 1


def test_values_that_are_the_same_in_other_blanks_are_the_same(office: Office) -> None:
    content, _ = export_with(office, "本館", "別館", address="取込 ")
    office.show(content, "3")
    office.edit(site("別館"), address="取込")
    job = office.press()
    assert job.state == ImportState.DONE
    assert "1行を登録しました。1行は、" in job.message and "同じ" in job.message


def test_one_cell_alike_and_one_other_is_not_the_same(office: Office) -> None:
    content, rows = export_with(office, "本館", "別館", address="取込", structure="鉄骨")
    office.show(content, "3")
    office.edit(site("本館"), address="取込", structure="同僚")
    job = office.press()
    assert job.state == ImportState.READY and "同じ" not in job.message
    said = office.waiting()[rows["本館"]]
    assert "今は「同僚」を「鉄骨」にする変更です。" in said
    assert cells("本館") == ("取込", "同僚") and cells("別館") == ("取込", "鉄骨")


def test_a_line_that_means_another_row_now_is_not_the_same(office: Office) -> None:
    content = workbook_of(HEADS[:3], ("本館", "本庁舎", "取込"), ("倉庫", "本庁舎", "取込"))
    office.show(content, "3")
    office.edit(site("本館"), name="元の本館")
    office.edit(site("別館"), name="本館", address="取込")
    job = office.press()
    assert job.state == ImportState.READY and "同じ" not in job.message
    assert "別の行を指すようになりました" in office.waiting()[2]
    assert cells("元の本館")[0] == "旧"


def test_a_colleagues_cell_that_the_file_never_changed_stays_and_stops_nothing(
    office: Office,
) -> None:
    content, _ = export_with(office, "本館", address="取込")
    office.show(content, "3")
    office.edit(site("本館"), structure="同僚")
    job = office.press()
    assert (job.state, job.message, job.summary["held"]) == (ImportState.DONE, "", 0)
    assert cells("本館") == ("取込", "同僚")


def test_own_cells_are_taken_and_the_colleagues_stay_where_a_list_tells_of_both(
    office: Office,
) -> None:
    office.show(workbook_of(HEADS, ("本館", "本庁舎", "取込", "木造")), "3")
    office.edit(site("本館"), structure="同僚")
    office.press()
    said = office.waiting()[2]
    assert "構造：確かめたときは、この項目の変更はありませんでした。" in said
    assert "今は「同僚」を「木造」にする変更です。" in said
    assert "所在地：確かめたときのまま、「旧」を「取込」にする変更です。" in said
    assert set(office.entries()[0].cells) == {"address", "structure"}
    office.mark(cells=[(2, "address")])
    assert [change.name for change in office.entries()[0].changes] == ["address"]
    assert office.waiting() == {}
    assert office.press().state == ImportState.DONE
    assert cells("本館") == ("取込", "同僚")


def test_a_colleagues_cell_is_taken_back_where_it_is_marked(office: Office) -> None:
    content, rows = export_with(office, "本館", address="取込")
    office.show(content, "3")
    office.edit(site("本館"), address="同僚", structure="同僚")
    office.press()
    row = rows["本館"]
    assert "構造：確かめたときは、この項目の変更はありませんでした。" in office.waiting()[row]
    office.mark(cells=[(row, "structure")])
    assert [change.name for change in office.entries()[0].changes] == ["structure"]
    office.mark(cells=[(row, "structure"), (row, "address")])
    office.press()
    assert cells("本館") == ("取込", "木造")


def test_a_cell_that_was_spared_is_spared_when_the_line_waits_again(office: Office) -> None:
    content, rows = export_with(office, "本館", address="取込")
    office.show(content, "3")
    office.edit(site("本館"), address="一度", structure="同僚")
    office.press()
    row = rows["本館"]
    office.mark(cells=[(row, "address")])
    office.edit(site("本館"), address="二度")
    job = office.press()
    assert (job.confirmed, job.spared) == ([], {})
    said = office.waiting()[row]
    assert "今は「二度」を「取込」にする変更です。" in said
    assert "構造：確かめたときは、印を付けるまで取り込まない項目でした。" in said
    office.mark(cells=[(row, "address")])
    office.mark()
    assert office.waiting()[row] == said and office.job.spared == {}
    office.mark(cells=[(row, "address")])
    assert office.press().state == ImportState.DONE
    assert cells("本館") == ("取込", "同僚")


def test_a_spared_cell_that_changes_again_stops_nothing(office: Office) -> None:
    content, rows = export_with(office, "本館", address="取込")
    office.show(content, "3")
    office.edit(site("本館"), address="一度", structure="同僚")
    office.press()
    office.mark(cells=[(rows["本館"], "address")])
    office.edit(site("本館"), structure="後から")
    assert office.press().state == ImportState.DONE
    assert cells("本館") == ("取込", "後から")


def test_what_a_colleague_filled_in_of_a_row_both_add_stays(office: Office) -> None:
    office.show(workbook_of(HEADS, ("新館", "本庁舎", "取込", "木造")), "3")
    office.add(Site(name="新館", site_kind="main", address="同僚"))
    office.press()
    office.mark(cells=[(2, "structure")])
    office.press()
    assert cells("新館") == ("同僚", "木造")


def test_cells_of_other_lines_and_unknown_ones_are_not_marked(office: Office) -> None:
    office.show(workbook_of(HEADS, ("本館", "本庁舎", "取込", "木造")), "3")
    office.edit(site("本館"), structure="同僚")
    office.press()
    office.mark(cells=[(2, "name"), (2, "")])
    assert office.job.confirmed == [] and list(office.waiting()) == [2]
