"""Once 43 blanks were issued without a word, refusals came one by one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import Settings

from bcp_portal.accounts.due_items import DueItem
from bcp_portal.accounts.models import Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.table_builder import rows_of
from bcp_portal.audit.models import Entry
from bcp_portal.checks.findings import NotReady
from bcp_portal.ui.eras import DateStyle
from plans.blanks.due import blanks_due
from plans.blanks.finding import blanks_of
from plans.blanks.table_blanks import BlankRow, TableBlanks, blanks_in
from plans.document.coverage import Coverage
from plans.document.named_drafts import RowName, names_people
from plans.editions.portal_address import NO_QR_CODE
from plans.models import ApprovalRoute, BlankAnswer, Chapter, EditionSetting, Plan, Revision
from plans.revisions.before_submit import refusals_now
from plans.revisions.blank_lines import MOST_ROWS, blanks_said
from plans.revisions.page import RevisionPage
from plans.revisions.revision_proof import require_unaltered
from plans.revisions.sheet import approval_sheet
from plans.revisions.sheet_print import sheet_part
from plans.revisions.submission import submit_revision
from plans.text.live_blocks import block_html
from tests.conftest import ClientFactory, MemberFactory
from tests.findings.test_daily_rows import two_of_each  # noqa: F401  a fixture
from tests.plans.revisions.conftest import APPROVE, CHECK, Town, town  # noqa: F401  a fixture
from tests.rows import make_row

pytestmark = pytest.mark.django_db
ENGINE = "🚒"


def spec(code: str) -> Any:
    found = registry.spec(code)
    assert found is not None
    return found


def print_annexes(*numbers: int) -> None:
    Plan.objects.update(annex_numbers=list(numbers))


def of(found: list[TableBlanks], code: str) -> TableBlanks:
    return next(each for each in found if each.code == code)


def needed(code: str) -> list[str]:
    return [column.name for column in spec(code).columns if column.need == "A"]


def blank_row(municipality: Municipality, code: str = "3") -> Any:
    """Make a valid row, and take away everything that only approval asks for."""
    row = make_row(spec(code), municipality, 1)
    for name in needed(code):
        field = row._meta.get_field(name)
        if not field.many_to_many:
            setattr(row, name, None if field.null else "" if field.empty_strings_allowed else [])
    row.save()
    return row


def post(client: Client, revision: Revision) -> str:
    revision.refresh_from_db()
    address = f"/{revision.municipality.code}/revisions/{revision.uid}/submit/"
    return client.post(address, {"version": revision.version}, follow=True).content.decode()


def page(client: Client, revision: Revision, rest: str = "") -> str:
    address = f"/{revision.municipality.code}/revisions/{revision.uid}/{rest}"
    return client.get(address).content.decode()


# --- blanks


def test_every_blank_is_found_by_row_and_column(in_scope: Municipality) -> None:
    Plan.objects.create(municipality=in_scope, title="計画", annex_numbers=[3, 4])
    row = blank_row(in_scope)
    found = blanks_of(in_scope)
    (blank,) = of(found, "3").rows
    assert blank.uid == str(row.uid) and blank.number == 1
    assert {name for name, _label in blank.columns} >= {
        name for name in needed("3") if not getattr(row, name)
    }
    assert of(found, "4").is_empty and of(found, "4").says == "行がありません"
    assert TableBlanks.from_json(of(found, "3").to_json()) == of(found, "3")


def test_only_what_an_edition_would_hold_is_asked(in_scope: Municipality) -> None:
    plan = Plan.objects.create(municipality=in_scope, title="計画", annex_numbers=[3])
    row = blank_row(in_scope)
    assert [each.code for each in blanks_of(in_scope)] == ["3"]
    assert blanks_of(in_scope, Coverage.of([], [4])) == []
    row.row_status = RowStatus.DRAFT
    row.save()
    assert of(blanks_of(in_scope), "3").rows == ()
    Plan.objects.update(annex_numbers=[])
    assert blanks_of(in_scope) == []
    assert plan.pk


def test_a_table_of_no_annex_is_asked_where_a_chapter_shows_it(in_scope: Municipality) -> None:
    plan = Plan.objects.create(municipality=in_scope, title="計画", annex_numbers=[])
    code = next(
        each.code for each in registry.specs_of(None) if any(c.need == "A" for c in each.columns)
    )
    blank_row(in_scope, code)
    chapter = Chapter.objects.create(
        municipality=in_scope, plan=plan, title="表", body="<p>なし</p>", position=1
    )
    assert blanks_of(in_scope) == []
    Chapter.objects.update(body=block_html(code))
    assert [each.code for each in blanks_of(in_scope)] == [code]
    anchor = f"chapter-{chapter.uid}"
    assert blanks_of(in_scope, Coverage.of([anchor])) and not blanks_of(
        in_scope, Coverage.of(["x"])
    )


def test_blanks_are_listed_at_submission_with_links_and_refuse_nothing(town: Town) -> None:  # noqa: F811
    print_annexes(3, 4)
    row = blank_row(town.municipality)
    revision = town.draft()
    shown = page(town.client("drafter"), revision, "submit/")
    name, label = of(blanks_of(town.municipality), "3").rows[0].columns[0]
    address = reverse("annex:edit", args=[town.municipality.code, "3", row.uid])
    assert f'{address}#id_{name}">{label}</a>' in shown
    assert f'id="id_{name}"' in town.client("drafter").get(address).content.decode()
    assert "行がありません" in shown and "まだ提出できません" not in shown
    assert "を提出しました" in post(town.client("drafter"), revision)


def test_they_are_frozen_with_the_submission_and_shown_to_who_decides(town: Town) -> None:  # noqa: F811
    print_annexes(3)
    row = blank_row(town.municipality)
    BlankAnswer.objects.create(
        municipality=town.municipality,
        code="3",
        until=timezone.localdate() + timedelta(days=90),
        by_text="総務課庁舎管理係",
    )
    revision = town.submitted()
    submission = revision.submissions.get()
    frozen = of(blanks_in(submission.head), "3")
    require_unaltered(submission)
    for who in ("checker", "approver", "reader"):
        shown = page(town.client(who), revision)
        assert "承認までに必要な欄の空欄（提出したとき）" in shown
        assert frozen.rows[0].columns[0][1] in shown and "総務課庁舎管理係" in shown
    row.delete()
    BlankAnswer.objects.all().delete()
    assert "総務課庁舎管理係" in page(town.client("approver"), revision)
    submission.head["blanks"] = []
    with pytest.raises(Exception, match="書き換えられています"):
        require_unaltered(submission)


def test_a_submission_of_an_earlier_release_shows_no_blanks() -> None:
    assert blanks_in({"kind": "major"}) == []


def test_names_of_people_are_masked_among_the_blanks(in_scope: Municipality) -> None:
    Plan.objects.create(municipality=in_scope, title="計画", annex_numbers=[9])
    row = blank_row(in_scope, "9")
    row.person = Person.objects.create(municipality=in_scope, name="秘密 花子")
    row.mobile = "090-9999-0001"
    row.save()
    assert "090-9999-0001" not in str([each.to_json() for each in blanks_of(in_scope)])


def test_the_approval_sheet_lists_blanks_and_answers(town: Town) -> None:  # noqa: F811
    print_annexes(3, 4)
    blank_row(town.municipality)
    BlankAnswer.objects.create(
        municipality=town.municipality, code="3", until="2027-03-31", by_text="総務課", version=1
    )
    revision = town.submitted()
    (table, empty) = blanks_in(revision.submissions.get().head)
    (row,) = table.rows
    sheet = approval_sheet(RevisionPage(revision))
    said = dict(sheet.facts)["承認までに必要な欄の空欄"].splitlines()
    assert said == [
        f"空欄は、全部で{len(row.columns)}件（1行）です。行のない表が1件あります。"
        "「未調査」と答えた表は1件です。",
        f"{table.heading}：空欄{len(row.columns)}件　未調査（令和9年3月31日までに、総務課）",
        f"　No.{row.listed}「{row.name}」："
        + "、".join(" ".join(lb.split()) for _, lb in row.columns),
        f"{empty.heading}：行がありません",
    ]
    for line in said:
        assert line.strip() in page(town.client("approver"), revision, "sheet/")
    (part,) = sheet_part(sheet).flows
    assert said[1] in part.html() and f"　No.{row.listed}「" in part.html()


def test_very_many_blanks_are_shortened_with_their_number() -> None:
    rows = tuple(BlankRow(str(n), n, f"名{n}", (("a", "甲"), ("b", "乙"))) for n in range(1, 101))
    tables = [TableBlanks("1", "様式1", 100, rows), TableBlanks("2", "様式2", 1, rows[:1])]
    head = {"blanks": [table.to_json() for table in tables]}
    said = blanks_said(head, DateStyle.WAREKI).splitlines()
    assert said[0] == "空欄は、全部で202件（101行）です。「未調査」と答えた表はありません。"
    assert said[1 + MOST_ROWS] == f"　{MOST_ROWS}行目「名{MOST_ROWS}」：甲、乙"
    assert said[2 + MOST_ROWS] == "　ほか60行（120件）は、改定の画面にあります。"
    assert said[3 + MOST_ROWS :] == [
        "様式2：空欄2件",
        "　ほか1行（2件）は、改定の画面にあります。",
    ]


def test_a_row_with_blanks_is_called_as_in_every_other_list(in_scope: Municipality) -> None:
    Plan.objects.create(municipality=in_scope, title="計画", annex_numbers=[3])
    first, row = blank_row(in_scope), make_row(spec("3"), in_scope, 2)
    type(row).objects.filter(pk=first.pk).update(row_status=RowStatus.RETIRED, row_no=1)
    type(row).objects.filter(pk=row.pk).update(
        row_no=2, name="第二庁舎", **dict.fromkeys(("address",), "")
    )
    tables = {each.code: each for each in blanks_of(in_scope)}
    assert [each.said for each in tables["3"].rows] == ["No.2「第二庁舎」"]
    called = RowName("3", "", "", 2, "第二庁舎")
    assert called.in_table == tables["3"].rows[0].said
    kept = tables["3"].to_json()
    for frozen in kept["rows"]:
        del frozen["listed"]
    assert [each.said for each in TableBlanks.from_json(kept).rows] == ["1行目「第二庁舎」"]


def test_calling_rows_by_name_asks_nothing_and_names_nobody(
    two_of_each: list[Any],  # noqa: F811
    in_scope: Municipality,
) -> None:
    slow: list[str] = []
    told: list[tuple[str, str]] = []
    for each in registry.specs():
        rows = list(rows_of(Sheet.of(each, in_scope), (RowStatus.ACTIVE,)))
        with CaptureQueriesContext(connection) as asked:
            assert all(map(str, rows)), each.code
        slow += [each.code] if len(asked) else []
        personal = [c.name for c in each.columns if c.personal]
        for row in () if names_people(each) else rows:
            told += [
                (each.code, name)
                for name in personal
                if (value := getattr(row, name, None)) and str(value) in str(row)
            ]
    assert slow == told == []


def test_a_sheet_of_a_release_that_froze_no_blanks_says_nothing_of_them() -> None:
    assert blanks_said({}, DateStyle.WAREKI) == ""


# --- 未調査


def answer(client: Client, town_code: str, code: str = "3", **given: Any) -> Any:
    data = {
        "version": "0",
        "until": "令和90年3月31日",
        "person": "",
        "by_text": "総務課",
        "note": "",
    }
    return client.post(f"/{town_code}/plan/blanks/{code}/", {**data, **given}, follow=True)


def test_a_table_is_answered_once_and_progress_keeps_it(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        Plan.objects.create(municipality=municipality, title="計画", annex_numbers=[3])
        row = blank_row(municipality)
    editor = client_for(Role.EDITOR)
    said = answer(editor, municipality.code).content.decode()
    assert "回答を保存しました" in said and "未調査（令和90年3月31日までに、総務課）" in said
    progress = f"/{municipality.code}/plan/progress/"
    assert "未調査（令和90年3月31日までに、総務課）" in editor.get(progress).content.decode()
    second = answer(editor, municipality.code)
    assert second.status_code == 409
    with scope(municipality=municipality):
        (entry,) = Entry.objects.filter(action="未調査の回答")
        assert {change["label"] for change in entry.changes} == {"いつまでに", "だれが"}
        row.delete()
    cleared = editor.post(f"/{municipality.code}/plan/blanks/3/", {"withdraw": "yes"}, follow=True)
    assert "回答を取り消しました" in cleared.content.decode()
    with scope(municipality=municipality):
        assert not BlankAnswer.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"until": ""}, "調べ終える日を書いてください"),
        ({"until": "令和2年1月1日"}, "今日より前の日です"),
        ({"until": "来春"}, "来春"),
        ({"by_text": ""}, "だれが調べるかを"),
        ({"by_text": f"消防{ENGINE}"}, "印刷できる字形がない"),
    ],
)
def test_an_answer_says_until_when_and_by_whom(
    municipality: Municipality, client_for: ClientFactory, given: dict[str, str], sentence: str
) -> None:
    refused = answer(client_for(Role.EDITOR), municipality.code, **given)
    assert refused.status_code == 422 and sentence in refused.content.decode()
    with scope(municipality=municipality):
        assert not BlankAnswer.objects.exists()


def test_only_who_may_edit_the_table_answers(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    assert answer(client_for(Role.VIEWER), municipality.code).status_code == 403
    assert answer(client_for(Role.EDITOR), municipality.code, code="nothing").status_code == 404


def test_only_who_may_edit_the_row_is_led_to_its_form(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        Plan.objects.create(municipality=municipality, title="計画", annex_numbers=[3])
        form = f"/annex/3/rows/{blank_row(municipality).uid}/edit/"
    blanks = f"/{municipality.code}/plan/blanks/"
    assert form in client_for(Role.EDITOR).get(blanks).content.decode()
    read = client_for(Role.AUDITOR).get(blanks).content.decode()
    assert form not in read and "承認までに必要" in read


def test_an_answer_is_due_only_while_something_is_blank(in_scope: Municipality) -> None:
    today = timezone.localdate()
    Plan.objects.create(municipality=in_scope, title="計画", annex_numbers=[3])
    row = blank_row(in_scope)
    person = Person.objects.create(municipality=in_scope, name="調査 一郎")
    BlankAnswer.objects.create(municipality=in_scope, code="3", until=today, person=person)
    (item,) = list(blanks_due(in_scope, today))
    assert isinstance(item, DueItem) and "調査 一郎" in item.title
    assert list(blanks_due(in_scope, today - timedelta(days=200))) == []
    row.row_status = RowStatus.DRAFT
    row.save()
    assert len(list(blanks_due(in_scope, today))) == 1  # no row at all is a blank too


# --- everything at once


def test_everything_in_the_way_of_a_submission_is_said_at_once(town: Town) -> None:  # noqa: F811
    revision = town.draft(effective_on=None, reason=f"避難所{ENGINE}を加える")
    Chapter.objects.filter(title="目的").update(body=f"<p>目的{ENGINE}⭐</p>")
    Chapter.objects.filter(title="体制").update(
        title="体制☑", body='<p><span data-placeholder="role_owner"></span></p>'
    )
    ApprovalRoute.objects.all().delete()
    wanted = [
        "施行日を決めてから",
        "まだ決まっていない語句",
        f"の本文にある文字「{ENGINE}」",
        "の本文にある文字「⭐」",
        "文字「☑」",
        "制定／改訂内容」にある文字",
        "承認の経路が設定されていません",
    ]
    with pytest.raises(NotReady) as refused:
        town.submit(revision)
    assert [each for each in wanted if each not in refused.value.message] == []
    drafter = town.client("drafter")
    before, after = page(drafter, revision, "submit/"), post(drafter, revision)
    for shown in (before, after):
        assert [each for each in wanted if each not in shown] == []
        assert f"（{len(refused.value.refusals)}件）" in shown
        assert f"/revisions/{revision.uid}/edit/" in shown and "/plan/preview/#chapter-" in shown
    revision.refresh_from_db()
    assert revision.state == "draft" and not revision.submissions.exists()


def test_every_step_that_nobody_can_decide_is_named(town: Town) -> None:  # noqa: F811
    for name in ("checker", "approver", "second", "head"):
        town.members[name].roles = [Role.VIEWER.value]
        town.members[name].save()
    revision = town.draft()
    with pytest.raises(NotReady) as refused:
        town.submit(revision)
    assert CHECK.name in refused.value.message and APPROVE.name in refused.value.message
    assert len(refused.value.refusals) == 2


def test_looking_before_submitting_writes_nothing(town: Town) -> None:  # noqa: F811
    revision = town.draft(by="writer")
    count = Entry.objects.count()
    assert refusals_now(revision, town.drafter) == ((), "")
    page(town.client("drafter"), revision, "submit/")
    revision.refresh_from_db()
    assert revision.contributors.count() == 1 and Entry.objects.count() == count
    assert revision.version == 1


def test_a_row_with_a_stored_emoji_is_linked(town: Town) -> None:  # noqa: F811
    print_annexes(3)
    row = make_row(spec("3"), town.municipality, 1)
    type(row).objects.filter(pk=row.pk).update(name=f"本庁舎{ENGINE}")
    revision = town.draft()
    shown = page(town.client("drafter"), revision, "submit/")
    address = reverse("annex:row", args=[town.municipality.code, "3", row.uid])
    assert f'href="{address}">行を開く</a>' in shown
    assert ENGINE in town.client("reader").get(address).content.decode()


def test_a_stale_press_is_still_a_conflict(town: Town) -> None:  # noqa: F811
    revision = town.draft(effective_on=None)
    with pytest.raises(Exception, match="この改定が変えられました"):
        submit_revision(revision=revision, membership=town.drafter, expected_version=9)


# --- QR code


def test_a_missing_address_is_said_before_anything_is_issued(
    town: Town,  # noqa: F811
    settings: Settings,
) -> None:
    settings.SITE_URL = ""
    revision = town.draft()
    code = town.municipality.code
    assert NO_QR_CODE in page(town.client("drafter"), revision, "submit/")
    for address in (reverse("editions:list", args=[code]), reverse("prints:list", args=[code])):
        assert NO_QR_CODE in town.client("admin").get(address).content.decode(), address
        assert NO_QR_CODE not in town.client("reader").get(address).content.decode()
    settings.SITE_URL = "https://bcp.example.lg.jp"
    assert NO_QR_CODE not in page(town.client("drafter"), revision, "submit/")
    assert NO_QR_CODE not in town.client("admin").get(f"/{code}/editions/").content.decode()
    assert EditionSetting.objects.count() == 0


def test_a_member_without_a_person_is_told_with_all_the_rest(
    town: Town,  # noqa: F811
    member: MemberFactory,
) -> None:
    revision = town.draft(effective_on=None)
    nobody = member(Role.EDITOR)
    revision.refresh_from_db()
    with pytest.raises(NotReady) as refused:
        submit_revision(revision=revision, membership=nobody, expected_version=revision.version)
    assert "施行日" in refused.value.message and "職員・関係者" in refused.value.message
