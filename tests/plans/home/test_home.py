"""The first page: the edition in force, the working copy, what is due and what is unfinished."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts import due_items as due_items_module
from bcp_portal.accounts.due_items import DueItem, due_items, register_due
from bcp_portal.accounts.models import Municipality, Person
from bcp_portal.accounts.permissions import Role
from plans.annexes.due.reviews import reviews_due
from plans.models import ReviewItem, ReviewRecord
from plans.outlines.new_plan import create_plan
from plans.outlines.template import ChapterTemplate, OutlineTemplate
from tests.conftest import ClientFactory

TODAY = date(2026, 11, 21)  # third quarter of 令和8年度


@pytest.fixture(autouse=True)
def own_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep sources that a test adds out of the other tests."""
    monkeypatch.setattr(due_items_module, "_sources", list(due_items_module._sources))


@pytest.fixture
def scoped(municipality: Municipality) -> Iterator[Municipality]:
    with scope(municipality=municipality):
        yield municipality


@pytest.fixture
def planned(scoped: Municipality) -> Municipality:
    create_plan(municipality=scoped, actor=None, outline=OutlineTemplate("ksw", "計画", ()))
    return scoped


def titles(municipality: Municipality) -> list[tuple[str, str]]:
    found = reviews_due(municipality, TODAY)
    return [(item.due_on.isoformat(), item.title) for item in found]


def record(municipality: Municipality, cycle: str, done_on: date, **values: object) -> None:
    number = ReviewItem.objects.count()
    item = ReviewItem.objects.create(municipality=municipality, item=f"項目{number}", cycle=[cycle])
    person, _ = Person.objects.get_or_create(municipality=municipality, name="点検 者")
    ReviewRecord.objects.create(
        municipality=municipality, item=item, cycle=cycle, done_on=done_on, done_by=person,
        result="ok", **values,
    )  # fmt: skip


def test_before_any_check_the_running_quarter_and_the_year_are_announced(
    planned: Municipality,
) -> None:
    assert titles(planned) == [
        ("2026-12-31", "令和8年度 第3四半期の点検（様式13）"),
        ("2027-03-31", "計画全体の見直し（年1回以上・様式13）"),
    ]


def test_a_quarter_without_record_stays_overdue_and_a_recorded_one_is_gone(
    planned: Municipality,
) -> None:
    record(planned, "quarterly", date(2026, 6, 1), period_fiscal_year=2026, period_quarter="1")
    assert titles(planned)[:2] == [
        ("2026-09-30", "令和8年度 第2四半期の点検（様式13）"),
        ("2026-12-31", "令和8年度 第3四半期の点検（様式13）"),
    ]
    record(planned, "quarterly", date(2026, 9, 1), period_fiscal_year=2026, period_quarter="2")
    record(planned, "quarterly", date(2026, 11, 1), period_fiscal_year=2026, period_quarter="3")
    assert [title for _, title in titles(planned)] == ["計画全体の見直し（年1回以上・様式13）"]


def test_the_yearly_review_is_due_a_year_after_the_last(planned: Municipality) -> None:
    record(planned, "annual", date(2026, 1, 15))
    assert ("2027-01-15", "計画全体の見直し（年1回以上・様式13）") in titles(planned)
    record(planned, "annual", date(2026, 10, 1))
    assert "計画全体の見直し（年1回以上・様式13）" not in [title for _, title in titles(planned)]


def test_an_open_finding_is_due_until_it_is_closed(planned: Municipality) -> None:
    record(
        planned, "occasional", date(2026, 10, 1), finding="連絡先が古い", due_on=date(2026, 11, 1)
    )
    record(
        planned, "occasional", date(2026, 10, 2), finding="片付いた", due_on=date(2026, 11, 1),
        closed_on=date(2026, 10, 9),
    )  # fmt: skip
    assert ("2026-11-01", "点検の指摘への措置：連絡先が古い") in titles(planned)
    assert not any("片付いた" in title for _, title in titles(planned))


def test_every_room_may_add_what_is_due_and_the_earliest_comes_first(scoped: Municipality) -> None:
    register_due(lambda _m, today: [DueItem(date(2020, 1, 1), "訓練の結果", "/x/")])
    first = due_items(scoped, TODAY)[0]
    assert first.title == "訓練の結果"
    assert first.is_overdue(TODAY)


def test_home_before_there_is_a_plan(scoped: Municipality, client_for: ClientFactory) -> None:
    page = client_for(Role.EDITOR).get("/139998/").content.decode()
    assert "版はまだありません" in page
    assert "計画を作り始める" in page


def test_home_names_what_is_unfinished_and_due(
    scoped: Municipality, client_for: ClientFactory
) -> None:
    chapters = (ChapterTemplate("目的", "文。"), ChapterTemplate("まだの章"))
    outline = OutlineTemplate("ksw", "{団体名}の計画", chapters)
    create_plan(municipality=scoped, actor=None, outline=outline)
    register_due(lambda _m, today: [DueItem(date(2020, 1, 1), "古い約束", "/x/")])
    page = client_for(Role.VIEWER).get("/139998/").content.decode()
    assert "見本市の計画" in page
    assert "2 まだの章" in page
    assert "1 目的" not in page
    assert "1 / 2件" in page
    assert "様式8" in page
    assert "期限を過ぎています" in page
    assert "令和2年1月1日" in page


def test_strangers_and_the_signed_out_see_nothing(
    scoped: Municipality, client_for: ClientFactory, other_municipality: Municipality
) -> None:
    stranger = client_for(Role.ADMIN, municipality=other_municipality)
    assert stranger.get("/139998/").status_code == 404
    assert Client().get("/139998/").status_code == 302


def test_progress_shows_chapters_annexes_and_steps(
    scoped: Municipality, client_for: ClientFactory
) -> None:
    page = client_for(Role.VIEWER).get("/139998/plan/progress/").content.decode()
    assert "様式8" in page
    assert "ステップ2　情報システムの現状調査" in page
    assert "ステップ20" in page
