"""The grid of an annex in a browser: blocks from Excel, the keyboard alone, and what is refused."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from systems.models import Site, UtilityRisk
from systems.models.utilities import MEANS
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.annex_desk import SAVE_GRID, Desk, add_row

pytestmark = pytest.mark.browser

UNDO = "貼り付けを取り消す"
POWER = ["本庁舎", "電力供給"]
PHONE = ["東支所", "通信手段"]
SUPPLIES = [
    [*POWER, "商用電源", "有", "1,500", "kVA", "サーバ室、空調、照明、災害対策本部", ""],
    [*POWER, "ＵＰＳ", "有", "20", "kVA", "サーバ室", "30分"],
    [*POWER, "自家発電", "有", "２００．５", "kVA", "サーバ室、空調", "72時間"],
    [*POWER, "可搬発電機", "有", "2", "台", "照明", "8時間"],
    [*POWER, "電源車協定", "無", "", "", "", ""],
    [*PHONE, "固定電話", "有", "10", "回線", "", ""],
    [*PHONE, "災害時優先電話", "有", "2", "回線", "", ""],
    [*PHONE, "衛星携帯電話", "有", "1", "台", "", "3日"],
    [*PHONE, "LGWAN", "有", "1", "回線", "", ""],
    [*PHONE, "防災行政無線", "不明", "", "", "", ""],
]
FUEL = '軽油 490L\n不足するとき\t市内の業者（通称"石油組合"）から補給'
RISKS = [
    ["", "系統の二重化、ルートの分散", "電算室", "", "長時間の停電", "中", "自家発電", "令和7年11月20日"],
    ["", "なし", "電算室", "", "蓄電池の劣化", "低", "なし", "R7.4.1"],
    [FUEL, "なし", "", "地下1階電気室", "浸水すると使えない", "中", "電源車", "2025/11/20"],
    ["ガソリン 40L", "なし", "", "倉庫", "", "", "", ""],
    *[["", "", "", "", "輻輳により通話できない", "不明", "なし", ""]] * 6,
]  # fmt: skip


@pytest.fixture
def desk(
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
) -> Desk:
    sign_in(page, member(Role.EDITOR).user)
    return Desk(page, live_server.url, municipality)


@pytest.fixture
def hall(municipality: Municipality) -> Site:
    add_row(municipality, "3", name="東支所", site_kind="annex")
    return add_row(municipality, "3", name="本庁舎", site_kind="main")


def test_a_block_from_excel_becomes_rows(desk: Desk, hall: Site, shot: Shot) -> None:
    add_row(desk.municipality, "4", name="電算室", site=hall, floor=2, equipment=["server"])
    desk.open("grid", "5")
    expect(desk.page.locator("[data-line]")).to_have_count(3)

    desk.paste_block(desk.cell(1, "建物"), SUPPLIES)
    expect(desk.page.locator("[data-line]")).to_have_count(10)
    expect(desk.page.get_by_role("status").filter(has_text="10行を貼り付けました")).to_have_text(
        "10行を貼り付けました（7行を追加）。まだ保存していません。"
    )
    desk.paste_block(desk.cell(1, "燃料の備蓄・補給"), RISKS)
    expect(desk.page.locator("[data-grid-status]")).to_have_text(
        "10行を貼り付けました。まだ保存していません。"
    )
    expect(desk.page.locator("[data-line]")).to_have_count(10)
    expect(desk.page.locator("#paste-report")).to_have_count(0)
    shot(desk.page, "annex-grid-pasted")
    desk.save_grid()
    desk.expect_success("10行を保存しました。")

    with scope(municipality=desk.municipality):
        rows = list(UtilityRisk.objects.order_by("row_no"))
        assert [MEANS.label(row.means) for row in rows] == [
            "UPS" if cells[2] == "ＵＰＳ" else cells[2] for cells in SUPPLIES
        ]
        assert [row.site.name for row in rows] == ["本庁舎"] * 5 + ["東支所"] * 5
        grid, ups, generator, portable, *_, satellite, _, radio = rows
        assert grid.capacity == Decimal(1500) and radio.exists == "unknown"
        assert grid.covers == ["server_room", "aircon", "lighting", "headquarters"]
        assert grid.redundancy == ["dual_system", "routes"]
        assert (generator.runtime_minutes, generator.runtime_unit) == (72 * 60, "hour")
        assert (satellite.runtime_minutes, satellite.runtime_unit) == (3 * 24 * 60, "day")
        assert generator.fuel == FUEL
        assert [ups.location.name, portable.location_text] == ["電算室", "倉庫"]
        assert [row.tested_on for row in rows[:3]] == [
            date(2025, 11, 20),
            date(2025, 4, 1),
            date(2025, 11, 20),
        ]


def test_what_a_block_holds_and_the_grid_does_not_take_is_named(
    desk: Desk, hall: Site, axe: PageCheck, shot: Shot
) -> None:
    desk.open("grid", "5")
    desk.paste_block(
        desk.cell(1, "建物"),
        [[*POWER, "商用電源", "有"], [*POWER, "自家発電機", "有"], [*POWER, "UPS", "あり"]],
    )
    report = desk.page.locator("#paste-report")
    expect(report.get_by_role("link")).to_have_text(
        [
            "2行目 種類：「自家発電機」は選択肢にないため、貼り付けませんでした。",
            "3行目 有無：「あり」は選択肢にないため、貼り付けませんでした。",
        ]
    )
    axe(desk.page)
    shot(desk.page, "annex-grid-refused-labels")
    report.get_by_role("link").first.click()
    expect(desk.cell(2, "種類")).to_be_focused()
    expect(desk.cell(2, "種類")).to_have_value("")
    expect(desk.cell(2, "種類")).to_have_attribute("aria-invalid", "true")
    desk.cell(2, "種類").select_option("自家発電")
    expect(desk.cell(2, "種類")).not_to_have_attribute("aria-invalid", "true")
    expect(desk.cell(3, "種類")).to_have_value("ups")

    desk.paste_block(desk.cell(1, "最終確認日"), [["令和8年4月1日", "はみ出した値"]])
    expect(report.get_by_role("link")).to_have_text(
        ["1行目 最終確認日：この右に列がないため、「はみ出した値」を貼り付けませんでした。"]
    )
    desk.paste(desk.cell(1, "区分"), "通信")
    expect(report.get_by_role("link")).to_have_text(
        ["1行目 区分：「通信」は選択肢にないため、貼り付けませんでした。"]
    )
    expect(desk.cell(1, "区分")).to_have_value("power")


UNSEEN = """
<style>.xl1 {mso-style-parent:style0;} .xl2 {mso-style-parent:style0; text-decoration:line-through;}</style>
<table><col width=80><col width=0 style="display:none"><col width=80>
<tr><td rowspan=2 class=xl1>東庁舎</td><td>隠列</td><td class=xl1>一丁目</td></tr>
<tr><td>隠列二</td><td><s>旧番地</s>二丁目</td></tr>
<tr height=0 style="mso-height-source:userset;display:none"><td>隠庁舎</td><td></td><td>三丁目</td></tr>
<tr><td class=xl1>"西"庁舎</td><td></td><td class=xl2>四丁目</td></tr></table>
"""
UNSEEN_TEXT = (
    '東庁舎\t隠列\t一丁目\r\n\t隠列二\t旧番地二丁目\r\n隠庁舎\t\t三丁目\r\n"西"庁舎\t\t四丁目\r\n'
)
PASTE = """(control, [text, html]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  clipboardData.setData("text/html", html);
  control.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_what_nobody_sees_is_left_out_of_a_block_and_said(desk: Desk, shot: Shot) -> None:
    desk.open("grid", "departments")
    heads = desk.page.locator("thead th[abbr]").evaluate_all("all => all.map((head) => head.abbr)")
    first, second = heads[heads.index("部署名") :][:2]
    desk.cell(1, "部署名").evaluate(PASTE, [UNSEEN_TEXT, UNSEEN])
    names = [desk.cell(number, first).input_value() for number in (1, 2, 3)]
    assert names == ["東庁舎", "東庁舎", '"西"庁舎']
    beside = [desk.cell(number, second).input_value() for number in (1, 2, 3)]
    assert beside == ["一丁目", "二丁目", ""]
    expect(desk.page.locator("[data-grid-status]")).to_have_text(
        "3行を貼り付けました。まだ保存していません。隠した行・列の文字（「隠列」ほか3か所）は除きました。"
        "取り消し線の引かれた文字（「旧番地」ほか1か所）は除きました。"
        "結合したセルの文字（「東庁舎」）は、その下の行にも入れました。"
    )
    shot(desk.page, "annex-grid-unseen")


def test_a_text_of_several_lines_is_one_cell_and_a_column_of_cells_is_several(desk: Desk) -> None:
    desk.open("grid", "c-1")
    content = desk.cell(1, "内容")
    desk.paste(content, "一行目\r\n二行目\r\n", "<p>一行目</p><p>二行目</p>")
    expect(content).to_have_value(re.compile(r"^一行目\n二行目\s*$"))
    expect(desk.cell(2, "内容")).to_have_value("")

    desk.paste_block(content, [['"引用"で始まる方針'], ["次の方針"]])
    expect(content).to_have_value('"引用"で始まる方針')
    expect(desk.cell(2, "内容")).to_have_value("次の方針")

    desk.paste(desk.cell(1, "方針名"), "甲\r\n乙\r\n")  # a clipboard that carries text only
    expect(desk.cell(1, "方針名")).to_have_value("甲")
    expect(desk.cell(2, "方針名")).to_have_value("乙")


def test_a_block_pasted_in_the_wrong_place_is_taken_back(
    desk: Desk, hall: Site, axe: PageCheck, shot: Shot
) -> None:
    desk.open("grid", "3")
    lines, undo = desk.page.locator("[data-line]"), desk.page.get_by_role("button", name=UNDO)
    expect(undo).to_be_hidden()
    block = [["西支所", "分館・分庁舎", f"{number}丁目"] for number in range(1, 7)]

    desk.paste_block(desk.cell(1, "庁舎（建物）名"), block)
    expect(lines).to_have_count(6)
    desk.cell(3, "所在地").fill("三丁目3番")
    axe(desk.page)
    shot(desk.page, "annex-grid-undo")
    undo.click()
    expect(undo).to_be_hidden()
    expect(desk.cell(1, "庁舎（建物）名")).to_be_focused()
    expect(desk.cell(1, "庁舎（建物）名")).to_have_value("東支所")
    expect(desk.cell(2, "拠点区分")).to_have_value("main")
    expect(desk.cell(3, "庁舎（建物）名")).to_have_value("")
    expect(desk.cell(3, "所在地")).to_have_value("三丁目3番")  # typed since then
    expect(lines).to_have_count(5)

    desk.paste_block(desk.cell(1, "庁舎（建物）名"), block)
    expect(desk.cell(2, "庁舎（建物）名")).to_have_value("西支所")
    desk.page.keyboard.press("Control+z")
    expect(desk.cell(2, "庁舎（建物）名")).to_have_value("本庁舎")
    expect(lines).to_have_count(5)


def test_more_lines_than_one_save_can_take_are_named_not_lost(desk: Desk) -> None:
    desk.open("grid", "departments")
    names = [[f"第{number}課", ""] for number in range(1, 503)]
    desk.paste_block(desk.cell(1, "部署名"), names)
    expect(desk.page.locator("[data-line]")).to_have_count(500)
    expect(desk.page.locator("#paste-report")).to_have_text(
        "一度に追加できるのは500行までのため、残りの2行は貼り付けませんでした。保存してから続きを貼り付けてください。"
    )
    desk.save_grid()
    desk.expect_success("500行を保存しました。")
    with scope(municipality=desk.municipality):
        assert Department.objects.filter(name="第500課").exists()
        assert not Department.objects.filter(name="第501課").exists()


def test_pressing_save_twice_saves_once(desk: Desk) -> None:
    desk.open("grid", "20")
    sent = desk.page.locator("form.grid-form").evaluate(
        """form => {
          let sent = 0;
          form.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) sent += 1;
            event.preventDefault();
          });
          form.requestSubmit();
          form.requestSubmit();
          return sent;
        }"""
    )
    assert sent == 1


def test_the_keyboard_alone_edits_and_saves(desk: Desk) -> None:
    for name in ("総務課", "防災課"):
        add_row(desk.municipality, "departments", name=name)
    desk.open("grid", "departments")
    keyboard = desk.page.keyboard
    desk.tab_to(desk.cell(1, "部署名"))
    keyboard.press("End")
    keyboard.type("（本庁）")
    keyboard.press("Enter")
    expect(desk.cell(2, "部署名")).to_be_focused()
    keyboard.press("Alt+ArrowUp")
    keyboard.press("Alt+ArrowDown")
    expect(desk.cell(2, "部署名")).to_be_focused()
    keyboard.press("Alt+ArrowRight")
    expect(desk.cell(2, "別名・略称")).to_be_focused()
    keyboard.type("防災")
    keyboard.press("Alt+ArrowRight")
    keyboard.type("総務課（本庁）")
    keyboard.press("Enter")
    expect(desk.cell(3, "上位の部署")).to_be_focused()
    for _ in range(3):
        keyboard.press("Alt+ArrowLeft")
    expect(desk.cell(3, "部署名")).to_be_focused()
    desk.cell(2, "上位の部署").fill("")

    desk.tab_to(desk.page.get_by_role("button", name="行を追加"))
    keyboard.press("Space")
    expect(desk.cell(6, "部署名")).to_be_focused()
    keyboard.type("情報課")
    expect(desk.cell(6, "部署名")).to_have_value("情報課")
    desk.tab_to(desk.page.get_by_role("button", name=SAVE_GRID))
    keyboard.press("Enter")
    desk.expect_success("3行を保存しました。")
    with scope(municipality=desk.municipality):
        names = list(Department.objects.order_by("row_no").values_list("name", "aliases"))
    assert names == [("総務課（本庁）", []), ("防災課", ["防災"]), ("情報課", [])]


def test_a_refused_grid_says_where_and_keeps_what_was_typed(
    desk: Desk, hall: Site, axe: PageCheck, shot: Shot
) -> None:
    desk.open("grid", "3")
    desk.cell(1, "所在地").fill("一丁目1番")
    desk.cell(2, "建築時期").fill("へいせい")
    rows = [["図書館", "別館", "二丁目", "ない課"], *[["", "", "", ""]] * 2, ["体育館", "避難所"]]
    desk.paste_block(desk.cell(3, "庁舎（建物）名"), rows)
    desk.save_grid()

    summary = desk.page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("listitem")).to_contain_text(
        [
            "2行目「建築時期」：「へいせい」",
            "3行目「拠点区分」：入力してください。",
            "3行目「管理部門（部署）」：「ない課」",
            "6行目「拠点区分」：入力してください。",
        ]
    )
    expect(desk.page.locator("[data-line] .cell-error")).to_have_count(4)
    axe(desk.page)
    shot(desk.page, "annex-grid-refused")
    summary.get_by_role("link").first.click()
    expect(desk.cell(2, "建築時期")).to_be_focused()
    expect(desk.cell(2, "建築時期")).to_have_value("へいせい")
    expect(desk.cell(1, "所在地")).to_have_value("一丁目1番")
    expect(desk.cell(3, "所在地")).to_have_value("二丁目")
    with scope(municipality=desk.municipality):
        assert Site.objects.count() == 2 and not Site.objects.exclude(address="").exists()


def test_two_lines_that_are_wrong_only_together_are_refused(desk: Desk) -> None:
    desk.open("grid", "departments")
    desk.paste_block(desk.cell(1, "部署名"), [["総務課", ""], ["防災課", ""], ["総務 課", ""]])
    desk.save_grid()
    problems = desk.page.locator("[data-error-summary]").get_by_role("listitem")
    expect(problems).to_have_text(
        [re.compile("^3行目「部署名」：「総務 課」は、登録済みの「総務課」")]
    )
    with scope(municipality=desk.municipality):
        assert not Department.objects.exists()
    desk.cell(3, "部署名").fill("情報課")
    desk.save_grid()
    desk.expect_success("3行を保存しました。")
