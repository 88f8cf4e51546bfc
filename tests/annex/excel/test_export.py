"""Exports on the pages: what the list shows, for whom, under which name, and what the log says."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.excel.dropdowns import LISTS_SHEET
from bcp_portal.annex.excel.export import ACTION
from bcp_portal.annex.excel.identity import IDENTITY_SHEET
from bcp_portal.annex.excel.instruction_sheets import COLUMNS_SHEET, GUIDE_SHEET
from bcp_portal.annex.excel.placement import NAMES_ROW
from bcp_portal.annex.kinds import MASK
from bcp_portal.annex.models import AnnexSetting
from bcp_portal.audit.models import Entry
from systems.models import EmergencyContact, Site
from tests.annex.excel.books import identity_of, opened
from tests.conftest import ClientFactory
from tests.rows import make_row

SITES = "様式3 庁舎（建物）の状況把握結果"
PHONE = "090-1234-5678"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def url(municipality: Municipality, code: str = "") -> str:
    if code:
        return reverse("annex:excel", args=[municipality.code, code])
    return reverse("annex:workbook", args=[municipality.code])


def whole(client: Client, municipality: Municipality) -> HttpResponseBase:
    """Ask for the workbook of everything, and take it."""
    asked = client.post(url(municipality))
    return client.get(f"{asked.headers['Location']}file/")


def content(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response)


def column(worksheet: Any, name: str) -> list[Any]:
    """Return the filled cells of one column, found by its hidden name."""
    names = [cell.value for cell in worksheet[NAMES_ROW]]
    cells = list(worksheet.columns)[names.index(name)][NAMES_ROW + 2 :]
    return [cell.value for cell in cells if cell.value is not None]


@pytest.fixture
def sites(in_scope: Municipality) -> list[Site]:
    spec = registry.spec("3")
    assert spec is not None
    rows = [make_row(spec, in_scope, number) for number in (1, 2, 3)]
    for row, name in zip(rows, ("あさひ庁舎", "うみべ支所", "いずみ支所"), strict=True):
        row.name = name
        row.save()
    return rows


@pytest.fixture
def contact(in_scope: Municipality) -> EmergencyContact:
    """A contact with a person and a telephone number of their own."""
    spec = registry.spec("9")
    assert spec is not None
    row = make_row(spec, in_scope, full=True)
    row.person = Person.objects.create(municipality=in_scope, name="秘密 花子")
    row.mobile = PHONE
    row.save()
    return row


def test_one_annex_comes_as_a_file_named_after_it(
    municipality: Municipality, client_for: ClientFactory, sites: list[Site]
) -> None:
    response = client_for(Role.VIEWER).get(url(municipality, "3"))
    assert response.headers["Content-Type"] == XLSX
    assert response.headers["Cache-Control"] == "no-store"
    disposition = response.headers["Content-Disposition"]
    name = unquote(disposition.removeprefix("attachment; filename*=utf-8''"))
    assert name.startswith("様式3_庁舎（建物）の状況把握結果_見本市_20")
    assert name.endswith(".xlsx")
    workbook = opened(b"".join(response))
    assert workbook.sheetnames == [GUIDE_SHEET, SITES, COLUMNS_SHEET, LISTS_SHEET, IDENTITY_SHEET]
    assert column(workbook[SITES], "name") == ["あさひ庁舎", "うみべ支所", "いずみ支所"]
    assert column(workbook[SITES], "uid")[-3:] == [str(site.uid) for site in sites]


def test_the_list_s_search_filter_and_order_hold(
    municipality: Municipality, client_for: ClientFactory, sites: list[Site]
) -> None:
    client = client_for(Role.VIEWER)
    address = url(municipality, "3")
    found = opened(content(client, f"{address}?q=支所&sort=-name&page=7"))[SITES]
    assert column(found, "name") == ["うみべ支所", "いずみ支所"]
    assert found["B3"].value.endswith("絞り込み：検索「支所」")
    reverse_order = opened(content(client, f"{address}?sort=-name"))[SITES]
    assert column(reverse_order, "name") == ["うみべ支所", "いずみ支所", "あさひ庁舎"]
    assert "絞り込み" not in reverse_order["B3"].value
    ignored = opened(content(client, f"{address}?f.nothing=1&f.row_status=made-up"))[SITES]
    assert column(ignored, "name") == ["あさひ庁舎", "うみべ支所", "いずみ支所"]
    assert "絞り込み" not in ignored["B3"].value


def test_more_than_one_page_of_the_list_is_exported(
    municipality: Municipality, client_for: ClientFactory, in_scope: Municipality
) -> None:
    spec = registry.spec("departments")
    assert spec is not None
    for number in range(1, 53):
        make_row(spec, in_scope, number)
    worksheet = opened(content(client_for(Role.VIEWER), url(municipality, "departments")))["部署"]
    assert len(column(worksheet, "name")) == 52


def test_retired_rows_come_only_when_asked_for(
    municipality: Municipality, client_for: ClientFactory, sites: list[Site]
) -> None:
    sites[0].row_status = RowStatus.RETIRED
    sites[0].save()
    client = client_for(Role.VIEWER)
    usual = opened(content(client, url(municipality, "3")))[SITES]
    assert column(usual, "name") == ["うみべ支所", "いずみ支所"]
    retired = opened(content(client, url(municipality, "3") + "?f.row_status=retired"))[SITES]
    assert column(retired, "name") == ["あさひ庁舎"]
    assert retired["B3"].value.endswith("絞り込み：状態「廃止」")
    assert "抜粋" in unquote(
        client.get(url(municipality, "3") + "?q=x").headers["Content-Disposition"]
    )


def test_names_of_other_rows_are_offered(
    municipality: Municipality, client_for: ClientFactory, sites: list[Site]
) -> None:
    workbook = opened(content(client_for(Role.VIEWER), url(municipality, "4")))
    lists = [[cell.value for cell in line] for line in workbook[LISTS_SHEET].columns]
    assert ["あさひ庁舎", "うみべ支所", "いずみ支所"] in [line[:3] for line in lists]


def test_what_the_municipality_settled_stands_above_the_table(
    municipality: Municipality, client_for: ClientFactory, sites: list[Site]
) -> None:
    with scope(municipality=municipality):
        AnnexSetting.objects.create(
            municipality=municipality,
            code="3",
            title="建物の一覧",
            subtitle="令和8年度版",
            reference_note="別冊を参照",
            managing_department="管財課",
            confidentiality="partial",
        )
    worksheet = opened(content(client_for(Role.VIEWER), url(municipality, "3")))["様式3 建物の一覧"]
    assert [worksheet[f"B{row}"].value for row in (1, 2, 3)] == [
        "様式3 建物の一覧",
        "令和8年度版　別冊を参照",
        "団体：見本市　管理部署：管財課　公開区分：一部非公開",
    ]


def test_personal_values_leave_only_with_those_who_may_see_them(
    municipality: Municipality, client_for: ClientFactory, contact: EmergencyContact
) -> None:
    seen = opened(content(client_for(Role.EDITOR), url(municipality, "9")))
    worksheet = seen["様式9 緊急連絡先一覧"]
    assert column(worksheet, "mobile") == [PHONE]
    assert column(worksheet, "person") == ["秘密 花子"]
    assert "秘密 花子" in everything(seen[LISTS_SHEET])
    assert any("個人の氏名・連絡先などを含みます" in text for text in everything(seen[GUIDE_SHEET]))

    hidden = opened(content(client_for(Role.VIEWER), url(municipality, "9")))
    worksheet = hidden["様式9 緊急連絡先一覧"]
    assert column(worksheet, "mobile") == column(worksheet, "person") == [MASK]
    for sheet in hidden.worksheets:
        assert not any(PHONE in text or "秘密 花子" in text for text in everything(sheet))
    assert any("「＊＊＊」に置き換えています" in text for text in everything(hidden[GUIDE_SHEET]))


def everything(worksheet: Any) -> list[str]:
    return [str(value) for line in worksheet.values for value in line if value is not None]


def test_each_export_is_written_into_the_log(
    municipality: Municipality,
    client_for: ClientFactory,
    contact: EmergencyContact,
    sites: list[Site],
) -> None:
    editor, viewer = client_for(Role.EDITOR), client_for(Role.VIEWER)
    content(editor, url(municipality, "9"))
    content(viewer, url(municipality, "9"))
    content(viewer, url(municipality, "3") + "?q=支所")
    with scope(municipality=municipality):
        entries = list(Entry.objects.filter(action=ACTION).order_by("sequence"))
    assert [entry.note for entry in entries] == [
        "様式9 緊急連絡先一覧（1表、1行、個人情報を含む）",
        "様式9 緊急連絡先一覧（1表、1行、個人情報を含まない）",
        f"{SITES}（1表、2行、個人情報を含まない、絞り込みあり）",
    ]
    assert entries[0].actor_name.startswith("editor")


def test_the_whole_workbook_holds_every_table(
    municipality: Municipality,
    client_for: ClientFactory,
    contact: EmergencyContact,
    sites: list[Site],
) -> None:
    response = whole(client_for(Role.EDITOR), municipality)
    assert "様式一式_見本市_" in unquote(response.headers["Content-Disposition"])
    workbook = opened(b"".join(response))
    _, sheets = identity_of(workbook)
    assert [line[0] for line in sheets.values()] == [spec.code for spec in registry.specs()]
    assert workbook.sheetnames[1:-3] == list(sheets)
    assert column(workbook["様式9 緊急連絡先一覧"], "mobile") == [PHONE]
    with scope(municipality=municipality):
        entry = Entry.objects.get(action=ACTION)
    assert entry.note.startswith(f"様式一式（{len(registry.specs())}表、")
    assert entry.note.endswith("行、個人情報を含む）")


def test_the_whole_workbook_asks_no_more_of_the_database_for_more_rows(
    municipality: Municipality, client_for: ClientFactory, sites: list[Site]
) -> None:
    client, specs = client_for(Role.EDITOR), [registry.spec("3"), registry.spec("20")]
    assert specs[1] is not None
    make_row(specs[1], municipality)
    with CaptureQueriesContext(connection) as few:
        whole(client, municipality)
    with scope(municipality=municipality):
        for spec in specs:
            assert spec is not None
            for number in (4, 5, 6):
                make_row(spec, municipality, number)
    with CaptureQueriesContext(connection) as more:
        whole(client, municipality)
    assert len(more) <= len(few)


def test_the_pages_lead_to_the_exports(
    municipality: Municipality, client_for: ClientFactory, sites: list[Site]
) -> None:
    client = client_for(Role.VIEWER)
    index = client.get(reverse("annex:index", args=[municipality.code])).content.decode()
    assert f'action="{url(municipality)}"' in index
    assert "個人の連絡先を含みます。" not in index
    editors = client_for(Role.EDITOR).get(reverse("annex:index", args=[municipality.code]))
    assert "個人の連絡先を含みます。" in editors.content.decode()
    page = client.get(reverse("annex:list", args=[municipality.code, "3"]) + "?q=支所&sort=-name")
    link = f"{url(municipality, '3')}?q=%E6%94%AF%E6%89%80&amp;sort=-name&amp;page=1"
    assert f'href="{link}"' in page.content.decode()


def test_a_code_that_is_no_annex_is_not_found(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    assert client_for(Role.VIEWER).get(url(municipality, "no-such")).status_code == 404
