"""The pages of revisions, and every refusal tried over its address directly."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bcp_portal.accounts.models import Person
from bcp_portal.audit.models import Entry
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.moments import format_moment
from plans.document.coverage import Coverage
from plans.models import Chapter, Decision, ReturnRemark, Revision, Submission
from plans.revisions.decisions import Wish
from plans.revisions.involvement import OWN_DRAFT
from plans.revisions.route import Quorum, RouteStep, Seat, StepAction
from plans.revisions.route_services import save_small_office
from plans.revisions.rules import NO_PERSON
from plans.revisions.withdrawal import withdraw_revision
from systems.models import EmergencyContact
from tests.plans.revisions.conftest import APPROVE, CHECK, Town

NEW = {
    "version": 1,
    "scope": "whole",
    "kind": "enactment",
    "reason": "計画を定めるため",
    "effective_on": "令和9年4月1日",
}


def address(town: Town, name: str, *args: Any) -> str:
    return reverse(f"revisions:{name}", args=[town.municipality.code, *args])


def press(
    town: Town, by: str, revision: Revision, step: int = 0, *, name: str = "decide", **values: Any
) -> HttpResponse:
    """Post a decision as that person's browser would, with the digest of the latest submission."""
    latest = revision.submissions.order_by("-number").first()
    data = {"step": step, "seat": 0, "digest": latest.digest if latest else "0" * 64, **values}
    if name == "return":
        data = {"remarks-TOTAL_FORMS": 0, "remarks-INITIAL_FORMS": 0, **data}
    return town.client(by).post(address(town, name, revision.uid), data)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def page(town: Town, by: str, revision: Revision, name: str = "one") -> str:
    return text(town.client(by).get(address(town, name, revision.uid)))


def give_every_role(town: Town, name: str) -> None:
    town.members[name].roles = ["editor", "checker", "approver", "head", "admin"]
    town.members[name].save()


@pytest.mark.parametrize("name", ["decide", "return"])
@pytest.mark.parametrize("step", [0, 1])
def test_the_drafter_is_refused_with_every_role(town: Town, name: str, step: int) -> None:
    revision = town.submitted()
    if step:
        town.decide(revision, "checker", 0)
    give_every_role(town, "drafter")
    response = press(town, "drafter", revision, step, name=name, comment="よい")
    assert response.status_code == 403
    assert OWN_DRAFT in text(response)
    assert not Decision.objects.filter(user_key=town.drafter.user_id).exists()
    assert "承認する" not in page(town, "drafter", revision)


@pytest.mark.parametrize("name", ["decide", "return"])
def test_a_second_account_of_the_drafter_is_refused(town: Town, name: str) -> None:
    revision = town.submitted()
    person = town.drafter.person
    town.drafter.person = Person.objects.create(municipality=town.municipality, name="別名")
    town.drafter.save()
    town.checker.person = person
    town.checker.save()
    response = press(town, "checker", revision, name=name, comment="よい")
    assert response.status_code == 403 and OWN_DRAFT in text(response)


def test_the_drafter_as_deputy_is_refused(town: Town) -> None:
    seat = Seat(
        holder=town.holder("approver"),
        deputies=(town.holder("drafter"),),
        chosen_on=timezone.localdate().isoformat(),
    )
    town.set_route(RouteStep("部長の承認", StepAction.APPROVE, (seat,)))
    revision = town.submitted()
    give_every_role(town, "drafter")
    response = press(town, "drafter", revision, absence="出張のため")
    assert response.status_code == 403 and OWN_DRAFT in text(response)
    assert "起案した本人です" in page(town, "checker", revision)


def test_people_outside_the_route_are_refused(town: Town) -> None:
    revision = town.submitted()
    for name in ("reader", "writer", "admin", "head"):
        response = press(town, name, revision)
        assert response.status_code == 403, name
        assert "この改定の経路にいない" in text(response)
    assert press(town, "reader", revision, name="return").status_code == 403
    assert press(town, "approver", revision, step=1).status_code == 409
    assert press(town, "approver", revision, step=0).status_code == 403
    assert press(town, "checker", revision, step=5).status_code == 403
    assert press(town, "checker", revision, step=0, seat=9).status_code == 403
    assert Decision.objects.count() == 0


def test_a_role_taken_away_after_the_page_was_opened_is_refused(town: Town) -> None:
    revision = town.submitted()
    assert "確認する" in page(town, "checker", revision)
    town.checker.roles = ["viewer"]
    town.checker.save()
    assert press(town, "checker", revision).status_code == 403


def test_an_account_without_person_is_refused_with_what_to_do(town: Town) -> None:
    revision = town.submitted()
    town.checker.person = None
    town.checker.save()
    assert NO_PERSON in text(press(town, "checker", revision))
    town.writer.person = None
    town.writer.save()
    withdraw_revision(revision=revision, membership=town.drafter, keep_draft=False)
    assert NO_PERSON in text(town.client("writer").post(address(town, "new"), NEW))


def test_another_content_than_on_the_screen_is_refused_and_shown(town: Town) -> None:
    revision = town.submitted()
    opened = page(town, "checker", revision)
    old = re.search(r'name="digest" value="(\w{64})"', opened)
    assert old
    withdraw_revision(revision=revision, membership=town.drafter, keep_draft=True)
    Chapter.objects.filter(title="目的").update(body="<p>新しい目的。</p>")
    town.submit(revision)
    response = press(town, "checker", revision, digest=old[1])
    assert response.status_code == 409
    assert "別の内容で提出されました" in text(response)
    new = revision.submissions.get(state="open").digest
    assert new != old[1] and f'value="{new}"' in text(response)
    assert Decision.objects.count() == 0


def test_a_second_press_is_told_it_is_recorded(town: Town) -> None:
    revision = town.submitted()
    client = town.client("checker")
    digest = revision.submissions.get().digest
    for said in ("「確認」を記録しました", "すでに記録されています"):
        data = {"step": 0, "seat": 0, "digest": digest}
        response = client.post(address(town, "decide", revision.uid), data, follow=True)
        assert said in text(response)
    assert Decision.objects.count() == 1


def test_the_second_approver_is_told_who_was_first(town: Town) -> None:
    revision = town.submitted()
    town.decide(revision, "checker", 0)
    assert press(town, "approver", revision, 1).status_code == 302
    response = press(town, "second", revision, 1)
    assert response.status_code == 409
    assert "見本 approverがすでに決めています" in text(response)


def test_an_approver_who_left_is_refused_and_the_step_shows_it(town: Town) -> None:
    seat = Seat(
        holder=town.holder("approver"),
        deputies=(town.holder("second"),),
        chosen_on=timezone.localdate().isoformat(),
    )
    town.set_route(RouteStep("部長の承認", StepAction.APPROVE, (seat,)))
    revision = town.submitted()
    town.approver.person.left_on = timezone.localdate() - timedelta(days=1)
    town.approver.person.save()
    assert press(town, "approver", revision).status_code == 409
    shown = page(town, "second", revision)
    assert "退職しました" in shown and "に代わって決めます（代行）" in shown
    assert press(town, "second", revision).status_code == 302
    shown = page(town, "reader", revision)
    assert "承認（代行）" in shown and "在任していないため" in shown


def test_a_deputy_without_reason_gets_the_form_back_with_what_was_typed(town: Town) -> None:
    seat = Seat(
        holder=town.holder("approver"),
        deputies=(town.holder("second"),),
        chosen_on=timezone.localdate().isoformat(),
    )
    town.set_route(RouteStep("部長の承認", StepAction.APPROVE, (seat,)))
    revision = town.submitted()
    response = press(town, "second", revision, comment="代わりに見ました。")
    assert response.status_code == 422
    assert "決められない理由を書いてください" in text(response)
    assert "代わりに見ました。" in text(response)


def test_a_meeting_is_recorded_with_its_paper_and_the_paper_is_kept(town: Town) -> None:
    town.set_route(
        RouteStep("本部会の決定", StepAction.APPROVE, (Seat(role="head"),), meeting_body="本部会")
    )
    revision = town.submitted()
    today = timezone.localdate().isoformat()
    asked = page(town, "head", revision)
    assert re.search(r'name="meeting_on"[^>]* required', asked)
    assert re.search(r'name="paper"[^>]* required', asked)
    response = press(town, "head", revision, comment="全会一致")
    assert response.status_code == 422 and "全会一致" in text(response)
    paper = SimpleUploadedFile("議事録.pdf", b"minutes")
    assert press(town, "head", revision, meeting_on=today, paper=paper).status_code == 302
    decision = Decision.objects.get()
    paper_address = address(town, "paper", revision.uid, decision.uid)
    for name, opens in (("reader", False), ("head", True), ("approver", True)):
        assert ("議事録.pdf" in page(town, name, revision)) is opens, name
        assert (town.client(name).get(paper_address).status_code == 200) is opens, name
    assert "会議の資料あり" in page(town, "reader", revision)
    answer = town.client("approver").get(paper_address)
    assert b"".join(answer.streaming_content) == b"minutes"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_return_names_passage_and_row(town: Town) -> None:
    revision = town.submitted()
    chapter = Chapter.objects.get(title="目的")
    shown = text(
        town.client("checker").get(address(town, "return", revision.uid), {"step": 0, "seat": 0})
    )
    assert f'value="passage:chapter-{chapter.uid}"' in shown
    data = {
        "remarks-TOTAL_FORMS": 2,
        "remarks-INITIAL_FORMS": 0,
        "remarks-0-where": f"passage:chapter-{chapter.uid}",
        "remarks-0-quote": "目的を定める",
        "remarks-0-text": "主語を書いてください。",
        "remarks-1-where": "",
    }
    assert press(town, "checker", revision, name="return", **data).status_code == 302
    assert ReturnRemark.objects.get().place_label == "本文 1 目的"
    shown = page(town, "drafter", revision)
    edit = reverse("plan:chapter", args=[town.municipality.code, chapter.uid])
    assert "主語を書いてください。" in shown and edit in shown
    assert "主語を書いてください。" in text(town.client("drafter").get(edit))
    town.submit(revision)
    assert "主語を書いてください。" not in text(town.client("drafter").get(edit))


def test_a_remark_without_place_keeps_everything_typed(town: Town) -> None:
    revision = town.submitted()
    data = {
        "remarks-TOTAL_FORMS": 1,
        "remarks-INITIAL_FORMS": 0,
        "remarks-0-text": "どこの意見か",
        "comment": "全体の意見",
    }
    response = press(town, "checker", revision, name="return", **data)
    assert response.status_code == 422
    for words in ("意見の場所を選んでください。", "どこの意見か", "全体の意見"):
        assert words in text(response)
    more = press(town, "checker", revision, name="return", more="1", **data)
    assert 'name="remarks-3-text"' in text(more) and "どこの意見か" in text(more)
    assert Decision.objects.count() == 0


def test_moments_are_written_as_the_town_writes_days(town: Town) -> None:
    revision = town.submitted()
    made = town.decide(revision, "checker", 0).decision
    shown = page(town, "drafter", revision)
    assert f"見本 checker　{format_moment(made.at, DateStyle.WAREKI)}" in shown
    town.municipality.date_style = DateStyle.SEIREKI
    town.municipality.save()
    assert format_moment(made.at, DateStyle.SEIREKI) in page(town, "drafter", revision)


def test_only_who_drafted_withdraws(town: Town) -> None:
    revision = town.submitted()
    for name, status in (("checker", 403), ("writer", 403), ("drafter", 302)):
        response = town.client(name).post(
            address(town, "withdraw", revision.uid), {"end": "give_up"}
        )
        assert response.status_code == status, name
    assert press(town, "checker", revision).status_code == 409


def test_nobody_changes_or_submits_what_is_under_way(town: Town) -> None:
    revision = town.submitted()
    data = {"version": revision.version, "scope": "whole", "kind": "minor", "reason": "変える"}
    response = town.client("drafter").post(address(town, "edit", revision.uid), data)
    assert response.status_code == 409 and "変更できません" in text(response)
    for name in ("checker", "reader"):
        assert town.client(name).post(address(town, "edit", revision.uid), data).status_code == 403
        assert town.client(name).post(address(town, "submit", revision.uid)).status_code == 403
    assert Submission.objects.count() == 1


def new(town: Town, **values: Any) -> HttpResponse:
    return town.client("drafter").post(address(town, "new"), {**NEW, **values})


def test_a_new_draft_begins_with_what_the_first_edition_needs(town: Town) -> None:
    shown = text(town.client("drafter").get(address(town, "new")))
    assert re.search(r'<option value="enactment"[^>]* selected', shown)
    assert re.search(r'value="whole"[^>]* checked', shown)


def test_a_revision_is_drafted_and_an_overlap_is_refused_with_what_was_typed(town: Town) -> None:
    assert new(town).status_code == 302
    revision = Revision.objects.get()
    assert (revision.reason, str(revision.effective_on)) == ("計画を定めるため", "2027-04-01")
    response = new(town, reason="もう一つの理由")
    assert response.status_code == 409
    assert "改定第1号（策定）" in text(response) and "もう一つの理由" in text(response)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"scope": "parts"}, "対象の章、様式、表、台帳を1つ以上選んでください"),
        ({"effective_on": "いつか"}, "いつか"),
        ({"reason": ""}, "必須"),
        ({"scope": "parts", "annexes": ["99"]}, "99"),
    ],
)
def test_what_is_wrong_in_a_draft_is_said_at_its_field(
    town: Town, values: dict[str, Any], words: str
) -> None:
    response = new(town, **values)
    assert response.status_code == 422 and words in text(response)
    assert Revision.objects.count() == 0


def test_a_refused_submit_says_why_on_the_page_of_the_draft(town: Town) -> None:
    revision = town.draft(effective_on=None)
    response = town.client("drafter").post(
        address(town, "submit", revision.uid), {"version": revision.version}
    )
    assert response.status_code == 422 and "施行日を決めてから" in text(response)


def test_the_exception_is_visible_on_every_page_of_the_revision(town: Town) -> None:
    revision = town.draft()
    words = "少人数の特例を使っています"
    assert words not in page(town, "drafter", revision)
    save_small_office(membership=town.admin, is_on=True, reason="1人のため", expected_version=1)
    for name in ("one", "edit", "submit", "withdraw"):
        assert words in page(town, "drafter", revision, name), name
    town.submit(revision)
    for name in ("one", "content", "sheet", "withdraw"):
        assert words in page(town, "drafter", revision, name), name
    shown = text(
        town.client("checker").get(address(town, "return", revision.uid), {"step": 0, "seat": 0})
    )
    assert words in shown
    assert "少人数の特例により" in page(town, "reader", revision, "sheet")


def test_personal_values_are_shown_on_request_only_and_it_is_logged(town: Town) -> None:
    EmergencyContact.objects.create(
        municipality=town.municipality,
        kind="staff",
        person=town.reader.person,
        mobile="090-0000-0001",
    )
    revision = town.submitted()
    url = address(town, "content", revision.uid)
    for name in ("reader", "head", "admin"):
        assert town.client(name).post(url).status_code == 403, name
    assert not Entry.objects.filter(action="個人情報の表示").exists()
    assert town.client("approver").post(url).status_code == 200
    assert Entry.objects.filter(action="個人情報の表示").count() == 1


def test_home_lists_what_waits_for_the_reader_alone(town: Town) -> None:
    revision = town.submitted()
    home = reverse("home", args=[town.municipality.code])
    for name in ("checker", "approver", "drafter"):
        shown = text(town.client(name).get(home))
        assert ("あなたの確認・承認待ち" in shown) is (name == "checker"), name
    assert str(revision.uid) in text(town.client("checker").get(home))


def test_the_list_asks_as_often_for_three_as_for_one(
    town: Town,
) -> None:
    def queries() -> int:
        client = town.client("checker")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(town, "list")).status_code == 200
        return len(captured)

    town.draft(kind="annex", coverage=Coverage.of(annexes=[1]))
    first = queries()
    for number in (2, 3):
        town.draft(kind="annex", coverage=Coverage.of(annexes=[number]))
    assert queries() == first


def test_routes_are_set_step_by_step(town: Town) -> None:
    client = town.client("admin")
    assert client.post(address(town, "preset"), {"preset": "kts"}).status_code == 302
    shown = text(client.get(address(town, "routes")))
    assert "情報システム統括責任者の承認" in shown
    route = address(town, "route", "manual")
    assert "電算機管理者の承認" in text(client.get(route))
    data = {
        "version": 2,
        "name": "部長の承認",
        "action": "approve",
        "quorum": "one",
        "days": 5,
        "seats-TOTAL_FORMS": 1,
        "seats-INITIAL_FORMS": 0,
        "seats-0-person": str(town.approver.person.uid),
        "seats-0-deputy1": str(town.second.person.uid),
    }
    assert client.post(address(town, "step-add", "manual"), data).status_code == 302
    shown = text(client.get(route))
    assert "代行者（第1順位）second職 見本 second" in shown
    assert client.post(address(town, "step-add", "manual"), data).status_code == 409
    wrong = {**data, "version": 3, "seats-0-deputy1": data["seats-0-person"]}
    response = client.post(address(town, "step-add", "manual"), wrong)
    assert response.status_code == 422 and "別の人にしてください" in text(response)
    wrong = {**data, "version": 3, "seats-0-person": "", "seats-0-role": "checker"}
    response = client.post(address(town, "step-add", "manual"), {**wrong, "seats-0-deputy1": ""})
    assert "承認の段階に選べる役割は" in text(response)
    client.post(route, {"version": 3, "step": 1, "act": "up"})
    shown = text(client.get(route))
    assert shown.index("部長の承認") < shown.index("電算機管理者の承認")
    client.post(route, {"version": 4, "step": 0, "act": "remove"})
    assert "部長の承認" not in text(client.get(route)).split("messages", 1)[-1]


def test_the_exception_is_switched_with_a_reason(town: Town) -> None:
    client = town.client("admin")
    data = {"version": 1, "small_office": "on", "reason": ""}
    response = client.post(address(town, "small-office"), data)
    assert response.status_code == 422 and "理由を書いてください" in text(response)
    assert client.post(address(town, "small-office"), {**data, "reason": "1人"}).status_code == 302
    assert "少人数の特例を使っています" in text(client.get(address(town, "routes")))


def test_one_page_shows_who_is_next_and_what_each_decided(town: Town) -> None:
    town.set_route(CHECK, RouteStep("両名の承認", StepAction.APPROVE, APPROVE.seats, Quorum.ALL))
    revision = town.submitted()
    assert "今は「課長の確認」を待っています。" in page(town, "reader", revision)
    town.decide(revision, "checker", 0, comment="確かめました。")
    shown = page(town, "reader", revision)
    assert "今は「両名の承認」を待っています。" in shown and "確かめました。" in shown
    seats = revision.submissions.get().route.steps[1].seats
    assert [str(seat.holder) for seat in seats] == [
        "approver職 見本 approver",
        "second職 見本 second",
    ]
    town.decide(revision, "approver", 1, seat=0, wish=Wish.RETURN, comment="直す")
    assert "差し戻されています" in page(town, "reader", revision)
