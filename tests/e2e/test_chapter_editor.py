"""The chapter editor in a browser: what is typed, pasted and chosen arrives in the textarea."""

import json
import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import RequestContext, Template
from django.urls import path
from django.utils.html import format_html
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import Complaints, PageCheck

SYSTEMS = "annex-17"
BLOCKS = [
    {"code": SYSTEMS, "label": "様式17 重要な情報システム"},
    {"code": "annex-5", "label": "様式5 電力・通信設備"},
]
BODY = (
    "<p>重要なものを<strong>次に</strong>示す。</p>"
    f'<div data-live-block="{SYSTEMS}" data-columns="name" data-filter="priority=S"></div>'
    "<p>以上</p>"
)
ROWS = [
    {"name": "住民記録", "rto": "72時間", "p": "S"},
    {"name": "財務会計", "rto": "3日", "p": "A"},
]
LABELS = {"name": "情報システム名", "rto": "目標復旧時間"}
PAGE = """{% extends "base.html" %}{% load static %}{% block title %}本文{% endblock %}
{% block styles %}<link rel="stylesheet" href="{% static 'css/editor.css' %}">{% endblock %}
{% block heading %}<h1>8 重要情報システム</h1>{% endblock %}
{% block content %}<form method="post" data-unsaved-guard>{% csrf_token %}
<label for="id_body">本文</label><textarea id="id_body" name="body" required data-chapter-editor
 data-preview-url="/preview/" data-upload-url="/upload/" data-blocks="{{ blocks }}">{{ body }}</textarea>
<button>保存する</button></form>{% endblock %}
{% block scripts %}<script src="{% static 'vendored/editor/chapter-editor.js' %}" defer></script>{% endblock %}"""


@login_not_required
def chapter(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return HttpResponse(format_html("<title>保存</title><pre>{}</pre>", request.POST["body"]))
    context = RequestContext(request, {"body": BODY, "blocks": json.dumps(BLOCKS)})
    return HttpResponse(Template(PAGE).render(context))


@login_not_required
def preview(request: HttpRequest) -> HttpResponse:
    if request.GET.get("options"):
        columns = [{"name": name, "label": label} for name, label in LABELS.items()]
        choices = [["S", "最優先"], ["A", "優先"]]
        filters = [{"name": "priority", "label": "優先度", "choices": choices}]
        return JsonResponse({"columns": columns, "filters": filters})
    names = request.GET["columns"].split(",") if request.GET["columns"] else list(LABELS)
    wanted = request.GET["filter"].removeprefix("priority=")
    lines = [[row[name] for name in names] for row in ROWS if wanted in ("", row["p"])]
    return HttpResponse("".join(f"<p>{' '.join(line)}</p>" for line in lines))


@login_not_required
def upload(request: HttpRequest) -> HttpResponse:
    file = request.FILES["file"]
    assert isinstance(file, UploadedFile)
    if len(file.read()) > 1000:
        return JsonResponse({"error": "画像が大きすぎます。"}, status=422)
    return JsonResponse({"url": "/static/favicon.svg"})


urlpatterns = [
    path("", chapter, name="sign-in"),
    path("preview/", preview),
    path("upload/", upload),
]
pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]


@pytest.fixture
def editor(page: Page, live_server: LiveServer) -> Page:
    page.goto(live_server.url)
    expect(page.get_by_role("toolbar", name="本文の書式")).to_be_visible()
    return page


def expect_body(page: Page, html: str) -> None:
    """Wait until the field that is sent holds exactly this HTML."""
    expect(page.locator("#id_body")).to_have_value(html)


def expect_in_body(page: Page, html: str) -> None:
    expect(page.locator("#id_body")).to_have_value(re.compile(re.escape(html)))


def expect_tags(page: Page, counts: dict[str, int]) -> None:
    """Wait until the HTML holds each tag as often as `counts` says."""
    page.wait_for_function(
        "counts => Object.entries(counts).every(([tag, times]) =>"
        " document.getElementById('id_body').value.split(tag).length - 1 === times)",
        arg=counts,
    )


def write(page: Page, html: str) -> None:
    """Put HTML into the editor and the cursor at its end."""
    page.evaluate(
        "html => document.getElementById('id_body').chapterEditor"
        ".commands.setContent(html, {emitUpdate: true})",
        html,
    )
    text = page.get_by_role("textbox", name="本文")
    text.focus()
    page.keyboard.press("Control+End")
    expect(text).to_be_focused()


def paste(page: Page, html: str) -> None:
    page.evaluate(
        """html => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          const event = {clipboardData: data, bubbles: true, cancelable: true};
          document.querySelector(".chapter-text").dispatchEvent(new ClipboardEvent("paste", event));
        }""",
        html,
    )


def test_the_page_meets_the_accessibility_rules(editor: Page, axe: PageCheck) -> None:
    axe(editor)
    editor.get_by_role("button", name="様式・一覧を入れる").click()
    expect(editor.get_by_label("名前で絞り込む")).to_be_visible()
    axe(editor)
    editor.keyboard.press("Escape")
    editor.get_by_role("button", name="画像").click()
    expect(editor.get_by_label("画像ファイル")).to_be_visible()
    axe(editor)


def test_opening_a_chapter_changes_nothing(editor: Page) -> None:
    expect_body(editor, BODY)


def test_typing_reaches_the_textarea_and_the_server(editor: Page, complaints: Complaints) -> None:
    write(editor, "<p></p>")
    editor.keyboard.insert_text("1. 計画の")
    editor.keyboard.press("Control+b")
    editor.keyboard.insert_text("目的")
    expect_body(editor, "<p>1. 計画の<strong>目的</strong></p>")
    editor.get_by_role("button", name="保存する").click()
    expect(editor.locator("pre")).to_have_text("<p>1. 計画の<strong>目的</strong></p>")
    complaints.allow("favicon")


def test_an_empty_text_is_empty(editor: Page) -> None:
    write(editor, "<p></p>")
    expect_body(editor, "")


def test_japanese_input_method(editor: Page) -> None:
    write(editor, "<p>業務</p>")
    session = editor.context.new_cdp_session(editor)
    composing = {"text": "けいぞく", "selectionStart": 4, "selectionEnd": 4}
    session.send("Input.imeSetComposition", composing)
    session.send("Input.insertText", {"text": "継続"})
    expect_body(editor, "<p>業務継続</p>")


def test_a_live_block_shows_its_rows_and_keeps_its_options(editor: Page) -> None:
    block = editor.get_by_role("group", name="埋め込みの表：様式17 重要な情報システム")
    expect(block).to_contain_text("住民記録")
    expect(block).not_to_contain_text("財務会計")

    block.get_by_role("button", name="設定").click()
    expect(editor.get_by_label("情報システム名")).to_be_checked()
    expect(editor.get_by_label("目標復旧時間")).not_to_be_checked()
    editor.get_by_label("情報システム名").uncheck()
    editor.get_by_role("button", name="設定する").click()
    expect(editor.get_by_role("alert")).to_have_text("表示する列を一つ以上選んでください。")

    editor.get_by_label("目標復旧時間").check()
    editor.get_by_label("優先度で行を絞る").select_option("A")
    editor.get_by_role("button", name="設定する").click()
    expect(block).to_contain_text("3日")
    expect(block).not_to_contain_text("財務会計")
    block_html = (
        f'<div data-live-block="{SYSTEMS}" data-columns="rto" data-filter="priority=A"></div>'
    )
    expect_in_body(editor, block_html)


def test_a_live_block_moves_by_button_and_is_removed(editor: Page) -> None:
    block = f'<div data-live-block="{SYSTEMS}" data-columns="name" data-filter="priority=S"></div>'
    up = editor.get_by_role("button", name="様式17 重要な情報システム：上へ")
    up.click()
    expect(editor.locator("#id_body")).to_have_value(re.compile("^" + re.escape(block + "<p>")))
    expect(up).to_be_focused()
    up.click()
    expect(editor.get_by_text("これより上へは動かせません。")).to_be_visible()

    editor.get_by_role("button", name="様式17 重要な情報システム：削除").click()
    expect_body(editor, BODY.replace(block, ""))
    editor.get_by_role("button", name="元に戻す").click()
    expect_in_body(editor, block)


def test_inserting_a_live_block_by_name(editor: Page) -> None:
    write(editor, "<ul><li><p>項目</p></li></ul><p>末尾</p>")
    editor.get_by_text("項目").click()
    editor.get_by_role("button", name="様式・一覧を入れる").click()
    editor.get_by_label("名前で絞り込む").fill("電力")
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("group", name="埋め込みの表：様式5 電力・通信設備")).to_be_visible()
    block = '<div data-live-block="annex-5"></div>'
    expect_body(editor, f"<ul><li><p>項目</p></li></ul>{block}<p>末尾</p>")


def test_a_table_grows_and_shrinks(editor: Page) -> None:
    write(editor, "<p></p>")
    editor.get_by_role("button", name="表", exact=True).click()
    rows = ["<tr>" + "<th><p></p></th>" * 3, *["<tr>" + "<td><p></p></td>" * 3] * 2]
    expect_body(editor, f"<table><tbody>{'</tr>'.join(rows)}</tr></tbody></table>")
    for name in ("下に行を追加", "下に行を追加", "右に列を追加"):
        editor.get_by_role("button", name=name).click()
    expect_tags(editor, {"<tr>": 5, "<th>": 4, "<td>": 16})
    for name in ("見出し行", "行を削除", "列を削除"):
        editor.get_by_role("button", name=name).click()
    expect_tags(editor, {"<tr>": 4, "<th>": 0, "<td>": 12})
    expect_tags(editor, {"style": 0})
    editor.get_by_role("button", name="表を削除").click()
    expect_body(editor, "")


def test_a_pasted_drawing_is_refused_in_words(editor: Page) -> None:
    text, status = editor.locator(".chapter-text"), editor.locator(".chapter-status")
    text.focus()
    paste(
        editor,
        "<p>構成図</p><svg><text>サーバ</text><script>alert(1)</script></svg><p>以上の図</p>",
    )
    expect(text).to_contain_text("以上の図")
    expect(text).not_to_contain_text("サーバ")
    expect(status).to_contain_text("図形（SVGなど）は貼り付けられないため、除きました。")
    paste(editor, '<p>写真</p><img src="https://elsewhere.example/a.png" alt="">')
    expect(status).to_contain_text("ほかの場所にある画像は貼り付けられないため、除きました。")
    expect(text.locator("img:not([class])")).to_have_count(0)


def test_paste_from_word_keeps_words_lists_and_tables(editor: Page) -> None:
    write(editor, "<p></p>")
    paste(
        editor,
        """<html><head><style>p{color:red}</style></head><body><h1 style='margin:0'>見出し</h1>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
 style='mso-list:Ignore'>l</span><![endif]>一つ目<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
 style='mso-list:Ignore'>(1)</span><![endif]>内側</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>二つ目</p>
<p class=MsoNormal><span style='font-weight:bold;color:red'>強調</span><img src="file:///C:/x.png"></p>
<table style='width:9pt'><caption>表題</caption><tr><td valign=top>甲</td><td colspan=2>乙</td></tr>
</table><script>alert(1)</script></body></html>""",
    )
    expect_body(
        editor,
        "<p><strong>見出し</strong></p>"
        "<ul><li><p>一つ目</p><p>(1)　内側</p></li><li><p>二つ目</p></li></ul>"
        "<p><strong>強調</strong></p><p>表題</p>"
        '<table><tbody><tr><td><p>甲</p></td><td colspan="2"><p>乙</p></td></tr></tbody></table>',
    )


def test_a_picture_needs_words_and_says_why_it_is_refused(editor: Page) -> None:
    write(editor, "<p>図</p>")
    editor.get_by_role("button", name="画像").click()
    large = {"name": "a.png", "mimeType": "image/png", "buffer": b"x" * 2000}
    editor.get_by_label("画像ファイル").set_input_files(large)  # type: ignore[arg-type]
    editor.get_by_role("button", name="本文に入れる").click()
    expect(editor.get_by_role("alert")).to_have_text("画像の説明を入力してください。")
    editor.get_by_label("画像の説明").fill("配置図")
    editor.get_by_role("button", name="本文に入れる").click()
    expect(editor.get_by_role("alert")).to_have_text("画像が大きすぎます。")

    small = {"name": "a.png", "mimeType": "image/png", "buffer": b"x"}
    editor.get_by_label("画像ファイル").set_input_files(small)  # type: ignore[arg-type]
    editor.get_by_role("button", name="本文に入れる").click()
    expect(editor.get_by_role("img", name="配置図")).to_be_visible()
    expect_body(editor, '<p>図</p><img src="/static/favicon.svg" alt="配置図">')


def test_a_link_is_checked_set_and_removed(editor: Page) -> None:
    write(editor, "<p>資料</p>")
    editor.keyboard.press("Control+a")
    editor.get_by_role("button", name="リンク").click()
    editor.get_by_label("リンク先").fill("javascript:alert(1)")
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("alert")).to_contain_text("https://")
    editor.get_by_label("リンク先").fill("https://www.example.lg.jp/")
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("dialog")).to_have_count(0)
    expect_body(editor, '<p><a href="https://www.example.lg.jp/">資料</a></p>')
    editor.get_by_role("button", name="リンク").click()
    editor.get_by_role("button", name="リンクを外す").click()
    expect_body(editor, "<p>資料</p>")


def test_the_toolbar_is_reached_and_left_by_keyboard(editor: Page) -> None:
    write(editor, "<p>本文</p>")
    editor.keyboard.press("Alt+F10")
    expect(editor.get_by_role("button", name="太字")).to_be_focused()
    editor.keyboard.press("ArrowRight")
    expect(editor.get_by_role("button", name="斜体")).to_be_focused()
    editor.keyboard.press("End")
    expect(editor.get_by_role("button", name="やり直す")).to_be_focused()
    editor.keyboard.press("Escape")
    expect(editor.get_by_role("textbox", name="本文")).to_be_focused()
