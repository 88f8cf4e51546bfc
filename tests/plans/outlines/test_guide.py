"""The guided start: each step with its state, rows to begin with, and a print at the end."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.sheet import Presentation
from bcp_portal.audit.models import Entry
from bcp_portal.jobs.models import JobState
from bcp_portal.ui.errors import DomainError
from plans.annexes.preset_services import PRESETS, load_preset
from plans.chapters.services import save_chapter
from plans.home.guide import GuideStepState
from plans.home.guide_queries import guide_of
from plans.home.progress import State
from plans.models import (
    ActionPlan,
    ActionStep,
    Chapter,
    Plan,
    PrintJob,
    QuickCheckItem,
    ResponseRole,
)
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from systems.models import Scenario
from tests.conftest import ClientFactory
from tests.plans.rows import a_site

STEPS = OUTLINES["simple"].steps
GUIDE = "/139998/plan/guide/"


@pytest.fixture
def plan(in_scope: Municipality) -> Plan:
    return create_plan(municipality=in_scope, actor=None, outline=OUTLINES["simple"])


def steps(plan: Plan) -> list[GuideStepState]:
    plan.refresh_from_db()
    return guide_of(plan, STEPS, Presentation.load(plan.municipality))


def state(plan: Plan, title: str) -> State:
    [found] = [each for each in steps(plan) if title in each.step.title]
    return found.state


def load(plan: Plan, name: str) -> int:
    return load_preset(municipality=plan.municipality, actor=None, preset=PRESETS[name])


def test_a_new_plan_has_everything_before_it_but_its_texts(plan: Plan) -> None:
    states = [each.state for each in steps(plan)]
    texts, cover = states[-3], states[-2]
    assert set(states[:8]) == {State.NOT_STARTED}
    assert (texts, cover, states[-1]) == (State.IN_PROGRESS, State.IN_PROGRESS, State.NOT_STARTED)


def test_one_row_is_enough_where_others_only_name_it(plan: Plan) -> None:
    a_site(plan.municipality)
    assert state(plan, "準備") is State.IN_PROGRESS
    Department.objects.create(municipality=plan.municipality, name="総務課")
    Scenario.objects.create(
        municipality=plan.municipality, name="地震", event="disaster", kinds=["earthquake"]
    )
    assert state(plan, "準備") is State.DONE


def test_roles_steps_and_checks_can_be_begun_from_samples(plan: Plan) -> None:
    begun = [each.step.preset for each in steps(plan) if each.may_begin]
    assert begun == ["roles", "steps", "checks"]
    assert load(plan, "roles") == 11
    assert load(plan, "steps") == 1 + 1 + 13
    assert load(plan, "checks") == 12
    assert ResponseRole.objects.filter(structure="disaster").count() == 8
    assert ActionPlan.objects.get().scenario.name == "大規模な地震（夜間・休日）"
    assert all(step.roles.exists() and step.offline_way for step in ActionStep.objects.all())
    assert QuickCheckItem.objects.filter(how="").count() == 0
    assert Entry.objects.filter(target_label__contains="庁舎に入っても").exists()
    assert not any(each.may_begin for each in steps(plan))


def test_the_steps_bring_the_roles_they_name_and_use_the_disaster_there_is(plan: Plan) -> None:
    mine = Scenario.objects.create(
        municipality=plan.municipality, name="見本川の氾濫", event="disaster", kinds=["storm_flood"]
    )
    assert load(plan, "steps") == 11 + 1 + 13
    assert ActionPlan.objects.get().scenario == mine
    assert Scenario.objects.count() == 1


def test_rows_that_are_there_are_never_mixed_with_samples(plan: Plan) -> None:
    load(plan, "roles")
    count = ResponseRole.objects.count()
    with pytest.raises(DomainError, match="すでに行があるため、見本を入れませんでした"):
        load(plan, "roles")
    assert ResponseRole.objects.count() == count


def a_role(plan: Plan, name: str, status: str = "active") -> None:
    ResponseRole.objects.create(
        municipality=plan.municipality,
        structure="disaster",
        role_name=name,
        duties="指揮",
        row_status=status,
    )


def test_steps_bring_the_roles_that_are_missing_and_the_page_says_so_before(
    plan: Plan, client_for: ClientFactory
) -> None:
    a_role(plan, "班長")
    assert "様式8にない「最高責任者」「" in client_for(Role.EDITOR).get(GUIDE).content.decode()
    load(plan, "steps")
    assert ActionStep.objects.count() == 13 and ResponseRole.objects.count() == 1 + 8


def test_steps_are_refused_whole_when_a_role_cannot_be_brought(plan: Plan) -> None:
    a_role(plan, "班長")
    a_role(plan, "最高責任者", "retired")
    with pytest.raises(DomainError, match="見本「最高責任者」を入れられませんでした"):
        load(plan, "steps")
    assert not ActionPlan.objects.exists() and not Scenario.objects.exists()


def test_texts_are_done_when_somebody_has_written_them(plan: Plan) -> None:
    for key in ("purpose", "muster", "review", "revision"):
        chapter = Chapter.objects.get(key=key)
        save_chapter(
            chapter=chapter, actor=None, title=chapter.title, body="<p>自分の文。</p>",
            guidance="", expected_version=1,
        )  # fmt: skip
    assert state(plan, "文を読んで直す") is State.DONE


def test_cover_and_print_are_done_when_they_are(plan: Plan) -> None:
    Plan.objects.update(department="総務課", postal_address="中央1-1", telephone="03-0000-0000")
    PrintJob.objects.create(municipality=plan.municipality, state=JobState.DONE)
    assert [each.state for each in steps(plan)][-2:] == [State.DONE, State.DONE]


def test_the_page_leads_to_every_table_and_chapter_and_to_the_print(
    plan: Plan, client_for: ClientFactory
) -> None:
    editor, viewer = client_for(Role.EDITOR), client_for(Role.VIEWER)
    page = editor.get(GUIDE).content.decode()
    for code in ("departments", "1", "7", "8", "9", "10-1", "10-2", "11-1", "12"):
        assert f'href="/139998/annexes/{code}/"' in page or f"/{code}/" in page
    assert page.count("見本の行を入れて始める") == 3
    assert page.index("準備：部署") < page.index("印刷する")
    assert "/139998/prints/" in page
    answer = editor.post(f"{GUIDE}rows/", {"preset": "checks"}, follow=True)
    assert "見本の行を12件入れました" in answer.content.decode()
    assert editor.post(f"{GUIDE}rows/", {"preset": "checks"}).status_code == 422
    assert editor.post(f"{GUIDE}rows/", {"preset": "nothing"}).status_code == 404
    assert "見本の行を入れて始める" not in viewer.get(GUIDE).content.decode()
    assert viewer.post(f"{GUIDE}rows/", {"preset": "roles"}).status_code == 403


def test_an_outline_without_steps_has_no_guide(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        create_plan(municipality=municipality, actor=None, outline=OUTLINES["ksw"])
    client: Client = client_for(Role.EDITOR)
    assert client.get(GUIDE).status_code == 404
    assert GUIDE not in client.get("/139998/plan/").content.decode()


def test_more_rows_cost_no_more_queries(plan: Plan) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            guide_of(plan, STEPS, Presentation.load(plan.municipality))
        return len(captured)

    load(plan, "checks")
    one = queries()
    for number in range(3):
        QuickCheckItem.objects.create(
            municipality=plan.municipality, group="people", item=f"項目{number}か"
        )
    assert queries() == one


def test_home_leads_to_the_guide_and_counts_only_the_seven_annexes(
    plan: Plan, client_for: ClientFactory
) -> None:
    page = client_for(Role.EDITOR).get("/139998/").content.decode()
    assert GUIDE in page
    assert "様式12 訓練計画" in page and "様式15" not in page
