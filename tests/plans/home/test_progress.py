"""How far the plan is: chapters without text, annexes without rows or with blank cells, steps."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from bcp_portal.annex.table import Column, Table, TableRow
from plans.blanks.finding import blanks_of_table
from plans.home.progress import (
    AS_OFFERED,
    STEPS,
    AnnexProgress,
    State,
    TableProgress,
    chapter_progress,
    combined,
    step_progress,
    table_progress,
)
from plans.home.progress_queries import annex_progress, progress_of_chapters
from plans.models import Plan, ResponseRole
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from plans.text.outline import Outline
from tests.conftest import ClientFactory
from tests.plans.rows import sheet


class Chapter:
    """A chapter as the outline sees it."""

    row_status = "active"
    placement = "body"

    def __init__(self, pk: int, parent_id: int | None = None, *, is_empty: bool = False) -> None:
        self.pk = self.uid = self.position = pk
        self.parent_id = parent_id
        self.is_empty = is_empty


def table(rows: list[dict], code: str = "1") -> Table:
    columns = (Column("name", "名称"), Column("owner", "主管"), Column("memo", "メモ"))
    return Table(code, "一覧", columns, tuple(TableRow(str(i), row) for i, row in enumerate(rows)))


def annex(number: int, *tables: TableProgress, steps: tuple[int, ...] = ()) -> AnnexProgress:
    return AnnexProgress(number, f"様式{number}", steps, tables)


def test_only_blank_cells_that_approval_needs_are_counted() -> None:
    progress = table_progress(
        table([{"name": "A", "owner": ""}, {"name": "", "owner": None}]), {"name", "owner"}
    )
    assert (progress.row_count, progress.needed_cells, progress.blank_cells) == (2, 4, 3)
    assert progress.blank_columns == ("主管", "名称")
    assert progress.state is State.IN_PROGRESS


def test_zero_and_no_are_answers() -> None:
    filled = table_progress(table([{"name": 0, "owner": False}]), {"name", "owner"})
    assert filled.state is State.DONE


def test_a_table_without_rows_is_not_started() -> None:
    assert table_progress(table([]), {"name"}).state is State.NOT_STARTED


def test_an_annex_is_done_when_no_table_has_blanks_and_its_main_table_has_rows() -> None:
    full = TableProgress("6-1", "計画", 2, 4, 0)
    empty = TableProgress("6-2", "問題点", 0, 0, 0)
    blank = TableProgress("6-2", "問題点", 1, 2, 1)
    assert annex(6, full, empty).state is State.DONE
    assert annex(6, full, blank).state is State.IN_PROGRESS
    assert annex(6, empty, full).state is State.IN_PROGRESS
    assert annex(6, empty).state is State.NOT_STARTED
    assert AnnexProgress(8, "体制", (), (), by_reference=True).state is State.DONE


def test_text_is_expected_only_where_nothing_stands_below() -> None:
    outline = Outline(
        [
            Chapter(1, is_empty=True), Chapter(2, 1), Chapter(3, 1, is_empty=True),
            Chapter(4), Chapter(5, is_empty=True),
        ]
    )  # fmt: skip
    first, second, third = chapter_progress(outline)
    assert (first.places, first.written, first.state) == (2, 1, State.IN_PROGRESS)
    assert [node.full_number for node in first.empty] == ["1(2)"]
    assert (second.state, third.state) == (State.DONE, State.NOT_STARTED)


def test_a_whole_is_done_only_when_every_part_is() -> None:
    assert combined([State.DONE, State.DONE]) is State.DONE
    assert combined([State.DONE, State.NOT_STARTED]) is State.IN_PROGRESS
    assert combined([State.NOT_STARTED]) is State.NOT_STARTED
    assert combined([]) is State.NOT_STARTED


def test_steps_follow_the_guideline() -> None:
    assert [step.number for step in STEPS] == list(range(1, 21))
    done = annex(1, TableProgress("1", "一覧", 1, 1, 0), steps=(2,))
    begun = annex(6, TableProgress("6-1", "計画", 1, 1, 1), steps=(4, 13))
    steps = step_progress([done, begun])
    assert (steps[1].step.name, steps[1].state) == ("情報システムの現状調査", State.DONE)
    assert steps[3].annexes == steps[12].annexes == (begun,)
    assert steps[0].state is None


def role_progress(municipality: Municipality) -> AnnexProgress:
    found = annex_progress(Presentation.load(municipality))
    return next(annex for annex in found if annex.number == 8)


def add_role(municipality: Municipality, name: str, **values: str) -> None:
    ResponseRole.objects.create(
        municipality=municipality, structure="disaster", role_name=name, duties="指揮", **values
    )


def test_rows_of_the_database_are_counted(in_scope: Municipality) -> None:
    assert role_progress(in_scope).state is State.NOT_STARTED
    add_role(in_scope, "責任者", row_status="draft")
    add_role(in_scope, "古い役割", row_status="retired")
    progress = role_progress(in_scope)
    assert progress.row_count == 1
    assert progress.state is State.IN_PROGRESS
    assert progress.blank_cells == 0  # of a row that is in no edition, no cell is counted
    add_role(in_scope, "班員")
    progress = role_progress(in_scope)
    assert (progress.row_count, progress.draft_count) == (2, 1)
    assert "充てる職" in progress.tables[0].blank_columns
    listed = blanks_of_table(in_scope, sheet("8", in_scope).spec)
    assert progress.tables[0].blank_cells == listed.cell_count
    assert "根拠規程・条項" not in progress.tables[0].blank_columns


def test_a_plan_that_prints_no_annex_waits_for_none(in_scope: Municipality) -> None:
    presentation = Presentation.load(in_scope)
    assert [each.number for each in annex_progress(presentation, [8])] == [8]
    assert annex_progress(presentation, []) == []
    assert len(annex_progress(presentation)) == len(registry.annexes())


def test_home_of_a_plan_that_prints_no_annex(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    Plan.objects.create(municipality=in_scope, title="ICT-BCP", annex_numbers=[])
    page = client_for("viewer").get(reverse("home", args=[in_scope.code])).content.decode()
    assert "この計画に付ける様式はありません。" in page
    assert "記入が済んだ様式" not in page


def test_more_rows_cost_no_more_queries(in_scope: Municipality) -> None:
    add_role(in_scope, "一")
    with CaptureQueriesContext(connection) as with_one:
        annex_progress(Presentation.load(in_scope))
    add_role(in_scope, "二")
    add_role(in_scope, "三")
    with CaptureQueriesContext(connection) as with_three:
        annex_progress(Presentation.load(in_scope))
    assert len(with_three) == len(with_one)


def test_a_chapter_that_nobody_wrote_is_not_said_to_be_written() -> None:
    outline = Outline([Chapter(1), Chapter(2, 1), Chapter(3, 1)])
    offered = chapter_progress(outline, lambda chapter: False)[0]
    partly = chapter_progress(outline, lambda chapter: bool(chapter.pk == 2))[0]
    written = chapter_progress(outline, lambda chapter: True)[0]
    assert (offered.written, offered.as_offered, offered.label) == (2, 2, AS_OFFERED)
    assert (partly.as_offered, partly.label) == (1, State.DONE.label)
    assert (written.as_offered, written.label) == (0, State.DONE.label)


def test_a_new_plan_is_said_to_stand_as_it_was_offered(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    plan = create_plan(municipality=in_scope, actor=None, outline=OUTLINES["simple"])
    chapters = progress_of_chapters(plan, in_scope)
    offered = sum(chapter.as_offered for chapter in chapters)
    assert offered == sum(chapter.written for chapter in chapters) > 5
    client = client_for("editor")
    for name in ("home", "plan:progress"):
        page = client.get(reverse(name, args=[in_scope.code])).content.decode()
        assert f"本文のうち{offered}件は、章立てに付いてきた文例のままです。" in page
    first = next(node.chapter for node in chapters[0].node.walk() if not node.children)
    first.body = "<p>本町の方針を述べる。</p>"
    first.save()
    assert sum(each.as_offered for each in progress_of_chapters(plan, in_scope)) == offered - 1


def test_both_pages_count_the_annexes_that_the_plan_prints(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    Plan.objects.create(municipality=in_scope, title="計画", annex_numbers=[8, 17])
    client = client_for("editor")
    for name in ("home", "plan:progress"):
        page = client.get(reverse(name, args=[in_scope.code])).content.decode()
        assert "0/2" in re.sub(r"\s|件|<[^>]+>", "", page)
