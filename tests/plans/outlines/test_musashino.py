"""The outline after the Musashino summary against that summary's own contents, copied by hand."""

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.table import Public
from plans.document.document import TableBlock
from plans.models import Chapter, Plan, ResponseRole
from plans.outlines import MUSASHINO as OUTLINE
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from plans.outlines.template import OutlineTemplate
from plans.public_edition.settings_services import save_annexes, save_public_columns
from plans.summary.document import Audience, document_of_outline, summary_document
from plans.text.markup import text_of
from tests.conftest import ClientFactory
from tests.plans.outlines.printed import codes, columns, new_plan


def test_its_tables_come_from_rows_alone_and_show_nobody_and_no_weakness(
    in_scope: Municipality,
) -> None:
    document = new_plan(in_scope, OUTLINE)
    assert codes(document) == {
        "ICT業務継続計画の位置づけ": ["c-4-related"],
        "脅威発生時の体制": ["8", "8", "8"],
        "優先業務の選定": ["c-20"],
        "優先システムの選定": ["b-15"],
        "運用管理規定": ["c-17"],
    }
    assert document.annexes == ()
    shown = [
        column
        for section in document.sections()
        for block in section.blocks
        if isinstance(block, TableBlock) and block.table
        for column in block.table.columns
    ]
    assert not any(column.personal for column in shown)
    # Printed in 6(1): the goal in a disaster and otherwise by which businesses were chosen.
    selection = columns(document, "優先業務の選定", "c-20")
    assert selection == ("優先業務", "災害時", "非災害時", "該当")


def test_it_stays_short(in_scope: Municipality) -> None:
    document = new_plan(in_scope, OUTLINE)
    texts = [getattr(block, "html", "") for part in document.sections() for block in part.blocks]
    assert sum(len(text_of([text])) for text in texts) < 2_000


def test_any_plan_has_a_summary_that_nobody_typed(in_scope: Municipality) -> None:
    create_plan(municipality=in_scope, actor=None, outline=OUTLINES["ksw"])
    Chapter.objects.update(body="<p>書き換えた文。</p>")
    summary = summary_document(in_scope, Audience.OFFICE)
    assert summary.cover.title == "見本市 ICT業務継続計画書（概要版）"
    assert [chapter.title for chapter in summary.chapters] == [t.title for t in OUTLINE.chapters]
    assert "書き換えた文" not in str(summary.to_json())
    assert summary.annexes == () and summary.colophon == (("発行", "見本市"),)
    assert Plan.objects.get().profile == "ksw"


@pytest.mark.parametrize("outline", OUTLINES.values(), ids=OUTLINES.keys())
def test_an_outline_can_be_read_without_making_a_plan(
    in_scope: Municipality, outline: OutlineTemplate
) -> None:
    document = document_of_outline(outline, in_scope)
    assert not Plan.objects.exists()
    made = new_plan(in_scope, outline)
    assert [s.heading for s in document.sections()] == [s.heading for s in made.sections()]
    assert [s.title for s in document.front] == [s.title for s in made.front]


def test_the_public_summary_shows_what_is_public_and_that_of_the_office_is_marked(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    create_plan(municipality=in_scope, actor=None, outline=OUTLINES["ksw"])
    for name, row in (("情報統括班", "public"), ("秘密の班", "internal")):
        ResponseRole.objects.create(
            municipality=in_scope, structure="disaster", role_name=name, confidentiality=row
        )
    office = str(summary_document(in_scope, Audience.OFFICE))
    assert "情報統括班" in office and "秘密の班" in office and "作業中（庁内用）" in office
    common = {"municipality": in_scope, "actor": None}
    save_public_columns(**common, code="8", columns={"role_name": ("役割", Public.SHOW)})
    closed = str(summary_document(in_scope, Audience.PUBLIC))
    assert "情報統括班" not in closed  # 様式8 itself is not public
    save_annexes(**common, values={8: "public"})
    public = str(summary_document(in_scope, Audience.PUBLIC))
    assert "情報統括班" in public and "秘密の班" not in public and "作業中（公開用）" in public
    viewer = client_for(Role.VIEWER)
    page = viewer.get("/139998/plan/summary/").content.decode()
    assert "情報統括班" in page and "秘密の班" not in page and "作業中（公開用）" in page
    page = viewer.get("/139998/plan/summary/?for=office").content.decode()
    assert "秘密の班" in page and "公開しないでください" in page


def test_the_summary_is_a_page_for_readers(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    create_plan(municipality=in_scope, actor=None, outline=OUTLINES["ksw"])
    viewer = client_for(Role.VIEWER)
    page = viewer.get("/139998/plan/summary/").content.decode()
    assert "登録した内容から自動で作った" in page and "7 ICT業務継続体制の確立" in page
    assert "/139998/plan/summary/" in viewer.get("/139998/plan/").content.decode()
