"""Phrases: what is typed for them, where they stand, what is missing, who is masked."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from plans.chapters.services import add_chapter, save_chapter
from plans.document.document import Document
from plans.models import Chapter, OwnPlaceholder, PlaceholderValue, Plan
from plans.outlines import NISC
from plans.outlines.new_plan import create_plan
from plans.outlines.template import OutlineTemplate
from plans.phrases.placeholders import unset_placeholders
from plans.phrases.services import remove_own_placeholder, set_placeholder
from plans.text.phrase_keys import SHIPPED, PlaceholderKey, PlaceholderKind
from plans.text.phrase_values import PlaceholderError, printed_value, stored_value
from plans.working_copy.builder import build_document
from tests.conftest import ClientFactory
from tests.plans.rows import a_department, a_person, a_system

PAGE = "/139998/plan/phrases/"
CHIEF = '<span data-placeholder="role_chief"></span>'


def of_kind(kind: PlaceholderKind) -> PlaceholderKey:
    return PlaceholderKey("k", "語句", kind)


@pytest.mark.parametrize(
    ("kind", "typed", "stored", "printed"),
    [
        (PlaceholderKind.TEXT, "  災害対策\n本部 ", "災害対策 本部", "災害対策 本部"),
        (PlaceholderKind.YEAR_MONTH, "2023-4", "2023-04", "令和5年4月"),
        (PlaceholderKind.MONTH, "４月", "4月", "4月"),
        (PlaceholderKind.MONTH, "12", "12月", "12月"),
        (PlaceholderKind.MONTH_RANGE, "4月～5月", "4月から5月まで", "4月から5月まで"),
        (PlaceholderKind.MONTH_RANGE, "11月から翌年2月まで", "11月から2月まで", "11月から2月まで"),
        (PlaceholderKind.INTENSITY, "震度６弱 以上", "震度6弱以上", "震度6弱以上"),
        (PlaceholderKind.MONTH, "", "", ""),
    ],
)
def test_values_of_each_kind(kind: PlaceholderKind, typed: str, stored: str, printed: str) -> None:
    assert stored_value(of_kind(kind), typed) == stored
    assert printed_value(of_kind(kind), stored, "wareki") == printed


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (PlaceholderKind.YEAR_MONTH, "春"),
        (PlaceholderKind.MONTH, "13月"),
        (PlaceholderKind.MONTH_RANGE, "春から夏"),
        (PlaceholderKind.INTENSITY, "震度8"),
        (PlaceholderKind.TEXT, "外\ue123字"),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence(kind: PlaceholderKind, typed: str) -> None:
    with pytest.raises(PlaceholderError, match=r"「語句」.*。"):
        stored_value(of_kind(kind), typed)


def test_every_phrase_of_the_rules_is_shipped() -> None:
    keys = [phrase.key for phrase in SHIPPED]
    assert len(keys) == len(set(keys)) == 25
    assert len({phrase.label for phrase in SHIPPED}) == 25


@pytest.fixture
def plan(in_scope: Municipality) -> Plan:
    return create_plan(
        municipality=in_scope, actor=None, outline=OutlineTemplate("ksw", "{団体名}", ())
    )


@pytest.fixture
def editor(client_for: ClientFactory) -> Client:
    return client_for(Role.EDITOR)


def write(plan: Plan, body: str, title: str = "体制") -> Chapter:
    chapter = add_chapter(plan=plan, actor=None, parent=None, title=title)
    return save_chapter(
        chapter=chapter, actor=None, title=title, body=body, guidance="", expected_version=1
    )


def phrase(key: str) -> PlaceholderKey:
    return next(phrase for phrase in SHIPPED if phrase.key == key)


def put(plan: Plan, key: str, text: str, **values: Any) -> None:
    set_placeholder(
        municipality=plan.municipality,
        actor=None,
        phrase=phrase(key),
        system=values.get("system"),
        typed=text,
        expected_version=values.get("version", 0),
    )


def document(plan: Plan, *, personal: bool = False) -> Document:
    return build_document(plan.municipality, include_personal=personal)


def test_one_value_is_printed_everywhere_and_a_missing_one_is_named(plan: Plan) -> None:
    system = a_system(plan.municipality)
    own = f'<span data-placeholder="role_chief" data-system="{system.uid}"></span>'
    write(plan, f"<p>{CHIEF}が決める。{CHIEF}</p>")
    second = write(plan, f"<ul><li>{own}</li></ul>", "対応")
    put(plan, "role_chief", "副市長")
    built = document(plan)
    assert built.chapters[0].blocks[0].html == "<p>副市長が決める。副市長</p>"
    [unset] = unset_placeholders(Document.from_json(built.to_json()))
    assert (unset.label, unset.anchor) == (
        "住民記録の運用継続の最高責任者",
        f"chapter-{second.uid}",
    )
    assert (unset.key, unset.system, unset.count) == ("role_chief", str(system.uid), 1)
    put(plan, "role_chief", "市民課長", system=system)
    assert document(plan).chapters[1].blocks[0].html == "<ul><li>市民課長</li></ul>"
    assert unset_placeholders(document(plan)) == []


@pytest.mark.quick
def test_names_of_people_are_masked_like_everywhere(plan: Plan) -> None:
    write(plan, '<p><span data-placeholder="person"></span></p>')
    put(plan, "person", "情報政策課 見本 太郎")
    assert document(plan, personal=True).chapters[0].blocks[0].html == "<p>情報政策課 見本 太郎</p>"
    assert document(plan).chapters[0].blocks[0].html == "<p>＊＊＊</p>"
    entry = Entry.objects.order_by("-sequence")[0]
    assert entry.changes[0]["personal"] is True


def test_the_list_counts_what_is_missing_and_leads_to_its_places(
    plan: Plan, editor: Client
) -> None:
    chapter = write(plan, f'<p>{CHIEF}{CHIEF}<span data-placeholder="hq"></span></p>')
    page = editor.get(PAGE).content.decode()
    assert "<strong>2種類、3か所</strong>" in page
    assert f'href="/139998/plan/chapters/{chapter.uid}/"' in page
    overview = editor.get("/139998/plan/").content.decode()
    assert "決まっていない語句（3か所）" in overview
    put(plan, "role_chief", "副市長")
    only = editor.get(f"{PAGE}?show=missing").content.decode()
    assert "対策本部とその責任者" in only
    assert "運用継続の最高責任者" not in only
    put(plan, "hq", "本部")
    assert "決まっていない語句" not in editor.get("/139998/plan/").content.decode()


def test_setting_one_leads_to_the_next_missing(plan: Plan, editor: Client) -> None:
    write(plan, f'<p>{CHIEF}<span data-placeholder="quake"></span></p>')
    address = f"{PAGE}set/?key=quake"
    wrong = editor.post(address, {"value": "震度9", "version": "0"})
    assert wrong.status_code == 422
    assert "「震度9」は入力できません" in wrong.content.decode()
    assert 'value="震度9"' in wrong.content.decode()
    right = editor.post(address, {"value": "震度6弱以上", "version": "0", "then": "next"})
    assert right["Location"] == f"{PAGE}set/?key=role_chief"
    assert PlaceholderValue.objects.get(key="quake").value == "震度6弱以上"
    second = editor.post(address, {"value": "震度5強以上", "version": "0"})
    assert second.status_code == 409
    assert "震度6弱以上" in second.content.decode()
    assert 'value="震度5強以上"' in second.content.decode()
    assert editor.post(address, {"value": "", "version": "1"}).status_code == 302
    assert not PlaceholderValue.objects.exists()
    for key in ("nothing", "blank", ""):
        assert editor.get(f"{PAGE}set/?key={key}").status_code == 404


def test_registered_rows_are_offered(plan: Plan, editor: Client) -> None:
    department = a_department(plan.municipality, "財産管理課")
    a_person(plan.municipality, department=department)
    assert '<option value="財産管理課">' in editor.get(f"{PAGE}set/?key=dept_x").content.decode()
    people = editor.get(f"{PAGE}set/?key=person").content.decode()
    assert '<option value="財産管理課 見本 太郎">' in people


def test_a_phrase_of_ones_own_is_added_renamed_and_removed(plan: Plan, editor: Client) -> None:
    values = {"label": "防災の課", "kind": "department", "help": ""}
    added = editor.post(f"{PAGE}own/", values)
    assert added.status_code == 302
    taken = editor.post(f"{PAGE}own/", {**values, "label": "対象とする地域"})
    assert taken.status_code == 422
    assert "すでにあります" in taken.content.decode()
    body = '<p><span data-placeholder="防災の課"></span></p>'
    chapter = write(plan, body)
    rename = editor.post(f"{PAGE}own/?key=防災の課", {**values, "label": "危機管理の課"})
    assert rename.status_code == 302
    assert "〔危機管理の課〕" in document(plan).chapters[0].blocks[0].html
    refused = editor.post(f"{PAGE}own/?key=防災の課", {"remove": "yes"})
    assert refused.status_code == 409
    assert "「体制」" in refused.content.decode()
    chapter.body = ""
    chapter.save()
    remove_own_placeholder(placeholder=OwnPlaceholder.objects.get(), actor=None)
    assert not OwnPlaceholder.objects.exists()


def test_the_first_texts_of_the_nisc_outline_wait_for_their_phrases(in_scope: Municipality) -> None:
    nisc = create_plan(municipality=in_scope, actor=None, outline=NISC)
    unset = unset_placeholders(document(nisc))
    assert {"org", "bcp_date", "role_chief", "role_owner", "role_work_chief", "quake", "blank"} <= {
        phrase.key for phrase in unset
    }


def test_the_editor_and_the_conflict_view_show_phrases(plan: Plan, editor: Client) -> None:
    chapter = write(plan, f"<p>{CHIEF}</p>")
    put(plan, "role_chief", "副市長")
    address = f"/139998/plan/chapters/{chapter.uid}/edit/"
    page = editor.get(address).content.decode()
    assert "[&quot;role_chief&quot;, &quot;&quot;, &quot;副市長&quot;]" in page
    answer = editor.post(
        address, {"title": "体制", "body": f"<p>私は{CHIEF}</p>", "guidance": "", "version": "1"}
    )
    assert answer.status_code == 409
    assert "<p>私は副市長</p>" in answer.content.decode()
    assert "<p>副市長</p>" in answer.content.decode()


def test_more_phrases_cost_no_more_queries(plan: Plan, editor: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(PAGE).status_code == 200
        return len(queries)

    write(plan, f"<p>{CHIEF}</p>")
    count()
    before = count()
    for number, key in enumerate(("hq", "org", "area")):
        put(plan, key, f"値{number}")
        write(plan, f'<p><span data-placeholder="{key}"></span></p>', f"章{number}")
    assert count() == before
