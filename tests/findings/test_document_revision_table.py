"""Once a plan with a past was issued as 初版 for ever, dated by the day of its issue."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.ui.eras import DateStyle, format_date
from bcp_portal.ui.errors import DomainError
from plans.document.coverage import Coverage
from plans.document.document import Document
from plans.document.revision_kind import RevisionKind
from plans.edition_pages.earlier.services import ISSUED_ALREADY, save_earlier_edition
from plans.editions.chain import chain_hash
from plans.editions.models.edition import Edition
from plans.editions.models.edition_setting import RevisionDay
from plans.models import Chapter, EarlierEdition, EditionSetting, Revision
from plans.printing.plan_parts import plan_parts
from plans.proofs.verification import verify_editions
from plans.revisions.checks import FIRST_HERE_IS_WHOLE
from plans.revisions.prospective_changes import first_proposal
from plans.revisions.states import RevisionState
from plans.working_copy.builder import build_document
from tests.conftest import ClientFactory
from tests.plans.editions.making import DECIDERS, a_plan, issued

pytestmark = pytest.mark.django_db

# 葛飾区, as its plan of 令和4年9月7日 prints it.
KATSUSHIKA = """版数,制定／改訂年月日,計画の新規制定／改訂内容
初版,平成23年3月31日,新規制定
第2版,令和4年9月7日,区の情報システム環境の変更、BCP〈水害編〉の制定及び情報セキュリティ等その他脅威への対応検討の反映に伴う改訂
"""
TITLE = "計画の新規制定／改訂一覧"
LINES = list(csv.reader(StringIO(KATSUSHIKA)))
FIRST = {"major": 1, "day": date(2011, 3, 31), "content": LINES[1][2]}
SECOND = {"major": 2, "day": date(2022, 9, 7), "content": LINES[2][2]}


def values(major: int, day: date, content: str = "新規制定", **given: Any) -> dict[str, Any]:
    return {
        "number_major": major,
        "number_minor": 0,
        "label": "",
        "revised_on": day,
        "effective_on": None,
        "content": content,
        "with_personal": True,
        **given,
    }


def enter(town: Municipality, major: int, day: date, content: str, **given: Any) -> EarlierEdition:
    return save_earlier_edition(
        municipality=town, actor=None, values=values(major, day, content, **given)
    )


def table(document: Document) -> list[list[str]]:
    assert document.revisions
    heads = [column.label for column in document.revisions.columns]
    return [heads, *(list(texts) for texts in document.revisions.texts())]


def of(edition: Edition) -> Document:
    return Document.from_json(Edition.objects.get(pk=edition.pk).document)


def set_up(town: Municipality, **given: Any) -> None:
    EditionSetting.objects.update_or_create(municipality=town, defaults=given)


def test_the_table_of_katsushika_is_reproduced_and_numbering_goes_on(
    in_scope: Municipality,
) -> None:
    a_plan(in_scope)
    set_up(in_scope, revisions_title=TITLE)
    enter(in_scope, **SECOND)  # in any order
    enter(in_scope, **FIRST)
    working = build_document(in_scope, include_personal=False)
    assert (working.revisions_title, table(working)) == (TITLE, LINES)
    edition = issued(in_scope, reason="様式を改めた。")
    assert edition.label == "第3版"
    assert table(of(edition)) == [*LINES, ["第3版", "令和8年4月1日", "様式を改めた。"]]
    (entry, *_) = plan_parts(of(edition), lambda _: b"").entries
    assert entry.title == TITLE
    assert verify_editions(in_scope).faults == []


def test_the_second_edition_of_katsushika_can_be_issued_here(in_scope: Municipality) -> None:
    a_plan(in_scope)
    set_up(in_scope, revisions_title=TITLE)
    enter(in_scope, **FIRST)
    decided = {**DECIDERS[0], "action": "承認", "at": "2022-09-07T17:00:00+09:00"}
    edition = issued(in_scope, reason=LINES[2][2], deciders=(decided,))
    assert table(of(edition)) == LINES


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (RevisionDay.DECIDED, date(2026, 11, 20)),
        (RevisionDay.EFFECTIVE, date(2026, 12, 1)),
        (RevisionDay.ISSUED, None),
    ],
)
def test_the_table_says_the_day_that_was_chosen_and_keeps_it(
    in_scope: Municipality, wanted: RevisionDay, shown: date | None
) -> None:
    a_plan(in_scope)
    set_up(in_scope, revision_day=wanted)
    deciders = (
        {**DECIDERS[0], "action": "確認", "at": "2026-11-25T09:00:00+09:00"},
        {
            **DECIDERS[0],
            "action": "承認",
            "at": "2026-11-26T09:00:00+09:00",
            "meeting_on": "2026-11-20",
        },
        {**DECIDERS[0], "action": "報告", "at": "2026-11-29T09:00:00+09:00"},
    )
    edition = issued(in_scope, deciders=deciders, effective_on=date(2026, 12, 1))
    day = format_date(shown or timezone.localdate(), DateStyle.WAREKI)
    assert table(of(edition))[1][1] == day
    set_up(in_scope, revision_day=RevisionDay.ISSUED)
    Chapter.objects.update(body="<p>改めた</p>")
    following = issued(in_scope, effective_on=date(2026, 12, 1))
    assert table(of(following))[1][1] == day
    assert table(of(following))[2][1] == format_date(timezone.localdate(), DateStyle.WAREKI)
    assert verify_editions(in_scope).faults == []


def test_the_day_of_decision_is_that_of_the_town_not_of_greenwich(in_scope: Municipality) -> None:
    a_plan(in_scope)
    late = {**DECIDERS[0], "at": "2026-03-31T15:30:00+00:00"}
    assert issued(in_scope, deciders=(late,)).listed_on == date(2026, 4, 1)


def test_what_an_earlier_release_issued_keeps_its_day_and_its_proof(
    in_scope: Municipality,
) -> None:
    """Such an edition has no `revised_on`; its table says the day of issue, and so do later ones."""
    a_plan(in_scope)
    edition = issued(in_scope)
    old = Edition.objects.get(pk=edition.pk)
    old.revised_on = None
    before = chain_hash(old)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE plans_edition SET revised_on = NULL, chain_hash = %s WHERE id = %s",
            [before, edition.pk],
        )
    set_up(in_scope, revision_day=RevisionDay.EFFECTIVE)
    today = format_date(timezone.localdate(), DateStyle.WAREKI)
    working = build_document(in_scope, include_personal=False)
    assert table(working)[1][1] == today
    faults = verify_editions(in_scope).faults
    assert not any("書き換え" in fault for fault in faults)  # the log alone notices our UPDATE


def test_a_frozen_document_without_a_title_says_what_it_was_printed_with() -> None:
    frozen = {"cover": {"municipality": "", "title": "", "edition": "", "date_text": ""}}
    assert Document.from_json({**frozen, "chapters": []}).revisions_title == "改定履歴"


def test_earlier_editions_stay_as_they_are_once_an_edition_was_issued(
    in_scope: Municipality,
) -> None:
    a_plan(in_scope)
    first = enter(in_scope, **FIRST)
    issued(in_scope)
    with pytest.raises(DomainError, match=ISSUED_ALREADY[:20]):
        enter(in_scope, **SECOND)
    common: dict[str, Any] = {"municipality": in_scope, "actor": None, "edition": first}
    changed = values(1, date(2011, 3, 30), LINES[1][2])
    with pytest.raises(DomainError, match="番号を変えることも"):
        save_earlier_edition(**common, values={**changed, "number_major": 5}, expected_version=1)
    with pytest.raises(DomainError, match="直す理由を書いてください"):
        save_earlier_edition(**common, values=changed, expected_version=1)
    save_earlier_edition(**common, values=changed, expected_version=1, reason="原本と照合した。")
    entry = Entry.objects.filter(action="これまでの版の変更").get()
    assert entry.note == "原本と照合した。"
    assert table(of(Edition.objects.get()))[1][1] == "平成23年3月31日"


def test_earlier_editions_wait_while_people_decide(in_scope: Municipality, member: Any) -> None:
    a_plan(in_scope)
    drafter = member(Role.EDITOR).user
    Revision.objects.create(
        municipality=in_scope,
        number=1,
        kind="major",
        reason="改める",
        drafter=drafter,
        state=RevisionState.AWAITING,
    )
    with pytest.raises(DomainError, match="確認・承認の途中の改定"):
        enter(in_scope, **FIRST)


def test_the_first_edition_here_after_paper_is_major_and_whole(in_scope: Municipality) -> None:
    assert first_proposal().kind is RevisionKind.ENACTMENT
    enter(in_scope, **SECOND)
    proposal = first_proposal()
    assert proposal.kind is RevisionKind.MAJOR and "第2版に続く" in proposal.reasons[0]
    assert "計画の全体" in FIRST_HERE_IS_WHOLE and not Coverage.of(["a"], []).whole


def address(town: Municipality, rest: str = "") -> str:
    return f"/{town.code}/editions/{rest}"


def typed(**given: Any) -> dict[str, Any]:
    return {
        "version": "",
        "number_major": "1",
        "number_minor": "0",
        "label": "",
        "revised_on": "平成23年3月31日",
        "effective_on": "",
        "content": "新規制定",
        **given,
    }


def test_an_administrator_enters_them_on_the_page_with_a_file(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    admin = client_for(Role.ADMIN)
    file = SimpleUploadedFile("初版.pdf", b"%PDF-1.4 paper")
    data = typed(file=file, with_personal="on")
    answer = admin.post(address(municipality, "earlier/"), data, follow=True)
    page = answer.content.decode()
    assert "これまでの版「初版」を保存しました" in page
    assert "平成23年3月31日" in page and "新規制定" in page
    assert "見てよい人だけが開けます" in page  # an administrator does not see personal values
    with scope(municipality=municipality):
        uid = EarlierEdition.objects.get().uid
        assert Entry.objects.filter(action="これまでの版の入力").count() == 1
    assert (
        client_for(Role.VIEWER).get(address(municipality, f"earlier/{uid}/file/")).status_code
        == 403
    )
    editor = client_for(Role.EDITOR)
    assert "初版.pdf" in editor.get(address(municipality)).content.decode()
    stored = editor.get(address(municipality, f"earlier/{uid}/file/"))
    assert b"".join(stored.streaming_content) == b"%PDF-1.4 paper"  # type: ignore[attr-defined]
    with scope(municipality=municipality):
        assert Entry.objects.filter(note="これまでの版のファイル").count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"revised_on": "令和4年9月8日"}, "第2版（令和4年9月7日）より前の日になるはずです"),
        ({"number_major": "2", "label": "再版"}, "同じ番号の版（第2版）が、すでに入力されています"),
        ({"number_major": "3", "label": "第2版"}, "「第2版」は、ほかの版の呼び方です"),
        ({"number_major": "0"}, "版の番号は1以上にしてください"),
        ({"revised_on": "令和90年1月1日"}, "今日より後の日は書けません"),
        ({"content": "🚒"}, "印刷できる字形がない"),
        ({"content": ""}, "このフィールドは必須です"),
    ],
)
def test_what_cannot_be_is_named_at_its_field_and_nothing_is_lost(
    municipality: Municipality, client_for: ClientFactory, given: dict[str, str], sentence: str
) -> None:
    with scope(municipality=municipality):
        enter(municipality, **SECOND)
    answer = client_for(Role.ADMIN).post(address(municipality, "earlier/"), typed(**given))
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert given.get("revised_on", "平成23年3月31日") in page
    with scope(municipality=municipality):
        assert EarlierEdition.objects.count() == 1


def test_two_who_correct_the_same_one_do_not_overwrite_each_other(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        uid = enter(municipality, **FIRST).uid
    admin: Client = client_for(Role.ADMIN)
    url = address(municipality, f"earlier/{uid}/")
    assert admin.post(url, typed(version="1", content="制定")).status_code == 302
    second = admin.post(url, typed(version="1", content="新しく制定"))
    assert second.status_code == 409 and "新しく制定" in second.content.decode()
    assert admin.post(url, typed(version="2", content="新しく制定")).status_code == 302
    gone = admin.post(address(municipality, f"earlier/{uid}/remove/"), follow=True)
    assert "これまでの版「初版」を取り除きました" in gone.content.decode()
    with scope(municipality=municipality):
        assert not EarlierEdition.objects.exists()


def test_setting_is_shown_and_stored_on_the_page(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    admin = client_for(Role.ADMIN)
    url = address(municipality, "settings/")
    assert 'value="decided"' in admin.get(url).content.decode()
    data = {
        "minor_step": "sub",
        "supplement_step": "sub",
        "revision_day": "effective",
        "revisions_title": TITLE,
        "page_numbering": "by_part",
        "sides": "single",
    }
    assert admin.post(url, data).status_code == 302
    assert admin.post(url, {**data, "revisions_title": "一覧🚒"}).status_code == 422
    with scope(municipality=municipality):
        stored = EditionSetting.objects.get()
        assert (stored.revision_day, stored.revisions_title) == ("effective", TITLE)
        labels = {c["label"] for e in Entry.objects.all() for c in e.changes}
    assert {"改訂一覧の年月日", "改訂一覧の見出し"} <= labels
