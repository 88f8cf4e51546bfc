"""The document of the working copy: chapters with live tables, annexes, cover, revision list."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Municipality, Person
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.models import AnnexSetting
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.chapter import Placement
from plans.chapters.services import add_chapter, remove_chapter, save_chapter
from plans.document.document import Document, Section, TableBlock, TextBlock
from plans.document.revision_table import RevisionLine
from plans.models import Chapter, Plan, Policy, ResponseRole
from plans.outlines.new_plan import create_plan
from plans.outlines.template import OutlineTemplate
from plans.text.live_blocks import block_html
from plans.working_copy.builder import WorkingCopy, build_document
from tests.systems.business_rows import make_business, make_need
from tests.systems.facilities import make_system

SHA = "0f" * 32


@pytest.fixture
def plan(in_scope: Municipality) -> Plan:
    outline = OutlineTemplate("ksw", "{団体名} ICT業務継続計画書", ())
    return create_plan(municipality=in_scope, actor=None, outline=outline)


@pytest.fixture
def probe() -> Iterator[list[int]]:
    """A derived table that counts how often it is built and holds a personal column."""
    built: list[int] = []

    def build(_municipality: Municipality) -> Table:
        built.append(1)
        columns = (Column("post", "職"), Column("who", "氏名", Kind.TEXT, personal=True))
        rows = (
            TableRow("a", {"post": "課長", "who": "柏崎 太郎"}),
            TableRow("b", {"post": "係長", "who": ""}),
        )
        return Table("x-probe", "確かめる表", columns, rows)

    registry._derived["x-probe"] = DerivedTable("x-probe", "確かめる表", build)
    yield built
    del registry._derived["x-probe"]


def write(plan: Plan, title: str, body: str, parent: Chapter | None = None) -> Chapter:
    chapter = add_chapter(plan=plan, actor=None, parent=parent, title=title)
    return save_chapter(
        chapter=chapter, actor=None, title=title, body=body, guidance="書く人へ", expected_version=1
    )


def build(plan: Plan, *, include_personal: bool = False) -> Document:
    return build_document(plan.municipality, include_personal=include_personal)


def policy(municipality: Municipality, name: str) -> Policy:
    return Policy.objects.create(municipality=municipality, name=name, content=f"{name}の内容")


def table_of(section: Section, index: int = 0) -> Table:
    blocks = [block for block in section.blocks if isinstance(block, TableBlock)]
    table = blocks[index].table
    assert table is not None
    return table


def test_chapters_are_numbered_and_nested(plan: Plan) -> None:
    top = write(plan, "体制", "<p>前文</p>")
    section = write(plan, "発生時", "<p>第1章(1)を見る</p>", top)
    document = build(plan)
    [chapter] = document.chapters
    assert [part.heading for part in chapter.walk()] == ["1 体制", "(1) 発生時"]
    assert chapter.blocks == (TextBlock("<p>前文</p>"),)
    assert chapter.children[0].blocks == (
        TextBlock(f'<p><a href="#chapter-{section.uid}">第1章(1)</a>を見る</p>'),
    )


def test_a_block_shows_the_rows_of_now_between_the_texts(plan: Plan) -> None:
    write(plan, "方針", "<p>前</p>" + block_html("c-1", ["name"]) + "<p>後</p>")
    policy(plan.municipality, "安全確保")
    [chapter] = build(plan).chapters
    assert [type(block) for block in chapter.blocks] == [TextBlock, TableBlock, TextBlock]
    assert table_of(chapter).texts() == [["安全確保"]]
    policy(plan.municipality, "関係機関との連携")
    assert table_of(build(plan).chapters[0]).texts() == [["安全確保"], ["関係機関との連携"]]


def test_a_filter_keeps_the_rows_that_match(plan: Plan) -> None:
    policy(plan.municipality, "安全確保")
    policy(plan.municipality, "計画の維持")
    write(plan, "方針", block_html("c-1", ["name"], {"name": "計画の維持"}))
    assert table_of(build(plan).chapters[0]).texts() == [["計画の維持"]]


def test_lines_of_a_view_that_read_the_same_stand_once(plan: Plan) -> None:
    business = make_business(plan.municipality, "戸籍届", rto_disaster_minutes=0)
    for name in ("戸籍", "住基ネット"):
        make_need(business, make_system(plan.municipality, name))
    write(plan, "選定", block_html("c-20") + block_html("c-20", ["business", "case"]))
    [chapter] = build(plan).chapters
    assert [row.cells["system"] for row in table_of(chapter).rows] == ["戸籍", "住基ネット"]
    assert table_of(chapter, 1).texts() == [["戸籍届", "災害時"]]


def test_rows_of_an_annex_that_read_the_same_all_stand(plan: Plan) -> None:
    for name in ("安全確保", "計画の維持"):
        Policy.objects.create(municipality=plan.municipality, name=name, content="守る。")
    write(plan, "方針", block_html("c-1", ["content"]))
    assert table_of(build(plan).chapters[0]).texts() == [["守る。"], ["守る。"]]


def test_a_block_of_an_unknown_table_says_what_to_do(plan: Plan) -> None:
    write(plan, "方針", block_html("x-unknown"))
    [block] = build(plan).chapters[0].blocks
    assert block == TableBlock(
        None, "表「x-unknown」はこのシステムにありません。本文の編集画面で表を選び直してください。"
    )


def test_a_table_that_refuses_to_be_built_says_why(plan: Plan) -> None:
    def refuse(_municipality: Municipality) -> Table:
        raise DomainError("依存関係が循環しています。")

    registry._derived["x-refusing"] = DerivedTable("x-refusing", "断る表", refuse)
    try:
        write(plan, "依存", block_html("x-refusing"))
        [block] = build(plan).chapters[0].blocks
    finally:
        del registry._derived["x-refusing"]
    assert block == TableBlock(None, "依存関係が循環しています。")


def test_a_table_named_often_is_built_once(plan: Plan, probe: list[int]) -> None:
    write(plan, "一", block_html("x-probe") + block_html("x-probe", ["post"]))
    write(plan, "二", block_html("x-probe"))
    build(plan)
    assert probe == [1]


@pytest.mark.quick
def test_personal_cells_are_masked_unless_asked_for(plan: Plan, probe: list[int]) -> None:
    write(plan, "人", block_html("x-probe"))
    shown = table_of(build(plan, include_personal=True).chapters[0])
    assert shown.texts() == [["課長", "柏崎 太郎"], ["係長", ""]]
    masked = table_of(build(plan).chapters[0])
    assert masked.texts() == [["課長", "＊＊＊"], ["係長", ""]]


@pytest.mark.quick
def test_a_person_of_an_annex_is_masked_in_annex_and_chapter_alike(plan: Plan) -> None:
    person = Person.objects.create(municipality=plan.municipality, name="柏崎 太郎")
    ResponseRole.objects.create(
        municipality=plan.municipality, structure="disaster", role_name="責任者", person=person,
        duties="指揮",
    )  # fmt: skip
    write(plan, "体制", block_html("8", ["role_name", "person"]))
    assert "柏崎 太郎" in str(build(plan, include_personal=True).to_json())
    public = build(plan)
    assert "柏崎 太郎" not in str(public.to_json())
    assert table_of(public.chapters[0]).texts() == [["責任者", "＊＊＊"]]


def test_removed_chapters_and_guidance_are_not_printed(plan: Plan) -> None:
    write(plan, "残る章", "<p>残る</p>")
    gone = write(plan, "取り除く章", "<p>秘密</p>")
    assert "秘密" in str(build(plan).to_json())
    remove_chapter(chapter=gone, actor=None, with_children=False)
    text = str(build(plan).to_json())
    assert "秘密" not in text
    assert "書く人へ" not in text


def test_pictures_are_named_once(plan: Plan) -> None:
    picture = f'<p><img src="image:{SHA}" alt="図"></p>'
    top = write(plan, "図", picture)
    write(plan, "図の続き", picture, top)
    assert build(plan).images == (SHA,)


def test_annexes_carry_their_settings(plan: Plan) -> None:
    number = registry.annexes()[0].number
    AnnexSetting.objects.create(
        municipality=plan.municipality, code=str(number), title="別の名称", subtitle="副題",
        reference_note="緊急時対応計画書を参照", managing_department="情報政策課",
        confidentiality="partial", by_reference=True,
    )  # fmt: skip
    document = build(plan)
    assert [part.number for part in document.annexes] == [a.number for a in registry.annexes()]
    part = document.annexes[0]
    assert part.anchor == f"annex-{number}"
    assert part.heading == f"様式{number} 別の名称"
    assert part.tables == ()
    assert (part.subtitle, part.reference_note) == ("副題", "緊急時対応計画書を参照")
    assert (part.managing_department, part.confidentiality_label) == ("情報政策課", "一部非公開")
    assert all(part.tables for part in document.annexes[1:])


def test_before_the_first_edition_the_list_says_work_is_going_on(plan: Plan) -> None:
    document = build(plan)
    assert document.cover.draft is True
    assert document.cover.edition == "作業中"
    assert document.cover.title == "見本市 ICT業務継続計画書"
    assert document.revisions is not None
    assert document.revisions.texts() == [["作業中", "", "制定に向けて作成しています。"]]
    assert dict(document.colophon) == {"発行": "見本市"}


def test_editions_stand_in_the_list(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [RevisionLine("初版", date(2026, 4, 1), "新規制定")]
    monkeypatch.setattr("plans.working_copy.builder.lines_of_editions", lambda: lines)
    document = build(plan)
    assert document.revisions is not None
    assert document.revisions.texts() == [["初版", "令和8年4月1日", "新規制定"]]


def test_both_readers_share_what_was_read_and_get_what_each_gets_alone(
    plan: Plan, probe: list[int]
) -> None:
    write(plan, "担当", block_html("x-probe"))
    alone = {personal: build(plan, include_personal=personal) for personal in (True, False)}
    assert "柏崎 太郎" in str(alone[True])
    assert "柏崎 太郎" not in str(alone[False])
    probe.clear()
    both = WorkingCopy(plan.municipality, in_edition=True)
    assert {True: both.full, False: both.masked} == alone
    assert probe == [1]


def test_the_document_survives_json(plan: Plan, probe: list[int]) -> None:
    write(plan, "方針", "<p>様式1</p>" + block_html("x-probe"))
    document = build(plan)
    assert Document.from_json(document.to_json()) == document


def test_a_municipality_without_a_plan_has_annexes_only(in_scope: Municipality) -> None:
    document = build_document(in_scope, include_personal=False)
    assert document.chapters == ()
    assert document.colophon == ()
    assert document.annexes


def test_more_chapters_and_rows_cost_no_more_queries(plan: Plan) -> None:
    policy(plan.municipality, "一")
    top = write(plan, "章", block_html("c-1"))
    with CaptureQueriesContext(connection) as with_one:
        build(plan)
    for name in "二三":
        policy(plan.municipality, name)
        write(plan, f"章{name}", block_html("c-1"), top)
    with CaptureQueriesContext(connection) as with_three:
        build(plan)
    assert len(with_three) == len(with_one)


def test_front_matter_stands_apart_and_appendices_come_last(plan: Plan) -> None:
    write(plan, "目的", "<p>別表1を見る</p>")
    notice = write(plan, "保管について", "<p>書庫に置く。</p>")
    matrix = write(plan, "業務システム関連表", block_html("c-1"))
    Chapter.objects.filter(pk=notice.pk).update(placement=Placement.FRONT)
    Chapter.objects.filter(pk=matrix.pk).update(placement=Placement.APPENDIX)
    document = build(plan)
    assert [section.heading for section in document.front] == ["保管について"]
    assert [section.heading for section in document.chapters] == [
        "1 目的",
        "別表1 業務システム関連表",
    ]
    assert [s.title for s in document.sections()] == ["保管について", "目的", "業務システム関連表"]
    assert f'<a href="#chapter-{matrix.uid}">別表1</a>' in str(document.chapters[0].blocks)
    assert Document.from_json(document.to_json()) == document


def test_a_plan_prints_the_annexes_it_chose_and_links_to_no_other(plan: Plan) -> None:
    write(plan, "目的", "<p>様式1と様式17</p>")
    plan.annex_numbers = [1, 9]
    plan.save()
    document = build(plan)
    assert [annex.number for annex in document.annexes] == [1, 9]
    text = str(document.chapters[0].blocks)
    assert '<a href="#annex-1">様式1</a>と様式17' in text
