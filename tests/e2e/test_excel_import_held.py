"""Lines that are taken only when a person says so; what the columns page says of tables beside and units."""

from pathlib import Path

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.test_excel_import import OFFICE, PHONE
from tests.findings.workbooks import Book
from tests.importing.desk import Desk, workbook_of
from tests.importing.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sorted_without_ids(desk: Desk) -> bytes:
    """Return an export of two departments whose cells changed places beside their uids."""
    for number, (name, note) in enumerate((("総務課", "庶務"), ("税務課", "賦課")), start=1):
        Department.objects.create(
            municipality=desk.municipality, name=name, note=note, row_no=number
        )
    book = Book(desk.export("departments"))
    book.sheet("departments").sort(lambda line: line["note"], ["name", "note"])
    book.sheet("departments").sort(lambda line: line["name"] != "税務課", ["name", "note"])
    return book.content


def choose(page: Page, address: str, content: bytes) -> None:
    page.goto(address)
    file = {"name": "表.xlsx", "mimeType": OFFICE, "buffer": content}
    page.get_by_label("ファイル").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="読み取って確かめる").click()


def test_a_held_line_is_taken_when_it_is_marked(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
    tmp_path: Path,
) -> None:
    membership = member(Role.EDITOR)
    with scope(municipality=municipality):
        content = sorted_without_ids(Desk(municipality, membership, tmp_path))
    sign_in(page, membership.user)
    choose(page, f"{live_server.url}/{municipality.code}/annex/departments/import/", content)
    expect(page.get_by_role("heading", name="確かめてほしい行（2行）")).to_be_visible()
    expect(page.get_by_text("印を付けるまで取り込まない行が2行あります。")).to_be_visible()
    box = page.get_by_role("checkbox", name="「総務課」をファイルのとおりにする")
    expect(box).to_be_visible()
    axe(page)
    shot(page, "import-held")
    page.set_viewport_size(PHONE)
    axe(page)
    shot(page, "import-held-phone")
    box.check()
    page.get_by_role("checkbox", name="「税務課」をファイルのとおりにする").check()
    page.get_by_role("button", name="印を付けた行をファイルのとおりにする").click()
    expect(page.get_by_role("link", name="2行 変更", exact=True)).to_be_visible()
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_role("heading", name="取り込みの結果", level=1)).to_be_visible()
    with scope(municipality=municipality):
        notes = dict(Department.objects.order_by("row_no").values_list("row_no", "name"))
    assert notes == {1: "税務課", 2: "総務課"}


def test_lines_that_changed_meanwhile_are_shown_again_and_the_rest_is_saved(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
    tmp_path: Path,
) -> None:
    membership, heads = member(Role.EDITOR), ("部署名", "備考")
    old, new = (
        workbook_of(heads, *((f"{name}課", note) for name in ["総務", "税務", "住民"]))
        for note in ("旧", "新")
    )
    with scope(municipality=municipality):
        desk = Desk(municipality, membership, tmp_path)
        desk.bring_in(old, "departments")
    sign_in(page, membership.user)
    choose(page, f"{live_server.url}/{municipality.code}/annex/departments/import/", new)
    expect(page.get_by_role("link", name="3行 変更", exact=True)).to_be_visible()
    with scope(municipality=municipality):
        office = Office(desk, member(Role.EDITOR).user)
        office.edit(Department.objects.get(name="税務課"), note="同僚")
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_role("heading", name="確かめてほしい行（1行）")).to_be_visible()
    expect(page.get_by_text("2行を登録しました。1行は、")).to_be_visible()
    expect(page.get_by_text("今は「同僚」を「新」にする変更です。")).to_be_visible()
    axe(page)
    shot(page, "import-changed-meanwhile")
    page.set_viewport_size(PHONE)
    axe(page)
    shot(page, "import-changed-meanwhile-phone")
    page.get_by_role("checkbox", name="「税務課」をファイルのとおりにする").check()
    page.get_by_role("button", name="印を付けた行をファイルのとおりにする").click()
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_role("heading", name="取り込みの結果", level=1)).to_be_visible()
    with scope(municipality=municipality):
        assert set(Department.objects.values_list("note", flat=True)) == {"新"}


def test_the_columns_page_names_a_table_beside_and_asks_for_the_unit(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    heads = ("対象（未登録のもの）", "現状", "改善策", "必要予算", None, "業者名", "電話", "備考")
    line = ("庁舎", "耐震性がない", "補強", 1500, None, "甲社", "0256-00-0001", "夜間可")
    sign_in(page, member(Role.EDITOR).user)
    address = f"{live_server.url}/{municipality.code}/annex/6-1/import/"
    choose(page, address, workbook_of(heads, line))
    expect(page.get_by_role("heading", name="列の対応", level=1)).to_be_visible()
    expect(page.get_by_text("F列からH列は、隣に並ぶ別の表と判断し、取り込みません")).to_be_visible()
    expect(page.get_by_label("H列「備考」")).to_have_value("")
    expect(page.get_by_label("単位の書かれていない金額の単位")).to_be_visible()
    axe(page)
    shot(page, "import-columns-beside")
    page.set_viewport_size(PHONE)
    axe(page)
    shot(page, "import-columns-beside-phone")
