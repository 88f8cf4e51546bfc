"""Pieces of a Word file go where a person says, all or none, and nothing of others is overwritten."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.queries import load_outline
from plans.phrases.models import PlaceholderValue
from plans.text.phrase_words import Words
from plans.word.inward.piece_placement import with_known_blocks
from plans.word.inward.suggestions import Action, suggestions
from plans.word.models.word_import import WordImport
from plans.word.outward.word_file import word_file
from plans.working_copy.builder import build_document
from tests.plans.word.outward import hostile

BLOCK = '<div data-live-block="9" data-columns="name"></div>'


@pytest.fixture
def plan(in_scope: Municipality) -> Plan:
    plan = Plan.objects.create(municipality=in_scope, title="見本市 ICT業務継続計画")
    first = _chapter(plan, "総則", "<p>今の文</p>", 1)
    _chapter(plan, "目的", "", 1, parent=first)
    _chapter(plan, "体制", f"<p>表の前</p>{BLOCK}", 2)
    return plan


def _chapter(plan: Plan, title: str, body: str, position: int, parent: Any = None) -> Chapter:
    return Chapter.objects.create(
        municipality=plan.municipality,
        plan=plan,
        title=title,
        body=body,
        position=position,
        parent=parent,
    )


def piece(title: str, level: int, html: str = "") -> dict[str, Any]:
    return {"title": title, "level": level, "number": "", "html": html}


PIECES = [
    piece("最初の見出しより前", 0, "<p>表紙</p>"),
    piece("総則", 1, "<p>新しい文</p>"),
    piece("目的", 2, "<p>目的の文</p>"),
    piece("付則", 2, "<p>付則の文</p>"),
    piece("体制", 1, "<p>体制の文</p>"),
    piece("様式1 一覧", 1, '<div data-live-block="1"></div>'),
]


@pytest.fixture
def brought(plan: Plan) -> WordImport:
    return WordImport.objects.create(
        municipality=plan.municipality, file_name="計画書.docx", pieces=PIECES, notes=["注意"]
    )


def address(municipality: Municipality, name: str, *args: Any) -> str:
    return reverse(f"plan:{name}", args=[municipality.code, *args])


def uid_of(title: str) -> str:
    return str(Chapter.objects.get(title=title).uid)


def decision(choices: dict[int, tuple[str, str]]) -> dict[str, str]:
    """Return a form of these decisions; what is not named is omitted."""
    versions = {str(c.uid): c.version for c in Chapter.objects.all()}
    data = {"versions": json.dumps(versions)}
    for number, (action, target) in choices.items():
        data[f"action-{number}"], data[f"target-{number}"] = action, target
    return data


def post(client: Client, brought: WordImport, data: dict[str, str]) -> Any:
    return client.post(address(brought.municipality, "word-place", brought.uid), data)


def test_proposals_follow_the_headings_of_the_plan(plan: Plan) -> None:
    proposed = suggestions(PIECES, load_outline(plan), Words())
    assert [each.action for each in proposed] == [
        Action.OMIT,
        Action.REPLACE,
        Action.REPLACE,
        Action.NEW,
        Action.APPEND,  # its table must not be lost
        Action.OMIT,
    ]
    assert proposed[2].target == uid_of("目的")


def test_a_piece_that_says_the_same_is_not_proposed(plan: Plan) -> None:
    same = [piece("総則", 1, "<p>今の文</p>"), piece("体制", 1, f"<p>表の前</p>{BLOCK}")]
    proposed = suggestions(same, load_outline(plan), Words())
    assert [each.action for each in proposed] == [Action.OMIT, Action.OMIT]
    assert "太字などの書き方と、リンク先は比べていません" in proposed[0].reason


def test_another_picture_is_another_text(plan: Plan) -> None:
    old, new = (f'<p>今の文</p><p><img src="image:{sha256 * 64}" alt=""></p>' for sha256 in "ab")
    Chapter.objects.filter(title="総則").update(body=old)
    pieces = [piece("総則", 1, old), piece("総則", 1, new), piece("目的", 2, new[10:])]
    first, *_ = suggestions(pieces[:1], load_outline(plan), Words())
    second, third = suggestions(pieces[1:], load_outline(plan), Words())
    assert [first.action, second.action] == [Action.OMIT, Action.REPLACE]
    assert third.action is Action.REPLACE


def test_phrases_of_a_replaced_chapter_stay_phrases(
    plan: Plan, brought: WordImport, municipality: Municipality, client_for: Any
) -> None:
    phrase = '<span data-placeholder="org"></span>'
    PlaceholderValue.objects.create(municipality=municipality, key="org", value="防災課")
    Chapter.objects.filter(title="総則").update(body=f"<p>{phrase}が守る</p>")
    brought.pieces = [PIECES[0], piece("総則", 1, "<p>新しい文</p><p>防災課が必ず守る</p>")]
    brought.save()
    response = post(client_for(Role.EDITOR), brought, decision({1: ("replace", uid_of("総則"))}))
    assert response.status_code == 302, response.content.decode()
    with scope(municipality=municipality):
        body = Chapter.objects.get(title="総則").body
    assert body == f"<p>新しい文</p><p>{phrase}が必ず守る</p>"


def test_everything_goes_where_it_was_put(
    plan: Plan, brought: WordImport, municipality: Municipality, client_for: Any
) -> None:
    choices = {
        1: ("replace", uid_of("総則")),
        2: ("append", uid_of("目的")),
        3: ("new", ""),
        4: ("append", uid_of("体制")),
    }
    response = post(client_for(Role.EDITOR), brought, decision(choices))
    assert response.status_code == 302, response.content.decode()
    with scope(municipality=municipality):
        assert Chapter.objects.get(title="総則").body == "<p>新しい文</p>"
        assert Chapter.objects.get(title="目的").body == "<p>目的の文</p>"
        added = Chapter.objects.get(title="付則")
        assert added.parent is not None and added.parent.title == "総則"
        assert Chapter.objects.get(title="体制").body == f"<p>表の前</p>{BLOCK}<p>体制の文</p>"
        entry = Entry.objects.get(action="Wordファイルの取り込み")
        assert "取り込まない 2件" in entry.note
        assert Entry.objects.filter(action="本文の変更").count() == 4


def test_a_chapter_that_changed_meanwhile_stops_everything(
    plan: Plan, brought: WordImport, municipality: Municipality, client_for: Any
) -> None:
    data = decision({3: ("new", ""), 4: ("replace", uid_of("体制"))})
    Chapter.objects.filter(title="体制").update(version=7, body="<p>ほかの人の文</p>")
    response = post(client_for(Role.EDITOR), brought, data)
    assert response.status_code == 409
    page = response.content.decode()
    assert "「体制」は、この画面を開いた後に" in page
    with scope(municipality=municipality):
        assert not Chapter.objects.filter(title="付則").exists()
        assert Chapter.objects.get(title="体制").body == "<p>ほかの人の文</p>"


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({}, "取り込む章・節がありません"),
        ({1: ("replace", "")}, "「総則」を入れる章・節を選んでください"),
        ({1: ("append", "0" * 8)}, "見つかりません"),
        ({1: ("replace", "体制"), 2: ("replace", "体制")}, "2つ以上あります"),
    ],
)
def test_decisions_that_cannot_be_are_explained(
    choices: dict[int, tuple[str, str]], sentence: str, brought: WordImport, client_for: Any
) -> None:
    real = {n: (a, uid_of(t) if t == "体制" else t) for n, (a, t) in choices.items()}
    response = post(client_for(Role.EDITOR), brought, decision(real))
    assert response.status_code in (409, 422)
    assert sentence in response.content.decode()


def test_a_file_is_placed_once(brought: WordImport, client_for: Any) -> None:
    client = client_for(Role.EDITOR)
    data = decision({3: ("new", "")})
    assert post(client, brought, data).status_code == 302
    assert "もう取り込みました" in post(client, brought, data).content.decode()


def test_a_file_is_read_shown_and_can_be_forgotten(
    plan: Plan, municipality: Municipality, client_for: Any
) -> None:
    client = client_for(Role.EDITOR)
    file = SimpleUploadedFile("計画書.docx", hostile.word("文だけの文書\ue000☑"))
    response = client.post(address(municipality, "word"), {"file": file})
    assert response.status_code == 302, response.content.decode()
    page = client.get(response["Location"]).content.decode()
    assert "文だけの文書〓〓" in page and "U+E000" in page
    assert (
        "「最初の見出しより前」：「☑」（U+2611）は印刷できる字形がない文字のため「〓」に置き換えました"
        in page
    )
    with scope(municipality=municipality):
        uid = WordImport.objects.get().uid
    client.post(address(municipality, "word-discard", uid))
    with scope(municipality=municipality):
        assert not WordImport.objects.exists()


def test_a_hostile_file_is_refused_on_the_page(
    plan: Plan, municipality: Municipality, client_for: Any
) -> None:
    file = SimpleUploadedFile("計画書.docx", hostile.with_macros())
    response = client_for(Role.EDITOR).post(address(municipality, "word"), {"file": file})
    assert response.status_code == 422
    assert "マクロを含む" in response.content.decode()


def test_our_own_file_changes_nothing(
    plan: Plan, municipality: Municipality, client_for: Any
) -> None:
    plan.issued_by = "見本市"
    plan.save()
    content = word_file(
        build_document(municipality, include_personal=False), load_image=lambda sha256: b""
    )
    client = client_for(Role.EDITOR)
    response = client.post(
        address(municipality, "word"), {"file": SimpleUploadedFile("計画.docx", content)}
    )
    with scope(municipality=municipality):
        proposed = suggestions(WordImport.objects.get().pieces, load_outline(plan), Words())
    assert {each.action for each in proposed} == {Action.OMIT}
    assert response.status_code == 302


def test_tables_keep_what_was_chosen_of_them() -> None:
    new = '<p>新</p><div data-live-block="9"></div><div data-live-block="10"></div>'
    assert with_known_blocks(new, BLOCK) == f'<p>新</p>{BLOCK}<div data-live-block="10"></div>'
