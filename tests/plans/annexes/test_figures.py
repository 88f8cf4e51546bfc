"""Figures made of rows, and the places where they are shown."""

import json
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.counted_rows import as_in_edition
from bcp_portal.annex.models import ChoiceSetting
from bcp_portal.annex.sheet import Presentation
from bcp_portal.figures import graphviz
from bcp_portal.figures.drawing import arranged
from bcp_portal.figures.figure import Figure
from plans.annexes.drawn.figure_source import SPECS, FigureSource
from plans.chapters.services import add_chapter, save_chapter
from plans.document.document import Document, FigureBlock
from plans.models import (
    ActionPlan,
    ActionStep,
    Manual,
    MusterRule,
    ResponseRole,
    RoleDeputy,
)
from plans.outlines.new_plan import create_plan
from plans.outlines.template import OutlineTemplate
from plans.text.live_blocks import LiveBlock, block_html
from plans.working_copy.builder import build_document
from plans.working_copy.table_source import TableSource
from plans.writing.block_options import block_choices
from systems.models import SystemDependency
from tests.conftest import ClientFactory
from tests.figures.svg_reading import words
from tests.plans.rows import a_document, a_person, a_plan, a_role, a_system

NAME = "見本 承子"
SENTENCE_FOR_NOTHING = "登録すると、ここに図が入ります。"


@pytest.fixture
def chief(in_scope: Municipality) -> ResponseRole:
    """A role with a person, a deputy with a person, and one subordinate."""
    chief = a_role(in_scope, "本部長", post="市長", person=a_person(in_scope, NAME))
    deputy = a_person(in_scope, "高橋 正和", post="総務部長")
    RoleDeputy.objects.create(municipality=in_scope, role=chief, order=1, person=deputy)
    a_role(in_scope, "班長", reports_to=chief)
    return chief


def figure(municipality: Municipality, code: str, *, include_personal: bool = False) -> Figure:
    source = FigureSource(Presentation.load(municipality), include_personal)
    found = source.figure(code)
    assert found is not None
    return found


def block(municipality: Municipality, code: str) -> FigureBlock:
    source = TableSource(Presentation.load(municipality), include_personal=False)
    found = source.block(LiveBlock(code))
    assert isinstance(found, FigureBlock)
    return found


def a_step(plan: ActionPlan, seq: int, **values: object) -> ActionStep:
    values = {"phase": "initial", "title": f"手順その{seq}", "body": "行う。", **values}
    return ActionStep.objects.create(municipality=plan.municipality, plan=plan, seq=seq, **values)


def a_rule(municipality: Municipality, **values: object) -> MusterRule:
    values = {
        "event_detail": "earthquake",
        "condition_kind": "intensity",
        "threshold": "震度6弱以上",
        "trigger": "automatic",
        "who": "all",
        "mode": ["on_site"],
        **values,
    }
    return MusterRule.objects.create(municipality=municipality, **values)


def needs(municipality: Municipality, source: str, *targets: str) -> None:
    system = a_system(municipality, source)
    for target in targets:
        SystemDependency.objects.create(
            municipality=municipality,
            system=system,
            depends_on=a_system(municipality, target),
            kind="network",
        )


class TestOrganisation:
    @pytest.mark.quick
    def test_names_are_shown_only_to_those_who_may_see_them(self, chief: ResponseRole) -> None:
        shown = figure(chief.municipality, "fig-organisation-disaster", include_personal=True)
        assert "見本承子" in words(shown.svg)
        assert NAME in shown.alternative_text
        masked = figure(chief.municipality, "fig-organisation-disaster")
        for text in (masked.svg, masked.alternative_text, json.dumps(masked.to_json())):
            assert "承子" not in text
            assert "正和" not in text
        assert words(masked.svg).count("＊＊＊") == 2
        assert "代行者1 総務部長　＊＊＊" in masked.alternative_text

    def test_only_the_roles_in_force_of_one_structure_are_drawn(self, chief: ResponseRole) -> None:
        a_role(chief.municipality, "CSIRT責任者", structure="security")
        a_role(chief.municipality, "下書きの役割", row_status="draft")
        text = words(figure(chief.municipality, "fig-organisation-disaster").svg)
        assert "班長" in text
        assert "CSIRT責任者" not in text
        assert "【作成中】下書きの役割" in text
        with as_in_edition():
            issued = words(figure(chief.municipality, "fig-organisation-disaster").svg)
        assert "下書きの役割" not in issued

    def test_the_structure_is_called_as_the_municipality_calls_it(
        self, chief: ResponseRole
    ) -> None:
        ChoiceSetting.objects.create(
            municipality=chief.municipality,
            list_code="response_structure",
            value="disaster",
            label="地震のとき",
        )
        title = figure(chief.municipality, "fig-organisation-disaster").title
        assert title == "体制図（地震のとき）"

    def test_a_circle_of_command_is_drawn_and_told_below(
        self, chief: ResponseRole, client_for: ClientFactory
    ) -> None:
        chief.reports_to = chief.subordinates.get()
        chief.save()
        shown = figure(chief.municipality, "fig-organisation-disaster")
        assert "本部長" in words(shown.svg) and "班長" in words(shown.svg)
        assert "上位の役割が一巡しています（本部長→班長→本部長）" in shown.note
        page = client_for(Role.EDITOR).get("/139998/blocks/", {"code": shown.code})
        assert shown.note in page.content.decode()

    def test_roles_alone_can_be_chosen_for_strangers(self, chief: ResponseRole) -> None:
        code = "fig-organisation-disaster"
        presentation = Presentation.load(chief.municipality)
        source = TableSource(presentation, include_personal=True)
        alone = source.block(LiveBlock(code, ("role_name",)))
        assert isinstance(alone, FigureBlock) and alone.figure
        text = words(alone.figure.svg) + alone.figure.alternative_text
        assert "本部長" in text and "班長" in text
        for hidden in ("市長", "承子", "総務部長", "正和"):
            assert hidden in words(figure(chief.municipality, code, include_personal=True).svg)
            assert hidden not in text


class TestDocuments:
    def test_documents_and_manuals_stand_above_and_below(self, in_scope: Municipality) -> None:
        a_document(in_scope, "地域防災計画")
        a_document(in_scope, "停止手順書", kind="procedure")
        a_document(in_scope, "国のガイドライン", kind="reference")
        Manual.objects.create(municipality=in_scope, name="地震編", event_details=["earthquake"])
        lines = figure(in_scope, "fig-documents").alternative_text.splitlines()
        assert lines == [
            "本計画が従う文書",
            "　上位計画・関連計画",
            "　　地域防災計画",
            "本計画：ICT業務継続計画書",
            "　計画書本文",
            "　附属資料（様式1～様式20）",
            "本計画に従う文書",
            "　事象別マニュアル",
            "　　地震編",
            "　手順・図・帳票",
            "　　停止手順書",
        ]

    def test_the_plan_says_which_annexes_it_prints(self, in_scope: Municipality) -> None:
        plan = create_plan(
            municipality=in_scope, actor=None, outline=OutlineTemplate("simple", "見本計画", ())
        )
        plan.annex_numbers = [9, 1, 12]
        plan.save()
        text = figure(in_scope, "fig-documents").alternative_text
        assert "本計画：見本計画" in text
        assert "附属資料（様式1、9、12）" in text


class TestMuster:
    def test_rules_become_a_flow(self, in_scope: Municipality) -> None:
        decider = a_role(in_scope, "電算機管理者")
        a_rule(in_scope)
        a_rule(in_scope, threshold="震度5強以上", with_headquarters="set_up", who="part", ratio=40)
        called = a_rule(
            in_scope,
            event_detail="cyber_attack",
            condition_kind="judgement",
            threshold="",
            trigger="instructed",
            who="roles",
            decider=decider,
            mode=["on_site", "online"],
        )
        called.roles.add(decider, a_role(in_scope, "インフラチーム"))
        lines = figure(in_scope, "fig-muster").alternative_text.splitlines()
        assert lines == [
            "地震",
            "　震度6弱以上",
            "　　自動参集（現地）、参集者：全職員",
            "　震度5強以上、かつ災害対策本部が設置されたとき",
            "　　自動参集（現地）、参集者：職員の40%",
            "サイバー攻撃",
            "　責任者の判断",
            "　　電算機管理者の指示により参集（現地・オンライン）、"
            "参集者：電算機管理者、インフラチーム",
        ]

    def test_a_headquarters_that_is_the_condition_is_not_named_twice(
        self, in_scope: Municipality
    ) -> None:
        a_rule(in_scope, condition_kind="headquarters", threshold="", with_headquarters="set_up")
        text = figure(in_scope, "fig-muster").alternative_text
        assert text.splitlines()[1] == "　災害対策本部の設置"


class TestActions:
    def test_steps_become_a_flow_in_their_order(self, in_scope: Municipality) -> None:
        plan = a_plan(in_scope)
        a_step(plan, 2, phase="recovery", parallel=True, report_to_text="災害対策本部")
        step = a_step(
            plan,
            1,
            start_at_minutes=0,
            start_at_unit="immediate",
            finish_by_minutes=60,
            finish_by_unit="hour",
            decision="人が足りないときは応援を頼む。",
        )
        step.roles.add(a_role(in_scope, "インフラチーム"))
        shown = figure(in_scope, f"fig-actions-{plan.uid}")
        assert shown.title == "地震（夜間）の行動計画の流れ"
        assert shown.alternative_text.splitlines() == [
            "初動",
            "　1 手順その1",
            "　　担当：インフラチーム",
            "　　時期：即時～1時間",
            "　　判断：人が足りないとき→応援を頼む。",
            "　　それ以外は2 手順その2へ進む",
            "復旧",
            "　2 手順その2",
            "　　報告先：災害対策本部",
            "　　前後の手順と並行・継続して行う",
            "　　対応の終了",
        ]

    def test_the_first_plan_for_a_kind_of_event_is_found(self, in_scope: Municipality) -> None:
        plan = a_plan(in_scope)
        a_step(plan, 1)
        event = figure(in_scope, f"fig-actions-{plan.event}")
        assert event.title == f"{plan.title}の流れ"
        assert event.alternative == figure(in_scope, f"fig-actions-{plan.uid}").alternative
        assert block(in_scope, "fig-actions-infection").message == (
            "「行動計画の流れ（感染症）」に載せるものがまだありません。"
            "様式10に登録すると、ここに図が入ります。"
        )

    def test_a_circle_of_steps_is_drawn_and_told_below(self, in_scope: Municipality) -> None:
        plan = a_plan(in_scope)
        a_step(plan, 1)
        a_step(plan, 2, decision="余震があるときは項番1に戻る。")
        shown = figure(in_scope, f"fig-actions-{plan.uid}")
        assert "項番1に戻る。" in words(shown.svg)
        assert "手順が一巡しています（1 手順その1→2 手順その2→1 手順その1）" in shown.note

    def test_roles_and_times_can_be_left_out_for_strangers(self, in_scope: Municipality) -> None:
        plan = a_plan(in_scope)
        step = a_step(plan, 1, start_at_minutes=0, start_at_unit="immediate")
        step.roles.add(a_role(in_scope, "インフラチーム"))
        source = FigureSource(Presentation.load(in_scope), include_personal=False)
        code = f"fig-actions-{plan.uid}"
        whole, brief = source.figure(code), source.figure(code, ("title",))
        assert whole and brief
        assert "インフラチーム" in words(whole.svg) and "即時" in words(whole.svg)
        text = words(brief.svg) + brief.alternative_text
        assert "手順その1" in text
        assert "インフラチーム" not in text and "即時" not in text


def test_dependencies_are_drawn_with_their_kinds(in_scope: Municipality) -> None:
    needs(in_scope, "住民記録", "市内LAN")
    a_system(in_scope, "単独のシステム")
    shown = figure(in_scope, "fig-dependency")
    assert shown.alternative_text.splitlines() == [
        "住民記録",
        "　市内LANを必要とする（必須、ネットワーク）",
    ]
    assert "単独のシステム" not in words(shown.svg)


@pytest.mark.parametrize("code", ["fig-organisation-infection", "fig-muster", "fig-dependency"])
def test_a_figure_without_rows_says_where_to_write_them(in_scope: Municipality, code: str) -> None:
    found = block(in_scope, code)
    assert found.figure is None
    assert found.message.endswith(SENTENCE_FOR_NOTHING)


@pytest.mark.parametrize(
    "code",
    [
        "fig-nothing",
        "fig-organisation-",
        "fig-organisation-x",
        "fig-actions-",
        "fig-actions-x",
        "fig-actions-1",
        f"fig-actions-{UUID(int=0)}",
    ],
)
def test_a_figure_nobody_knows_is_named(in_scope: Municipality, code: str) -> None:
    found = block(in_scope, code)
    assert found.figure is None
    assert found.message == (
        f"図「{code}」はこのシステムにありません。本文の編集画面で図を選び直してください。"
    )


def test_another_municipality_is_not_drawn(
    in_scope: Municipality, other_municipality: Municipality
) -> None:
    plan = a_plan(in_scope)
    a_step(plan, 1)
    assert block(in_scope, f"fig-actions-{plan.uid}").figure is not None
    plan.municipality = other_municipality
    plan.save()
    assert block(in_scope, f"fig-actions-{plan.uid}").figure is None


def _many_roles(municipality: Municipality, number: int) -> None:
    a_role(
        municipality,
        f"役割{number}",
        person=a_person(municipality, f"氏名{number}"),
        reports_to=ResponseRole.objects.order_by("pk").first(),
    )
    role = ResponseRole.objects.order_by("-pk").first()
    RoleDeputy.objects.create(municipality=municipality, role=role, order=1, post="係長")


def _many_rules(municipality: Municipality, number: int) -> None:
    role = a_role(municipality, f"役割{number}")
    rule = a_rule(municipality, threshold=f"震度{number}", who="roles", decider=role)
    rule.roles.add(role)


def _many_documents(municipality: Municipality, number: int) -> None:
    a_document(municipality, f"計画{number}")
    Manual.objects.create(municipality=municipality, name=f"編{number}", event_details=[])


def _many_needs(municipality: Municipality, number: int) -> None:
    needs(municipality, f"システム{number}", f"基盤{number}")


def _many_steps(municipality: Municipality, number: int) -> None:
    plan = ActionPlan.objects.first() or a_plan(municipality)
    role = a_role(municipality, f"役割{number}")
    a_step(plan, number, report_to_role=role).roles.add(role)


@pytest.mark.parametrize(
    ("code", "add"),
    [
        ("fig-organisation-disaster", _many_roles),
        ("fig-muster", _many_rules),
        ("fig-documents", _many_documents),
        ("fig-dependency", _many_needs),
        ("fig-actions-disaster", _many_steps),
    ],
)
def test_queries_do_not_grow_with_rows(
    in_scope: Municipality, code: str, add: Callable[[Municipality, int], None]
) -> None:
    def queries() -> int:
        presentation = Presentation.load(in_scope)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            FigureSource(presentation, include_personal=True).figure(code)
        return len(caught)

    add(in_scope, 1)
    with_one = queries()
    add(in_scope, 2)
    add(in_scope, 3)
    assert queries() == with_one


def test_the_editor_offers_figures_after_tables(in_scope: Municipality) -> None:
    plan = a_plan(in_scope)
    choices = dict(block_choices(Presentation.load(in_scope)))
    assert choices["fig-organisation-security"] == "図：体制図（情報セキュリティ事象発生時）"
    assert choices["fig-actions-security"].startswith("図：行動計画の流れ（情報セキュリティ")
    assert choices[f"fig-actions-{plan.uid}"] == "図：地震（夜間）の行動計画の流れ"
    for code in ("fig-documents", "fig-muster", "fig-dependency"):
        assert choices[code].startswith("図：")
    for spec in SPECS:
        assert any(spec.belongs(code) for code in choices), (
            f"The editor offers none of {spec.code}."
        )
    assert not any(
        registry.spec(code) or registry.derived_table(code)
        for code in choices
        if code.startswith("fig-")
    )


@pytest.fixture
def document(chief: ResponseRole) -> Document:
    outline = OutlineTemplate("simple", "見本計画", ())
    plan = create_plan(municipality=chief.municipality, actor=None, outline=outline)
    chapter = add_chapter(plan=plan, actor=None, parent=None, title="運用体制")
    body = f"<p>前</p>{block_html('fig-organisation-disaster')}<p>後</p>"
    save_chapter(
        chapter=chapter, actor=None, title="運用体制", body=body, guidance="", expected_version=1
    )
    return build_document(chief.municipality, include_personal=False)


def test_a_chapter_shows_the_figure_it_names(document: Document) -> None:
    _before, drawn, _after = document.chapters[0].blocks
    assert isinstance(drawn, FigureBlock)
    assert drawn.figure is not None
    assert drawn.figure.title == "体制図（災害時）"


def test_a_document_with_figures_survives_json(document: Document) -> None:
    assert Document.from_json(json.loads(json.dumps(document.to_json()))) == document
    message = FigureBlock(None, "図を描けません。")
    section = document.chapters[0].__class__("a", 1, "1", "章", (message,))
    changed = Document(cover=document.cover, chapters=(section,))
    assert Document.from_json(json.loads(json.dumps(changed.to_json()))) == changed


def test_pages_show_the_figure_with_its_words_and_no_inline_style(
    document: Document, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    html = client.get("/139998/plan/preview/").content.decode()
    assert "<svg" in html
    assert "図を文章で読む" in html
    assert "本部長の指示を受ける役割" in html
    assert "見本 承子" not in html
    assert "style=" not in html[html.index("<svg") : html.index("</figure>")]


def test_the_editor_shows_a_figure_and_offers_its_parts(
    chief: ResponseRole, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    shown = client.get("/139998/blocks/", {"code": "fig-organisation-disaster"})
    assert "<svg" in shown.content.decode()
    assert "承子" not in shown.content.decode()
    options = client.get("/139998/blocks/", {"code": "fig-muster", "options": "1"}).json()
    assert options == {"columns": [{"name": "figure", "label": "図の全体"}], "filters": []}
    organisation = {"code": "fig-organisation-disaster", "options": "1"}
    parts = client.get("/139998/blocks/", organisation).json()["columns"]
    assert [part["label"] for part in parts] == ["役割", "職", "氏名", "代行者"]
    empty = client.get("/139998/blocks/", {"code": "fig-muster"})
    assert SENTENCE_FOR_NOTHING in empty.content.decode()
    unknown = client.get("/139998/blocks/", {"code": f"fig-{uuid4()}"})
    assert (unknown.status_code, "このシステムにありません" in unknown.content.decode()) == (
        200,
        True,
    )


def test_start_up_warns_of_a_missing_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check")
    assert "plans.W002" not in capsys.readouterr().err
    monkeypatch.setattr(graphviz, "PROGRAM", "no-such-program")
    call_command("check")
    assert "plans.W002" in capsys.readouterr().err


def test_without_the_program_the_page_shows_the_words(
    document: Document, client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    arranged.cache_clear()
    monkeypatch.setattr(graphviz, "PROGRAM", "no-such-program")
    html = client_for(Role.EDITOR).get("/139998/plan/preview/").content.decode()
    assert "<svg" not in html[html.index("plan-figure") : html.index("</figure>")]
    assert "図を描くプログラム（Graphviz の dot）がサーバにありません。" in html
    assert "<details open>" in html
    assert "本部長の指示を受ける役割" in html
