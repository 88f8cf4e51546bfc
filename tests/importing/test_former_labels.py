"""A file of before a renaming still arrives in the same column; where two may be meant, a person is asked."""

from collections.abc import Callable

import pytest
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.models import ColumnSetting
from bcp_portal.annex.settings_services import ColumnChoice, save_annex_setting, save_columns
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.importing.heading import Head, label_key
from bcp_portal.importing.models import RememberedColumn
from bcp_portal.importing.remembered_columns import remembered
from bcp_portal.importing.sheet_matching import A_GUIDE
from bcp_portal.importing.targets import ImportTarget
from bcp_portal.ui.text import match_key
from systems.models import Site
from tests.conftest import ClientFactory
from tests.findings.workbooks import Book
from tests.importing.desk import Desk, csv_of, outcomes, reasons
from tests.importing.test_pages import job, upload
from tests.rows import make_row

Rename = Callable[..., None]


@pytest.fixture
def rename(desk: Desk) -> Rename:
    """Call columns of 様式3 otherwise, as the page of its settings does, all at once."""

    def as_the_page_does(code: str = "3", **labels: str) -> None:
        columns = [ColumnChoice(name, label, hidden=False) for name, label in labels.items()]
        actor = desk.membership.user
        save_columns(municipality=desk.municipality, actor=actor, code=code, columns=columns)

    return as_the_page_does


@pytest.fixture
def site(in_scope: Municipality) -> Site:
    spec = registry.spec("3")
    assert spec is not None
    make_row(spec, in_scope, 1)
    Site.objects.update(name="本庁舎", address="中央1-1", note="駐車場")
    return Site.objects.get()


def own_file(**heads: str) -> bytes:
    """Return a town's own table of one building, by these heads."""
    named = {"庁舎（建物）名": "本庁舎", "拠点区分": "本庁舎", **heads}
    return csv_of(tuple(named), tuple(named.values()))


def stored() -> tuple[str, str]:
    found = Site.objects.get()
    return found.address, found.note


def left(desk: Desk) -> str:
    return "".join(each.note for each in desk.assigned.left if each.note != A_GUIDE)


def stripped(content: bytes) -> bytes:
    """Return an export as other programs leave it: without its hidden marks, names and uids."""
    book = Book(content).keep("3")
    page = book.sheet("3")
    page.worksheet.delete_rows(1, page.names_row)
    page.worksheet.delete_cols(1)
    for sheet in [each for each in book.workbook.worksheets if each is not page.worksheet]:
        book.workbook.remove(sheet)
    return book.content


# Renamed, and renamed back.


def test_an_old_head_means_the_renamed_column(desk: Desk, site: Site, rename: Rename) -> None:
    rename(address="住居表示")
    rename(address="位置")
    for number, head in enumerate(("所在地", "住居表示", "位置")):
        checked = desk.bring_in(own_file(**{head: f"西{number}"}), "3")
        assert desk.assigned.is_clear and not left(desk), left(desk)
        assert stored() == (f"西{number}", "駐車場"), reasons(checked)


def test_an_old_head_is_known_after_the_shipped_name_came_back(
    desk: Desk, site: Site, rename: Rename
) -> None:
    rename(address="住居表示")
    rename(address="")
    desk.bring_in(own_file(住居表示="西2"), "3")
    assert stored() == ("西2", "駐車場")


@pytest.mark.parametrize("lose", [False, True], ids=["ours", "without its marks"])
def test_an_export_of_before_arrives_in_the_renamed_columns(
    desk: Desk, site: Site, rename: Rename, *, lose: bool
) -> None:
    rename(address="住居表示", note="覚え")
    book = Book(desk.export("3"))
    page = book.sheet("3")
    page.put(page.rows[0], "address", "西3")
    page.put(page.rows[0], "note", "車庫")
    content = stripped(book.content) if lose else book.content
    rename(address="位置", note="控え")
    checked = desk.bring_in(content)
    assert desk.assigned.is_clear, left(desk)
    assert stored() == ("西3", "車庫"), reasons(checked)


def test_the_head_of_an_export_is_no_row_though_all_columns_were_renamed(
    desk: Desk, site: Site, rename: Rename
) -> None:
    names = [item.name for item in ImportTarget(_sheet(desk), desk.membership).sheet.items]
    rename(**{name: f"旧{number}" for number, name in enumerate(names)})
    content = desk.export("3")
    rename(**{name: f"新{number}" for number, name in enumerate(names)})
    checked = desk.check(content)
    assert set(outcomes(checked).values()) == {"unchanged"} and len(outcomes(checked)) == 1


def _sheet(desk: Desk, code: str = "3") -> Sheet:
    return Sheet.named(code, Presentation.load(desk.municipality))


# Two labels swapped: nothing crosses unasked.


@pytest.fixture
def swap(rename: Rename) -> Callable[[], None]:
    return lambda: rename(address="備考", note="所在地")


def test_a_swap_crosses_nothing_of_an_export_that_says_when_it_was_written(
    desk: Desk, site: Site, swap: Callable[[], None]
) -> None:
    book = Book(desk.export("3"))
    page = book.sheet("3")
    page.put(page.rows[0], "address", "西4")
    swap()
    desk.bring_in(book.content)
    assert stored() == ("西4", "駐車場") and not left(desk)
    after = Book(desk.export("3"))
    page = after.sheet("3")
    page.put(page.rows[0], "address", "西5")
    desk.bring_in(after.content)
    assert stored() == ("西5", "駐車場") and not left(desk)


def test_a_swap_by_hand_in_an_export_of_after_it_is_asked(
    desk: Desk, site: Site, swap: Callable[[], None]
) -> None:
    swap()
    book = Book(desk.export("3"))
    page = book.sheet("3")
    row = page.names_row + 1
    heads = {c.value: c for line in page.worksheet.iter_rows(row, row + 1) for c in line if c.value}
    heads["備考"].value, heads["所在地"].value = "所在地", "備考"
    desk.bring_in(book.content)
    assert "どちらの項目の値か決められません" in left(desk) and stored() == ("中央1-1", "駐車場")


def test_an_export_of_before_a_swap_that_lost_its_time_is_asked(
    desk: Desk, site: Site, swap: Callable[[], None]
) -> None:
    book = Book(desk.export("3"))
    swap()
    page = book.sheet("3")
    page.worksheet.cell(2, 1).value = None
    book.workbook.remove(book.workbook["_bcp_portal"])
    desk.bring_in(book.content)
    assert "どちらの項目の値か決められません" in left(desk) and stored() == ("中央1-1", "駐車場")


@pytest.mark.parametrize("form", ["own", "without its marks"])
def test_a_file_that_says_nothing_of_itself_is_asked_after_a_swap(
    desk: Desk, site: Site, swap: Callable[[], None], form: str
) -> None:
    content = stripped(desk.export("3")) if form != "own" else own_file(所在地="西6", 備考="車庫")
    swap()
    checked = desk.bring_in(content, "3")
    assert not checked.plan.entries and not desk.assigned.is_clear
    assert (
        "見出し「所在地」は、今は項目「所在地」の名前ですが、以前は項目「備考」の名前でした"
        in left(desk)
    )
    assert "見出し「備考」は、今は項目「備考」" in left(desk) and stored() == ("中央1-1", "駐車場")


def test_who_is_asked_decides_and_is_asked_again(
    client_for: ClientFactory, desk: Desk, site: Site, swap: Callable[[], None]
) -> None:
    swap()
    client = client_for(Role.EDITOR)
    answer = upload(client, own_file(所在地="西7", 備考="車庫"), "3")
    assert "以前は項目「備考」の名前でした" in answer.text and "この対応で確かめる" in answer.text
    names = ("name", "site_kind", "address", "note")
    columns = {f"column-{number}": name for number, name in enumerate(names, start=1)}
    posted = {"sheet": job().outline[0]["name"], "code": "3", "row": "1", **columns}
    client.post(f"/139998/annex/import/{job().uid}/columns/", posted)
    assert job().summary["counts"]["changed"] == 1, job().summary
    with scope(municipality=desk.municipality):
        assert RememberedColumn.objects.filter(column="address").exists()
    again = upload(client, own_file(所在地="車庫", 備考="西8"), "3")
    assert "以前は項目「備考」の名前でした" in again.text
    # What was decided once is not offered for another file: the names of now are.
    assert 'value="note" selected' in again.text.split('name="column-3"')[1].split("</select>")[0]


def test_nobody_is_asked_once_the_former_names_are_taken_away(
    desk: Desk, site: Site, swap: Callable[[], None]
) -> None:
    swap()
    labels = {"address": "備考", "note": "所在地"}
    columns = [ColumnChoice(name, label, False, ("",)) for name, label in labels.items()]
    save_columns(municipality=desk.municipality, actor=None, code="3", columns=columns)  # type: ignore[arg-type]
    assert [setting.former_labels for setting in ColumnSetting.objects.all()] == [[], []]
    desk.bring_in(own_file(所在地="車庫", 備考="西9"), "3")
    assert stored() == ("西9", "車庫")


def test_a_label_that_another_column_took_is_asked_unless_the_first_stands_beside_it(
    desk: Desk, site: Site, rename: Rename
) -> None:
    rename(address="位置")
    rename(note="所在地")
    desk.bring_in(own_file(所在地="西10"), "3")
    assert "以前は項目「位置」の名前でした" in left(desk) and stored() == ("中央1-1", "駐車場")
    desk.bring_in(own_file(位置="西11", 所在地="車庫"), "3")
    assert stored() == ("西11", "車庫") and not left(desk)


def test_an_old_label_of_two_columns_is_asked(desk: Desk, site: Site, rename: Rename) -> None:
    rename(address="場所など")
    rename(address="位置")
    rename(note="場所など")
    rename(note="控え")
    desk.bring_in(own_file(場所など="西12"), "3")
    assert "以前項目「備考」" not in left(desk)
    assert "見出し「場所など」は、以前項目「位置」と項目「控え」の名前でした" in left(desk)
    desk.bring_in(own_file(位置="西13", 場所など="車庫"), "3")
    assert stored() == ("西13", "車庫") and not left(desk)


def test_what_a_column_was_called_here_says_more_than_what_towns_call_another(
    desk: Desk, site: Site, rename: Rename
) -> None:
    spec = registry.spec("3")
    assert spec is not None
    address = spec.column("address")
    assert address is not None and "住所" in address.also_called
    rename(note="住所")
    rename(note="控え")
    desk.bring_in(own_file(住所="車庫"), "3")
    assert stored() == ("中央1-1", "車庫")


def test_an_old_label_of_a_column_that_is_not_used_is_asked(
    desk: Desk, in_scope: Municipality, rename: Rename
) -> None:
    rename("1", aliases="呼び名")
    hidden = [ColumnChoice("aliases", "通り名", True), ColumnChoice("zone", "呼び名", False)]
    save_columns(municipality=in_scope, actor=None, code="1", columns=hidden)  # type: ignore[arg-type]
    desk.check(csv_of(("システム名称", "呼び名"), ("GIS", "地図")), "1")
    assert "以前は使わない項目「通り名」の名前でした" in left(desk)


def test_what_was_assigned_by_hand_is_forgotten_where_the_label_was_passed_on(
    desk: Desk, site: Site, rename: Rename
) -> None:
    head = Head(1, {1: "所在地"})
    remembered = {"3": {label_key(head, 1, "所在地"): "address"}}
    rename(address="位置")
    rename(note="所在地")
    desk.bring_in(own_file(位置="西14", 所在地="車庫"), "3", remembered=remembered)
    assert stored() == ("西14", "車庫")


def test_what_was_assigned_by_hand_is_forgotten_where_a_column_is_called_so_anew(
    desk: Desk, site: Site, rename: Rename
) -> None:
    labels = {"/ありか": "address", "場所/ありか": "address", "/元のありか": "address"}
    for key, column in {**labels, "/控え": "", "*site_kind": "site_kind"}.items():
        RememberedColumn.objects.create(
            municipality=desk.municipality, code="3", label_key=match_key(key), column=column
        )
    rename(note="ありか")
    kept = set(RememberedColumn.objects.values_list("label_key", flat=True))
    assert kept == {"/元のありか", "/控え", "*site_kind"}
    desk.bring_in(own_file(ありか="車庫"), "3", remembered=remembered())
    assert stored() == ("中央1-1", "車庫")


# A table that is called otherwise.


def retitle(desk: Desk, code: str, title: str) -> None:
    actor, town = desk.membership.user, desk.municipality
    save_annex_setting(municipality=town, actor=actor, code=code, values={"title": title})


def test_a_sheet_is_known_by_the_title_its_table_had(desk: Desk) -> None:
    spec = next(spec for spec in registry.specs() if spec.number is None)
    for title in ("一つめの名", "二つめの名"):
        retitle(desk, spec.code, title)
    for title in (spec.title, "一つめの名", "二つめの名"):
        # Every table has these columns: only the title says which it is.
        desk.check(csv_of((title,), (), ("備考", "状態"), ("甲", "有効")))
        assert [each.target.code for each in desk.assigned.taken] == [spec.code], title


def test_where_a_title_was_passed_on_the_columns_decide(desk: Desk) -> None:
    departments, people = (_sheet(desk, code) for code in ("departments", "people"))
    title = departments.title
    retitle(desk, "departments", "組織の一覧")
    retitle(desk, "people", title)
    for sheet in (departments, people):
        labels = [item.column.label for item in sheet.editable_items]
        desk.check(csv_of((title,), (), labels, ["甲"] * len(labels)))
        assert [each.target.code for each in desk.assigned.taken] == [sheet.spec.code]
    desk.check(csv_of((title,), (), ("備考", "状態"), ("甲", "有効")))
    assert [each.target.code for each in desk.assigned.taken] == ["people"]
