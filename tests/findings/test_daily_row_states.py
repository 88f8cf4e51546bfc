"""Rows that are 作成中 say so, and leave that state when they are complete."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.row_states import draft_and_print_of, problems_when_active, when_finished
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import RequiredWhen
from bcp_portal.importing.models import ImportJob
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from systems.models import EmergencyContact, SystemItem
from tests.conftest import ClientFactory
from tests.importing.desk import workbook_of
from tests.plans.revisions.making import a_revision
from tests.systems.facilities import make_system
from tests.systems.test_contacts import make_contact

MEANS = "版には載りません"


@pytest.fixture
def editor(client_for: ClientFactory, in_scope: Municipality) -> Client:
    return client_for("editor")


def url(page: str, row: Any = None, code: str = "9") -> str:
    return reverse(f"annex:{page}", args=["139998", code, *([row.uid] if row else [])])


def set_to(client: Client, row: Any, status: str) -> str:
    answer = client.post(url("status", row), {"status": status}, follow=True)
    row.refresh_from_db()
    return answer.text


def form_data(row: Any, **values: str) -> dict[str, Any]:
    """Return what the form of a contact sends."""
    return {
        "version": str(row.version),
        "kind": row.kind,
        "department": str(row.department_id),
        "person_name": row.person_name,
        "role": row.role,
        "tel": row.tel,
        "row_status": row.row_status,
        "confidentiality": "internal",
        **values,
    }


@pytest.mark.parametrize("status", ["active", "draft"])
def test_a_retired_row_comes_back_as_it_was(
    editor: Client, in_scope: Municipality, status: str
) -> None:
    row = make_contact(in_scope, row_status=status)
    assert "「廃止」にしました" in set_to(editor, row, "retired")
    label = {"active": "有効", "draft": "作成中"}[status]
    assert f"「{label}」に戻す" in editor.get(url("row", row)).text
    assert f"「{label}」に戻しました" in set_to(editor, row, "active")
    assert row.row_status == status


def test_a_row_retired_in_its_form_comes_back_as_it_was(
    editor: Client, in_scope: Municipality
) -> None:
    row = make_contact(in_scope, row_status="draft")
    editor.post(url("edit", row), form_data(row, row_status="retired"))
    row.refresh_from_db()
    assert row.row_status == "retired"
    set_to(editor, row, "active")
    assert row.row_status == "draft"


@pytest.mark.parametrize(("tel", "status"), [("0256-00-0001", "active"), ("", "draft")])
def test_what_came_retired_out_of_a_file_comes_back_by_whether_it_is_complete(
    editor: Client, in_scope: Municipality, tel: str, status: str
) -> None:
    row = make_contact(in_scope, row_status="retired", tel=tel)
    set_to(editor, row, "active")
    assert row.row_status == status


def as_sent(answer: Any, **values: str) -> dict[str, Any]:
    """Return what the form of a page would send, some of it typed anew."""
    form = answer.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    sent = {name: value if isinstance(value, list) else str(value) for name, value in shown.items()}
    return {name: value for name, value in sent.items() if value != "None"} | values


def test_a_copy_is_in_force_once_it_is_saved_complete(
    editor: Client, in_scope: Municipality
) -> None:
    row = make_system(in_scope, "戸籍", hosting="onprem")
    answer = editor.post(url("copy", row, "1"), follow=True)
    copy = SystemItem.objects.exclude(pk=row.pk).get()
    assert copy.row_status == "draft"
    assert "保存すると「有効」になります" in answer.text and MEANS in answer.text
    assert re.search(r'<option value="active" selected>', answer.text)
    address = answer.redirect_chain[-1][0]
    refused = editor.post(address, as_sent(answer, name="戸籍附票"))
    assert refused.status_code == 422 and MEANS in refused.content.decode()
    copy.refresh_from_db()
    assert copy.row_status == "draft"
    typed = as_sent(answer, name="戸籍附票", hosting="cloud")
    saved = editor.post(address, typed)
    assert saved.status_code == 302, saved.context["form"].errors
    copy.refresh_from_db()
    assert (copy.name, copy.row_status) == ("戸籍附票", "active")


def test_a_draft_that_is_complete_is_said_to_be_and_is_finished_with_one_press(
    editor: Client, in_scope: Municipality
) -> None:
    row = make_contact(in_scope, row_status="draft", tel="")
    saved = editor.post(url("edit", row), form_data(row, note="調べる"), follow=True).text
    assert "状態は「作成中」です" in saved and MEANS in saved and "そろっています" not in saved
    refused = set_to(editor, row, "active")
    assert "「電話」" in refused and row.row_status == "draft"
    data = form_data(row, tel="0256-00-0001")
    assert "そろっています" in editor.post(url("edit", row), data, follow=True).text
    assert "「有効」にしました" in set_to(editor, row, "active")
    assert row.row_status == "active"


def test_a_grid_says_how_many_of_the_saved_rows_are_drafts(
    editor: Client, in_scope: Municipality
) -> None:
    row = make_contact(in_scope, row_status="draft", tel="")
    data = {f"{row.uid}-{name}": value for name, value in form_data(row, note="調べる").items()}
    data[f"{row.uid}-department"] = str(row.department)
    answer = editor.post(url("grid"), {"row": [str(row.uid)], **data}, follow=True)
    assert "1行を保存しました。うち1行は「作成中」です" in answer.text and MEANS in answer.text


def test_new_rows_of_a_file_that_are_complete_are_in_force_and_the_others_counted(
    editor: Client, in_scope: Municipality
) -> None:
    sheet = registry.spec("9")
    assert sheet is not None
    labels = {item.name: item.column.label for item in Sheet.of(sheet, in_scope).items}
    names = ("kind", "department", "person_name", "role", "tel", "order")
    heads = tuple(labels[name] for name in names)
    kind = dict(Sheet.of(sheet, in_scope).item("kind").column.choices)["department"]  # type: ignore[union-attr]
    department = make_contact(in_scope).department
    lines = [
        (kind, str(department), "甲", "連絡", "0256-00-0002", "2"),
        (kind, str(department), "乙", "連絡", "", "3"),
    ]
    file = SimpleUploadedFile("表.xlsx", workbook_of(heads, *lines))
    shown = editor.post(url("import-sheet"), {"file": file, "as_drafts": "on"}, follow=True).text
    assert "1行は「作成中」として取り込みます" in shown and MEANS in shown
    job = ImportJob.objects.latest("pk")
    done = editor.post(f"/139998/annex/import/{job.uid}/apply/", follow=True).text
    assert "1行は「作成中」です" in done
    states = dict(EmergencyContact.objects.values_list("person_name", "row_status"))
    assert (states["甲"], states["乙"]) == ("active", "draft")
    assert MEANS in editor.get(url("import-sheet")).text


@pytest.fixture
def two_drafts(in_scope: Municipality) -> None:
    create_plan(municipality=in_scope, actor=None, outline=OUTLINES["simple"])
    make_contact(in_scope, person_name="甲", row_status="draft")
    make_contact(in_scope, person_name="乙", row_status="draft")
    make_contact(in_scope, person_name="丙")


FILTERED = "/annex/9/?f.row_status=draft"
PAGES = {
    "list": ("annex:list", "9"),
    "grid": ("annex:grid", "9"),
    "index": ("annex:index",),
    "guide": ("plan:guide",),
    "progress": ("plan:progress",),
    "print": ("prints:list",),
    "word": ("prints:word",),
    "forms": ("prints:blank-forms",),
    "summary": ("prints:summary",),
    "preview": ("plan:preview",),
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_before_a_print_counts_what_no_edition_holds(
    editor: Client, two_drafts: None, page: str
) -> None:
    name, *rest = PAGES[page]
    text = editor.get(reverse(name, args=["139998", *rest])).text
    assert "版に載りません" in text or MEANS in text
    assert FILTERED in text
    assert re.search(r"2[件行]", text)
    EmergencyContact.objects.update(row_status="active")
    after = editor.get(reverse(name, args=["139998", *rest])).text
    assert FILTERED not in after


def test_a_submission_names_the_rows_it_will_not_hold(
    client_for: ClientFactory, two_drafts: None, in_scope: Municipality
) -> None:
    revision = a_revision(in_scope)
    text = client_for("editor").get(reverse("revisions:submit", args=["139998", revision.uid])).text
    assert FILTERED in text and "2行" in text and "「作成中」のため、版に載らない行" in text


def test_the_list_marks_each_draft_beside_its_name(editor: Client, two_drafts: None) -> None:
    rows = re.findall(r'<tr id="row-.*?</tr>', editor.get(url("list")).text, re.S)
    assert [("state-warning" in row and "作成中" in row) for row in rows].count(True) == 2


def test_counting_drafts_is_one_query_however_many_tables_have_some(
    two_drafts: None, in_scope: Municipality, django_assert_num_queries: Any
) -> None:
    from bcp_portal.annex.draft_rows import draft_counts

    with django_assert_num_queries(1):
        assert draft_counts() == {"9": 2}


def test_every_sentence_that_recommends_a_draft_says_what_it_means_for_print() -> None:
    found = []
    for folder in ("bcp_portal", "plans", "systems", "drills", "templates"):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            stored = "migrations" in path.parts or path.match("importing/models.py")
            if path.suffix not in {".py", ".html"} or stored:
                continue
            text = path.read_text(encoding="utf-8")
            for match in re.finditer("「作成中」(に|と)(する|して)", text):
                around = text[max(0, match.start() - 200) : match.start() + 400]
                if "版に" not in around and "draft_and_print" not in around.lower():
                    found.append(f"{path.name}: {text[match.start() :][:80]}")
    assert found == []


def test_finishing_a_row_is_said_to_print_it_only_where_it_is_printed() -> None:
    assert registry.specs()
    for spec in registry.specs():
        assert ("載ります" in when_finished(spec)) is spec.printed
    said = draft_and_print_of(["9", "people", "departments"])
    assert said.count("版には載りません") == 1 and said.count("この台帳は印刷しません") == 1


def test_what_a_draft_leaves_out_is_asked_when_it_is_finished(in_scope: Municipality) -> None:
    """No table may ask less of a row that is finished than its form would."""
    asking = [s for s in registry.specs() if any(isinstance(r, RequiredWhen) for r in s.rules)]
    assert asking
    row = make_contact(in_scope, row_status="draft", tel="")
    sheet = Sheet.of(registry.spec("9"), in_scope)  # type: ignore[arg-type]
    form = AnnexForm(sheet=sheet, row=row, items=sheet.editable_items)
    assert form.row is row
    assert [problem.column for problem in problems_when_active(sheet, row)] == ["tel"]
    assert row.row_status == "draft"
