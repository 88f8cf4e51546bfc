"""Reading on the telephone: one file that needs nothing else, and what changed since last time."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from plans.bookshelf.handset import Stamp, handset_page, with_calls
from plans.document.document import TextBlock
from plans.edition_pages.readings import last_read, note_reading, reading_of
from plans.editions.models.edition import Edition
from plans.models import Chapter
from tests.conftest import ClientFactory, MemberFactory
from tests.plans.editions.documents import (
    SECRET_NAME,
    SECRET_NUMBER,
    document,
    personal_document,
    section,
)
from tests.plans.editions.making import PERSON, PHONE, a_plan, issued

SHA = "ab" * 32
STAMP = Stamp("令和8年4月1日", "令和8年5月2日", "ACDE3467")


def lost(sha256: str) -> str:
    return f"data:image/png;base64,{sha256}"


def test_the_file_holds_everything_and_asks_for_nothing() -> None:
    child = section("c", "1.1", "節の文", level=2)
    chapter = section("a", "1", "章の文", (child,))
    picture = TextBlock(f'<p>図のとおり。<img src="image:{SHA}" alt="図"></p>')
    chapter = replace(chapter, blocks=(*chapter.blocks, picture))
    annexes = personal_document().annexes
    page = handset_page(document(chapter, annexes=annexes), STAMP, lost)
    for said in ("章の文", "節の文", "見本市", "令和8年4月1日施行", "ACDE-3467", SECRET_NUMBER):
        assert said in page, said
    assert 'href="#chapter-c"' in page and 'id="chapter-c"' in page
    assert f'src="data:image/png;base64,{SHA}"' in page
    assert not re.search(r"<script|<link|\son\w+=|style=|(?:src|href)=\"(?!#|data:|tel:)", page)


def test_telephone_numbers_can_be_called_and_fax_numbers_cannot() -> None:
    assert with_calls("03-1234-5678（内線12）", "電話") == (
        '<a href="tel:0312345678">03-1234-5678</a>（内線12）'
    )
    assert with_calls("090-1111-2222\n<b>", "携帯") == (
        '<a href="tel:09011112222">090-1111-2222</a><br>&lt;b&gt;'
    )
    assert "tel:" not in with_calls("03-1234-5678", "FAX番号")
    assert "tel:" not in with_calls("2026-04-01、12-34-5678、100-0001", "備考")
    page = handset_page(personal_document(), STAMP, lost)
    assert f'<a href="tel:{SECRET_NUMBER.replace("-", "")}">' in page
    assert "電話番号のある様式" in page
    assert SECRET_NAME in page


@pytest.fixture
def first(municipality: Municipality) -> Edition:
    with scope(municipality=municipality):
        a_plan(municipality)
        return issued(municipality, kind="enactment", effective_on=date(2026, 4, 1))


@pytest.mark.django_db
def test_personal_numbers_go_only_to_those_who_may_see_them(
    first: Edition, client_for: ClientFactory
) -> None:
    address = f"/{first.municipality.code}/bookshelf/handset/"
    viewer = client_for(Role.VIEWER)
    masked = _content(viewer.get(address))
    assert (
        "個人の情報とした項目（緊急連絡先の氏名・電話番号など）は伏せています。ほかの項目に書いた氏名は載っています。"
        in masked
    )
    assert PHONE not in masked and PERSON not in masked
    assert viewer.get(f"{address}personal/").status_code == 403
    response = client_for(Role.EDITOR).get(f"{address}personal/")
    assert "初版_20260401施行_個人情報を含む.html" in _name(response)
    full = _content(response)
    assert PHONE in full and PERSON in full and "人に渡さないで" in full
    with scope(municipality=first.municipality):
        [shown] = Entry.objects.filter(action="個人情報の表示")
        assert shown.note.startswith("初版の端末に入れるHTMLファイル")


@pytest.mark.django_db
def test_what_changed_since_the_last_reading_is_listed(
    municipality: Municipality, first: Edition, client_for: ClientFactory
) -> None:
    client = client_for(Role.VIEWER)
    reader = f"/{municipality.code}/bookshelf/reader/"
    assert "前回読んだ版はないか、この版です" in client.get(reader).content.decode()
    client.get(f"/{municipality.code}/editions/{first.uid}/read/")
    with scope(municipality=municipality):
        Chapter.objects.filter(title="体制").update(body="<p>新しい体制。</p>")
        second = issued(municipality, effective_on=date(2026, 5, 1))
    for _ in range(2):
        page = client.get(reader).content.decode()
        assert "前回は初版を" in page
        assert "2 体制" in page and "1 目的" not in page.split("前回は初版")[1]
        assert f"/compare/edition-{first.uid}/edition-{second.uid}/" in page
        taken = _content(client.get(f"/{municipality.code}/bookshelf/handset/"))
        assert "前回読んだ初版からの変更" in taken
        assert "2 体制（変更）" in taken


@pytest.mark.django_db
def test_words_in_another_form_are_listed_too(
    municipality: Municipality, first: Edition, client_for: ClientFactory
) -> None:
    client = client_for(Role.VIEWER)
    client.get(f"/{municipality.code}/editions/{first.uid}/read/")
    with scope(municipality=municipality):
        chapter = Chapter.objects.get(title="体制")
        chapter.body = chapter.body.replace("<p>", "<p><strong>").replace("</p>", "</strong></p>")
        chapter.save()
        issued(municipality, effective_on=date(2026, 5, 1))
    page = client.get(f"/{municipality.code}/bookshelf/reader/").content.decode()
    taken = _content(client.get(f"/{municipality.code}/bookshelf/handset/"))
    assert "書き方の変更" in page and "2 体制（書き方の変更）" in taken
    for said in (page, taken):
        assert "変わった所はありません" not in said


@pytest.mark.django_db
def test_the_last_edition_is_remembered_and_going_back_forgets_nothing(
    municipality: Municipality, first: Edition, member: MemberFactory
) -> None:
    user = member(Role.VIEWER).user
    with scope(municipality=municipality):
        second = issued(municipality, effective_on=date(2026, 5, 1))

        def read(edition: Edition) -> None:
            note_reading(municipality=municipality, user=user, edition=edition)

        def before(edition: Edition) -> Edition | None:
            found = last_read(reading_of(user), edition)
            return found.edition if found else None

        assert before(second) is None
        read(first)
        assert (before(first), before(second)) == (None, first)
        read(second)
        read(second)
        read(first)
        assert before(second) == first
        third = issued(municipality, effective_on=date(2026, 6, 1))
        assert before(third) == second
        read(third)
        assert before(third) == second


@pytest.mark.django_db
def test_reading_again_takes_no_more_queries(first: Edition, client_for: ClientFactory) -> None:
    client = client_for(Role.VIEWER)
    address = f"/{first.municipality.code}/bookshelf/reader/"
    client.get(f"/{first.municipality.code}/editions/{first.uid}/read/")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) < 15


def _content(response: object) -> str:
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


def _name(response: object) -> str:
    return unquote(response["Content-Disposition"])  # type: ignore[index]
