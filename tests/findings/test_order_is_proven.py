"""Which row or chapter comes first is told by the log: an order changed in the database is named."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F

from bcp_portal.accounts.models import Municipality, Person
from bcp_portal.annex.models import ChoiceSetting
from bcp_portal.annex.row_order import move_row
from bcp_portal.annex.services import confirm_row, delete_row, save_row
from bcp_portal.annex.settings_services import OptionChoice, save_options
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.told_proofs import verify_told
from plans.bookshelf.copies import add_copy, confirm_copies
from plans.bookshelf.models import PlanCopy
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.moves import Move, move_chapter
from plans.chapters.services import add_chapter, remove_chapter, restore_chapter
from plans.document.coverage import WHOLE
from plans.issuing.restoring import restore_edition
from plans.outlines import OUTLINES
from plans.outlines import SIMPLE as OUTLINE
from plans.outlines.new_plan import create_plan
from plans.outlines.services import change_profile
from systems.models import Site
from tests.findings.proofs_town import forged, rows
from tests.plans.editions.making import issued, spec

pytestmark = pytest.mark.django_db
BOTH = "の「No.」が、操作記録の"


def faults() -> list[str]:
    return [sentence for _, sentence in verify_told().faults]


def site(town: Municipality, name: str) -> Any:
    row = Site(municipality=town, name=name, site_kind="main", runs_core=False)
    row.pending = {}
    return save_row(sheet=Sheet.of(spec("3"), town), actor=None, row=row, expected_version=0)


@pytest.fixture
def three(in_scope: Municipality) -> list[Any]:
    return [site(in_scope, name) for name in ("一", "二", "三")]


def test_a_number_changed_in_the_database_is_named(
    in_scope: Municipality, three: list[Any]
) -> None:
    assert faults() == []
    with forged():
        rows(Site).filter(pk=three[2].pk).update(row_no=0)
        [said] = faults()
        assert BOTH in said and "今は「0」です" in said
    with forged():
        rows(Site).update(row_no=F("row_no") + 1)
        assert len(faults()) == 3


def test_moving_adding_and_deleting_tell_the_order(
    in_scope: Municipality, three: list[Any]
) -> None:
    sheet = Sheet.of(spec("3"), in_scope)
    rows(Site).filter(pk=three[1].pk).update(row_no=three[0].row_no)
    assert len(faults()) == 1
    move_row(sheet=sheet, actor=None, row=three[2], up=True)
    with forged():
        rows(Site).filter(pk=three[2].pk).update(row_no=9)
        assert any("「三」" in each for each in faults())
    delete_row(sheet=sheet, actor=None, row=three[0])
    site(in_scope, "四")
    told = {row.name for row in Site.objects.all() if f"「{row.name}」" in "".join(faults())}
    assert told <= {"二"}, "only what was forged before may be named"


@pytest.fixture
def plan(in_scope: Municipality) -> Plan:
    return create_plan(municipality=in_scope, actor=None, outline=OUTLINE)


def swapped(plan: Plan) -> None:
    first, second = Chapter.objects.filter(plan=plan, parent=None).order_by("position")[:2]
    rows(Chapter).filter(pk=first.pk).update(position=second.position)
    rows(Chapter).filter(pk=second.pk).update(position=first.position)


def put_below(plan: Plan) -> None:
    first, second = Chapter.objects.filter(plan=plan, parent=None).order_by("position")[:2]
    rows(Chapter).filter(pk=second.pk).update(parent=first)


def put_in_front(plan: Plan) -> None:
    second = Chapter.objects.filter(plan=plan, parent=None).order_by("position")[1]
    rows(Chapter).filter(pk=second.pk).update(placement="front")


@pytest.mark.parametrize("forge", [swapped, put_below, put_in_front])
def test_an_order_of_chapters_changed_in_the_database_is_named(
    plan: Plan, forge: Callable[[Plan], None]
) -> None:
    assert faults() == []
    with forged():
        forge(plan)
        [said] = faults()
        assert "「章・節の並び」が、操作記録の" in said


def test_whatever_moves_chapters_tells_the_order(plan: Plan, in_scope: Municipality) -> None:
    edition = issued(in_scope)
    first = Chapter.objects.filter(plan=plan, parent=None).order_by("position")[0]
    added = add_chapter(plan=plan, actor=None, parent=first, title="附則")
    assert faults() == []
    for move in (Move.OUTDENT, Move.DOWN, Move.UP, Move.INDENT):
        move_chapter(chapter=Chapter.objects.get(pk=added.pk), actor=None, move=move)
        assert faults() == [], move
    remove_chapter(chapter=Chapter.objects.get(pk=added.pk), actor=None, with_children=False)
    assert faults() == []
    restore_chapter(chapter=Chapter.objects.get(pk=added.pk), actor=None)
    assert faults() == []
    restore_edition(edition=edition, actor=None, what=WHOLE)
    assert faults() == []
    plan.refresh_from_db()
    other = next(each for code, each in OUTLINES.items() if code != plan.profile)
    change_profile(plan=plan, actor=None, outline=other, expected_version=plan.version)
    assert faults() == []
    with forged():
        swapped(plan)
        assert faults()


def test_restoring_rows_tells_their_order(
    plan: Plan, in_scope: Municipality, three: list[Any]
) -> None:
    edition, sheet = issued(in_scope), Sheet.of(spec("3"), in_scope)
    move_row(sheet=sheet, actor=None, row=three[2], up=True)
    delete_row(sheet=sheet, actor=None, row=Site.objects.get(pk=three[0].pk))
    restore_edition(edition=edition, actor=None, what=WHOLE)
    assert [row.name for row in Site.objects.order_by("row_no")] == ["一", "二", "三"]
    assert faults() == []


def test_a_day_of_confirmation_that_a_change_emptied_is_told(in_scope: Municipality) -> None:
    sheet, row = Sheet.of(spec("3"), in_scope), site(in_scope, "一")
    confirm_row(sheet=sheet, actor=None, row=row)  # type: ignore[arg-type]
    row = Site.objects.get(pk=row.pk)
    row.name, row.pending = "二", {}
    save_row(sheet=sheet, actor=None, row=row, expected_version=row.version)
    assert Site.objects.get(pk=row.pk).verified_on is None and faults() == []


def test_copies_options_and_days_of_confirmation_are_told(in_scope: Municipality) -> None:
    copy = add_copy(municipality=in_scope, actor=None, values={"place": "書棚"})
    confirm_copies(uids=[copy.uid], day=copy_day(), actor=None)
    options = [OptionChoice("x", "可", False), OptionChoice("y", "否", False)]
    save_options(municipality=in_scope, actor=None, list_code="verdict", options=options)  # type: ignore[arg-type]
    row = site(in_scope, "一")
    assert faults() == []
    for model, which, forge in (
        (PlanCopy, {"pk": copy.pk}, {"confirmed_on": None}),
        (PlanCopy, {"pk": copy.pk}, {"old_removed_on": copy_day()}),
        (ChoiceSetting, {"value": "x"}, {"position": 7}),
        (Site, {"pk": row.pk}, {"verified_on": copy_day()}),
    ):
        with forged():
            assert rows(model).filter(**which).update(**forge) == 1
            assert len(faults()) == 1, (model, forge)
    assert Person.objects.count() == 0


def copy_day() -> Any:
    from django.utils import timezone

    return timezone.localdate()
