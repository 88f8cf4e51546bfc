"""The pages of a draft compute no whole plan: it is made by the worker, shown to who asked, and never as today's later."""

from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Role
from bcp_portal.jobs.models import Preparation
from bcp_portal.jobs.services import fail
from plans.document.coverage import Coverage
from plans.issuing import composition
from plans.models import Chapter, Revision
from plans.revisions import prospective_changes
from plans.revisions.draft_services import log
from tests.jobs.by_hand import carry_out
from tests.jobs.conftest import queue
from tests.plans.revisions.conftest import Town
from tests.plans.revisions.test_editions import issuing_town

__all__ = ["issuing_town", "queue"]

pytestmark = pytest.mark.django_db
READY = "提出する</button>"
BEFORE = "この画面の内容を確かめた後に"


def address(town: Town, name: str, *args: Any) -> str:
    return reverse(f"revisions:{name}", args=[town.municipality.code, *args])


def read(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response
    return response.content.decode()


def the_job() -> Preparation:
    job: Preparation = Preparation.objects.select_related("municipality", "requested_by").get()
    return job


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a way to let pages fail that put the whole plan together themselves."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("A page reads the whole plan.")

    def begin() -> None:
        for place in (prospective_changes, composition):
            monkeypatch.setattr(place, "WorkingCopy", refuse)
        monkeypatch.setattr(prospective_changes, "compose_working", refuse)

    return begin


def test_what_would_be_submitted_is_read_by_the_worker_and_shown_to_who_asked(
    queue: None, town: Town, no_reading: Any
) -> None:
    revision = town.draft()
    client, page = town.client("drafter"), address(town, "submit", revision.uid)
    waiting = client.get(page)
    job = the_job()
    url = waiting.headers["Location"]
    assert str(job.uid) in url
    assert "提出の前の確認" in read(client, url) and "まもなく始まります" in read(client, url)
    assert client.get(page).headers["Location"] == url, "a second look waits for the same"
    carry_out(job)
    no_reading()
    ready = client.get(f"{url}progress/").headers["HX-Redirect"]
    shown = read(client, ready)
    assert READY in shown and "最初の版のため" in shown and "見本 checker" in shown
    assert BEFORE not in shown
    assert READY in read(client, page), "what was read is kept while nothing is written"
    assert Preparation.objects.count() == 1
    for other in ("writer", "reader"):
        assert town.client(other).get(url).status_code == 404
    assert town.client("writer").get(ready).headers["Location"] not in {url, ready}


def test_what_was_read_before_a_write_is_not_shown_as_of_today(queue: None, town: Town) -> None:
    revision = town.draft()
    client, page = town.client("drafter"), address(town, "submit", revision.uid)
    client.get(page)
    carry_out(the_job())
    old = f"{page}?of={the_job().uid}"
    assert BEFORE not in read(client, old)
    log(revision, None, "改定の変更")
    assert BEFORE in read(client, old)
    assert client.get(page).status_code == 302, "it is read anew"
    assert Preparation.objects.count() == 2
    Revision.objects.update(version=revision.version + 1)
    assert client.get(old).status_code == 302, "it is another revision now"


def test_who_may_draft_no_more_sees_it_no_more(queue: None, town: Town) -> None:
    revision = town.draft()
    client, page = town.client("drafter"), address(town, "submit", revision.uid)
    url = client.get(page).headers["Location"]
    carry_out(the_job())
    QuerySet(Membership).filter(pk=town.drafter.pk).update(roles=[Role.VIEWER.value])
    assert client.get(url).status_code == 404
    assert client.get(f"{page}?of={the_job().uid}").status_code == 403


def test_a_refusal_is_said_at_once_with_what_is_known_already(queue: None, town: Town) -> None:
    revision = town.draft(effective_on=None)
    client, page = town.client("drafter"), address(town, "submit", revision.uid)
    refused = client.post(page, {"version": revision.version})
    said = refused.content.decode()
    assert refused.status_code == 422 and "施行日を決めてから" in said
    assert READY not in said and "もう一度確かめる" in said and "変わるところ</h2>" not in said
    assert not Preparation.objects.exists()
    client.get(page)
    carry_out(the_job())
    said = client.post(page, {"version": revision.version}).content.decode()
    assert "施行日を決めてから" in said and "変わるところ</h2>" in said


def test_what_cannot_be_read_ends_with_the_reason_on_the_page(queue: None, town: Town) -> None:
    revision = town.draft()
    client, page = town.client("drafter"), address(town, "submit", revision.uid)
    url = client.get(page).headers["Location"]
    fail(the_job(), "図が失われています。")
    shown = read(client, url)
    assert "図が失われています。" in shown and f'href="{page}"' in shown


@pytest.fixture
def later(issuing_town: Town) -> Town:
    """Return a town with an edition and a change after it."""
    Chapter.objects.filter(title="目的").update(body="<p>別の目的。</p>")
    return issuing_town


def test_the_form_of_a_draft_waits_for_nothing(later: Town, queue: None, no_reading: Any) -> None:
    chapter = Chapter.objects.get(title="体制")
    revision = later.draft(kind="minor", coverage=Coverage.of([f"chapter-{chapter.uid}"]))
    client, page = later.client("drafter"), address(later, "edit", revision.uid)
    shown = read(client, page)
    part = address(later, "proposal", the_job().uid)
    assert 'name="reason"' in shown and f'hx-get="{part}"' in shown and "提案：" not in shown
    assert f'hx-get="{part}"' in read(client, part)
    carry_out(the_job())
    no_reading()
    came = read(client, part)
    assert "提案：" in came and "hx-get" not in came
    assert 'id="revision-beside" hx-swap-oob="true"' in came and "目的" in came
    assert "提案：" in read(client, page), "what is known stands on the page at once"
    refused = client.post(page, {"version": revision.version, "reason": "途中の文"})
    assert refused.status_code == 422 and "途中の文" in refused.content.decode()
    assert later.client("reader").get(part).status_code == 403


def test_a_form_that_can_ask_for_no_proposal_says_why(
    later: Town, queue: None, settings: Settings
) -> None:
    settings.JOBS_OF_ONE_PERSON = 1
    client, page = later.client("drafter"), address(later, "new")
    read(client, page)
    Preparation.objects.update(made_of="another")
    shown = read(client, page)
    assert 'name="reason"' in shown and "画面・ファイルの準備1件" in shown
    fail(the_job(), "途中で止まりました。")
