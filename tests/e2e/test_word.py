"""A plan goes out to Word, comes back changed, and its chapters are put where they belong."""

from pathlib import Path

import pytest
from django_scopes import scope
from docx import Document as open_word
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.models import Chapter
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.plans.editions.making import a_chapter, a_plan
from tests.plans.word.outward import hostile

PHONE_SCREEN = {"width": 390, "height": 844}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def written(municipality: Municipality) -> None:
    with scope(municipality=municipality):
        plan = a_plan(municipality)
        a_chapter(plan, "受援", 3)
        Chapter.objects.filter(title="目的").update(body="<p>元の目的の文</p>")


def test_out_to_word_and_back(
    written: None,
    page: Page,
    live_server: LiveServer,
    municipality: Municipality,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
    tmp_path: Path,
) -> None:
    sign_in(page, member(Role.EDITOR, Role.ADMIN).user)
    home = f"{live_server.url}/{municipality.code}"
    page.goto(f"{home}/prints/word/template/")
    template = tmp_path / "ひな形.docx"
    template.write_bytes(hostile.word("町の表紙"))
    axe(page)
    shot(page, "word-template")
    page.get_by_label("Wordファイル（.docx、.dotx）").set_input_files(template)
    page.get_by_role("button", name="ひな形を登録する").press("Enter")

    expect(page.get_by_role("link", name="ひな形.docx")).to_be_visible()
    expect(page.get_by_label("団体のひな形に書き込む")).to_be_checked()
    axe(page)
    shot(page, "word-out")
    page.get_by_role("button", name="Wordファイルを作る").press("Enter")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Wordファイルを保存する").press("Enter")
    file = tmp_path / "計画.docx"
    taken.value.save_as(file)

    word = open_word(str(file))
    next(p for p in word.paragraphs if p.text == "元の目的の文").runs[0].text = "Wordで直した文"
    word.add_heading("9 Wordで足した章", 1)
    word.add_paragraph("足した文")
    word.save(str(file))

    page.goto(f"{home}/plan/word/")
    axe(page)
    page.get_by_label("Wordファイル（.docx）").set_input_files(file)
    page.get_by_role("button", name="読み取る").press("Enter")
    expect(page.get_by_role("heading", name="入れる場所を選ぶ")).to_be_visible()
    outline = page.get_by_role("region", name="今の章立て（3件）")
    expect(outline).to_contain_text("3 受援")
    changed = page.get_by_role("region", name="目的")
    expect(changed.get_by_label("取り込み方")).to_have_value("replace")
    changed.get_by_text("読み取った内容を見る").press("Enter")
    expect(changed.get_by_text("Wordで直した文")).to_be_visible()
    same = page.get_by_role("region", name="受援").get_by_label("取り込み方")
    expect(same).to_have_value("omit")
    axe(page)
    shot(page, "word-place")
    page.set_viewport_size(PHONE_SCREEN)
    axe(page)
    shot(page, "word-place-phone")
    page.get_by_role("button", name="計画に取り込む").press("Enter")

    expect(page.get_by_text("Wordファイルから2件の章・節を取り込みました。")).to_be_visible()
    expect(page.get_by_text("Wordで足した章").first).to_be_visible()
    with scope(municipality=municipality):
        assert Chapter.objects.get(title="目的").body == "<p>Wordで直した文</p>"
        assert Chapter.objects.get(title="Wordで足した章").body == "<p>足した文</p>"
