"""Figures in a browser: put into a chapter, shown in the editor, in the plan and on a phone."""

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.models import Chapter, RoleDeputy
from plans.outlines.new_plan import create_plan
from plans.outlines.template import ChapterTemplate, OutlineTemplate
from plans.text.live_blocks import block_html
from tests.browser import PageCheck, Shot, SignIn
from tests.conftest import MemberFactory
from tests.e2e.page_rules import expect_no_sideways_scroll
from tests.plans.rows import a_role

PHONE = {"width": 390, "height": 844}
OUTLINE = OutlineTemplate("ksw", "計画書", (ChapterTemplate("運用体制", "体制の文。", "趣旨。"),))
CELLS = "".join(f"<td>値{number}番</td>" for number in range(40))
WIDE = f"<table><tbody><tr>{CELLS}</tr></tbody></table>"
REMOVED = "表「99-9」はこのシステムにありません。"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chapter(municipality: Municipality) -> Chapter:
    """A chapter with a table of forty columns and a block whose table was removed."""
    with scope(municipality=municipality):
        head = a_role(municipality, "電算機管理者", post="情報政策課長")
        RoleDeputy.objects.create(municipality=municipality, role=head, order=1, post="課長補佐")
        for name in ("事務局", "インフラチームリーダー", "業務システムチームリーダー"):
            a_role(municipality, name, post="係長", reports_to=head)
        create_plan(municipality=municipality, actor=None, outline=OUTLINE)
        chapter: Chapter = Chapter.objects.get()
        chapter.body = f"<p>前の文</p>{WIDE}{block_html('99-9')}"
        chapter.save()
    return chapter


def test_a_figure_is_put_into_a_chapter_and_read(
    page: Page,
    live_server: LiveServer,
    chapter: Chapter,
    member: MemberFactory,
    sign_in: SignIn,
    axe: PageCheck,
    shot: Shot,
) -> None:
    sign_in(page, member(Role.EDITOR).user)
    plan = f"{live_server.url}/{chapter.municipality.code}/plan"
    page.goto(f"{plan}/chapters/{chapter.uid}/edit/")
    expect(page.get_by_text(REMOVED)).to_be_visible()
    page.get_by_role("button", name="様式・一覧を入れる").click()
    page.get_by_label("名前で絞り込む").fill("体制図（災害時）")
    page.keyboard.press("Enter")
    figure = page.get_by_role("img", name="体制図（災害時）")
    expect(figure).to_be_visible()
    shot(page, "figure-editor")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_text("を保存しました。")).to_be_visible()

    page.goto(f"{plan}/preview/")
    expect(page.get_by_role("img", name="体制図（災害時）")).to_be_visible()
    expect(page.get_by_text(REMOVED)).to_be_visible()
    words = page.get_by_text("図を文章で読む")
    words.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("代行者1 課長補佐")).to_be_visible()
    axe(page)
    shot(page, "figure-preview")
    page.set_viewport_size(PHONE)
    axe(page)
    shot(page, "figure-preview-phone")
    expect_no_sideways_scroll(page)
